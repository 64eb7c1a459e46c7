package hikkoshi.mail.internal.token;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.secret.JsonFields;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.mail.internal.wire.Words;

/// One run of a person's program that prints an access token: the token alone on the first line, or JSON with `access_token` (and `expires_in`).
/// It learns whose token is wanted from its environment, has no input, and is ended with all that it started when it takes too long or the
/// waiting thread is interrupted. Used once.
final class CommandRun {
	/// A sign-in may go to a slow place, but it must not wait for a person.
	static final Duration LONGEST = Duration.ofSeconds(60);
	private static final int MOST_OUTPUT = 64 * 1024;
	private static final int MOST_TOKEN = 32 * 1024;
	private static final int MOST_COMPLAINT = 8 * 1024;
	/// What the program leaves running behind it may hold its output open.
	private static final Duration FOR_THE_REST = Duration.ofSeconds(2);
	/// Ours, and nothing that the program needs.
	private static final List<String> KEPT_BACK = List.of("HIKKOSHI_PASSWORD_", "HIKKOSHI_TOKEN_COMMAND_");
	/// What may be a token or a key in what a program complains.
	private static final Pattern SECRETS = Pattern.compile("(?=[A-Za-z_.~+=-]*[0-9])[A-Za-z0-9_.~+=-]{24,}");

	private final TokenCommand command;
	private final Account account;
	private final Duration limit;

	CommandRun(TokenCommand command, Account account, Duration limit) {
		this.command = command;
		this.account = account;
		this.limit = limit;
	}

	/// @param lifetime null when the program does not say
	record Printed(Secret token, @Nullable Duration lifetime) {}

	/// @throws SecretException when there is no token, with the reason
	Printed call() throws SecretException, InterruptedException {
		Process process = start();
		try (Pipe out = new Pipe(process.getInputStream(), MOST_OUTPUT); Pipe err = new Pipe(process.getErrorStream(), MOST_COMPLAINT)) {
			if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new SecretException(Reason.of(SecretReasons.COMMAND_TIMEOUT, program(), limit.toSeconds()));
			}
			out.settle(FOR_THE_REST);
			err.settle(FOR_THE_REST);
			if (process.exitValue() != 0) {
				throw new SecretException(Reason.of(SecretReasons.COMMAND_FAILED, program(), process.exitValue(), complaint(err.text())));
			}
			return read(out).orElseThrow(() -> new SecretException(Reason.of(SecretReasons.COMMAND_OUTPUT, program())));
		} finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private Process start() throws SecretException {
		try {
			ProcessBuilder builder = new ProcessBuilder(command.words());
			Map<String, String> environment = builder.environment();
			environment.keySet().removeIf(name -> KEPT_BACK.stream().anyMatch(name::startsWith));
			environment.put(TokenCommand.USER, account.user());
			environment.put(TokenCommand.ADDRESS, account.mailbox().toString());
			environment.put(TokenCommand.SERVER, account.server().name().ascii());
			environment.put(TokenCommand.SERVER_KEY, account.server().key());
			return builder.redirectInput(ProcessBuilder.Redirect.from(nothing())).start();
		} catch (IOException | IllegalArgumentException e) {
			// the arguments may hold what evidence should not, and the system quotes the program only
			throw new SecretException(Reason.of(SecretReasons.COMMAND_START, program(), Words.clean(String.valueOf(e.getMessage()))));
		}
	}

	private static File nothing() {
		return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
	}

	private String program() {
		return Words.clean(command.program());
	}

	private static Optional<Printed> read(Pipe out) {
		byte[] bytes = out.bytes();
		char[] text = characters(bytes);
		Arrays.fill(bytes, (byte) 0);
		try {
			int start = 0;
			while (start < text.length && text[start] == ' ') {
				start++;
			}
			if (start < text.length && text[start] == '{') {
				return JsonFields.read(new String(text)).flatMap(fields -> fields.text("access_token").filter(token -> isToken(token.toCharArray()))
						.map(token -> new Printed(Secret.of(token), fields.number("expires_in").map(Duration::ofSeconds).orElse(null))));
			}
			int end = start;
			while (end < text.length && text[end] != '\n' && text[end] != '\r') {
				end++;
			}
			while (end > start && text[end - 1] == ' ') {
				end--;
			}
			char[] token = Arrays.copyOfRange(text, start, end);
			try {
				return isToken(token) ? Optional.of(new Printed(Secret.of(token), null)) : Optional.empty();
			} finally {
				Arrays.fill(token, '\0');
			}
		} finally {
			Arrays.fill(text, '\0');
		}
	}

	private static char[] characters(byte[] bytes) {
		var decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
		char[] text = new char[decoded.remaining()];
		decoded.get(text);
		Arrays.fill(decoded.array(), '\0');
		return text;
	}

	/// One word of visible ASCII: anything else is a sentence or a page, and no token (RFC 6750, 2.1).
	private static boolean isToken(char[] text) {
		boolean plain = text.length > 0 && text.length <= MOST_TOKEN;
		for (int i = 0; plain && i < text.length; i++) {
			plain = text[i] > ' ' && text[i] < 0x7f;
		}
		return plain;
	}

	/// The last line with words in it, which says most; what looks like a secret is masked, since nobody knows what a program prints when it is traced.
	private static String complaint(String words) {
		String last = words.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("").strip();
		return Words.clean(SECRETS.matcher(last).replaceAll(Words.MASK));
	}
}
