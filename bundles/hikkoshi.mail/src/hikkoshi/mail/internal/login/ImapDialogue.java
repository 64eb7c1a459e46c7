package hikkoshi.mail.internal.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// IMAP4rev1 and rev2 (RFC 3501, RFC 9051) with the response codes of RFC 5530 and SASL-IR (RFC 4959).
public final class ImapDialogue extends Dialogue {
	private static final Pattern LITERAL = Pattern.compile("\\{([0-9]{1,6})\\+?\\}$");
	private static final Pattern STATUS_ITEM = Pattern.compile("\\b(MESSAGES|UIDNEXT|UIDVALIDITY) ([0-9]{1,20})");
	private static final String NONE = "";
	private static final Consumer<String> NOBODY = _ -> {};

	private Set<String> capabilities = Set.of();
	private String bye = NONE;
	private String status = NONE;
	private String continuation = NONE;
	private int tag;
	private boolean asked;
	/// Whether the server has listed its capabilities since the login began.
	private boolean told;
	private boolean isShared;
	private Consumer<String> listener = NOBODY;

	ImapDialogue(Wire wire, Journal journal) {
		super(wire, journal);
	}

	/// @param code the response code in capitals, e.g. `AUTHENTICATIONFAILED`, or empty
	private record Tagged(String result, String code, String words) {
		boolean ok() {
			return result.equals("OK");
		}

		/// The rest of `OK [CODE args] words`.
		static Tagged parse(String line) {
			int space = line.indexOf(' ');
			String result = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
			String words = space < 0 ? NONE : line.substring(space + 1);
			int shut = words.indexOf(']');
			String code = words.startsWith("[") && shut > 0 ? words.substring(1, shut) : NONE;
			return new Tagged(result, code.split(" ", 2)[0].toUpperCase(Locale.ROOT), words);
		}
	}

	@Override
	void greeting() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.BANNER);
		wire.newReply();
		String line = firstLine(Protocol.IMAP);
		journal.value(steady(journal.keep(line)));
		if (!line.startsWith("* ")) {
			throw new Stop(Reasons.NOT_PROTOCOL, Protocol.IMAP.token(), journal.keep(line));
		}
		Tagged greeting = Tagged.parse(line.substring(2));
		switch (greeting.result()) {
			case "OK" -> noteCapabilities(greeting);
			case "PREAUTH" -> throw new Stop(Reasons.PREAUTH);
			case "BYE" -> throw new Stop(Refusal.readGreeting(byCode(greeting), greeting.words()), journal.keep(greeting.words()));
			default -> throw new Stop(Reasons.NOT_PROTOCOL, Protocol.IMAP.token(), journal.keep(line));
		}
	}

	/// The capabilities in a greeting count as well (RFC 3501, 7.1): a round trip is saved.
	@Override
	void capabilities() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.CAPABILITIES);
		if (capabilities.isEmpty()) {
			asked = true;
			Tagged answer = ask("CAPABILITY");
			if (!answer.ok()) {
				throw broken(answer.words());
			}
		}
		noteOffer(capabilities, " ");
	}

	@Override
	public List<String> offer() throws Stop, IOException, InterruptedException {
		if (!asked) {
			// a greeting may list less than there is
			asked = true;
			Tagged answer = ask("CAPABILITY");
			if (!answer.ok()) {
				throw broken(answer.words());
			}
		}
		return items();
	}

	@Override
	List<String> items() {
		return List.copyOf(capabilities);
	}

	@Override
	void upgrade() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.STARTTLS);
		if (!capabilities.contains("STARTTLS") && !asked) {
			// a greeting may list less than there is
			ask("CAPABILITY");
		}
		if (!capabilities.contains("STARTTLS")) {
			throw new Stop(Reasons.STARTTLS_MISSING, journal.keep(String.join(" ", capabilities)));
		}
		Tagged answer = ask("STARTTLS");
		journal.value(answer.words());
		if (!answer.ok()) {
			throw new Stop(Reasons.STARTTLS_REFUSED, journal.keep(answer.words()));
		}
		capabilities = Set.of();
	}

	@Override
	String login(Credentials credentials) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.LOGIN);
		told = false;
		Set<String> mechanisms = capabilities.stream().filter(name -> name.startsWith("AUTH=")).map(name -> name.substring("AUTH=".length()))
				.collect(Collectors.toCollection(LinkedHashSet::new));
		boolean loginCommand = !capabilities.contains("LOGINDISABLED") && credentials.fitPlain() && credentials.fitCommands();
		Optional<Sasl> sasl = Sasl.best(mechanisms, credentials);
		// the LOGIN command stands behind PLAIN only: it is one round trip, SASL LOGIN is three
		if (sasl.isPresent() && (sasl.get() instanceof Sasl.Plain || !loginCommand)) {
			Sasl mechanism = sasl.get();
			journal.value(mechanism.name());
			authenticate(mechanism, capabilities.contains("SASL-IR"), new Door());
			return mechanism.name();
		}
		if (!loginCommand) {
			throw Sasl.none(credentials, journal.keep(capabilities.stream()
					.filter(name -> name.startsWith("AUTH=") || name.equals("LOGINDISABLED")).collect(Collectors.joining(" "))));
		}
		journal.value("LOGIN");
		loginCommand(credentials);
		return "LOGIN";
	}

	private final class Door implements SaslDoor {
		@Override
		public Answer begin(String mechanism, byte[] initial) throws Stop, IOException, InterruptedException {
			String command = nextTag() + " AUTHENTICATE " + mechanism;
			if (initial.length == 0) {
				command(command);
			} else {
				secret(command + " ", base64(initial), command + " " + Words.MASK);
			}
			return answer();
		}

		@Override
		public Answer respond(byte[] message) throws Stop, IOException, InterruptedException {
			secret(NONE, base64(message), Words.MASK);
			return answer();
		}

		private Answer answer() throws Stop, IOException, InterruptedException {
			Optional<Tagged> end = read(true);
			if (end.isEmpty()) {
				return new Answer.Challenge(continuation);
			}
			judge(end.get());
			return new Answer.Accepted();
		}
	}

	private void loginCommand(Credentials credentials) throws Stop, IOException, InterruptedException {
		String head = nextTag() + " LOGIN ";
		byte[] user = credentials.userBytes();
		byte[] password = credentials.passwordBytes();
		if (quotable(user) && quotable(password)) {
			byte[] quotedUser = credentials.quoted(user);
			byte[] quotedPassword = credentials.quoted(password);
			byte[] arguments = new byte[quotedUser.length + quotedPassword.length + 5];
			int at = put(arguments, 0, quotedUser);
			arguments[at++] = ' ';
			put(arguments, at, quotedPassword);
			Arrays.fill(quotedPassword, (byte) 0);
			secret(head, arguments, head + journal.keep(credentials.user()) + " " + Words.MASK);
		} else {
			// beyond ASCII only literals are allowed (RFC 3501, 4.3); each waits for the server's leave
			command(head + "{" + user.length + "}");
			expectContinuation();
			secret(NONE, join(user, (" {" + password.length + "}").getBytes(StandardCharsets.US_ASCII)),
					journal.keep(credentials.user()) + " {…}");
			expectContinuation();
			secret(NONE, password, Words.MASK);
		}
		Arrays.fill(password, (byte) 0);
		judge(read(false).orElseThrow());
	}

	private void expectContinuation() throws Stop, IOException, InterruptedException {
		Optional<Tagged> early = read(true);
		if (early.isPresent()) {
			judge(early.get());
			throw broken(early.get().words());
		}
	}

	private static int put(byte[] into, int at, byte[] text) {
		into[at] = '"';
		System.arraycopy(text, 0, into, at + 1, text.length);
		into[at + 1 + text.length] = '"';
		return at + text.length + 2;
	}

	private static byte[] join(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static boolean quotable(byte[] text) {
		for (byte b : text) {
			if (b <= 0 || b == '\r' || b == '\n') {
				return false;
			}
		}
		return true;
	}

	private void judge(Tagged answer) throws Stop {
		journal.detail("login.words", answer.words());
		if (answer.ok()) {
			return;
		}
		String words = journal.keep(answer.words());
		if (answer.result().equals("BAD")) {
			throw broken(answer.words());
		}
		throw new Stop(byCode(answer).orElseGet(() -> Refusal.readLogin(answer.words())), words);
	}

	/// RFC 5530, 3.
	private static Optional<String> byCode(Tagged answer) {
		return Optional.ofNullable(switch (answer.code()) {
			case "AUTHENTICATIONFAILED" -> Refusal.readCredentials(answer.words());
			case "AUTHORIZATIONFAILED", "PRIVACYREQUIRED" -> Reasons.LOGIN_REFUSED;
			case "EXPIRED", "CONTACTADMIN" -> Reasons.ACCOUNT_LOCKED;
			case "INUSE" -> Reasons.MAILBOX_BUSY;
			case "UNAVAILABLE", "SERVERBUG" -> Refusal.readBusy(answer.words());
			case "LIMIT" -> Reasons.THROTTLED;
			default -> null;
		});
	}

	@Override
	void prove() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.MAILBOX);
		Tagged answer = ask("STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY)");
		if (!answer.ok()) {
			String kind = byCode(answer).orElseGet(() -> Refusal.read(answer.words(), Outcomes.NO_MAILBOX));
			throw new Stop(List.of(Reasons.SERVER_BUSY, Reasons.MAILBOX_BUSY, Reasons.THROTTLED).contains(kind) ? kind : Outcomes.NO_MAILBOX, journal.keep(answer.words()));
		}
		Matcher items = STATUS_ITEM.matcher(status.toUpperCase(Locale.ROOT));
		journal.value("INBOX");
		while (items.find()) {
			journal.detail("imap." + items.group(1).toLowerCase(Locale.ROOT), items.group(2));
		}
	}

	@Override
	String farewell() {
		return nextTag() + " LOGOUT";
	}

	@Override
	void quit() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.GOODBYE);
		ask("LOGOUT");
	}

	/// Asks something behind the login.
	///
	/// @param command without its tag; one that changes anything is for the removal of canaries alone
	/// @param untagged takes each line of data without its `* `, literals as quoted strings
	/// @param most bytes of the whole answer
	/// @return the server's words when it refused (NO or BAD), else empty
	public Optional<String> ask(String command, Consumer<String> untagged, int most) throws Stop, IOException, InterruptedException {
		listener = untagged;
		try {
			command(nextTag() + " " + command);
			if (most > Wire.REPLY) {
				wire.expectLong(most);
			}
			Tagged answer = read(false).orElseThrow();
			return answer.ok() ? Optional.empty() : Optional.of(answer.words());
		} finally {
			listener = NOBODY;
		}
	}

	/// The capabilities behind the login, asked anew.
	public List<String> offerBehindLogin() throws Stop, IOException, InterruptedException {
		asked = false;
		return offer();
	}

	/// The capabilities behind the login, asked only where the answer to the login did not list them.
	public List<String> toldBehindLogin() throws Stop, IOException, InterruptedException {
		return told ? items() : offerBehindLogin();
	}

	/// Why a command was refused, by the response code in the server's words (RFC 5530); what has no code or one of another kind was just refused.
	public static Optional<String> kindOfRefusal(String words) {
		return byCode(Tagged.parse("NO " + words));
	}

	/// What thousands of sessions at one server have in common is kept once.
	///
	/// @param same gives the one of several equal lists
	public void share(UnaryOperator<Set<String>> same) {
		if (!isShared) {
			capabilities = same.apply(capabilities);
			isShared = true;
		}
		bye = NONE;
		status = NONE;
		continuation = NONE;
	}

	private String nextTag() {
		tag++;
		return "h" + tag;
	}

	private Tagged ask(String command) throws Stop, IOException, InterruptedException {
		command(nextTag() + " " + command);
		return read(false).orElseThrow();
	}

	/// Reads up to the tagged answer of the last command; untagged data is noted on the way.
	///
	/// @param mayContinue whether a continuation request may come instead: then empty, and [#continuation] holds it
	private Optional<Tagged> read(boolean mayContinue) throws Stop, IOException, InterruptedException {
		String end = "h" + tag + " ";
		while (true) {
			String line = logicalLine();
			if (line.startsWith(end)) {
				Tagged answer = Tagged.parse(line.substring(end.length()));
				noteCapabilities(answer);
				return Optional.of(answer);
			}
			if (line.startsWith("* ")) {
				untagged(line.substring(2));
			} else if (mayContinue && line.startsWith("+")) {
				continuation = line.substring(1).strip();
				return Optional.empty();
			} else {
				throw broken(line);
			}
		}
	}

	private void untagged(String line) {
		listener.accept(line);
		if (begins(line, "CAPABILITY ")) {
			told = true;
			isShared = false;
			capabilities = capabilities(line.toUpperCase(Locale.ROOT).substring("CAPABILITY ".length()));
		} else if (begins(line, "STATUS ")) {
			status = line;
		} else if (begins(line, "BYE")) {
			bye = line.substring("BYE".length()).strip();
		}
	}

	private static boolean begins(String line, String word) {
		return line.regionMatches(true, 0, word, 0, word.length());
	}

	private void noteCapabilities(Tagged answer) {
		if (answer.code().equals("CAPABILITY")) {
			told = true;
			String words = answer.words();
			isShared = false;
			capabilities = capabilities(words.substring(1, words.indexOf(']')).toUpperCase(Locale.ROOT).substring("CAPABILITY".length()));
		}
	}

	private static Set<String> capabilities(String list) {
		return new LinkedHashSet<>(Arrays.asList(list.strip().split("\\s+")));
	}

	/// A line with the literals in it, as if they were quoted strings.
	private String logicalLine() throws Stop, IOException, InterruptedException {
		String line = answered();
		if (!line.endsWith("}")) {
			return line;
		}
		Matcher literal = LITERAL.matcher(line);
		while (literal.find()) {
			String text = wire.literal(Integer.parseInt(literal.group(1)));
			line = line.substring(0, literal.start()) + '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' + answered();
			literal = LITERAL.matcher(line);
		}
		return line;
	}

	/// A connection that closes after BYE closes with a reason.
	private String answered() throws Stop, IOException, InterruptedException {
		try {
			return wire.line();
		} catch (Stop e) {
			if (List.of(Reasons.CLOSED, Reasons.RESET).contains(e.reason().id()) && !bye.isEmpty() && journal.phase() != Phase.GOODBYE) {
				Tagged farewell = Tagged.parse("BYE " + bye);
				journal.detail("login.words", bye);
				throw new Stop(byCode(farewell).orElseGet(() -> Refusal.read(bye, Reasons.SERVER_BUSY)), journal.keep(bye));
			}
			throw e;
		}
	}
}
