package hikkoshi.core.ledger;

import java.time.Instant;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// The ledger in one sentence. Ids: `ledger.head.nothing` (domain), `ledger.head.passed`, `ledger.head.draining` (domain, deadline), `ledger.head.late` (domain, deadline,
/// how many caches), `ledger.head.running` (domain, how many answers are old, the earliest deadline if all changed now), `ledger.head.unknown` (domain, how many
/// questions are open).
///
/// @param outcome PASS when nothing old can be left; WARN while it drains, or when a cache outlives the deadline; FAIL while a server gives the old answer
public record Headline(Outcome outcome, Reason reason) {
	public static Headline of(Ledger ledger, Instant now) {
		String domain = ledger.domain().name().ascii();
		return switch (ledger.deadline()) {
			case Deadline.Nothing _ -> new Headline(Outcome.PASS, Reason.of("ledger.head.nothing", domain));
			case Deadline.Known known -> {
				if (!known.hasPassed(now)) {
					yield new Headline(Outcome.WARN, Reason.of("ledger.head.draining", domain, Drain.shown(known.at())));
				}
				long late = ledger.late().stream().map(Cell::source).distinct().count();
				yield late == 0 ? new Headline(Outcome.PASS, Reason.of("ledger.head.passed", domain, Drain.shown(known.at())))
						: new Headline(Outcome.WARN, Reason.of("ledger.head.late", domain, Drain.shown(known.at()), late));
			}
			case Deadline.Running running -> new Headline(Outcome.FAIL, Reason.of("ledger.head.running", domain, running.why().size(), Drain.shown(running.notBefore())));
			case Deadline.Unknown unknown -> new Headline(Outcome.UNKNOWN, Reason.of("ledger.head.unknown", domain, unknown.why().size()));
		};
	}
}
