package hikkoshi.core.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Cell;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Entry;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.Standing;
import hikkoshi.core.watch.Condition.Kind;

/// What DNS has to say about the end of propagation.
///
/// @param maxAge how old a server's word may be
record DnsConditions(Ledger ledger, Duration maxAge) {
	/// The words for one kind of server.
	private record Words(String allNew, String late, String dark, String stale) {}

	private static final Words AUTHORITIES =
			new Words(WatchReasons.AUTHORITIES_NEW, WatchReasons.AUTHORITY_LATE, WatchReasons.AUTHORITY_DARK, WatchReasons.AUTHORITY_STALE);
	private static final Words RESOLVERS = new Words(WatchReasons.RESOLVERS_NEW, WatchReasons.RESOLVER_LATE, WatchReasons.RESOLVER_DARK, WatchReasons.RESOLVER_STALE);

	List<Condition> all() {
		return List.of(servers(Kind.AUTHORITIES, Source.Kind.AUTHORITATIVE, AUTHORITIES, WatchReasons.NO_LOOK), deadline(),
				servers(Kind.RESOLVERS, Source.Kind.RESOLVER, RESOLVERS, WatchReasons.NO_RESOLVERS));
	}

	private Condition servers(Kind kind, Source.Kind which, Words words, String nobody) {
		List<Reason> notYet = new ArrayList<>();
		List<Reason> unknown = new ArrayList<>();
		Set<Source> asked = new LinkedHashSet<>();
		Instant oldest = ledger.now();
		List<Entry> moving = ledger.entries().stream().filter(Entry::moves).toList();
		for (Entry entry : moving) {
			for (Cell cell : entry.cells()) {
				if (cell.source().kind() != which) {
					continue;
				}
				asked.add(cell.source());
				Instant heard = cell.heard().last();
				oldest = heard.isBefore(oldest) ? heard : oldest;
				if (cell.standing().isLate()) {
					notYet.add(reason(words.late(), cell));
				} else if (cell.standing() == Standing.NONE) {
					unknown.add(reason(words.dark(), cell));
				} else if (heard.plus(maxAge).isBefore(ledger.now())) {
					unknown.add(reason(words.stale(), cell));
				}
			}
		}
		if (asked.isEmpty()) {
			unknown.add(Reason.of(ledger.entries().isEmpty() || !moving.isEmpty() ? nobody : WatchReasons.NOTHING_MOVES, ledger.domain().name()));
		}
		return Condition.of(kind, notYet, unknown, Reason.of(words.allNew(), asked.size(), oldest));
	}

	private static Reason reason(String id, Cell cell) {
		return Reason.of(id, cell.source().place(), cell.key().name() + " " + cell.key().type(), cell.heard().last());
	}

	private Condition deadline() {
		return switch (ledger.deadline()) {
			case Deadline.Known known -> ledger.deadline().hasPassed(ledger.now()) ? Condition.met(Kind.DEADLINE, Reason.of(WatchReasons.DEADLINE_PASSED, known.at()))
					: new Condition(Kind.DEADLINE, Condition.Standing.NOT_YET, Reason.of(WatchReasons.DEADLINE_AHEAD, known.at()), List.of(known.why()));
			case Deadline.Running running -> new Condition(Kind.DEADLINE, Condition.Standing.NOT_YET, Reason.of(WatchReasons.DEADLINE_RUNNING, running.notBefore()), running.why());
			case Deadline.Unknown dark -> new Condition(Kind.DEADLINE, Condition.Standing.UNKNOWN, Reason.of(WatchReasons.DEADLINE_UNKNOWN, ledger.domain().name()), dark.why());
			case Deadline.Nothing _ ->
				new Condition(Kind.DEADLINE, Condition.Standing.UNKNOWN, Reason.of(WatchReasons.NOTHING_MOVES, ledger.domain().name()), List.of());
		};
	}
}
