package hikkoshi.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.StepTarget;

/// A person's word about a step, as evidence: the *sign-off* of a step whose gates are open, or the *override* of one whose gates are shut.
/// It keeps what the person saw: the proof that the sign-off rests on, or the blockers that the override passed over.
public final class Signature {
	/// The "probe" of a sign-off; its reason is [#SIGNED_OFF].
	public static final String SIGN_OFF = "person.sign-off";
	/// The "probe" of an override; its reason is [#OVERRODE].
	public static final String OVERRIDE = "person.override";
	/// (name)
	public static final String SIGNED_OFF = "person.signed-off";
	/// (name, reason)
	public static final String OVERRODE = "person.overrode";
	public static final int MAX_NAME = 200;
	public static final int MAX_REASON = 2_000;

	private Signature() {}

	/// @param name who says so
	/// @throws IllegalStateException when a gate is shut: ask [StepState#maySignOff] first
	/// @throws IllegalArgumentException when the name is blank, too long or holds control characters
	public static Evidence signOff(StepState state, String name, Instant now) {
		if (!state.maySignOff()) {
			throw new IllegalStateException("step '" + state.step().key() + "' cannot be signed off: a gate is shut");
		}
		List<List<String>> rows = new ArrayList<>();
		for (Opening opening : state.openings()) {
			if (opening instanceof Opening.Open open) {
				for (Sighting sighting : open.proof()) {
					rows.add(List.of(sighting.evidence().target().value(), sighting.evidence().probe(), sighting.evidence().outcome().name(),
							String.valueOf(sighting.row()), sighting.lastSeen().toString()));
				}
			}
		}
		return new Evidence(SIGN_OFF, state.target().id(), now, Duration.ZERO, Outcome.PASS, Reason.of(SIGNED_OFF, line(name, MAX_NAME)),
				new Facts.Table(List.of("target", "probe", "outcome", "row", "last-seen"), rows));
	}

	/// Allowed for any step at any time: a person may know more than a probe. It is kept for ever.
	///
	/// @param name who says so
	/// @param reason why the gates may be passed
	/// @throws IllegalArgumentException when one of them is blank, too long or holds control characters
	public static Evidence override(StepState state, String name, String reason, Instant now) {
		List<List<String>> rows = new ArrayList<>();
		for (Blocker blocker : state.blockers()) {
			for (Blocker.About about : blocker.about()) {
				rows.add(List.of(about.target().value(), about.probe(), blocker.outcome().name(), blocker.reason().id(),
						String.join(" | ", blocker.reason().args())));
			}
		}
		return new Evidence(OVERRIDE, state.target().id(), now, Duration.ZERO, Outcome.WARN,
				Reason.of(OVERRODE, line(name, MAX_NAME), line(reason, MAX_REASON)),
				new Facts.Table(List.of("target", "probe", "outcome", "reason", "arguments"), rows));
	}

	/// The newest word of a person about a step, whichever it is.
	static Optional<Sighting> find(StepTarget target, EvidenceView evidence) {
		Optional<Sighting> signedOff = evidence.latest(SIGN_OFF, target.id());
		Optional<Sighting> overridden = evidence.latest(OVERRIDE, target.id());
		if (signedOff.isPresent() && overridden.isPresent()) {
			return signedOff.get().lastSeen().isBefore(overridden.get().lastSeen()) ? overridden : signedOff;
		}
		return signedOff.or(() -> overridden);
	}

	private static String line(String text, int max) {
		String line = text.strip();
		if (line.isEmpty() || line.length() > max || line.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException("a line of 1 to " + max + " characters is needed");
		}
		return line;
	}
}
