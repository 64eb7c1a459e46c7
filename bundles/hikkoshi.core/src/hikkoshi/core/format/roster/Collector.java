package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Addresses;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;

/// Takes what a reader finds in one file. Never quotes a cell in which a password could stand: who takes one column for another finds
/// passwords where addresses should be. For one thread.
final class Collector {
	/// A file with more lines that are wrong is not what it is taken for.
	static final int MOST_REFUSED = 10_000;
	private static final int MOST_FAULTS = 500;

	private final String file;
	private final Addresses addresses = new Addresses();
	private final @Nullable Set<Side> askedSides;
	private final List<SheetRow> rows = new ArrayList<>();
	private final Map<DomainName, Sheet.NamedDomain> domains = new LinkedHashMap<>();
	private final Passwords passwords = new Passwords();
	private final List<Fault> faults = new ArrayList<>();
	private final List<Fault> warnings = new ArrayList<>();
	private @Nullable DomainName domain;
	private @Nullable Reason origin;
	private Dialect dialect = Dialect.TABLE;
	private int refused;
	private int hashes;

	Collector(String file, SheetOptions options) {
		this.file = file;
		domain = options.domain();
		askedSides = options.passwordSides();
	}

	void begin(Dialect of) {
		dialect = of;
		if (of == Dialect.ZONE && domain == null) {
			domain = zone(file).orElse(null);
			if (domain != null) {
				origin = new Reason("import.origin", List.of(domain.ascii()));
			}
		}
	}

	/// `db.example.org`, `example.org.zone`, `example.org.db`: as people name zone files.
	private Optional<DomainName> zone(String name) {
		String bare = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
		for (String prefix : List.of("db.", "pri.", "master.")) {
			bare = bare.startsWith(prefix) ? bare.substring(prefix.length()) : bare;
		}
		for (String suffix : List.of(".zone", ".db", ".hosts", ".txt", ".dns")) {
			bare = bare.endsWith(suffix) ? bare.substring(0, bare.length() - suffix.length()) : bare;
		}
		return bare.indexOf('.') > 0 ? addresses.domain(bare) : Optional.empty();
	}

	String file() {
		return file;
	}

	/// What completes names without a domain; null when nobody said so.
	@Nullable DomainName domain() {
		return domain;
	}

	Addresses addresses() {
		return addresses;
	}

	Optional<EmailAddress> address(String text) {
		return addresses.parse(text);
	}

	/// An address; a name without a domain is completed. Refuses the row otherwise.
	Optional<EmailAddress> addressOf(CellReader row, int cell) {
		return addressOf(row.value(cell), row.line(), row.line(cell), row.column(cell));
	}

	/// @param row line of the row
	/// @param line where the text stands
	Optional<EmailAddress> addressOf(String text, int row, int line, int column) {
		boolean isBare = !text.isEmpty() && text.indexOf('@') < 0;
		if (isBare && domain == null) {
			refuse(row, line, column, FaultKind.IMPORT_NO_DOMAIN);
			return Optional.empty();
		}
		Optional<EmailAddress> address = addresses.parseAny(isBare ? text + "@" + domain : text);
		if (address.isEmpty()) {
			refuse(row, line, column, FaultKind.IMPORT_ADDRESS);
		}
		return address;
	}

	/// @return false when it cannot be a login name; the row is refused then
	boolean mayLogIn(CellReader row, int cell, String user) {
		if (Addresses.isUser(user)) {
			return true;
		}
		refuse(row.line(), row.line(cell), row.column(cell), FaultKind.IMPORT_USER);
		return false;
	}

	void add(SheetRow.Entry entry) {
		if (!warnings.isEmpty()) {
			rows.add(new SheetRow.Entry(entry.line(), entry.address(), entry.oldUser(), entry.newUser(), entry.wave(), entry.note(), entry.kind(),
					entry.goesTo(), warnings));
			warnings.clear();
		} else {
			rows.add(entry);
		}
	}

	void mailbox(int line, EmailAddress address, @Nullable String oldUser, @Nullable String newUser, @Nullable String note) {
		boolean isCatchAll = Addresses.isCatchAll(address);
		add(new SheetRow.Entry(line, address, isCatchAll ? null : oldUser, isCatchAll ? null : newUser, null, note, isCatchAll ? "catch-all" : "mailbox",
				null, List.of()));
	}

	/// A warning about the row that is added next.
	void warn(int line, int column, FaultKind kind, Object... args) {
		warnings.add(kind.fault(file, line, column, args));
	}

	void refuse(CellReader row, int cell, FaultKind kind, Object... args) {
		refuse(row.line(), row.line(cell), row.column(cell), kind, args);
	}

	void refuse(int row, int line, int column, FaultKind kind, Object... args) {
		refused++;
		warnings.clear();
		rows.add(new SheetRow.Refused(row, List.of(kind.fault(file, line, column, args))));
	}

	/// Whether reading on is of no use.
	boolean isEnough() {
		if (refused < MOST_REFUSED) {
			return false;
		}
		whole(FaultKind.MORE_ERRORS, MOST_REFUSED);
		return true;
	}

	/// Keeps the password of a cell, for the sides that the file or a person names; what is a hash is not kept.
	void password(CellReader row, int cell, EmailAddress address, Set<Side> sides) {
		char[] characters = row.characters(cell);
		password(characters, row.line(), address, sides);
	}

	/// @param characters are wiped
	void password(char[] characters, int line, EmailAddress address, Set<Side> sides) {
		try {
			if (characters.length == 0 || Addresses.isCatchAll(address)) {
				return;
			}
			if (isHash(characters)) {
				hashes++;
				return;
			}
			passwords.add(line, address, sides, characters);
		} finally {
			Arrays.fill(characters, '\0');
		}
	}

	/// The sides for a password of which the file does not say it.
	Set<Side> sides() {
		Set<Side> asked = askedSides;
		return asked != null ? asked : dialect.passwordSides();
	}

	/// `{SHA512-CRYPT}…` (RFC 3112's form) and `$6$…` (crypt(5)) let nobody in.
	static boolean isHash(char[] password) {
		if (password.length > 4 && password[0] == '{') {
			for (int i = 1; i < password.length; i++) {
				if (password[i] == '}') {
					return i > 2 && i < password.length - 1;
				}
				if (!Character.isLetterOrDigit(password[i]) && "-._".indexOf(password[i]) < 0) {
					return false;
				}
			}
			return false;
		}
		if (password.length < 20 || password[0] != '$') {
			return false;
		}
		int second = 1;
		while (second < password.length && Character.isLetterOrDigit(password[second])) {
			second++;
		}
		return second > 1 && second < 12 && password[second] == '$';
	}

	void hash() {
		hashes++;
	}

	void domain(DomainName name, int line) {
		domains.putIfAbsent(name, new Sheet.NamedDomain(name, line));
	}

	void whole(FaultKind kind, Object... args) {
		at(0, 0, kind, args);
	}

	void at(int line, int column, FaultKind kind, Object... args) {
		if (faults.size() < MOST_FAULTS) {
			faults.add(kind.fault(file, line, column, args));
		}
	}

	void addAll(List<Fault> more) {
		faults.addAll(more);
	}

	List<SheetRow> rows() {
		return rows;
	}

	List<Sheet.NamedDomain> domains() {
		return List.copyOf(domains.values());
	}

	Passwords passwords() {
		return passwords;
	}

	List<Fault> faults() {
		return faults;
	}

	int hashes() {
		return hashes;
	}

	/// Why names are completed by a domain that nobody named.
	Optional<Reason> origin() {
		return Optional.ofNullable(origin);
	}
}
