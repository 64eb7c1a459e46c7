package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;

/// What rows of `mailboxes.csv` do to each other, and how they go with `migration.yaml`: what [Roster] and [RosterJoin] say of whole files,
/// kept up to date row by row. Whoever is touched by a change is put into a set, to be judged anew. For one thread.
final class RosterClashes {
	private record Login(Side side, String server, String user) {}

	private final RowIndex index;
	private final Claims<EmailAddress> addresses;
	private final Claims<String> spellings;
	private final Claims<Login> logins;
	private final Claims<String> targets;
	private RosterDomains domains;

	RosterClashes(RowIndex index, RosterDomains domains) {
		this.index = index;
		this.domains = domains;
		addresses = new Claims<>(this::order);
		spellings = new Claims<>(this::order);
		logins = new Claims<>(this::order);
		targets = new Claims<>(this::order);
	}

	private int order(RosterLine a, RosterLine b) {
		return Integer.compare(index.start(a), index.start(b));
	}

	RosterDomains domains() {
		return domains;
	}

	void add(RosterLine line, Set<RosterLine> touched) {
		touched.add(line);
		Roster.Row row = line.row;
		if (row == null) {
			return;
		}
		RosterLine before = addresses.first(row.address()).orElse(null);
		if (addresses.add(row.address(), line)) {
			if (before != null) {
				unlist(before, touched);
				touched.add(before);
			}
			list(line, touched);
		}
	}

	void remove(RosterLine line, Set<RosterLine> touched) {
		Roster.Row row = line.row;
		if (row != null && addresses.remove(row.address(), line)) {
			unlist(line, touched);
			addresses.first(row.address()).ifPresent(next -> {
				list(next, touched);
				touched.add(next);
			});
		}
	}

	/// The first with its address stands for it.
	private void list(RosterLine line, Set<RosterLine> touched) {
		Roster.Row row = Objects.requireNonNull(line.row);
		line.listed = true;
		String spelling = lower(row.address());
		RosterLine before = spellings.first(spelling).orElse(null);
		boolean first = spellings.add(spelling, line);
		if (before == null) {
			touched.addAll(targets.all(spelling));
		} else if (first) {
			touched.add(before);
		}
		for (Login login : logins(row)) {
			if (logins.add(login, line)) {
				touched.addAll(logins.all(login));
			}
		}
		ours(row).forEach(target -> targets.add(target, line));
	}

	private void unlist(RosterLine line, Set<RosterLine> touched) {
		Roster.Row row = Objects.requireNonNull(line.row);
		line.listed = false;
		String spelling = lower(row.address());
		if (spellings.remove(spelling, line)) {
			spellings.first(spelling).ifPresentOrElse(touched::add, () -> touched.addAll(targets.all(spelling)));
		}
		for (Login login : logins(row)) {
			if (logins.remove(login, line)) {
				touched.addAll(logins.all(login));
			}
		}
		ours(row).forEach(target -> targets.remove(target, line));
	}

	/// Another `migration.yaml`: touches the rows of the domains that differ.
	void domains(RosterDomains next, Iterable<RosterLine> all, Set<RosterLine> touched) {
		List<RosterLine> moved = new ArrayList<>();
		for (RosterLine line : all) {
			Roster.Row row = line.row;
			if (row != null && line.listed && (next.isKnown() != domains.isKnown() || !row.goesTo().isEmpty() || differs(row, next))) {
				unlist(line, touched);
				moved.add(line);
			}
		}
		domains = next;
		moved.forEach(line -> list(line, touched));
		touched.addAll(moved);
	}

	private boolean differs(Roster.Row row, RosterDomains next) {
		return !Objects.equals(domains.domains().get(row.address().domain()), next.domains().get(row.address().domain()))
				|| domains.named().contains(row.address().domain()) != next.named().contains(row.address().domain());
	}

	private List<Login> logins(Roster.Row row) {
		@Nullable Domain domain = domains.domains().get(row.address().domain());
		return domain == null || !row.isMailbox() ? List.of() : List.of(login(row, domain, Side.OLD), login(row, domain, Side.NEW));
	}

	private static Login login(Roster.Row row, Domain domain, Side side) {
		return new Login(side, domain.server(side), row.user(side).toLowerCase(Locale.ROOT));
	}

	/// Addresses of domains that move which the row leads to.
	private Set<String> ours(Roster.Row row) {
		Set<String> ours = new LinkedHashSet<>();
		for (EmailAddress target : row.goesTo()) {
			if (domains.domains().containsKey(target.domain()) && !Addresses.isCatchAll(target)) {
				ours.add(lower(target));
			}
		}
		return ours;
	}

	private static String lower(EmailAddress address) {
		return address.toString().toLowerCase(Locale.ROOT);
	}

	/// As [Roster] says.
	List<Fault> within(RosterLine line) {
		Roster.Row row = line.row;
		if (row == null) {
			return List.of();
		}
		List<Fault> faults = new ArrayList<>();
		RosterLine first = addresses.first(row.address()).orElseThrow();
		RosterLine like = spellings.first(lower(row.address())).orElseThrow();
		if (first != line) {
			RosterVerdicts.again(row, place(first), sink(line, faults));
		} else if (like != line) {
			RosterVerdicts.alike(row, place(like), sink(line, faults));
		}
		return faults;
	}

	/// As [RosterJoin] says of a row and its domain, and of two rows with one account.
	List<Fault> joined(RosterLine line) {
		Roster.Row row = line.row;
		if (row == null || !line.listed || !domains.isKnown()) {
			return List.of();
		}
		List<Fault> faults = new ArrayList<>();
		RosterVerdicts.domain(row, domains.domains().get(row.address().domain()), domains.named().contains(row.address().domain()), sink(line, faults));
		for (Login login : logins(row)) {
			RosterLine first = logins.first(login).orElseThrow();
			if (first != line) {
				RosterVerdicts.account(row, login.side(), login.server(), Objects.requireNonNull(first.row), place(first), sink(line, faults));
			}
		}
		return faults;
	}

	/// As [RosterJoin] says of mail that leads to an address which nobody lists.
	List<Fault> astray(RosterLine line) {
		Roster.Row row = line.row;
		if (row == null || !line.listed || row.goesTo().isEmpty() || !domains.isKnown()) {
			return List.of();
		}
		List<Fault> faults = new ArrayList<>();
		RosterVerdicts.astray(row, domains.domains()::containsKey, target -> spellings.first(lower(target)).isPresent(), sink(line, faults));
		return faults;
	}

	/// The line on which a row's address stands.
	private int place(RosterLine line) {
		return index.line(line) + Objects.requireNonNull(line.row).line() - 1;
	}

	private RosterVerdicts.Sink sink(RosterLine line, List<Fault> faults) {
		return (kind, column, args) -> faults.add(kind.fault(MigrationProject.MAILBOXES_FILE, place(line), column, args));
	}
}
