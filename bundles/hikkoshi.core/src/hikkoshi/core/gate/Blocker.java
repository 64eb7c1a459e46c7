package hikkoshi.core.gate;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Target;

/// One thing that keeps a gate shut.
///
/// @param target what is not safe
/// @param probe the probe whose evidence is missing, bad or old; for a person's step `person.sign-off`
/// @param outcome what that evidence says; UNKNOWN when there is none
/// @param reason why, in words a person can act on
/// @param since since when, or null when it was never otherwise (no evidence at all)
public record Blocker(Target.Id target, String probe, Outcome outcome, Reason reason, @Nullable Instant since) {}
