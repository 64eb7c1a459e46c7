package hikkoshi.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.RecordSet;

/// The TTL ledger of a domain: who answers what, and until when at most an honest cache may answer with the old data. A pure function of evidence and `now`.
///
/// What it promises: under servers and caches that keep to RFC 1035 and RFC 2308, no cache holds the old answer after a [Deadline.Known], whenever it asked and whichever server.
/// What it cannot see: a server that went back to the old data between two looks that both found the new; and what was in force before the first look, which
/// [Assumptions] stand for.
///
/// @param entries by name and type
/// @param deadline of the domain as a whole
/// @param remarks about caches that do not keep to the servers' TTLs; they never move the deadline
public record Ledger(Domain domain, Instant now, List<Entry> entries, Deadline deadline, List<Reason> remarks, Chronicle chronicle) {
	public Ledger {
		entries = List.copyOf(entries);
		remarks = List.copyOf(remarks);
	}

	/// Reads the evidence about a domain; blocks.
	///
	/// @param plan the records of its planned zone; null without one
	public static Ledger of(Domain domain, Migration migration, EvidenceView evidence, @Nullable Collection<RecordSet> plan, Instant now) {
		Chronicle chronicle = Chronicle.of(domain, evidence, now);
		Aim aim = new Aim(domain, migration, chronicle, plan);
		Assumptions assumptions = Assumptions.of(migration);
		List<Entry> entries = new ArrayList<>();
		for (RecordSet.Key key : chronicle.keys()) {
			Deadline deadline = aim.moves(key) ? new Drain(chronicle, key, heard -> aim.of(heard).isLate(), assumptions, now).deadline() : new Deadline.Nothing();
			entries.add(new Entry(key, deadline, cells(chronicle, aim, key), lines(chronicle, aim, key)));
		}
		Deadline whole = Deadline.latest(entries.stream().map(Entry::deadline).toList());
		return new Ledger(domain, now, entries, known(domain, chronicle, whole), Caches.remarks(entries, chronicle), chronicle);
	}

	/// Without looks there is no deadline, and none with a look that is dated in the future.
	private static Deadline known(Domain domain, Chronicle chronicle, Deadline whole) {
		if (!chronicle.misdated().isEmpty()) {
			Sighting newest = chronicle.misdated().getLast();
			return Deadline.latest(List.of(whole, new Deadline.Unknown(Instant.MIN, List.of(Reason.of(LedgerReasons.FUTURE, domain.name(), newest.lastSeen())))));
		}
		if (chronicle.sightings().isEmpty()) {
			return new Deadline.Unknown(Instant.MIN, List.of(Reason.of(LedgerReasons.NEVER, domain.name())));
		}
		boolean anybody = chronicle.keys().stream().anyMatch(key -> chronicle.of(key).keySet().stream().anyMatch(source -> source.kind() == Source.Kind.AUTHORITATIVE));
		return anybody ? whole : new Deadline.Unknown(Instant.MIN, List.of(Reason.of(LedgerReasons.NOBODY, domain.name())));
	}

	private static List<Cell> cells(Chronicle chronicle, Aim aim, RecordSet.Key key) {
		List<Cell> cells = new ArrayList<>();
		chronicle.of(key).forEach((source, heard) -> {
			if (chronicle.isListed(key, source)) {
				Heard newest = heard.stream().reduce((one, other) -> other.last().isBefore(one.last()) ? one : other).orElseThrow();
				cells.add(new Cell(source, key, aim.of(newest), newest));
			}
		});
		return cells;
	}

	private static Map<Source, List<Span>> lines(Chronicle chronicle, Aim aim, RecordSet.Key key) {
		Map<Source, List<Span>> lines = new HashMap<>();
		chronicle.of(key).forEach((source, heard) -> {
			if (chronicle.isListed(key, source)) {
				lines.put(source, heard.stream().map(each -> new Span(each.first(), each.last(), aim.of(each))).toList());
			}
		});
		return lines;
	}

	/// When the answers that have a longer life than wanted must have died in every honest cache.
	///
	/// @param longest TTL wanted
	/// @return a deadline in the sense of "until then": running while a server still gives a longer TTL
	public static Deadline lowered(Chronicle chronicle, RecordSet.Key key, Duration longest, Migration migration, Instant now) {
		Assumptions assumptions = new Assumptions(Assumptions.of(migration).before(), longest);
		return new Drain(chronicle, key, heard -> heard.ttl() > longest.toSeconds(), assumptions, now).deadline();
	}

	public Optional<Entry> entry(RecordSet.Key key) {
		return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
	}

	/// Every server that takes part, authoritative ones first.
	public List<Source> sources() {
		TreeSet<Source> all = new TreeSet<>();
		entries.forEach(entry -> entry.cells().forEach(cell -> all.add(cell.source())));
		return List.copyOf(all);
	}

	public Optional<Cell> cell(Source source, RecordSet.Key key) {
		return entry(key).stream().flatMap(entry -> entry.cells().stream()).filter(cell -> cell.source().equals(source)).findFirst();
	}

	/// Who still gives something else than the new answer.
	public List<Cell> late() {
		return entries.stream().filter(Entry::moves).flatMap(entry -> entry.cells().stream()).filter(cell -> cell.standing().isLate()).toList();
	}

	/// Until when a server that is [#late] may go on at most: a cache until the deadline of its record, and no longer than it says itself unless it fetches the old answer
	/// once more; empty while there is no deadline.
	public Optional<Instant> atMost(Cell cell) {
		return entry(cell.key()).map(Entry::deadline).filter(Deadline.Known.class::isInstance).map(known -> ((Deadline.Known) known).at());
	}
}
