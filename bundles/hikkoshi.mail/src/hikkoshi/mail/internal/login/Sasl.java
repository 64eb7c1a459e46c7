package hikkoshi.mail.internal.login;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import hikkoshi.mail.internal.wire.Stop;

/// One run of a SASL mechanism (RFC 4422), client side. For one login and one thread.
public sealed interface Sasl permits Sasl.Plain, Sasl.Login, Scram {
	/// Best first. PLAIN and LOGIN only ever run within TLS to a proven server, where SCRAM adds little and costs both sides thousands of hashes.
	List<String> KNOWN = List.of("PLAIN", "LOGIN", "SCRAM-SHA-256");

	String name();

	/// Whether the client speaks first, so that its first message may ride on the command.
	boolean clientFirst();

	/// The next message; the array may be wiped by the caller.
	///
	/// @param challenge what the server said; empty before the first message
	/// @throws Stop when the server broke the mechanism's rules
	byte[] next(byte[] challenge) throws Stop;

	/// Whether the mechanism is content: SCRAM is not until the server has proven that it knows the password too.
	default boolean done() {
		return true;
	}

	/// The best of the offered mechanisms that can carry these credentials.
	///
	/// @param offered upper case
	static Optional<Sasl> best(Set<String> offered, Credentials credentials) {
		for (String name : KNOWN) {
			if (offered.contains(name) && credentials.fitPlain()) {
				return Optional.of(switch (name.toUpperCase(Locale.ROOT)) {
					case "PLAIN" -> new Plain(credentials);
					case "LOGIN" -> new Login(credentials);
					default -> new Scram(credentials, new SecureRandom());
				});
			}
		}
		return Optional.empty();
	}

	/// RFC 4616.
	record Plain(Credentials credentials) implements Sasl {
		@Override
		public String name() {
			return "PLAIN";
		}

		@Override
		public boolean clientFirst() {
			return true;
		}

		@Override
		public byte[] next(byte[] challenge) {
			return credentials.plain();
		}
	}

	/// draft-murchison-sasl-login: the server asks twice, in words that do not matter.
	final class Login implements Sasl {
		private final Credentials credentials;
		private boolean named;

		Login(Credentials credentials) {
			this.credentials = credentials;
		}

		@Override
		public String name() {
			return "LOGIN";
		}

		@Override
		public boolean clientFirst() {
			return false;
		}

		@Override
		public byte[] next(byte[] challenge) {
			if (named) {
				return credentials.passwordBytes();
			}
			named = true;
			return credentials.userBytes();
		}
	}
}
