package hikkoshi.core.gate;

import java.util.List;
import java.util.Optional;

/// What is to be done, in order, and what must be proven before.
public record Checklist(List<Phase> phases) {
	public Checklist {
		phases = List.copyOf(phases);
	}

	public List<Step> steps() {
		return phases.stream().flatMap(phase -> phase.steps().stream()).toList();
	}

	public Optional<Step> step(String key) {
		return steps().stream().filter(step -> step.key().equals(key)).findFirst();
	}
}
