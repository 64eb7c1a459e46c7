package hikkoshi.core.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;

/// What one server said about one name and type, over a run of looks that all heard the same.
///
/// Times are such that nothing comes out too early: [#first] is the end of the first look and never before an earlier look, whatever the clock said.
///
/// @param first when it was first heard, at the latest
/// @param last when it was last heard; not before `first`
/// @param listed whether the server was named by the delegation or the zone at that time
/// @param ttl the highest of the records' TTLs in seconds, links of a chain of aliases included; for a "no" by RFC 2308; -1 when there is none
/// @param data normalised, sorted; an alias as `CNAME target`
/// @param until of a cache, when it drops the answer
public record Heard(
		Source source, boolean excused, RecordSet.Key key, Instant first, Instant last, DnsStatus status, List<String> data, long ttl, WatchRow.How how,
		@Nullable Instant until) {
	public Heard {
		data = List.copyOf(data);
	}

	/// Said yes or no.
	public boolean spoke() {
		return WatchRow.spoke(status, how);
	}

	/// A "no" is the empty set.
	public Set<String> set() {
		return Set.copyOf(data);
	}
}
