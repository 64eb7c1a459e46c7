package hikkoshi.core.ledger;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Migration;

/// What is taken for granted about the time before the first look, since nobody saw it.
///
/// @param before TTL that was in force before the first look, as a person stated it; null when nobody did
/// @param low a TTL up to this one may have been lowered just before the first look
public record Assumptions(@Nullable Duration before, Duration low) {
	/// The longest life that common resolvers grant by default, and the longest TTL in common use.
	public static final Duration DAY = Duration.ofDays(1);
	/// RFC 2308, 5: one to three hours have been found to work well; BIND's `max-ncache-ttl`.
	public static final Duration NEGATIVE = Duration.ofHours(3);

	public static Assumptions of(Migration migration) {
		return new Assumptions(migration.dns().watch().ttlBefore().orElse(null), migration.policy().ttlTarget());
	}

	/// How long an answer from before the first look may live.
	///
	/// @param first what the first look heard
	/// @param late whether that was something else than the new answer
	/// @return empty when what it heard is taken to have been so for long
	Optional<Duration> before(Heard first, boolean late) {
		Duration stated = before;
		if (stated != null) {
			return Optional.of(stated);
		}
		if (late && first.data().isEmpty()) {
			return first.ttl() < 0 ? Optional.of(NEGATIVE) : Optional.empty();
		}
		return !late || first.ttl() <= low.toSeconds() ? Optional.of(low.compareTo(DAY) > 0 ? low : DAY) : Optional.empty();
	}
}
