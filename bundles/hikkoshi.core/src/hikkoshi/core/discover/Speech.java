package hikkoshi.core.discover;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Protocol;

/// What can be heard at a mail port. More than [Protocol]: ManageSieve is found and reported, but is no endpoint of a migration.
public enum Speech {
	IMAP(Protocol.IMAP),
	POP3(Protocol.POP3),
	SUBMISSION(Protocol.SUBMISSION),
	SMTP(Protocol.SMTP),
	/// ManageSieve (RFC 5804).
	SIEVE(null);

	private final @Nullable Protocol protocol;

	Speech(@Nullable Protocol protocol) {
		this.protocol = protocol;
	}

	/// As an endpoint's protocol, where it is one.
	public Optional<Protocol> protocol() {
		return Optional.ofNullable(protocol);
	}

	/// The word in facts and on the command line, e.g. `imap`.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<Speech> of(String token) {
		for (Speech speech : values()) {
			if (speech.token().equals(token)) {
				return Optional.of(speech);
			}
		}
		return Optional.empty();
	}
}
