package hikkoshi.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import hikkoshi.core.format.Durations;
import hikkoshi.core.text.Phrases;

/// Times as a person writes them on a command line.
final class Moments {
	private Moments() {}

	/// `24h` ago, or a date and time with an offset.
	static Instant since(String text, Instant now, Phrases words) throws CommandFailure {
		Optional<Instant> ago = Durations.parse(text).map(now::minus);
		if (ago.isPresent()) {
			return ago.get();
		}
		try {
			return OffsetDateTime.parse(text).toInstant();
		} catch (DateTimeException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("cli.bad-time", text));
		}
	}

	/// `2m`.
	static Duration length(String text, Phrases words) throws CommandFailure {
		return Durations.parse(text).orElseThrow(() -> new CommandFailure(ExitCode.USAGE, words.say("cli.bad-length", text)));
	}
}
