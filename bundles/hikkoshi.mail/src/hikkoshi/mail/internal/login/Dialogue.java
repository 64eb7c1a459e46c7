package hikkoshi.mail.internal.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Buffers;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// One protocol's words from the greeting to a proven login. Each step begins its phase in the journal, and ends in a [Stop] when the
/// server says no. Changes nothing at the server. For one thread.
public abstract sealed class Dialogue permits ImapDialogue, Pop3Dialogue, SubmissionDialogue {
	/// More messages than any mechanism has: a server that asks for ever is cut.
	private static final int MOST_CHALLENGES = 6;
	private static final int MOST_ITEMS = 100;
	private static final Pattern FLEETING = Pattern.compile("<[^<>@ ]{1,150}@[^<> ]{1,150}>|"
			+ "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)?(?:[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} +)?[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?: [+-][0-9]{4})?");

	final Wire wire;
	Journal journal;
	private List<String> before = List.of();
	private String said = "";

	Dialogue(Wire wire, Journal journal) {
		this.wire = wire;
		this.journal = journal;
	}

	/// On port 25 nobody logs in, but the words are those of submission.
	public static Dialogue of(Protocol protocol, Wire wire, Journal journal) {
		return switch (protocol) {
			case IMAP -> new ImapDialogue(wire, journal);
			case POP3 -> new Pop3Dialogue(wire, journal);
			case SUBMISSION, SMTP -> new SubmissionDialogue(wire, journal);
		};
	}

	/// Connects, and goes through greeting, capabilities and TLS as the door has it. Without [Security#NONE] everything after this is within TLS
	/// to a server whose name is proven.
	public final void open(Security security) throws Stop, IOException, InterruptedException {
		wire.connect();
		switch (security) {
			case TLS -> {
				wire.secure();
				greeting();
				capabilities();
			}
			case STARTTLS -> {
				greeting();
				capabilities();
				before = items();
				upgrade();
				wire.secure();
				capabilities();
			}
			case NONE -> {
				greeting();
				capabilities();
			}
		}
	}

	/// Goes on with another question over the same connection, with a journal, a time and bounds of its own.
	public final void renew(Journal next) {
		journal = next;
		wire.renew(next);
	}

	/// Nothing is asked until [#wake]. What is no longer needed is let go.
	///
	/// @param resting takes the place of the journal
	public final void sleep(Journal resting, Buffers buffers) {
		journal = resting;
		before = List.of();
		said = "";
		wire.sleep(resting, buffers);
	}

	/// Another question of another run, over a connection that slept: with a journal, a time and bounds of its own.
	public final void wake(ProbeContext context, Journal lines, Buffers buffers) throws IOException, InterruptedException {
		journal = lines;
		wire.wake(context, lines, buffers);
	}

	/// Ends it without a word.
	public final void drop() {
		wire.close();
	}

	/// Takes leave of a connection that sleeps, and waits for no answer. For all that nobody needs any more.
	public final void dismiss(Buffers buffers) {
		boolean interrupted = Thread.interrupted();
		try {
			wire.stir(buffers);
			command(farewell());
			wire.farewell();
		} catch (Stop | IOException e) {
			// the peer has gone before
		} catch (InterruptedException e) {
			interrupted = true;
		} finally {
			wire.close();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/// The command with which one takes leave.
	abstract String farewell();

	/// What the server listed in clear text before STARTTLS; empty on other doors.
	public final List<String> before() {
		return before;
	}

	/// The greeting's first line as it came: hostile text. Empty when there was none.
	public final String said() {
		return said;
	}

	/// All that the server offers now, item by item as its protocol lists it. Asks again where it was only told by the way.
	public abstract List<String> offer() throws Stop, IOException, InterruptedException;

	/// What the server has listed so far.
	abstract List<String> items();

	/// What was to be found out is known by now: a server that takes leave badly changes nothing.
	public final void leave() throws InterruptedException {
		try {
			wire.hurry();
			quit();
			wire.farewell();
		} catch (Stop | IOException e) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
	}

	abstract void greeting() throws Stop, IOException, InterruptedException;

	/// Asks what the server can do; what it said before is forgotten.
	abstract void capabilities() throws Stop, IOException, InterruptedException;

	/// Asks to begin TLS; when this returns the server has agreed.
	abstract void upgrade() throws Stop, IOException, InterruptedException;

	/// @return the mechanism that was used
	abstract String login(Credentials credentials) throws Stop, IOException, InterruptedException;

	/// Looks at what is behind the login.
	abstract void prove() throws Stop, IOException, InterruptedException;

	/// Takes leave and hears the answer out.
	abstract void quit() throws Stop, IOException, InterruptedException;

	/// A server's answer within a SASL exchange.
	sealed interface Answer {
		/// @param text base64
		record Challenge(String text) implements Answer {}

		record Accepted() implements Answer {}
	}

	/// How a protocol embeds SASL.
	interface SaslDoor {
		/// The command, with the first message where it may ride on it.
		Answer begin(String mechanism, byte[] initial) throws Stop, IOException, InterruptedException;

		Answer respond(byte[] message) throws Stop, IOException, InterruptedException;
	}

	/// Plays a mechanism to its end.
	///
	/// @param initial whether the first message may ride on the command
	final void authenticate(Sasl sasl, boolean initial, SaslDoor door) throws Stop, IOException, InterruptedException {
		try {
			exchange(sasl, initial, door);
		} catch (Stop refusal) {
			Stop explained = sasl.explain(refusal);
			// an explanation holds words of the server that have not been looked at yet
			throw explained == refusal ? refusal : new Stop(explained.reason().id(), explained.reason().args().stream().map(journal::keep).toArray());
		}
	}

	private void exchange(Sasl sasl, boolean initial, SaslDoor door) throws Stop, IOException, InterruptedException {
		Answer answer = door.begin(sasl.name(), initial && sasl.clientFirst() ? sasl.next(NO_BYTES) : NO_BYTES);
		for (int i = 0; answer instanceof Answer.Challenge(String text); i++) {
			if (i == MOST_CHALLENGES) {
				throw broken(text);
			}
			answer = door.respond(sasl.next(decode(text)));
		}
		if (!sasl.done()) {
			throw broken(sasl.name() + ": accepted before its end");
		}
	}

	static final byte[] NO_BYTES = {};

	/// The greeting's first line. When there is none, but other words came, another protocol is spoken here.
	final String firstLine(Protocol protocol) throws Stop, IOException, InterruptedException {
		try {
			said = wire.line();
			return said;
		} catch (Stop e) {
			String words = wire.halfLine();
			if (!words.isEmpty() && (e.reason().id().equals(Reasons.READ_TIMEOUT) || e.reason().id().equals(Reasons.CLOSED))) {
				throw new Stop(Reasons.NOT_PROTOCOL, protocol.token(), journal.keep(words));
			}
			throw e;
		}
	}

	/// Notes what the server offers; a list too long for one text is kept item by item.
	final void noteOffer(Collection<String> items, String separator) {
		String all = String.join(separator, items);
		journal.value(all);
		if (all.length() > Words.MOST) {
			items.stream().limit(MOST_ITEMS).forEach(item -> journal.detail("capability", item));
		}
	}

	/// A greeting (bounded already) without what differs each time (the APOP challenge of RFC 1939, the time of day), so that an unchanged server shows
	/// unchanged facts. The transcript has it as it was said.
	static String steady(String greeting) {
		return FLEETING.matcher(greeting).replaceAll("…");
	}

	final Stop broken(String words) {
		return new Stop(Reasons.PROTOCOL_ERROR, journal.phase().token(), journal.keep(words));
	}

	private static byte[] decode(String base64) {
		try {
			return Base64.getDecoder().decode(base64.strip());
		} catch (IllegalArgumentException e) {
			// LOGIN's challenges are words for people, and some servers do not even encode them
			return base64.getBytes(StandardCharsets.UTF_8);
		}
	}

	/// A command line that holds no secret.
	final void command(String line) throws Stop, IOException, InterruptedException {
		wire.newReply();
		wire.send(line, (line + "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	/// A line that holds a secret: a clear beginning, then bytes. The secret bytes are wiped.
	final void secret(String beginning, byte[] secret, String shown) throws Stop, IOException, InterruptedException {
		if (wire.isObserving()) {
			throw new IllegalStateException("nothing secret over a connection whose server need not prove itself");
		}
		wire.newReply();
		byte[] head = beginning.getBytes(StandardCharsets.UTF_8);
		byte[] line = Arrays.copyOf(head, head.length + secret.length + 2);
		System.arraycopy(secret, 0, line, head.length, secret.length);
		line[line.length - 2] = '\r';
		line[line.length - 1] = '\n';
		Arrays.fill(secret, (byte) 0);
		wire.send(shown, line);
	}

	static byte[] base64(byte[] message) {
		byte[] text = Base64.getEncoder().encode(message);
		Arrays.fill(message, (byte) 0);
		return text;
	}
}
