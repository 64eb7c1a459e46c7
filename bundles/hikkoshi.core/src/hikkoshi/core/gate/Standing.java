package hikkoshi.core.gate;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;

/// How well something is proven, by the same rules as the gates judge: from best to worst for people's attention.
public enum Standing {
	/// Proven, and not too long ago.
	PROVEN,
	/// Proven, with a warning.
	WARNED,
	/// Was proven, too long ago to be believed.
	STALE,
	/// Nobody has asked yet.
	NEVER,
	/// Asked, and could not find out.
	UNKNOWN,
	/// Proven not to work.
	FAILED;

	/// @param latest the newest evidence, null when there is none
	/// @param maxAge how old proof may be; a failure stays a failure at any age
	public static Standing of(@Nullable Sighting latest, Duration maxAge, Instant now) {
		if (latest == null) {
			return NEVER;
		}
		return switch (latest.evidence().outcome()) {
			case FAIL -> FAILED;
			case UNKNOWN -> UNKNOWN;
			case PASS, WARN -> {
				if (latest.lastSeen().isAfter(now.plus(Judgement.CLOCKS_DIFFER))) {
					yield UNKNOWN;
				}
				if (latest.lastSeen().plus(maxAge).isBefore(now)) {
					yield STALE;
				}
				yield latest.evidence().outcome() == Outcome.PASS ? PROVEN : WARNED;
			}
		};
	}

	public boolean isProven() {
		return this == PROVEN || this == WARNED;
	}

	public Standing worst(Standing other) {
		return compareTo(other) >= 0 ? this : other;
	}

	/// The outcome whose icon and colour it has; null when nobody has asked yet.
	public @Nullable Outcome outcome() {
		return switch (this) {
			case PROVEN -> Outcome.PASS;
			case WARNED -> Outcome.WARN;
			case STALE, UNKNOWN -> Outcome.UNKNOWN;
			case NEVER -> null;
			case FAILED -> Outcome.FAIL;
		};
	}
}
