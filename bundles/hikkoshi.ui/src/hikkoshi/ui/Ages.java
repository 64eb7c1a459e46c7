package hikkoshi.ui;

import java.time.Duration;
import java.time.Instant;

import hikkoshi.core.text.Phrases;

/// How long ago something was, in words: one number and one unit, rounded down.
public final class Ages {
	private static final long MINUTES_AS_SECONDS = 2;
	private static final long HOURS_AS_MINUTES = 2;
	private static final long DAYS_AS_HOURS = 2;

	private Ages() {}

	public static String say(Instant then, Instant now, Phrases words) {
		Duration age = Duration.between(then, now);
		if (age.toSeconds() < 1) {
			return words.say("age.now");
		}
		if (age.toMinutes() < MINUTES_AS_SECONDS) {
			return words.say("age.seconds", age.toSeconds());
		}
		if (age.toHours() < HOURS_AS_MINUTES) {
			return words.say("age.minutes", age.toMinutes());
		}
		if (age.toDays() < DAYS_AS_HOURS) {
			return words.say("age.hours", age.toHours());
		}
		return words.say("age.days", age.toDays());
	}
}
