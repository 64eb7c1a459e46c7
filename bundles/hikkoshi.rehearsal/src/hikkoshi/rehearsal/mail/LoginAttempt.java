package hikkoshi.rehearsal.mail;

import java.time.Instant;

/// One login that a client tried, for tests of lockout guards and for the rehearsal's summary. No password.
///
/// @param user as the client named it, cut to 256 characters
public record LoginAttempt(MailService service, String user, boolean accepted, Instant at) {

	public LoginAttempt {
		user = user.length() > 256 ? user.substring(0, 256) : user;
	}
}
