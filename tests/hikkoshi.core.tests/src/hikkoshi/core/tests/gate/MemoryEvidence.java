package hikkoshi.core.tests.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Target;

/// A log in memory, by the same rules as the real one.
public final class MemoryEvidence implements EvidenceView {
	private final Map<String, List<Sighting>> runs = new LinkedHashMap<>();
	/// Each row as of then.
	private final List<Sighting> all = new ArrayList<>();
	private long rows;

	public void add(Evidence evidence) {
		rows++;
		List<Sighting> history = runs.computeIfAbsent(evidence.probe() + " " + evidence.target(), _ -> new ArrayList<>());
		if (!history.isEmpty() && history.getLast().evidence().saysSameAs(evidence) && !evidence.at().isBefore(history.getLast().lastSeen())) {
			Sighting last = history.removeLast();
			history.add(new Sighting(last.row(), last.evidence(), last.firstSeen(), evidence.at(), last.count() + 1));
		} else {
			history.add(new Sighting(rows, evidence, evidence.at(), evidence.at(), 1));
		}
		Sighting now = history.getLast();
		all.add(new Sighting(rows, now.evidence(), now.firstSeen(), now.lastSeen(), now.count()));
	}

	@Override
	public Optional<Sighting> latest(String probe, Target.Id target) {
		List<Sighting> history = history(probe, target, 1);
		return history.isEmpty() ? Optional.empty() : Optional.of(history.getFirst());
	}

	@Override
	public List<Sighting> latest() {
		return runs.values().stream().map(List::getLast).toList();
	}

	@Override
	public List<Sighting> history(String probe, Target.Id target, int limit) {
		List<Sighting> mine = runs.getOrDefault(probe + " " + target, List.of());
		return List.copyOf(mine.subList(Math.max(0, mine.size() - limit), mine.size()));
	}

	@Override
	public long lastRow() {
		return rows;
	}

	@Override
	public List<Sighting> since(long row, int limit) {
		int from = (int) Math.min(row, all.size());
		return List.copyOf(all.subList(from, Math.min(all.size(), from + limit)));
	}
}
