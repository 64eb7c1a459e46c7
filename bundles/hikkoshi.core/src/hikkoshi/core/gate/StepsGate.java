package hikkoshi.core.gate;

import java.time.Instant;
import java.util.Optional;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.StepTarget;

/// The named steps have been signed off, or overridden.
record StepsGate(GateSpec.Steps spec, Checklist checklist, String wave) implements Gate {
	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		for (String key : spec.steps()) {
			StepTarget target = new StepTarget(key, wave);
			Optional<Step> step = checklist.step(key);
			Optional<Sighting> signature = Signature.find(target, evidence);
			if (step.isEmpty()) {
				judgement.block(target.id(), Signature.SIGN_OFF, Outcome.UNKNOWN, Reason.of(GateReasons.STEP_UNKNOWN, key), null);
			} else if (signature.isEmpty()) {
				judgement.block(target.id(), Signature.SIGN_OFF, Outcome.UNKNOWN, Reason.of(GateReasons.STEP_OPEN, key, step.get().title()), null);
			} else {
				judgement.proven(signature.get());
			}
		}
		return judgement.opening();
	}
}
