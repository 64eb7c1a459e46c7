package hikkoshi.core.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.model.Target;

/// The newest word of every probe about every target, read once: for whoever asks thousands of times and wants all answers of one moment.
/// History and the rest are asked of the log itself.
public final class Snapshot implements EvidenceView {
	private record Key(String probe, Target.Id target) {}

	private final EvidenceView all;
	private final Map<Key, Sighting> latest = new HashMap<>();

	/// Reads the log; blocks.
	public Snapshot(EvidenceView all) {
		this.all = all;
		all.latest().forEach(sighting -> latest.put(new Key(sighting.evidence().probe(), sighting.evidence().target()), sighting));
	}

	@Override
	public Optional<Sighting> latest(String probe, Target.Id target) {
		return Optional.ofNullable(latest.get(new Key(probe, target)));
	}

	@Override
	public List<Sighting> latest() {
		return List.copyOf(latest.values());
	}

	@Override
	public List<Sighting> history(String probe, Target.Id target, int limit) {
		return all.history(probe, target, limit);
	}

	@Override
	public long lastRow() {
		return all.lastRow();
	}

	@Override
	public List<Sighting> since(long row, int limit) {
		return all.since(row, limit);
	}
}
