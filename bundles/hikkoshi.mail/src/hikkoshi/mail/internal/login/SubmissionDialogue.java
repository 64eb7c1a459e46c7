package hikkoshi.mail.internal.login;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// Message submission (RFC 6409, RFC 5321) with AUTH (RFC 4954), STARTTLS (RFC 3207) and enhanced status codes (RFC 3463, RFC 5248).
/// The login sends no mail, not even an envelope.
public final class SubmissionDialogue extends Dialogue {
	private static final Pattern ENHANCED = Pattern.compile("^([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?: |$)");
	/// An address literal (RFC 5321, 4.1.3) is what a client without a name of its own should say; always this one, so that evidence does
	/// not depend on where it was taken.
	private static final String EHLO = "EHLO [127.0.0.1]";

	private static final int CODE = 3;
	/// RFC 4954, 4.
	private static final int CHALLENGE = 334;

	private List<String> extensions = List.of();

	public SubmissionDialogue(Wire wire, Journal journal) {
		super(wire, journal);
	}

	/// @param enhanced e.g. `5.7.8`, or empty
	/// @param words all lines, with the enhanced code
	public record Reply(int code, String enhanced, List<String> lines) {
		/// With the code.
		public String words() {
			return code + " " + String.join(" ", lines);
		}

		public boolean positive() {
			return code / 100 == 2;
		}
	}

	@Override
	void greeting() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.BANNER);
		wire.newReply();
		String first = firstLine(Protocol.SMTP);
		journal.value(steady(journal.keep(first)));
		if (!startsWithCode(first)) {
			throw new Stop(Reasons.NOT_PROTOCOL, Protocol.SMTP.token(), journal.keep(first));
		}
		Reply greeting = reply(first);
		if (!greeting.positive()) {
			throw new Stop(Refusal.readGreeting(byCode(greeting), greeting.words()),
					journal.keep(greeting.words()));
		}
	}

	@Override
	void capabilities() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.CAPABILITIES);
		command(EHLO);
		Reply reply = reply(wire.line());
		if (!reply.positive()) {
			throw reply.code() / 100 == 4 ? new Stop(Refusal.readBusy(reply.words()), journal.keep(reply.words())) : broken(reply.words());
		}
		extensions = reply.lines().stream().skip(1).map(line -> line.toUpperCase(Locale.ROOT).strip()).toList();
		noteOffer(extensions, "; ");
	}

	@Override
	public List<String> offer() {
		return items();
	}

	@Override
	List<String> items() {
		return extensions;
	}

	/// A command outside the course of a login, e.g. MAIL or RCPT, whose answer is heard by [#hear]. Where PIPELINING is offered (RFC 2920) several
	/// may be told before.
	public void tell(String line) throws Stop, IOException, InterruptedException {
		command(line);
	}

	/// A whole message behind DATA, with the dots that its lines need and the one that ends it (RFC 5321, 4.5.2).
	///
	/// @param text lines with CRLF
	public void message(byte[] text) throws Stop, IOException, InterruptedException {
		wire.newReply();
		ByteArrayOutputStream stuffed = new ByteArrayOutputStream(text.length + 8);
		boolean begins = true;
		for (byte b : text) {
			if (begins && b == '.') {
				stuffed.write('.');
			}
			stuffed.write(b);
			begins = b == '\n';
		}
		stuffed.writeBytes((begins ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
		wire.send("(" + text.length + ")", stuffed.toByteArray());
	}

	public Reply hear() throws Stop, IOException, InterruptedException {
		wire.newReply();
		return reply(wire.line());
	}

	@Override
	void upgrade() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.STARTTLS);
		if (!extensions.contains("STARTTLS")) {
			throw new Stop(Reasons.STARTTLS_MISSING, journal.keep(String.join("; ", extensions)));
		}
		command("STARTTLS");
		Reply reply = reply(wire.line());
		journal.value(reply.words());
		if (!reply.positive()) {
			throw new Stop(Reasons.STARTTLS_REFUSED, journal.keep(reply.words()));
		}
		extensions = List.of();
	}

	@Override
	String login(Credentials credentials) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.LOGIN);
		Set<String> mechanisms = new LinkedHashSet<>();
		for (String extension : extensions) {
			// "AUTH=" is what servers say to clients older than RFC 2554
			if (extension.startsWith("AUTH ") || extension.startsWith("AUTH=")) {
				mechanisms.addAll(Arrays.asList(extension.substring("AUTH ".length()).strip().split("\\s+")));
			}
		}
		String offered = mechanisms.isEmpty() ? "-" : journal.keep(String.join(" ", mechanisms));
		Sasl mechanism = Sasl.best(mechanisms, credentials).orElseThrow(() -> Sasl.none(credentials, offered));
		journal.value(mechanism.name());
		authenticate(mechanism, true, new Door());
		return mechanism.name();
	}

	private final class Door implements SaslDoor {
		@Override
		public Answer begin(String mechanism, byte[] initial) throws Stop, IOException, InterruptedException {
			String command = "AUTH " + mechanism;
			if (initial.length == 0) {
				command(command);
			} else {
				secret(command + " ", base64(initial), command + " " + Words.MASK);
			}
			return next();
		}

		@Override
		public Answer respond(byte[] message) throws Stop, IOException, InterruptedException {
			secret("", base64(message), Words.MASK);
			return next();
		}

		private Answer next() throws Stop, IOException, InterruptedException {
			Reply reply = reply(wire.line());
			if (reply.code() == CHALLENGE) {
				return new Answer.Challenge(String.join("", reply.lines()));
			}
			journal.detail("login.words", reply.words());
			if (!reply.positive()) {
				throw new Stop(loginKind(reply), journal.keep(reply.words()));
			}
			return new Answer.Accepted();
		}
	}

	private String loginKind(Reply reply) throws Stop {
		Optional<String> kind = byCode(reply);
		if (kind.isPresent()) {
			return kind.get();
		}
		if (reply.code() / 100 == 4) {
			return Refusal.readBusy(reply.words());
		}
		if (List.of(500, 501, 502, 503).contains(reply.code())) {
			throw broken(reply.words());
		}
		return Refusal.readLogin(reply.words());
	}

	/// RFC 4954, 6 and the IANA registry of enhanced codes.
	private static Optional<String> byCode(Reply reply) {
		String words = reply.words();
		return Optional.ofNullable(switch (reply.enhanced()) {
			case "5.7.13", "4.7.12" -> Reasons.ACCOUNT_LOCKED;
			case "5.7.9" -> Reasons.NO_MECHANISM;
			case "5.7.11" -> Reasons.LOGIN_REFUSED;
			case "5.7.8", "5.7.3" -> Refusal.readCredentials(words);
			// RFC 3463, 3.3: this mailbox
			case "4.2.1" -> Reasons.MAILBOX_BUSY;
			case "4.7.0", "4.3.0", "4.3.2", "4.4.2" -> Refusal.readBusy(words);
			default -> switch (reply.code()) {
				case 535 -> Refusal.readCredentials(words);
				case 504, 534 -> Reasons.NO_MECHANISM;
				case 538 -> Reasons.LOGIN_REFUSED;
				case 432 -> Reasons.ACCOUNT_LOCKED;
				case 421, 454 -> Refusal.readBusy(words);
				default -> null;
			};
		});
	}

	/// AUTH is all the proof that submission has without sending mail.
	@Override
	void prove() {
		// nothing to look at behind the login
	}

	@Override
	String farewell() {
		return "QUIT";
	}

	@Override
	void quit() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.GOODBYE);
		command("QUIT");
		reply(wire.line());
	}

	private Reply reply(String first) throws Stop, IOException, InterruptedException {
		List<String> lines = new ArrayList<>();
		String line = first;
		String code = code(line);
		while (line.length() > CODE && line.charAt(CODE) == '-') {
			lines.add(line.substring(CODE + 1));
			line = wire.line();
			if (!code(line).equals(code)) {
				throw broken(line);
			}
		}
		lines.add(line.length() > CODE ? line.substring(CODE + 1) : "");
		Matcher enhanced = ENHANCED.matcher(lines.getFirst());
		return new Reply(Integer.parseInt(code), enhanced.find() ? enhanced.group(1) : "", lines);
	}

	private String code(String line) throws Stop {
		if (!startsWithCode(line)) {
			throw broken(line);
		}
		return line.substring(0, CODE);
	}

	/// Three digits, then a space, a hyphen or nothing (RFC 5321, 4.2).
	private static boolean startsWithCode(String line) {
		return line.length() >= CODE && line.charAt(0) >= '2' && line.charAt(0) <= '5' && isDigit(line.charAt(1)) && isDigit(line.charAt(2))
				&& (line.length() == CODE || line.charAt(CODE) == ' ' || line.charAt(CODE) == '-');
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}
}
