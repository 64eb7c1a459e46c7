package hikkoshi.core.overview;

import java.util.List;
import java.util.Optional;

import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Wave;

/// A wave is as good as the worst of its domains.
///
/// @param next the first step of the checklist that is not done for it; empty when all are, or when there is no checklist
/// @param regressed steps that are signed off although a gate of theirs has shut since
/// @param done whether every step is done; false without a checklist
public record WaveState(
		Wave wave, State state, int domains, int mailboxes, int recipients, Optional<StepState> next, List<StepState> regressed, boolean done) {
	public WaveState {
		regressed = List.copyOf(regressed);
	}
}
