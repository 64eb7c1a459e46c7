package hikkoshi.core.probe;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Target;
import hikkoshi.core.secret.SecretException;

/// A probe with its target: one thing to do in a run.
public record ProbeTask<T extends Target>(Probe<T> probe, T target) {
	/// Asks, and makes evidence of whatever comes of it: a failure that the probe has no word for is UNKNOWN.
	///
	/// @throws InterruptedException when cancelled: that is no evidence
	public Evidence observe(ProbeContext context) throws InterruptedException {
		Instant at = context.clock().instant();
		Finding finding;
		try {
			finding = probe.examine(target, context);
		} catch (SecretException e) {
			finding = new Finding(Outcome.UNKNOWN, e.reason(), Facts.NONE);
		} catch (IOException | RuntimeException e) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			finding = new Finding(Outcome.UNKNOWN,
					Reason.of(Reasons.UNEXPECTED, e.getClass().getName(), Optional.ofNullable(e.getMessage()).orElse("")), Facts.NONE);
		}
		return evidence(at, finding, context);
	}

	/// Asks over what an earlier run has left open, where there is such a thing.
	Optional<Evidence> resume(ProbeContext context) throws InterruptedException {
		Instant at = context.clock().instant();
		return probe.resume(target, context).map(finding -> evidence(at, finding, context));
	}

	/// What was found since a moment.
	Evidence evidence(Instant at, Finding finding, ProbeContext context) {
		return new Evidence(probe.id(), target.id(), at, Duration.between(at, context.clock().instant()), finding.outcome(), finding.reason(), finding.facts());
	}
}
