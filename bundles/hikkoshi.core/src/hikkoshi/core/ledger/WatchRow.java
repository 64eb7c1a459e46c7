package hikkoshi.core.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;

/// What one server said about one name and type: one record, or that there is none.
///
/// @param excused whether the address cannot be reached from here for want of IPv6, while the same server answered at another one
/// @param ttl seconds for which a cache may keep it, of a "no" by RFC 2308, 5; -1 when there is nothing to keep
/// @param data presentation form; empty without a record. What an alias leads to follows the alias, which is `CNAME target`
/// @param until of a cache, when it drops the answer; rounded up, so that the same entry gives the same time at each look
public record WatchRow(
		Source source, boolean excused, RecordSet.Key key, DnsStatus status, String flags, long ttl, String data, How how, @Nullable Instant until, long millis) {
	/// How the answer was got.
	public enum How {
		/// From one who should know by itself.
		DIRECT("direct"),
		/// A cache had it (RD=0): our question changed nothing there.
		CACHED("cached"),
		/// A cache was asked to find out (RD=1): our own question may have filled it.
		ASKED("asked"),
		/// A cache does not have it, and was not asked to fetch it (RD=0).
		EMPTY("empty");

		private final String token;

		How(String token) {
			this.token = token;
		}

		public String token() {
			return token;
		}
	}

	/// Said yes or no, as one who knows (or has it from one who does).
	public boolean spoke() {
		return spoke(status, how);
	}

	static boolean spoke(DnsStatus status, How how) {
		return how != How.EMPTY && (status == DnsStatus.ANSWER || status == DnsStatus.NO_DATA || status == DnsStatus.NXDOMAIN);
	}
}
