package hikkoshi.core.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Server;

/// What has to change for the live zone to become the planned one. A pure function of both.
///
/// @param changes by name and type
/// @param unchanged sets that are live as planned
/// @param unknown of which nobody said what is live: no change may be computed, and none is
/// @param negativeTtl for how long a cache may believe that a name is not there, in seconds
public record ZonePlan(DomainName zone, List<ZoneChange> changes, List<RecordSet> unchanged, List<RecordSet.Key> unknown, long negativeTtl) {
	/// As octoDNS guards: from so many live sets on …
	private static final int GUARDED_FROM = 10;
	/// … no more than this share may be changed or deleted unasked.
	private static final double MOST = 0.3;
	/// No cache should believe it for longer (RFC 2308, 5).
	private static final long MOST_NEGATIVE = 10_800;

	public ZonePlan {
		changes = List.copyOf(changes);
		unchanged = List.copyOf(unchanged);
		unknown = List.copyOf(unknown);
	}

	/// @param planned the whole plan: a set that is live and not in it is to go, but for the zone's own SOA and NS, which a plan may leave out
	/// @param servers of the migration, for the reasons
	public static ZonePlan of(DomainName zone, Zones.Live live, Collection<RecordSet> planned, List<Server> servers) {
		Map<RecordSet.Key, RecordSet> now = new HashMap<>();
		live.sets().forEach(set -> now.put(set.key(), set));
		Map<RecordSet.Key, RecordSet> then = new HashMap<>();
		planned.forEach(set -> then.put(set.key(), set));
		Set<RecordSet.Key> unknown = new HashSet<>(live.unanswered());
		String apex = zone.ascii() + ".";
		List<ZoneChange> changes = new ArrayList<>();
		List<RecordSet> unchanged = new ArrayList<>();
		Set<RecordSet.Key> keys = new TreeSet<>(Comparator.comparing(RecordSet.Key::name).thenComparing(RecordSet.Key::type));
		keys.addAll(now.keySet());
		keys.addAll(then.keySet());
		PlanReasons reasons = new PlanReasons(servers);
		for (RecordSet.Key key : keys) {
			RecordSet before = now.get(key);
			RecordSet after = then.get(key);
			boolean own = key.name().equals(apex) && (key.type().equals("SOA") || key.type().equals("NS"));
			if (unknown.contains(key) || key.type().equals("SOA") || own && after == null) {
				continue;
			}
			if (before != null && before.equals(after)) {
				unchanged.add(before);
			} else {
				changes.add(new ZoneChange(before, after, reasons.why(before, after)));
			}
		}
		return new ZonePlan(zone, changes, unchanged, live.unanswered(), negativeTtl(now.get(new RecordSet.Key(apex, "SOA"))));
	}

	public long count(ZoneChange.Kind kind) {
		return changes.stream().filter(change -> change.kind() == kind).count();
	}

	/// Whether so much would be changed or deleted that it is more likely a mistake than a wish.
	public boolean isSuspicious() {
		long live = unchanged.size() + changes.stream().filter(change -> change.before() != null).count();
		long touched = changes.stream().filter(change -> change.before() != null && change.kind() != ZoneChange.Kind.MODIFY_TTL).count();
		return live >= GUARDED_FROM && touched > MOST * live;
	}

	/// The way back: what was live before, as a plan of its own.
	public ZonePlan reverse() {
		List<ZoneChange> back = changes.stream().map(change -> new ZoneChange(change.after(), change.before(), PlanReasons.rollBack())).toList();
		return new ZonePlan(zone, back, unchanged, unknown, negativeTtl);
	}

	/// The lesser of the SOA's TTL and its last number (RFC 2308, 5); the longest one where no SOA was seen.
	private static long negativeTtl(@Nullable RecordSet start) {
		if (start == null || start.data().isEmpty()) {
			return MOST_NEGATIVE;
		}
		String data = start.data().getFirst();
		try {
			return Math.min(MOST_NEGATIVE, Math.min(start.ttl(), Long.parseLong(data.substring(data.lastIndexOf(' ') + 1))));
		} catch (NumberFormatException e) {
			return MOST_NEGATIVE;
		}
	}

	/// For how long at most a cache may go on with what a change takes away, in seconds: the longest TTL among what changes, and the negative TTL for
	/// what is new. Of the way back ([#reverse]) it is the plan's own deadline: so long after it the last cache has forgotten the new data.
	public long drain() {
		return changes.stream().map(ZoneChange::before).mapToLong(before -> before == null ? negativeTtl : before.ttl()).max().orElse(0);
	}
}
