package hikkoshi.rehearsal.mail;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// The server's part of SASL PLAIN (RFC 4616) and LOGIN, the same in all three protocols but for how a challenge is framed.
final class Sasl {

	/// How the exchange ended.
	sealed interface Result {
		record Accepted(MailAccount account) implements Result {
		}

		record Rejected() implements Result {
		}

		record Cancelled() implements Result {
		}

		record NotBase64() implements Result {
		}

		record NoSuchMechanism() implements Result {
		}
	}

	private final Wire wire;
	private final MailServer.Host host;
	/// What stands before the challenge: "+ " or "334 ".
	private final String prompt;

	Sasl(Wire wire, MailServer.Host host, String prompt) {
		this.wire = wire;
		this.host = host;
		this.prompt = prompt;
	}

	/// Runs one exchange.
	///
	/// @param initial the initial response, `=` for an empty one, null for none
	/// @throws IOException also when the client leaves in the middle
	Result run(String mechanism, @Nullable String initial) throws IOException {
		try {
			return switch (mechanism.toUpperCase(Locale.ROOT)) {
			case "PLAIN" -> done(host.directory().loginPlain(host.service(), initial == null ? ask("") : decode(initial)));
			case "LOGIN" -> {
				byte[] user = initial == null ? ask("Username:") : decode(initial);
				byte[] password = ask("Password:");
				yield done(host.directory().login(host.service(), new String(user, StandardCharsets.UTF_8), password));
			}
			default -> new Result.NoSuchMechanism();
			};
		} catch (CancelledException e) {
			return new Result.Cancelled();
		} catch (IllegalArgumentException e) {
			return new Result.NotBase64();
		}
	}

	private static Result done(@Nullable MailAccount account) {
		return account == null ? new Result.Rejected() : new Result.Accepted(account);
	}

	private byte[] ask(String challenge) throws IOException, CancelledException {
		wire.line(prompt + Base64.getEncoder().encodeToString(challenge.getBytes(StandardCharsets.US_ASCII)));
		String line = wire.readLine(host.limits().line());
		if (line == null) {
			throw new EOFException();
		}
		if (line.equals("*")) {
			throw new CancelledException();
		}
		return Base64.getDecoder().decode(line.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static byte[] decode(String initial) {
		return initial.equals("=") ? new byte[0] : Base64.getDecoder().decode(initial.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static final class CancelledException extends Exception {
		private static final long serialVersionUID = 1L;
	}
}
