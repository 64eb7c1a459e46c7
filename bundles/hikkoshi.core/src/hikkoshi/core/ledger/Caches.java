package hikkoshi.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.plan.RecordSet;

/// What caches do that servers did not allow. Reported apart: an honest deadline must not depend on what a dishonest cache says.
final class Caches {
	/// Seconds that are nobody's fault: a cache counts whole ones, and the answer travels.
	private static final long SLACK = 2;

	private record Answer(RecordSet.Key key, Set<String> data) {}

	private Caches() {}

	static List<Reason> remarks(List<Entry> entries, Chronicle chronicle) {
		List<Reason> remarks = new ArrayList<>();
		for (Entry entry : entries) {
			for (Cell cell : entry.cells()) {
				if (cell.source().kind() == Source.Kind.RESOLVER) {
					remarks(entry, cell, chronicle, remarks);
				}
			}
		}
		clamped(entries, chronicle, remarks);
		return remarks;
	}

	private static void remarks(Entry entry, Cell cell, Chronicle chronicle, List<Reason> remarks) {
		String record = LedgerReasons.record(entry.key());
		Heard newest = cell.heard();
		Heard longest = newest;
		for (Heard each : chronicle.of(entry.key()).get(cell.source())) {
			longest = each.spoke() && each.ttl() > longest.ttl() ? each : longest;
		}
		long highest = highest(chronicle, entry.key());
		Instant until = longest.until();
		if (longest.spoke() && highest >= 0 && longest.ttl() > highest + SLACK) {
			remarks.add(Reason.of(LedgerReasons.STRETCHES, cell.source().place(), record, longest.ttl(), highest, until == null ? longest.last().plusSeconds(longest.ttl()) : until));
		}
		if (entry.deadline() instanceof Deadline.Known known && cell.standing().isLate() && newest.last().isAfter(known.at())) {
			remarks.add(Reason.of(LedgerReasons.STALE, cell.source().place(), record, newest.last(), known.at()));
		}
	}

	/// Whether a cache that fetches an answer gives it the same TTL whatever the servers say: one short TTL may be what is left of another cache's entry, the
	/// same one for several answers is a rule.
	private static void clamped(List<Entry> entries, Chronicle chronicle, List<Reason> remarks) {
		Map<Source, Map<Long, Map<Answer, Long>>> shortened = new TreeMap<>();
		for (Entry entry : entries) {
			chronicle.of(entry.key()).forEach((source, heard) -> heard.stream().filter(each -> source.kind() == Source.Kind.RESOLVER && fetched(each)).forEach(each -> {
				long allowed = lowest(chronicle, entry.key(), each.set());
				if (each.ttl() + SLACK < allowed) {
					shortened.computeIfAbsent(source, _ -> new TreeMap<>()).computeIfAbsent(each.ttl(), _ -> new HashMap<>()).put(new Answer(entry.key(), each.set()), allowed);
				}
			}));
		}
		shortened.forEach((source, byTtl) -> byTtl.forEach((ttl, allowed) -> {
			if (allowed.size() > 1) {
				remarks.add(Reason.of(LedgerReasons.CLAMPS, source.place(), allowed.size(), ttl, Collections.min(allowed.values())));
			}
		}));
	}

	private static boolean fetched(Heard heard) {
		return heard.how() == WatchRow.How.ASKED && heard.spoke() && heard.ttl() >= 0;
	}

	/// Of the servers that give this answer, at any time; -1 when none does.
	private static long lowest(Chronicle chronicle, RecordSet.Key key, Set<String> data) {
		return chronicle.of(key).entrySet().stream().filter(each -> each.getKey().kind() == Source.Kind.AUTHORITATIVE).flatMap(each -> each.getValue().stream())
				.filter(heard -> heard.spoke() && heard.set().equals(data)).mapToLong(Heard::ttl).min().orElse(-1);
	}

	/// Of all servers, at any time; a "no" may be kept as long as the longest of both, since nobody tells which one a cache has.
	private static long highest(Chronicle chronicle, RecordSet.Key key) {
		return chronicle.of(key).entrySet().stream().filter(each -> each.getKey().kind() == Source.Kind.AUTHORITATIVE).flatMap(each -> each.getValue().stream())
				.filter(Heard::spoke).mapToLong(Heard::ttl).max().orElse(-1);
	}
}
