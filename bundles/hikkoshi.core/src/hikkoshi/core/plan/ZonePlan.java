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

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Server;

/// What has to change for the live zone to become the planned one. A pure function of both.
///
/// @param changes by name and type
/// @param unchanged sets that are live as planned
/// @param unknown of which nobody said what is live: no change may be computed, and none is
public record ZonePlan(DomainName zone, List<ZoneChange> changes, List<RecordSet> unchanged, List<RecordSet.Key> unknown) {
	/// As octoDNS guards: from so many live sets on …
	private static final int GUARDED_FROM = 10;
	/// … no more than this share may be changed or deleted unasked.
	private static final double MOST = 0.3;

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
		return new ZonePlan(zone, changes, unchanged, live.unanswered());
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
		return new ZonePlan(zone, back, unchanged, unknown);
	}

	/// For how long at most a cache may go on with what a change takes away, in seconds: the longest TTL among what changes, and the negative TTL for
	/// what is new.
	public long drain(long negativeTtl) {
		return changes.stream().mapToLong(change -> change.before() == null ? negativeTtl : change.before().ttl()).max().orElse(0);
	}
}
