package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.Optional;

/// INTERNALDATE of IMAP (RFC 9051, 2.3.3), e.g. `24-Nov-2026 19:40:00 +0000`: what the server dated a message, which a copy may have set to anything.
public final class InternalDate {
	private InternalDate() {}

	/// Empty for what is no date.
	public static Optional<Instant> parse(String text) {
		return MailDate.parse(text);
	}
}
