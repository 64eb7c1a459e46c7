package hikkoshi.mail.internal.login;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// POP3 (RFC 1939) with CAPA and response codes (RFC 2449, RFC 3206), STLS (RFC 2595) and AUTH (RFC 5034). Deletes nothing, reads no message.
public final class Pop3Dialogue extends Dialogue {
	/// RFC 2449, 4: longest command line, with its end.
	private static final int MOST_LINE = 255;

	private final Map<String, String> capabilities = new LinkedHashMap<>();
	/// Servers older than RFC 2449 know no CAPA; they may know USER and STLS all the same.
	private boolean silent;

	Pop3Dialogue(Wire wire, Journal journal) {
		super(wire, journal);
	}

	/// @param code the response code in capitals, e.g. `AUTH`, or empty
	public record Status(boolean ok, String code, String words) {}

	@Override
	void greeting() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.BANNER);
		wire.newReply();
		String line = firstLine(Protocol.POP3);
		journal.value(steady(journal.keep(line)));
		if (!line.startsWith("+OK") && !line.startsWith("-ERR")) {
			throw new Stop(Reasons.NOT_PROTOCOL, Protocol.POP3.token(), journal.keep(line));
		}
		Status greeting = parse(line);
		if (!greeting.ok()) {
			throw new Stop(Refusal.readGreeting(byCode(greeting), greeting.words()), journal.keep(greeting.words()));
		}
	}

	@Override
	void capabilities() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.CAPABILITIES);
		capabilities.clear();
		silent = false;
		command("CAPA");
		Status answer = answer();
		if (!answer.ok()) {
			silent = true;
			journal.value("-");
			return;
		}
		for (String line = wire.line(); !line.equals("."); line = wire.line()) {
			String[] parts = line.strip().toUpperCase(Locale.ROOT).split("\\s+", 2);
			capabilities.put(parts[0], parts.length > 1 ? parts[1] : "");
		}
		noteOffer(items(), "; ");
	}

	@Override
	public List<String> offer() {
		return items();
	}

	@Override
	List<String> items() {
		return capabilities.entrySet().stream().map(entry -> (entry.getKey() + " " + entry.getValue()).strip()).toList();
	}

	@Override
	void upgrade() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.STARTTLS);
		if (!silent && !capabilities.containsKey("STLS")) {
			throw new Stop(Reasons.STARTTLS_MISSING, journal.keep(String.join("; ", items())));
		}
		command("STLS");
		Status answer = answer();
		journal.value(answer.words());
		if (!answer.ok()) {
			throw new Stop(silent ? Reasons.STARTTLS_MISSING : Reasons.STARTTLS_REFUSED, journal.keep(answer.words()));
		}
	}

	@Override
	String login(Credentials credentials) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.LOGIN);
		Set<String> mechanisms = new LinkedHashSet<>(Arrays.asList(capabilities.getOrDefault("SASL", "").split("\\s+")));
		Optional<Sasl> sasl = Sasl.best(mechanisms, credentials);
		boolean userCommand = (silent || capabilities.containsKey("USER")) && credentials.fitLines() && credentials.fitCommands();
		if (sasl.isPresent() && (sasl.get() instanceof Sasl.Plain || !userCommand)) {
			Sasl mechanism = sasl.get();
			journal.value(mechanism.name());
			authenticate(mechanism, true, new Door());
			return mechanism.name();
		}
		if (!userCommand) {
			throw Sasl.none(credentials, journal.keep(capabilities.getOrDefault("SASL", "-")));
		}
		journal.value("USER");
		command("USER " + credentials.user());
		judge(answer());
		secret("PASS ", credentials.passwordBytes(), "PASS " + Words.MASK);
		judge(answer());
		return "USER";
	}

	private final class Door implements SaslDoor {
		@Override
		public Answer begin(String mechanism, byte[] initial) throws Stop, IOException, InterruptedException {
			String command = "AUTH " + mechanism;
			byte[] text = base64(initial.clone());
			boolean fits = command.length() + text.length + 3 <= MOST_LINE;
			if (initial.length > 0 && fits) {
				Arrays.fill(initial, (byte) 0);
				secret(command + " ", text, command + " " + Words.MASK);
				return next();
			}
			command(command);
			Answer answer = next();
			// too long for the line: the first message answers an empty challenge instead
			return initial.length > 0 && answer instanceof Answer.Challenge ? respond(initial) : answer;
		}

		@Override
		public Answer respond(byte[] message) throws Stop, IOException, InterruptedException {
			secret("", base64(message), Words.MASK);
			return next();
		}

		private Answer next() throws Stop, IOException, InterruptedException {
			String line = wire.line();
			if (line.equals("+") || line.startsWith("+ ")) {
				return new Answer.Challenge(line.substring(1).strip());
			}
			judge(parse(line));
			return new Answer.Accepted();
		}
	}

	private void judge(Status answer) throws Stop {
		journal.detail("login.words", answer.words());
		if (!answer.ok()) {
			throw new Stop(byCode(answer).orElseGet(() -> Refusal.readLogin(answer.words())), journal.keep(answer.words()));
		}
	}

	/// RFC 2449, 8 and RFC 3206.
	private static Optional<String> byCode(Status answer) {
		return Optional.ofNullable(switch (answer.code()) {
			case "AUTH" -> Refusal.readCredentials(answer.words());
			case "IN-USE", "LOGIN-DELAY" -> Reasons.MAILBOX_BUSY;
			case "SYS/TEMP" -> Refusal.readBusy(answer.words());
			case "SYS/PERM" -> Refusal.read(answer.words(), Reasons.LOGIN_REFUSED);
			default -> null;
		});
	}

	@Override
	void prove() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.MAILBOX);
		command("STAT");
		Status answer = answer();
		if (!answer.ok()) {
			String kind = byCode(answer).orElseGet(() -> Refusal.read(answer.words(), Outcomes.NO_MAILBOX));
			throw new Stop(kind.equals(Reasons.SERVER_BUSY) || kind.equals(Reasons.MAILBOX_BUSY) || kind.equals(Reasons.THROTTLED) ? kind : Outcomes.NO_MAILBOX, journal.keep(answer.words()));
		}
		String[] numbers = answer.words().split(" ");
		if (numbers.length < 2 || !numbers[0].matches("[0-9]{1,20}") || !numbers[1].matches("[0-9]{1,20}")) {
			throw broken(answer.words());
		}
		journal.value("STAT");
		journal.detail("pop3.messages", numbers[0]);
		journal.detail("pop3.bytes", numbers[1]);
	}

	@Override
	String farewell() {
		return "QUIT";
	}

	@Override
	void quit() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.GOODBYE);
		command("QUIT");
		answer();
	}

	/// Asks something behind the login whose answer is one line.
	public Status ask(String command) throws Stop, IOException, InterruptedException {
		command(command);
		return answer();
	}

	/// Asks something behind the login whose answer has many lines, each without its byte-stuffing (RFC 1939, 3). They are a stranger's words and not
	/// the server's: none is kept in the journal, and what is longer than a line may be is cut.
	///
	/// @param most bytes of the whole answer
	public Status askLines(String command, Consumer<String> lines, int most) throws Stop, IOException, InterruptedException {
		command(command);
		wire.expectLong(most);
		Status answer = answer();
		if (answer.ok()) {
			for (String line = wire.cutLine(); !line.equals("."); line = wire.cutLine()) {
				lines.accept(line.startsWith(".") ? line.substring(1) : line);
			}
		}
		return answer;
	}

	/// Why a command was refused, by its response code; else empty.
	public static Optional<String> kindOfRefusal(Status answer) {
		return byCode(answer);
	}

	private Status answer() throws Stop, IOException, InterruptedException {
		return parse(wire.line());
	}

	private Status parse(String line) throws Stop {
		boolean ok = line.startsWith("+OK");
		if (!ok && !line.startsWith("-ERR")) {
			throw broken(line);
		}
		String words = line.substring(ok ? 3 : 4).strip();
		int shut = words.indexOf(']');
		String code = words.startsWith("[") && shut > 0 ? words.substring(1, shut).toUpperCase(Locale.ROOT) : "";
		return new Status(ok, code, words);
	}
}
