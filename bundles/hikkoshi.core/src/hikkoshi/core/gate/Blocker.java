package hikkoshi.core.gate;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Target;

/// One thing that keeps a gate shut.
///
/// @param about whose evidence is missing, bad or old; several where one sentence says it of all of them, never none
/// @param outcome what that evidence says; UNKNOWN when there is none
/// @param reason why, in words a person can act on
/// @param since since when, or null when it was never otherwise (no evidence at all)
public record Blocker(List<About> about, Outcome outcome, Reason reason, @Nullable Instant since) {
	/// @param target what is not safe
	/// @param probe the probe whose evidence is meant; for a person's step `person.sign-off`
	public record About(Target.Id target, String probe) {}

	public Blocker {
		about = List.copyOf(about);
	}

	public Blocker(Target.Id target, String probe, Outcome outcome, Reason reason, @Nullable Instant since) {
		this(List.of(new About(target, probe)), outcome, reason, since);
	}

	/// The first of what is not safe.
	public Target.Id target() {
		return about.getFirst().target();
	}

	/// The probe of the first.
	public String probe() {
		return about.getFirst().probe();
	}
}
