package hikkoshi.core.model;

import java.time.Duration;
import java.util.List;

/// How many canaries there may be, and must be.
///
/// @param needed on NEW by every route, before propagation can be called ended
/// @param perDay sent to one mailbox by one route in 24 hours, at most
/// @param perRun sent by one command, at most
/// @param interval between two to the same mailbox by the same route, at least
/// @param outside accounts from which they may be sent too
public record CanaryPolicy(int needed, int perDay, int perRun, Duration interval, List<OutsideSender> outside) {
	public static final CanaryPolicy DEFAULT = new CanaryPolicy(3, 12, 200, Duration.ofMinutes(10), List.of());

	public CanaryPolicy {
		outside = List.copyOf(outside);
	}

	public CanaryPolicy withNeeded(int other) {
		return new CanaryPolicy(other, perDay, perRun, interval, outside);
	}
}
