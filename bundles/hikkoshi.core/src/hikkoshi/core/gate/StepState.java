package hikkoshi.core.gate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.StepTarget;

/// Where a step stands for a wave.
///
/// @param openings what each of the step's gates says now, in the order of [Step#gates]; also for a step that is done
/// @param signature the sign-off or override, when there is one
public record StepState(Step step, StepTarget target, Status status, List<Opening> openings, Optional<Sighting> signature) {
	public enum Status {
		/// Signed off.
		DONE,
		/// Passed by a person, with a reason, while a gate was shut.
		OVERRIDDEN,
		/// All gates are open: it may be done and signed off.
		READY,
		/// A gate is shut.
		BLOCKED,
		/// Only the age of the proof shuts it: probe again.
		STALE
	}

	public StepState {
		openings = List.copyOf(openings);
	}

	public boolean isDone() {
		return status == Status.DONE || status == Status.OVERRIDDEN;
	}

	public boolean maySignOff() {
		return openings.stream().allMatch(Opening.Open.class::isInstance);
	}

	/// Whether the step is signed off and one of its gates is not open any more. A sign-off stays — it was true when it was made, and what
	/// followed from it has been done — but people must see that the ground has moved. Age alone does not count: proof made before a
	/// cutover grows old after it.
	public boolean hasRegressed() {
		return status == Status.DONE && openings.stream().anyMatch(Opening.Blocked.class::isInstance);
	}

	/// Everything that keeps its gates shut, gate by gate.
	public List<Blocker> blockers() {
		return openings.stream().flatMap(opening -> switch (opening) {
			case Opening.Open _ -> Stream.<Blocker>empty();
			case Opening.Blocked blocked -> blocked.by().stream();
			case Opening.Stale stale -> stale.by().stream();
		}).toList();
	}
}
