package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.List;

import hikkoshi.core.evidence.Reason;

/// Mail of one sender that came to the old side after the cutover, for one reason.
///
/// @param sender what its machines have in common
/// @param network of the newest one's address, or empty
/// @param arrivals by the time at which they came, never empty
public record Straggler(String sender, String network, Kind kind, Reason reason, List<SeenArrival> arrivals) {
	/// Why it came.
	public enum Kind {
		/// One of our canaries, sent there on purpose.
		CANARY("straggler.canary"),
		/// Born on the old server, or given to it by a login: it still takes the domain for its own.
		LOCAL("straggler.local"),
		/// Passed on by a host that had kept it.
		BACKUP_MX("straggler.backup-mx"),
		/// The old answer was still good for this sender.
		CACHE("straggler.cache"),
		/// After the cutover, and nobody can tell yet until when the old answer is good.
		CACHE_OPEN("straggler.cache-open"),
		/// A cache that keeps answers for longer than it may.
		CACHE_LATE("straggler.cache-late"),
		/// The old server's name or address is written down somewhere.
		HARD_WIRED("straggler.hard-wired"),
		/// Somebody who never asks DNS.
		SPAM("straggler.spam");

		private final String reason;

		Kind(String reason) {
			this.reason = reason;
		}

		/// The id of its sentence.
		public String reason() {
			return reason;
		}

		/// Whether time alone ends it, without anybody's doing.
		public boolean passes() {
			return switch (this) {
				case CANARY, CACHE, CACHE_OPEN, CACHE_LATE, BACKUP_MX -> true;
				case LOCAL, HARD_WIRED, SPAM -> false;
			};
		}
	}

	public Straggler {
		arrivals = List.copyOf(arrivals);
	}

	public Instant first() {
		return arrivals.getFirst().came();
	}

	public Instant last() {
		return arrivals.getLast().came();
	}
}
