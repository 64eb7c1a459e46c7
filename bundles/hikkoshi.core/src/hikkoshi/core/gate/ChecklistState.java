package hikkoshi.core.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.StepTarget;

/// Where the checklist stands for a wave: a pure function of files, evidence and `now`.
///
/// @param steps every step, in the checklist's order
public record ChecklistState(String wave, List<StepState> steps) {
	public ChecklistState {
		steps = List.copyOf(steps);
	}

	/// Judges every gate of every step. The newest word about every target is read once, so that all steps see the same.
	public static ChecklistState of(Checklist checklist, Migration migration, String wave, EvidenceView evidence, Instant now) {
		EvidenceView moment = evidence instanceof Snapshot read ? read : new Snapshot(evidence);
		List<StepState> steps = new ArrayList<>();
		for (Step step : checklist.steps()) {
			StepTarget target = new StepTarget(step.key(), wave);
			List<Opening> openings =
					step.gates().stream().map(spec -> Gates.of(spec, checklist, migration, wave).judge(moment, now)).toList();
			Optional<Sighting> signature = Signature.find(target, moment);
			steps.add(new StepState(step, target, status(openings, signature), openings, signature));
		}
		return new ChecklistState(wave, steps);
	}

	public Optional<StepState> step(String key) {
		return steps.stream().filter(state -> state.step().key().equals(key)).findFirst();
	}

	/// The first step that is not done.
	public Optional<StepState> next() {
		return steps.stream().filter(state -> !state.isDone()).findFirst();
	}

	private static StepState.Status status(List<Opening> openings, Optional<Sighting> signature) {
		if (signature.isPresent()) {
			return signature.get().evidence().probe().equals(Signature.OVERRIDE) ? StepState.Status.OVERRIDDEN : StepState.Status.DONE;
		}
		if (openings.stream().anyMatch(Opening.Blocked.class::isInstance)) {
			return StepState.Status.BLOCKED;
		}
		return openings.stream().anyMatch(Opening.Stale.class::isInstance) ? StepState.Status.STALE : StepState.Status.READY;
	}
}
