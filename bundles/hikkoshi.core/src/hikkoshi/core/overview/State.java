package hikkoshi.core.overview;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.EmailAddress;

/// How a mailbox, a domain or a wave stands, why, and since when. The state of a whole is the worst of its parts.
///
/// @param reason of the part that decides
/// @param since when it came to be so: for what is bad the first of equals, for what is proven the last; null when it never was otherwise
/// @param address the address that decides, null when there is none
/// @param line where `mailboxes.csv` lists it; 0 when there is none
public record State(Standing standing, Reason reason, @Nullable Instant since, @Nullable EmailAddress address, int line) {
	/// The one that decides about a whole with both parts.
	State worst(State other) {
		int by = standing.compareTo(other.standing);
		if (by != 0) {
			return by > 0 ? this : other;
		}
		if (since == null || other.since == null) {
			return since == null ? this : other;
		}
		// a whole is proven since its last part is, and broken since its first one is
		return standing.isProven() == other.since.isAfter(since) ? other : this;
	}
}
