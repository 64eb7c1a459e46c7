package hikkoshi.core.evidence;

import java.time.Duration;
import java.time.Instant;

import hikkoshi.core.model.Target;

/// One immutable observation: which probe saw what of which target, when. Holds no secret.
///
/// @param at when the probe began
/// @param took how long it lasted
public record Evidence(
		String probe, Target.Id target, Instant at, Duration took, Outcome outcome, Reason reason, Facts facts) {
	/// Whether another observation of the same probe and target says the same: times and durations do not count.
	public boolean saysSameAs(Evidence other) {
		return probe.equals(other.probe) && target.equals(other.target) && outcome == other.outcome && reason.equals(other.reason);
	}
}
