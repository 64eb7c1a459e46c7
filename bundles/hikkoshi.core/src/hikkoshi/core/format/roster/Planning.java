package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Accounts;
import hikkoshi.core.format.Accounts.Home;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.FirstByName;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.roster.ImportRow.CellChange;
import hikkoshi.core.format.roster.ImportRow.Outcome;
import hikkoshi.core.format.roster.RosterImport.MissingDomain;
import hikkoshi.core.format.roster.SheetRow.Entry;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;

/// Makes the plan of an import. Used once, by one thread.
final class Planning {
	private static final Set<FaultKind> UNEDITABLE = EnumSet.of(FaultKind.CSV_NO_HEADER, FaultKind.CSV_MISSING_COLUMN, FaultKind.CSV_DUPLICATE_COLUMN,
			FaultKind.CSV_QUOTE, FaultKind.CSV_AFTER_QUOTE, FaultKind.CSV_CELLS, FaultKind.CSV_ROWS);

	private final ProjectTexts texts;
	private final Sheet sheet;
	private final ImportSettings settings;
	private final List<Fault> blockers = new ArrayList<>();
	private final List<ImportRow> rows = new ArrayList<>();
	private final List<Plan.@Nullable Logins> users = new ArrayList<>();
	private final Map<DomainName, Domain> domains = new HashMap<>();
	private final Map<DomainName, MissingDomain> missing = new LinkedHashMap<>();
	private final List<Domain> added = new ArrayList<>();
	private final FirstByName<Entry> seen;
	private FirstByName<Roster.Row> listed = new FirstByName<>(row -> row.address().toString(), 0);
	private Accounts<Plan.Logins> accounts = accounts(0);
	private @Nullable MigrationYaml yaml;
	private Plan.@Nullable Logins logins;
	/// What is wrong with the row that is looked at, as far as the file does not know it; mostly nothing.
	private final List<Fault> faults = new ArrayList<>();

	Planning(ProjectTexts texts, Sheet sheet, ImportSettings settings) {
		this.texts = texts;
		this.sheet = sheet;
		this.settings = settings;
		seen = new FirstByName<>(entry -> entry.address().toString(), sheet.rows().size());
	}

	Plan plan() throws InterruptedException {
		migration();
		List<Roster.Row> roster = roster();
		accounts = accounts(0);
		missing();
		accounts = accounts(sheet.rows().size());
		Set<DomainName> touched = new HashSet<>();
		for (SheetRow row : sheet.rows()) {
			if (row instanceof Entry entry && !roster.isEmpty()) {
				touched.add(entry.address().domain());
				seen.putIfAbsent(entry);
			}
		}
		List<RosterImport.Vanished> vanished = vanished(roster, touched);
		stayingAccounts(roster);
		seen.clear();
		for (SheetRow row : sheet.rows()) {
			if (rows.size() % 4_096 == 0 && Thread.interrupted()) {
				throw new InterruptedException();
			}
			switch (row) {
				case SheetRow.Refused refused -> row(refused, Outcome.REFUSED, List.of(), refused.faults(), 0);
				case Entry entry -> entry(entry);
			}
		}
		return new Plan(texts, Optional.ofNullable(yaml), rows, blockers, List.copyOf(missing.values()), vanished, domains, added, users);
	}

	private void migration() {
		Parsed<MigrationYaml> parsed = MigrationYaml.parse(texts.migration().text(), MigrationProject.MIGRATION_FILE);
		yaml = parsed.value().orElse(null);
		parsed.value().ifPresentOrElse(value -> value.migration().domains().forEach(domain -> domains.put(domain.name(), domain)),
				() -> blockers.addAll(parsed.faults()));
	}

	private List<Roster.Row> roster() {
		String text = texts.mailboxes().text();
		if (text.isBlank()) {
			return List.of();
		}
		Parsed<Roster> parsed = Roster.parse(text);
		parsed.faults().stream().filter(fault -> FaultKind.of(fault).filter(UNEDITABLE::contains).isPresent()).forEach(blockers::add);
		List<Roster.Row> roster = parsed.value().map(Roster::rows).orElse(List.of());
		listed = new FirstByName<>(row -> row.address().toString(), roster.size());
		roster.forEach(listed::putIfAbsent);
		return roster;
	}

	private static String plain(@Nullable String text) {
		return text == null ? "" : text;
	}

	private void missing() {
		MigrationYaml said = yaml;
		if (said == null) {
			return;
		}
		Map<DomainName, Integer> counts = new LinkedHashMap<>();
		Map<DomainName, String> named = new HashMap<>();
		sheet.domains().forEach(domain -> counts.putIfAbsent(domain.name(), 0));
		for (SheetRow row : sheet.rows()) {
			// those of domains that are known are the most
			if (row instanceof Entry entry && accounts.home(entry.address().domain()) == null) {
				counts.merge(entry.address().domain(), 1, Integer::sum);
				String wave = entry.wave();
				if (wave != null && !wave.isEmpty()) {
					named.putIfAbsent(entry.address().domain(), wave);
				}
			}
		}
		counts.forEach((name, count) -> {
			if (!said.lists(name)) {
				missing(said, name, count, named.getOrDefault(name, ""));
			}
		});
	}

	private void missing(MigrationYaml said, DomainName name, int count, String named) {
		String usual = !settings.wave().isEmpty() ? settings.wave() : !named.isEmpty() ? named : Wave.DEFAULT;
		String wave = settings.waves().getOrDefault(name, usual);
		List<Fault> faults = new ArrayList<>();
		String old = server(said, name, Side.OLD, settings.oldServer(), faults);
		String fresh = server(said, name, Side.NEW, settings.newServer(), faults);
		boolean isAdded = settings.adds(name) && faults.isEmpty();
		missing.put(name, new MissingDomain(name, count, wave, isAdded, faults));
		if (isAdded) {
			boolean isOnlyOld = old.equals(only(said, Side.OLD));
			boolean isOnlyNew = fresh.equals(only(said, Side.NEW));
			added.add(new Domain(name, wave, isOnlyOld ? "" : old, isOnlyNew ? "" : fresh));
			domains.put(name, new Domain(name, wave, old, fresh));
		}
	}

	private static String only(MigrationYaml said, Side side) {
		List<String> keys = keys(said, side);
		return keys.size() == 1 ? keys.getFirst() : "";
	}

	private static List<String> keys(MigrationYaml said, Side side) {
		return said.migration().servers().stream().filter(server -> server.side() == side).map(Server::key).toList();
	}

	private static String server(MigrationYaml said, DomainName name, Side side, String asked, List<Fault> faults) {
		List<String> keys = keys(said, side);
		String file = MigrationProject.MIGRATION_FILE;
		if (asked.isEmpty()) {
			if (keys.size() > 1) {
				faults.add(FaultKind.DOMAIN_SERVER_WHICH.fault(file, 0, 0, name, side.token(), String.join(", ", keys)));
			}
			return only(said, side);
		}
		if (!keys.contains(asked)) {
			faults.add(FaultKind.DOMAIN_SERVER_UNKNOWN.fault(file, 0, 0, asked, side.token(), String.join(", ", keys)));
		}
		return asked;
	}

	private List<RosterImport.Vanished> vanished(List<Roster.Row> roster, Set<DomainName> touched) {
		Optional<Dialect> dialect = sheet.format().map(SheetFormat::dialect);
		if (dialect.isEmpty()) {
			return List.of();
		}
		return roster.stream().filter(row -> touched.contains(row.address().domain()) && seen.get(row.address().toString()) == null)
				.filter(row -> row.isMailbox() ? dialect.get().listsMailboxes() : dialect.get().listsRecipients())
				.map(row -> new RosterImport.Vanished(row.address(), row.line())).toList();
	}

	/// Rows that the file does not touch keep their accounts; the others claim theirs when their turn comes.
	private void stayingAccounts(List<Roster.Row> roster) {
		for (Roster.Row row : roster) {
			Home<Plan.Logins> home = accounts.home(row.address().domain());
			if (row.isMailbox() && home != null && seen.get(row.address().toString()) == null) {
				Plan.Logins account = new Plan.Logins(row.address(), row.oldUser(), row.newUser(), row.line());
				home.olds().putIfAbsent(account);
				home.news().putIfAbsent(account);
			}
		}
	}

	private Accounts<Plan.Logins> accounts(int expected) {
		return new Accounts<>(domains.values(), Plan.Logins::oldUser, Plan.Logins::newUser, expected);
	}

	private void entry(Entry entry) {
		Roster.Row known = listed.get(entry.address().toString());
		Home<Plan.Logins> home = accounts.home(entry.address().domain());
		faults.clear();
		Fault refusal = refusal(entry, known, home);
		List<CellChange> changes = List.of();
		if (refusal == null && home != null) {
			changes = known == null ? List.of() : changed(entry, known);
			refusal = accounts(entry, known, home);
		}
		if (refusal != null) {
			faults.add(refusal);
			changes = List.of();
		}
		Outcome outcome = refusal != null ? Outcome.REFUSED : known == null ? Outcome.ADDED : changes.isEmpty() ? Outcome.SAME : Outcome.CHANGED;
		row(entry, outcome, changes, together(entry.faults(), faults), known == null ? 0 : known.line());
	}

	private static List<Fault> together(List<Fault> some, List<Fault> more) {
		return some.isEmpty() ? more : more.isEmpty() ? some : Stream.concat(some.stream(), more.stream()).toList();
	}

	private void row(SheetRow row, Outcome outcome, List<CellChange> changes, List<Fault> faults, int rosterLine) {
		if (sheet.hasPasswords()) {
			users.add(logins);
			logins = null;
		}
		rows.add(new ImportRow(rows.size(), row, outcome, changes, faults, rosterLine));
	}

	private @Nullable Fault refusal(Entry entry, Roster.@Nullable Row known, @Nullable Home<Plan.Logins> home) {
		EmailAddress address = entry.address();
		if (!blockers.isEmpty()) {
			return fault(entry, FaultKind.IMPORT_PROJECT, blockers.getFirst().file());
		}
		Entry first = seen.putIfAbsent(entry);
		if (first != null) {
			return fault(entry, FaultKind.MAILBOX_DUPLICATE, address, first.line());
		}
		if (home == null) {
			MissingDomain why = missing.get(address.domain());
			return why != null && settings.adds(address.domain()) && !why.faults().isEmpty() ? why.faults().getFirst()
					: fault(entry, FaultKind.MAILBOX_DOMAIN, address.domain());
		}
		Domain domain = home.domain();
		String wave = plain(entry.wave());
		if (!wave.isEmpty() && !wave.equals(domain.wave())) {
			return fault(entry, FaultKind.MAILBOX_WAVE, wave, domain.wave(), address.domain());
		}
		boolean turns = known != null && entry.saysKind() && known.isMailbox() != entry.recipient().isEmpty();
		return turns ? fault(entry, FaultKind.IMPORT_KIND, address, kind(known), known.line(), plain(entry.kind())) : null;
	}

	private Fault fault(Entry entry, FaultKind kind, Object... args) {
		return kind.fault(sheet.file(), entry.line(), 0, args);
	}

	private static String kind(Roster.Row row) {
		Recipient.Kind kind = row.kind();
		return kind == null ? Recipient.MAILBOX_TOKEN : kind.token();
	}

	private static void cell(List<CellChange> cells, String column, String before, @Nullable String after) {
		if (after != null && !after.equals(before)) {
			cells.add(new CellChange(column, before, after));
		}
	}

	private static List<CellChange> changed(Entry entry, Roster.Row known) {
		List<CellChange> cells = new ArrayList<>(2);
		if (known.isMailbox()) {
			user(cells, "old_user", known.address().toString(), known.oldUser(), entry.oldUser());
			user(cells, "new_user", known.address().toString(), known.newUser(), entry.newUser());
		}
		cell(cells, "wave", known.wave(), entry.wave());
		cell(cells, "note", known.note(), entry.note());
		if (!known.isMailbox()) {
			cell(cells, "kind", kind(known), entry.kind());
			cell(cells, "goes_to", String.join(" ", known.goesTo().stream().map(EmailAddress::toString).toList()), entry.goesTo());
		}
		return cells.isEmpty() ? List.of() : cells;
	}

	/// An empty cell means the address, in the file as in the roster.
	private static void user(List<CellChange> cells, String column, String address, String before, @Nullable String said) {
		if (said == null) {
			return;
		}
		String after = said.isEmpty() || said.equalsIgnoreCase(address) && before.equals(address) ? address : said;
		if (!after.equals(before)) {
			cells.add(new CellChange(column, before.equals(address) ? "" : before, after.equals(address) ? "" : after));
		}
	}

	/// Two addresses must not lead to one account, or one of them would be proven in place of the other.
	private @Nullable Fault accounts(Entry entry, Roster.@Nullable Row known, Home<Plan.Logins> home) {
		boolean isMailbox = known == null ? entry.recipient().isEmpty() : known.isMailbox();
		if (!isMailbox) {
			return null;
		}
		String address = known == null ? entry.address().toString() : known.address().toString();
		String oldUser = user(entry.oldUser(), known == null ? address : known.oldUser(), address);
		String newUser = user(entry.newUser(), known == null ? address : known.newUser(), address);
		Plan.Logins account = new Plan.Logins(entry.address(), oldUser, newUser, entry.line());
		Plan.Logins old = home.olds().putIfAbsent(account);
		Plan.Logins fresh = home.news().putIfAbsent(account);
		Fault refusal = old == null ? null : clash(entry, account, Side.OLD, home.domain(), old);
		if (refusal == null && fresh != null) {
			refusal = clash(entry, account, Side.NEW, home.domain(), fresh);
		}
		if (refusal == null) {
			logins = account;
			return null;
		}
		// who is refused has no account
		if (old == null) {
			home.olds().takeBack(account);
		}
		if (fresh == null) {
			home.news().takeBack(account);
		}
		return refusal;
	}

	/// @return null when only the case is the same, which is a warning
	private @Nullable Fault clash(Entry entry, Plan.Logins account, Side side, Domain domain, Plan.Logins other) {
		boolean isSame = other.user(side).equals(account.user(side));
		Fault fault = fault(entry, isSame ? FaultKind.ACCOUNT_DUPLICATE : FaultKind.ACCOUNT_DUPLICATE_CASE, account.user(side), side.token(),
				domain.server(side), other.address(), other.line());
		if (!isSame) {
			faults.add(fault);
		}
		return isSame ? fault : null;
	}

	private static String user(@Nullable String said, String before, String address) {
		return said == null ? before : said.isEmpty() ? address : said;
	}
}
