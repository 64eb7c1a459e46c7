package hikkoshi.core.canary;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.model.Side;

/// Where a canary was found: a pure joining of what was sent and what arrived.
///
/// @param found on either side, first come first; empty while it is under way, or lost
public record CanaryResult(SentCanary canary, List<SeenArrival> found) {
	public CanaryResult {
		found = List.copyOf(found);
	}

	/// By mailbox, then by route, then as they set out.
	public static List<CanaryResult> of(List<SentCanary> sent, ArrivalLog arrivals) {
		Comparator<SentCanary> order = Comparator.comparing((SentCanary canary) -> canary.mailbox().address()).thenComparing(canary -> canary.route().token())
				.thenComparing(SentCanary::at);
		return sent.stream().sorted(order).map(canary -> new CanaryResult(canary,
				arrivals.of(canary.token()).stream().filter(seen -> seen.mailbox().equals(canary.mailbox().address())).toList())).toList();
	}

	public Optional<SeenArrival> on(Side side) {
		return found.stream().filter(seen -> seen.side() == side).findFirst();
	}

	/// Whether it may still come, and has not.
	public boolean isMissing() {
		return canary.mayArrive() && found.isEmpty();
	}

	/// From when it set out to its arrival on a side; by our clock and the server's, so it may be off by their difference.
	public Optional<Duration> latency(Side side) {
		// a Received field has whole seconds
		return on(side).map(seen -> Duration.between(canary.at().truncatedTo(ChronoUnit.SECONDS), seen.came()));
	}
}
