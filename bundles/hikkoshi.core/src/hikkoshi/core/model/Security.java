package hikkoshi.core.model;

import java.util.Locale;
import java.util.Optional;

/// How a connection is protected.
public enum Security {
	/// TLS from the first byte (RFC 8314).
	TLS,
	/// TLS after `STARTTLS`/`STLS`; a server that does not offer it fails, the connection never falls back to clear text.
	STARTTLS,
	/// No protection. A password is never sent over such an endpoint.
	NONE;

	/// The word used in files and on the command line, e.g. `starttls`.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<Security> of(String token) {
		for (Security s : values()) {
			if (s.token().equals(token)) {
				return Optional.of(s);
			}
		}
		return Optional.empty();
	}
}
