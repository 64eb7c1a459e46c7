package hikkoshi.rehearsal.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/// One POP3 connection: RFC 1939 with CAPA (2449), STLS (2595), SASL (5034) and the response codes of 2449 and 3206. No login before TLS.
final class Pop3Session extends LineSession {

	private @Nullable String userName;
	private @Nullable MailAccount account;
	private List<StoredMessage> drop = List.of();
	private final Set<Integer> deleted = new TreeSet<>();

	Pop3Session(Wire wire, MailServer.Host host) {
		super(wire, host);
	}

	@Override
	String greeting() {
		return "+OK " + host.name() + " POP3 rehearsal server ready";
	}

	@Override
	String lastWord(End why, String words) {
		return "-ERR " + (why == End.OVERLOADED ? "[SYS/TEMP] " : "") + words;
	}

	@Override
	void ended() {
		MailAccount mine = account;
		if (mine != null) {
			mine.store().unlock();
		}
	}

	@Override
	void execute(String line) throws IOException {
		int space = line.indexOf(' ');
		String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
		String argument = space < 0 ? "" : line.substring(space + 1);
		switch (verb) {
		case "CAPA" -> capa();
		case "QUIT" -> quit();
		case "STLS", "USER", "PASS", "AUTH" -> {
			if (account != null) {
				error("you are logged in already");
			} else {
				authorise(verb, argument);
			}
		}
		case "STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "NOOP", "RSET" -> {
			if (account == null) {
				error("log in first");
			} else {
				transact(verb, argument);
			}
		}
		default -> error("unknown command");
		}
	}

	private void error(String text) throws IOException {
		bad++;
		wire.line("-ERR " + text);
	}

	private void capa() throws IOException {
		List<String> last = wire.secure() ? List.of("USER", "SASL PLAIN LOGIN") : List.of("STLS");
		wire.line("+OK capabilities follow");
		wire.line(String.join("\r\n", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "EXPIRE NEVER", "IMPLEMENTATION Hikkoshi-rehearsal"));
		wire.line(String.join("\r\n", last));
		wire.line(".");
	}

	private void authorise(String verb, String argument) throws IOException {
		if (verb.equals("STLS")) {
			if (wire.secure()) {
				error("TLS is on already");
				return;
			}
			wire.line("+OK begin TLS");
			wire.startTls(host.tls());
			userName = null;
			return;
		}
		if (!wire.secure()) {
			error("STLS first: no login in clear text");
			return;
		}
		switch (verb) {
		case "USER" -> {
			userName = utf8(argument);
			wire.line("+OK send PASS");
		}
		case "PASS" -> {
			String user = userName;
			if (user == null) {
				error("USER first");
				return;
			}
			userName = null;
			enter(host.directory().login(host.service(), user, argument.getBytes(StandardCharsets.ISO_8859_1)));
		}
		default -> auth(argument);
		}
	}

	private void auth(String argument) throws IOException {
		String[] words = argument.split(" ", 2);
		switch (new Sasl(wire, host, "+ ").run(words[0], words.length < 2 ? null : words[1])) {
		case Sasl.Result.Accepted(MailAccount who) -> enter(who);
		case Sasl.Result.Rejected() -> enter(null);
		case Sasl.Result.Cancelled() -> error("cancelled");
		case Sasl.Result.NotBase64() -> error("that is not base64");
		case Sasl.Result.NoSuchMechanism() -> error("no such mechanism");
		}
	}

	private void enter(@Nullable MailAccount who) throws IOException {
		if (who == null) {
			error("[AUTH] user or password is wrong");
			return;
		}
		if (!who.store().lock()) {
			wire.line("-ERR [IN-USE] another session has this maildrop");
			return;
		}
		account = who;
		wire.beIdle(host.limits().idle());
		drop = who.store().inbox().messages();
		wire.line("+OK " + drop.size() + " messages");
	}

	private void transact(String verb, String argument) throws IOException {
		switch (verb) {
		case "NOOP" -> wire.line("+OK");
		case "RSET" -> {
			deleted.clear();
			wire.line("+OK");
		}
		case "STAT" -> {
			long octets = 0;
			for (int i = 0; i < drop.size(); i++) {
				octets += deleted.contains(i) ? 0 : drop.get(i).size();
			}
			wire.line("+OK " + (drop.size() - deleted.size()) + " " + octets);
		}
		case "LIST", "UIDL" -> list(verb, argument);
		case "RETR" -> {
			int index = index(argument);
			if (index >= 0) {
				wire.line("+OK " + drop.get(index).size() + " octets");
				stuffed(drop.get(index).bytes(), Integer.MAX_VALUE);
			}
		}
		case "TOP" -> top(argument);
		default -> {
			int index = index(argument);
			if (index >= 0) {
				deleted.add(index);
				wire.line("+OK marked");
			}
		}
		}
	}

	private void list(String verb, String argument) throws IOException {
		if (!argument.isEmpty()) {
			int index = index(argument);
			if (index >= 0) {
				wire.line("+OK " + (index + 1) + " " + listing(verb, index));
			}
			return;
		}
		wire.line("+OK listing follows");
		for (int i = 0; i < drop.size(); i++) {
			if (!deleted.contains(i)) {
				wire.line(i + 1 + " " + listing(verb, i));
			}
		}
		wire.line(".");
	}

	private String listing(String verb, int index) {
		MailAccount mine = account;
		if (verb.equals("LIST") || mine == null) {
			return Integer.toString(drop.get(index).size());
		}
		return mine.store().inbox().uidValidity() + "." + drop.get(index).uid();
	}

	private void top(String argument) throws IOException {
		String[] words = argument.split(" ");
		int lines = words.length == 2 ? number(words[1]) : -1;
		if (lines < 0) {
			error("TOP wants a message and a number of lines");
			return;
		}
		int index = index(words[0]);
		if (index >= 0) {
			wire.line("+OK top of message follows");
			stuffed(drop.get(index).bytes(), lines);
		}
	}

	/// The index of a message that exists and is not deleted, or -1 after an answer.
	private int index(String argument) throws IOException {
		int number = number(argument);
		if (number < 1 || number > drop.size() || deleted.contains(number - 1)) {
			error("no such message");
			return -1;
		}
		return number - 1;
	}

	private static int number(String text) {
		return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
	}

	/// Header, empty line and so many lines of the body, with dots stuffed, ended by the lone dot.
	private void stuffed(byte[] bytes, int bodyLines) throws IOException {
		int at = 0;
		boolean body = false;
		int left = bodyLines;
		while (at < bytes.length && (!body || left > 0)) {
			int next = at;
			while (next < bytes.length && bytes[next] != '\n') {
				next++;
			}
			int length = (next > at && bytes[next - 1] == '\r' ? next - 1 : next) - at;
			String line = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
			wire.line(line.startsWith(".") ? "." + line : line);
			if (body) {
				left--;
			}
			body |= line.isEmpty();
			at = next + 1;
		}
		wire.line(".");
	}

	private void quit() throws IOException {
		MailAccount mine = account;
		if (mine != null && !deleted.isEmpty()) {
			Set<Long> uids = new HashSet<>();
			deleted.forEach(index -> uids.add(drop.get(index).uid()));
			mine.store().inbox().remove(uids);
		}
		wire.line("+OK bye");
		done = true;
	}

	private static String utf8(String latin1) {
		return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}
}
