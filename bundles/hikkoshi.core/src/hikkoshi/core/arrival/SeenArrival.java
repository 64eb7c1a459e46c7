package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.Objects;

import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;

/// A message that came into a mailbox on one side, and when that was noticed.
///
/// @param seen when the look began that found it
public record SeenArrival(EmailAddress mailbox, Side side, Arrival arrival, Instant seen) {
	/// When it came; when it was noticed, where nothing says when it came.
	public Instant came() {
		return arrival.came().orElse(seen);
	}

	/// Whether both are the same message: one that was read anew after a hole is listed twice in the log.
	boolean isSameAs(SeenArrival other) {
		Arrival mine = arrival;
		Arrival its = other.arrival;
		boolean known = !mine.messageId().isEmpty() || !mine.canary().isEmpty() || mine.received() != null;
		return known && mailbox.equals(other.mailbox) && side == other.side && mine.messageId().equals(its.messageId()) && mine.canary().equals(its.canary())
				&& Objects.equals(mine.received(), its.received()) && mine.sender().equals(its.sender());
	}
}
