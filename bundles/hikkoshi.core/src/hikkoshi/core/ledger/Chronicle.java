package hikkoshi.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.RecordSet;

/// Everything that was ever heard about a domain's records, server by server, in order. Reads the evidence once; a value afterwards.
///
/// Order is the log's order. A look that is dated before the look before it, or in the future, was made by a clock that was wrong: it counts as made when the next
/// believable one was. Where none has followed, the former counts as made now, and the latter is [#misdated]: nothing can be concluded then.
public final class Chronicle {
	/// How far clocks may differ before a time counts as in the future.
	public static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
	/// Runs of equal looks that are read. When there are more, the oldest that is read counts as the first look.
	private static final int HISTORY = 10_000;
	private static final Comparator<RecordSet.Key> KEYS = Comparator.comparing(RecordSet.Key::name).thenComparing(RecordSet.Key::type);

	/// One run of equal looks with its place in time.
	private record Look(Sighting sighting, Instant first, Instant last) {}

	private final Map<RecordSet.Key, Map<Source, List<Heard>>> heard = new TreeMap<>(KEYS);
	/// Per name and type, in which looks (by number) each source was listed: who is no longer listed has left the delegation.
	private final Map<RecordSet.Key, Map<Source, Listing>> listings = new HashMap<>();
	private final Map<RecordSet.Key, Instant> begun = new HashMap<>();
	private final List<Sighting> misdated = new ArrayList<>();
	private final List<Sighting> sightings = new ArrayList<>();
	private boolean cut;

	/// In which look a source was listed last, and when the first look without it was over.
	private static final class Listing {
		private int look;
		/// The looks of `dns.watch` know more servers than the others do: where it has listed one, only it can tell that it is gone.
		private boolean watched;
		private Instant last = Instant.MIN;
		private Instant left = Instant.MAX;
	}

	private Chronicle() {}

	/// @param now for telling the future; nothing else is judged by it
	public static Chronicle of(Domain domain, EvidenceView evidence, Instant now) {
		Chronicle chronicle = new Chronicle();
		List<Look> looks = new ArrayList<>();
		for (String probe : LookRows.PROBES) {
			List<Sighting> history = evidence.history(probe, domain.id(), HISTORY);
			chronicle.cut |= history.size() == HISTORY;
			looks.addAll(chronicle.placed(history, now));
		}
		looks.sort(Comparator.comparing(Look::first));
		int number = 0;
		for (Look look : looks) {
			number++;
			chronicle.sightings.add(look.sighting());
			chronicle.add(domain, look, number);
		}
		return chronicle;
	}

	/// A look whose date cannot be right was made between the look before it and the one after it in the log: it counts as made at the latter, or at `now`.
	private List<Look> placed(List<Sighting> history, Instant now) {
		Instant believable = now.plus(CLOCKS_DIFFER);
		List<Look> placed = new ArrayList<>();
		List<Sighting> waiting = new ArrayList<>();
		Instant floor = Instant.MIN;
		for (Sighting sighting : history) {
			boolean endsInFuture = sighting.lastSeen().isAfter(believable);
			Instant first = sighting.firstSeen().plus(LookRows.took(sighting));
			Instant last = later(first, endsInFuture ? first : sighting.lastSeen());
			if (sighting.firstSeen().isAfter(believable) || last.isBefore(floor)) {
				waiting.add(sighting);
				continue;
			}
			// a run that began before the look before it, by its own date, is only known to have been there at its end
			Instant from = first.isBefore(floor) ? last : first;
			waiting.forEach(misdatedBefore -> placed.add(new Look(misdatedBefore, from, from)));
			waiting.clear();
			if (endsInFuture) {
				misdated.add(sighting);
			}
			placed.add(new Look(sighting, from, last));
			floor = last;
		}
		for (Sighting sighting : waiting) {
			if (sighting.firstSeen().isAfter(believable)) {
				misdated.add(sighting);
			} else {
				placed.add(new Look(sighting, later(floor, now), later(floor, now)));
			}
		}
		return placed;
	}

	private void add(Domain domain, Look look, int number) {
		Map<RecordSet.Key, Map<Source, List<WatchRow>>> said = new LinkedHashMap<>();
		for (WatchRow row : LookRows.of(domain, look.sighting())) {
			said.computeIfAbsent(row.key(), _ -> new LinkedHashMap<>()).computeIfAbsent(row.source(), _ -> new ArrayList<>()).add(row);
		}
		boolean watch = look.sighting().evidence().probe().equals(WatchTable.PROBE);
		said.forEach((key, sources) -> {
			begun.putIfAbsent(key, look.first());
			sources.forEach((source, rows) -> {
				heard.computeIfAbsent(key, _ -> new TreeMap<>()).computeIfAbsent(source, _ -> new ArrayList<>()).add(LookRows.heard(rows, look.first(), look.last()));
				Listing listing = listings.computeIfAbsent(key, _ -> new HashMap<>()).computeIfAbsent(source, _ -> new Listing());
				listing.look = number;
				listing.watched |= watch;
				listing.last = look.last();
				listing.left = Instant.MAX;
			});
			for (Listing listing : listings.getOrDefault(key, Map.of()).values()) {
				if (listing.look != number && listing.left.equals(Instant.MAX) && (watch || !listing.watched)) {
					listing.left = later(look.first(), listing.last);
				}
			}
		});
	}

	public Set<RecordSet.Key> keys() {
		return new LinkedHashSet<>(heard.keySet());
	}

	/// What each source said about a name and type, oldest first; of resolvers too.
	public Map<Source, List<Heard>> of(RecordSet.Key key) {
		return heard.getOrDefault(key, Map.of());
	}

	/// Whether a source took part in the newest look at a name and type.
	public boolean isListed(RecordSet.Key key, Source source) {
		Listing listing = listings.getOrDefault(key, Map.of()).get(source);
		return listing != null && listing.left.equals(Instant.MAX);
	}

	/// When the first look without the source was over, where it has left the delegation.
	public Optional<Instant> left(RecordSet.Key key, Source source) {
		Listing listing = listings.getOrDefault(key, Map.of()).get(source);
		return listing == null || listing.left.equals(Instant.MAX) ? Optional.empty() : Optional.of(listing.left);
	}

	/// When the first look at a name and type was over.
	public Optional<Instant> begun(RecordSet.Key key) {
		return Optional.ofNullable(begun.get(key));
	}

	/// Whether there is older evidence that was not read.
	public boolean isCut() {
		return cut;
	}

	/// Looks dated in the future after which no believable one came.
	public List<Sighting> misdated() {
		return List.copyOf(misdated);
	}

	/// What was read, oldest first.
	public List<Sighting> sightings() {
		return List.copyOf(sightings);
	}

	static Instant later(Instant one, Instant other) {
		return other.isAfter(one) ? other : one;
	}
}
