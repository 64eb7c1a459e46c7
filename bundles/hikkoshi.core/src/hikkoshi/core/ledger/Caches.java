package hikkoshi.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.plan.RecordSet;

/// What caches do that servers did not allow. Reported apart: an honest deadline must not depend on what a dishonest cache says.
final class Caches {
	/// Seconds that are nobody's fault: a cache counts whole ones, and the answer travels.
	private static final long SLACK = 2;

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

	/// Of all servers, at any time; a "no" may be kept as long as the longest of both, since nobody tells which one a cache has.
	private static long highest(Chronicle chronicle, RecordSet.Key key) {
		return chronicle.of(key).entrySet().stream().filter(each -> each.getKey().kind() == Source.Kind.AUTHORITATIVE).flatMap(each -> each.getValue().stream())
				.filter(Heard::spoke).mapToLong(Heard::ttl).max().orElse(-1);
	}
}
