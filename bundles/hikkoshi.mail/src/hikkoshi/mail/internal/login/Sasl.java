package hikkoshi.mail.internal.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Stop;

/// One run of a SASL mechanism (RFC 4422), client side. For one login and one thread.
public sealed interface Sasl permits Sasl.Plain, Sasl.Login, Sasl.CramMd5, Scram, Bearer {
	/// Best first. PLAIN and LOGIN only ever run within TLS to a proven server, where SCRAM adds little and costs both sides thousands of
	/// hashes. CRAM-MD5 is for old servers that know nothing else: within TLS its weakness does no harm.
	List<String> KNOWN = List.of("PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5");
	/// Those that carry an authorization identity.
	List<String> FOR_OTHERS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-1");
	/// Those that carry an access token; the one with an RFC first.
	List<String> BEARERS = List.of("OAUTHBEARER", "XOAUTH2");

	String name();

	/// Whether the client speaks first, so that its first message may ride on the command.
	boolean clientFirst();

	/// The next message; the array may be wiped by the caller.
	///
	/// @param challenge what the server said; empty before the first message
	/// @throws Stop when the server broke the mechanism's rules
	byte[] next(byte[] challenge) throws Stop;

	/// Whether everything was said: a server that accepts earlier has not looked at the password, and proves nothing. SCRAM wants the server's
	/// own proof as well.
	boolean done();

	/// The server's "no" in the light of what it said within the mechanism.
	default Stop explain(Stop refusal) {
		return refusal;
	}

	/// Why none of the offered mechanisms will do.
	///
	/// @param offered cleaned
	static Stop none(Credentials credentials, String offered) {
		if (credentials.isToken()) {
			return new Stop(Reasons.NO_OAUTH, offered);
		}
		return new Stop(credentials.authorizationId().isEmpty() ? Reasons.NO_MECHANISM : Reasons.NO_AUTHORIZATION_ID, offered);
	}

	/// The best of the offered mechanisms that can carry these credentials.
	///
	/// @param offered upper case
	static Optional<Sasl> best(Set<String> offered, Credentials credentials) {
		if (credentials.isToken()) {
			return BEARERS.stream().filter(name -> offered.contains(name) && credentials.fitBearer()).findFirst()
					.map(name -> new Bearer(name, credentials));
		}
		for (String name : credentials.authorizationId().isEmpty() ? KNOWN : FOR_OTHERS) {
			if (offered.contains(name) && credentials.fitPlain()) {
				return Optional.of(switch (name) {
					case "PLAIN" -> new Plain(credentials);
					case "LOGIN" -> new Login(credentials);
					case "CRAM-MD5" -> new CramMd5(credentials);
					case "SCRAM-SHA-1" -> new Scram(Scram.Hash.SHA_1, credentials, new SecureRandom());
					default -> new Scram(Scram.Hash.SHA_256, credentials, new SecureRandom());
				});
			}
		}
		return Optional.empty();
	}

	/// RFC 4616.
	final class Plain implements Sasl {
		private final Credentials credentials;
		private boolean said;

		Plain(Credentials credentials) {
			this.credentials = credentials;
		}

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
			said = true;
			return credentials.plain();
		}

		@Override
		public boolean done() {
			return said;
		}
	}

	/// RFC 2195.
	final class CramMd5 implements Sasl {
		private final Credentials credentials;
		private boolean said;

		CramMd5(Credentials credentials) {
			this.credentials = credentials;
		}

		@Override
		public String name() {
			return "CRAM-MD5";
		}

		@Override
		public boolean clientFirst() {
			return false;
		}

		@Override
		public boolean done() {
			return said;
		}

		@Override
		public byte[] next(byte[] challenge) {
			said = true;
			byte[] password = credentials.passwordBytes();
			try {
				Mac mac = Mac.getInstance("HmacMD5");
				// an empty key is no key for Java, but HMAC pads with zeros anyway
				mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacMD5"));
				return (credentials.user() + " " + HexFormat.of().formatHex(mac.doFinal(challenge))).getBytes(StandardCharsets.UTF_8);
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException("every Java has HMAC with MD5", e);
			} finally {
				Arrays.fill(password, (byte) 0);
			}
		}
	}

	/// draft-murchison-sasl-login: the server asks twice, in words that do not matter.
	final class Login implements Sasl {
		private final Credentials credentials;
		private boolean named;
		private boolean said;

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
				said = true;
				return credentials.passwordBytes();
			}
			named = true;
			return credentials.userBytes();
		}

		@Override
		public boolean done() {
			return said;
		}
	}
}
