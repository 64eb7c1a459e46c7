package hikkoshi.core.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A hop of a message's way, with its time.
///
/// @param by who took the message
public record Leg(String by, Instant at) {
	/// From the first hop to the last; empty when less than two are known. Negative when clocks disagree.
	public static Optional<Duration> whole(List<Leg> legs) {
		return legs.size() < 2 ? Optional.empty() : Optional.of(Duration.between(legs.getFirst().at(), legs.getLast().at()));
	}

	/// How long the message took from the hop before; empty for the first one.
	public static Optional<Duration> before(List<Leg> legs, int hop) {
		return hop == 0 ? Optional.empty() : Optional.of(Duration.between(legs.get(hop - 1).at(), legs.get(hop).at()));
	}
}
