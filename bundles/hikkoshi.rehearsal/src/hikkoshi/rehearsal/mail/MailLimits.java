package hikkoshi.rehearsal.mail;

import java.time.Duration;

/// What a client may ask of a rehearsal server before it is sent away. Sizes are bytes.
///
/// @param line the longest command line, without literals
/// @param message the largest message that is accepted
/// @param connections how many connections at once, over all services
/// @param idle how long a client may be silent, and within which a command line must be complete; at most two minutes before it has logged in
/// @param session how long one connection may last, whatever it does (also ends a client that never reads)
/// @param badCommands after so many errors a session ends
public record MailLimits(int line, int message, int connections, Duration idle, Duration session, int badCommands) {

	private static final Duration BEFORE_LOGIN = Duration.ofMinutes(2);

	public MailLimits {
		if (line < 512 || message < 1 || connections < 1 || badCommands < 1 || !idle.isPositive() || !session.isPositive()) {
			throw new IllegalArgumentException("limits must leave room for a session");
		}
	}

	/// Generous: RFC 3501 (5.4) wants half an hour after the login.
	public static MailLimits standard() {
		return new MailLimits(16 * 1024, 32 * 1024 * 1024, 2_000, Duration.ofMinutes(30), Duration.ofHours(2), 20);
	}

	Duration idleBeforeLogin() {
		return idle.compareTo(BEFORE_LOGIN) < 0 ? idle : BEFORE_LOGIN;
	}

	public MailLimits withMessage(int bytes) {
		return new MailLimits(line, bytes, connections, idle, session, badCommands);
	}

	public MailLimits withConnections(int count) {
		return new MailLimits(line, message, count, idle, session, badCommands);
	}

	public MailLimits withIdle(Duration duration) {
		return new MailLimits(line, message, connections, duration, session, badCommands);
	}

	public MailLimits withSession(Duration duration) {
		return new MailLimits(line, message, connections, idle, duration, badCommands);
	}
}
