package hikkoshi.core.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.model.Target;

/// The evidence as one sees it who judges it again and again: what has been read once is read again only where rows have been added since, by whomever. What
/// it says is of the moment of the last [#refresh]. Safe for several threads.
public final class Followed implements EvidenceView {
	private static final int CHUNK = 2_000;

	private final EvidenceView log;
	private final Map<Key, Sighting> latest = new HashMap<>();
	private final Map<Key, Known> histories = new HashMap<>();
	private long row = -1;

	private record Key(String probe, Target.Id target) {
		static Key of(Sighting sighting) {
			return new Key(sighting.evidence().probe(), sighting.evidence().target());
		}
	}

	/// @param limit with which it was asked for
	private record Known(List<Sighting> history, int limit) {}

	public Followed(EvidenceView log) {
		this.log = log;
	}

	/// Reads on; blocks.
	///
	/// @return the rows that are new, as [EvidenceView#since] has them; none in the first call, which reads all
	public synchronized List<Sighting> refresh() {
		if (row < 0) {
			// rows that come in between are read once more, which changes nothing
			row = log.lastRow();
			log.latest().forEach(sighting -> latest.put(Key.of(sighting), sighting));
			return List.of();
		}
		List<Sighting> news = new ArrayList<>();
		List<Sighting> some;
		do {
			some = log.since(row, CHUNK);
			for (Sighting sighting : some) {
				row = sighting.row();
				Key key = Key.of(sighting);
				latest.merge(key, sighting, Followed::next);
				histories.remove(key);
			}
			news.addAll(some);
		} while (some.size() == CHUNK);
		return news;
	}

	/// @param news whose row is its own, be it a repeat or not
	private static Sighting next(Sighting before, Sighting news) {
		boolean isRepeat = before.evidence().saysSameAs(news.evidence()) && before.firstSeen().equals(news.firstSeen()) && before.evidence().facts().equals(news.evidence().facts());
		return isRepeat ? new Sighting(before.row(), before.evidence(), before.firstSeen(), news.lastSeen(), news.count()) : news;
	}

	@Override
	public synchronized Optional<Sighting> latest(String probe, Target.Id target) {
		return Optional.ofNullable(latest.get(new Key(probe, target)));
	}

	@Override
	public synchronized List<Sighting> latest() {
		return List.copyOf(latest.values());
	}

	@Override
	public synchronized List<Sighting> history(String probe, Target.Id target, int limit) {
		Key key = new Key(probe, target);
		if (row >= 0 && !latest.containsKey(key)) {
			return List.of();
		}
		Known known = histories.get(key);
		if (known == null || known.limit() < limit && known.history().size() == known.limit()) {
			known = new Known(List.copyOf(log.history(probe, target, limit)), limit);
			histories.put(key, known);
		}
		List<Sighting> history = known.history();
		return history.size() <= limit ? history : history.subList(history.size() - limit, history.size());
	}

	@Override
	public long lastRow() {
		return log.lastRow();
	}

	@Override
	public List<Sighting> since(long after, int limit) {
		return log.since(after, limit);
	}

	/// How many answers are held.
	public synchronized int size() {
		return latest.size() + histories.values().stream().mapToInt(known -> known.history().size()).sum();
	}
}
