package hikkoshi.core.format.roster;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hikkoshi.core.format.Addresses;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;

/// Lists without a header, where the place of a cell says what it holds.
final class ListReader {
	private static final int IMAPSYNC_CELLS = 6;
	/// The keys that let one in without knowing the hash: schemes of Dovecot for clear text.
	private static final Pattern CLEAR = Pattern.compile("(?i)\\{(?:PLAIN|CLEARTEXT)}(.*)", Pattern.DOTALL);
	private static final Pattern IN_BRACKETS = Pattern.compile("<([^<>\\s]{1,400})>");

	private final Detector.Shape shape;
	private final Collector found;
	private final Relays relays;

	ListReader(Detector.Shape shape, Collector found) {
		this.shape = shape;
		this.found = found;
		relays = new Relays(found);
	}

	void read(String text) throws InterruptedException {
		Dialect dialect = shape.dialect();
		boolean areQuoted = dialect != Dialect.IMAPSYNC && dialect != Dialect.PASSWD && dialect != Dialect.ADDRESSES;
		boolean areCommented = dialect == Dialect.IMAPSYNC || dialect == Dialect.PASSWD || dialect == Dialect.ADDRESSES || dialect == Dialect.PLESK;
		char delimiter = dialect == Dialect.ADDRESSES ? '\0' : shape.delimiter();
		CellReader rows = new CellReader(text, delimiter, areQuoted, areCommented, found);
		boolean isHeader = shape.header();
		while (rows.next()) {
			if (isHeader) {
				isHeader = false;
				continue;
			}
			switch (dialect) {
				case IMAPSYNC -> imapsync(rows);
				case PASSWD -> passwd(rows);
				case ADDRESSES -> addresses(rows);
				case PLESK -> listed(rows);
				case CPANEL_FORWARDERS -> relays.add(rows.line(), rows.column(0), rows.value(0), List.of(rows.value(1)));
				case CPANEL -> cpanel(rows);
				case ISPMANAGER, KERIO -> pair(rows);
				case HIKKOSHI, EXCHANGE, EXCHANGE_STAGED, KERIO_USERS, CLOUDM, TABLE, POSTFIX_MAILBOXES, POSTFIX_ALIASES, ZONE ->
					throw new IllegalStateException();
			}
		}
		relays.end();
	}

	/// host1, user1, password1, host2, user2, password2, options
	private void imapsync(CellReader row) {
		if (row.count() < IMAPSYNC_CELLS) {
			found.refuse(row, 0, FaultKind.IMPORT_CELLS, row.count(), IMAPSYNC_CELLS);
			return;
		}
		String oldUser = row.value(1);
		String newUser = row.value(4);
		Optional<EmailAddress> address = found.addressOf(row, newUser.indexOf('@') < 0 && oldUser.indexOf('@') > 0 ? 1 : 4);
		if (address.isEmpty() || !found.mayLogIn(row, 1, oldUser) || !found.mayLogIn(row, 4, newUser)) {
			return;
		}
		found.mailbox(row.line(), address.get(), oldUser, newUser, null);
		found.password(row, 2, address.get(), Set.of(Side.OLD));
		found.password(row, 5, address.get(), Set.of(Side.NEW));
	}

	/// user, hash, uid, gid, gecos, home, shell, extra fields
	private void passwd(CellReader row) {
		if (row.count() < 2) {
			found.refuse(row, 0, FaultKind.IMPORT_CELLS, row.count(), 2);
			return;
		}
		Optional<EmailAddress> address = found.addressOf(row, 0);
		String user = row.value(0);
		if (address.isEmpty() || !found.mayLogIn(row, 0, user)) {
			return;
		}
		String gecos = row.value(4);
		int comma = gecos.indexOf(',');
		String name = comma < 0 ? gecos : gecos.substring(0, comma);
		found.mailbox(row.line(), address.get(), user, null, name.isEmpty() ? null : name);
		Matcher clear = CLEAR.matcher(row.value(1));
		if (clear.matches()) {
			found.password(clear.group(1).toCharArray(), row.line(), address.get(), found.sides());
		} else if (row.value(1).length() > 1) {
			// without a scheme it is the default one, which is a hash
			found.hash();
		}
	}

	private void addresses(CellReader row) {
		String line = row.value(0);
		Matcher bracket = IN_BRACKETS.matcher(line);
		if (!bracket.find()) {
			for (String word : line.split("[,;\\s]+")) {
				if (!word.isEmpty()) {
					listed(row, word, "");
				}
			}
			return;
		}
		int from = 0;
		do {
			String name = line.substring(from, bracket.start()).replaceAll("^[\\s,;\"]+|[\\s\"]+$", "");
			listed(row, bracket.group(1), name);
			from = bracket.end();
		} while (bracket.find());
	}

	private void listed(CellReader row, String text, String name) {
		found.addressOf(text, row.line(), row.line(), row.column(0)).ifPresent(address ->
				found.add(new SheetRow.Entry(row.line(), address, null, null, null, name.isEmpty() ? null : name,
						Addresses.isCatchAll(address) ? "catch-all" : null, null, List.of())));
	}

	/// `mailname ann@example.org`, as `plesk bin mail --list` prints it; or address and password.
	private void listed(CellReader row) {
		String first = row.value(0);
		if (first.startsWith("SUCCESS:")) {
			return;
		}
		int blank = first.lastIndexOf(' ');
		int tab = first.lastIndexOf('\t');
		String text = first.startsWith("mailname") ? first.substring(Math.max(blank, tab) + 1) : first;
		found.addressOf(text, row.line(), row.line(), row.column(0)).ifPresent(address -> {
			found.mailbox(row.line(), address, null, null, null);
			found.password(row, 1, address, found.sides());
		});
	}

	/// address or user, password, quota; or user, password, domain, quota
	private void cpanel(CellReader row) {
		String user = row.value(0);
		String domain = row.count() > 3 ? row.value(2) : "";
		String text = user.indexOf('@') < 0 && !domain.isEmpty() ? user + "@" + domain : user;
		found.addressOf(text, row.line(), row.line(), row.column(0)).ifPresent(address -> {
			found.mailbox(row.line(), address, null, null, null);
			// the form is known with blanks behind its commas
			found.password(row.value(1).toCharArray(), row.line(), address, found.sides());
		});
	}

	/// address, password, and perhaps a name
	private void pair(CellReader row) {
		found.addressOf(row, 0).ifPresent(address -> {
			String name = shape.dialect() == Dialect.KERIO ? row.value(2) : "";
			found.mailbox(row.line(), address, null, null, name.isEmpty() ? null : name);
			found.password(row, 1, address, found.sides());
		});
	}
}
