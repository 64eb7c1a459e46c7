package hikkoshi.core.watch;

import java.time.Instant;
import java.util.List;

import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.model.Side;
import hikkoshi.core.watch.Verdict.State;

/// What a round of a watch brought that a person wants to be told of, wherever that person is.
public sealed interface WatchNews {
	/// As evidence would have it: `watch.said.*` (domain), or `watch.straggling` (domain, how many, mailbox, sender, when, of the newest one).
	default Reason reason() {
		return switch (this) {
			case Turned(DomainWatch watch, _) -> Reason.of("watch.said." + SaidVerdict.token(watch.verdict().state()), watch.domain().name());
			case Straggling(DomainWatch watch, List<SeenArrival> arrivals) -> {
				SeenArrival newest = arrivals.getLast();
				yield Reason.of("watch.straggling", watch.domain().name(), arrivals.size(), newest.mailbox(), newest.arrival().sender().shown(), newest.came());
			}
		};
	}

	DomainWatch watch();

	/// The verdict is another one than was said before, be that by this process or by one before it.
	record Turned(DomainWatch watch, State before) implements WatchNews {}

	/// Mail came to the old side although no honest cache leads it there any more. Before the deadline that is no news.
	///
	/// @param arrivals never empty
	record Straggling(DomainWatch watch, List<SeenArrival> arrivals) implements WatchNews {
		public Straggling {
			arrivals = List.copyOf(arrivals);
		}
	}

	/// What was noticed on the old side from a moment on and came behind the deadline by itself.
	static List<SeenArrival> stragglers(DomainWatch watch, Instant noticed) {
		if (!(watch.ledger().deadline() instanceof Deadline.Known(Instant deadline, _))) {
			return List.of();
		}
		return watch.undirected(Side.OLD).filter(seen -> !seen.seen().isBefore(noticed) && seen.came().isAfter(deadline)).toList();
	}
}
