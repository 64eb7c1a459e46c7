package hikkoshi.core.evidence;

import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.Target;

/// Nothing was ever seen: for runs outside a project.
public record NoEvidence() implements EvidenceView {
	@Override
	public Optional<Sighting> latest(String probe, Target.Id target) {
		return Optional.empty();
	}

	@Override
	public List<Sighting> latest() {
		return List.of();
	}

	@Override
	public List<Sighting> history(String probe, Target.Id target, int limit) {
		return List.of();
	}

	@Override
	public long lastRow() {
		return 0;
	}

	@Override
	public List<Sighting> since(long row, int limit) {
		return List.of();
	}
}
