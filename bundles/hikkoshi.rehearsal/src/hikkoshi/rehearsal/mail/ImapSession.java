package hikkoshi.rehearsal.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// One IMAP connection: RFC 3501 with SASL-IR (4959), LITERAL+ (7888), UIDPLUS (4315), MOVE (6851), UNSELECT (3691), NAMESPACE (2342), ID (2971) and the
/// response codes of RFC 5530. No login before TLS.
final class ImapSession extends LineSession {

	private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,10})(\\+?)}$");
	private static final int BEFORE_LOGIN = 8 * 1024;
	private static final String PERMANENT = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";

	private final char separator;
	private @Nullable MailAccount account;
	private @Nullable ImapView view;

	ImapSession(Wire wire, MailServer.Host host) {
		super(wire, host);
		separator = host.settings().separator();
	}

	/// Ends the command with this tagged answer.
	private static final class Answer extends Exception {
		private static final long serialVersionUID = 1L;
		final boolean syntax;

		Answer(String text, boolean syntax) {
			super(text, null, false, false);
			this.syntax = syntax;
		}
	}

	private static Answer no(String text) {
		return new Answer("NO " + text, false);
	}

	private static Answer bad(String text) {
		return new Answer("BAD " + text, true);
	}

	@Override
	String greeting() {
		return "* OK [CAPABILITY " + capabilities() + "] " + host.name() + " IMAP rehearsal server ready";
	}

	@Override
	String lastWord(End why, String words) {
		return "* BYE " + (why == End.OVERLOADED ? "[UNAVAILABLE] " : "") + words;
	}

	private String capabilities() {
		String basic = "IMAP4rev1 SASL-IR LITERAL+ ID";
		if (account != null) {
			return basic + " NAMESPACE UIDPLUS MOVE UNSELECT CHILDREN";
		}
		return basic + (wire.secure() ? " AUTH=PLAIN AUTH=LOGIN" : " STARTTLS LOGINDISABLED");
	}

	/// Reads lines and literals up to the end of a command; empty when a literal was refused; null when the client has gone.
	@Override
	@Nullable String readCommand() throws IOException {
		int most = account == null ? BEFORE_LOGIN : host.limits().message() + host.limits().line();
		StringBuilder command = new StringBuilder();
		while (true) {
			String line = wire.readLine(host.limits().line());
			if (line == null) {
				return null;
			}
			command.append(line);
			if (command.length() > most) {
				throw new Wire.TooLongException("command");
			}
			Matcher literal = LITERAL.matcher(line);
			if (!literal.find()) {
				return command.toString();
			}
			long size = Long.parseLong(literal.group(1));
			boolean sent = !literal.group(2).isEmpty();
			if (size > most - command.length()) {
				if (sent) {
					// RFC 7888, 4: what has been sent already would be read as commands
					throw new Wire.TooLongException("literal");
				}
				String tag = command.substring(0, Math.max(0, command.indexOf(" ")));
				wire.line((tag.matches("[!-~]{1,64}") ? tag : "*") + (account == null ? " BAD" : " NO [TOOBIG]") + " literal too long");
				bad++;
				return "";
			}
			if (!sent) {
				wire.line("+ go on");
			}
			command.append("\r\n").append(wire.readExactly((int) size));
		}
	}

	@Override
	void execute(String command) throws IOException {
		if (command.isEmpty()) {
			return;
		}
		ImapCursor cursor = new ImapCursor(command);
		String tag = "*";
		try {
			tag = cursor.tag();
			cursor.space();
			String verb = cursor.keyword();
			String answer = run(verb, cursor, tag);
			if (answer != null) {
				tell(verb);
				wire.line(tag + " " + answer);
			}
		} catch (ImapCursor.SyntaxException e) {
			bad++;
			wire.line(tag + " BAD " + e.getMessage());
		} catch (Answer e) {
			bad += e.syntax ? 1 : 0;
			wire.line(tag + " " + e.getMessage());
		}
	}

	/// Runs a command; the tagged answer without its tag, or null if it was sent already.
	private @Nullable String run(String verb, ImapCursor cursor, String tag) throws IOException, ImapCursor.SyntaxException, Answer {
		return switch (verb) {
		case "CAPABILITY" -> {
			cursor.end();
			wire.line("* CAPABILITY " + capabilities());
			yield "OK done";
		}
		case "NOOP", "CHECK" -> {
			cursor.end();
			yield "OK done";
		}
		case "ID" -> {
			cursor.space();
			cursor.rest();
			wire.line("* ID (\"name\" \"Hikkoshi rehearsal\")");
			yield "OK done";
		}
		case "LOGOUT" -> {
			wire.line("* BYE " + host.name() + " closing");
			done = true;
			yield "OK bye";
		}
		case "STARTTLS" -> startTls(cursor, tag);
		case "LOGIN", "AUTHENTICATE" -> login(verb, cursor);
		case "NAMESPACE", "LIST", "LSUB", "STATUS", "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "APPEND" -> {
			MailAccount mine = account;
			if (mine == null) {
				throw bad("log in first");
			}
			yield authenticated(verb, cursor, mine.store());
		}
		case "CLOSE", "UNSELECT", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "MOVE", "UID" -> {
			ImapView selected = view;
			MailAccount mine = account;
			if (selected == null || mine == null) {
				throw bad("select a mailbox first");
			}
			yield selected(verb, cursor, selected, mine.store());
		}
		default -> throw bad("unknown command");
		};
	}

	/// Tells what others changed. Not EXPUNGE after FETCH, STORE and SEARCH: sequence numbers may not change under a client's feet (RFC 3501, 7.4.1).
	private void tell(String verb) throws IOException {
		ImapView selected = view;
		if (selected != null && !done) {
			selected.tell(wire, !Set.of("FETCH", "STORE", "SEARCH").contains(verb));
		}
	}

	private @Nullable String startTls(ImapCursor cursor, String tag) throws IOException, ImapCursor.SyntaxException, Answer {
		cursor.end();
		if (wire.secure() || account != null) {
			throw bad("TLS is on already");
		}
		wire.line(tag + " OK begin TLS");
		wire.startTls(host.tls());
		return null;
	}

	private String login(String verb, ImapCursor cursor) throws IOException, ImapCursor.SyntaxException, Answer {
		if (account != null) {
			throw bad("you are logged in already");
		}
		if (!wire.secure()) {
			throw no("[PRIVACYREQUIRED] STARTTLS first: no login in clear text");
		}
		cursor.space();
		if (verb.equals("LOGIN")) {
			String user = cursor.astring();
			cursor.space();
			byte[] password = cursor.astring().getBytes(StandardCharsets.ISO_8859_1);
			cursor.end();
			account = host.directory().login(host.service(), utf8(user), password);
		} else {
			String mechanism = cursor.atom();
			String initial = cursor.take(' ') ? cursor.rest() : null;
			account = switch (new Sasl(wire, host, "+ ").run(mechanism, initial)) {
			case Sasl.Result.Accepted(MailAccount who) -> who;
			case Sasl.Result.Rejected() -> null;
			case Sasl.Result.Cancelled() -> throw bad("cancelled");
			case Sasl.Result.NotBase64() -> throw bad("that is not base64");
			case Sasl.Result.NoSuchMechanism() -> throw no("no such mechanism");
			};
		}
		if (account == null) {
			bad++;
			throw no("[AUTHENTICATIONFAILED] user or password is wrong");
		}
		wire.beIdle(host.limits().idle());
		return "OK [CAPABILITY " + capabilities() + "] welcome";
	}

	private String authenticated(String verb, ImapCursor cursor, MailStore store) throws IOException, ImapCursor.SyntaxException, Answer {
		switch (verb) {
		case "NAMESPACE" -> {
			cursor.end();
			wire.line("* NAMESPACE ((\"\" \"" + separator + "\")) NIL NIL");
			return "OK done";
		}
		case "LIST", "LSUB" -> {
			cursor.space();
			String reference = cursor.astring();
			cursor.space();
			String pattern = cursor.listMailbox();
			cursor.end();
			list(verb, reference, pattern, store);
			return "OK done";
		}
		case "STATUS" -> {
			return status(cursor, store);
		}
		case "SELECT", "EXAMINE" -> {
			return select(verb.equals("EXAMINE"), mailbox(cursor, true), store);
		}
		case "CREATE" -> {
			String name = mailbox(cursor, true);
			String bare = name.endsWith("" + separator) ? name.substring(0, name.length() - 1) : name;
			if (bare.isEmpty() || bare.length() > 1_000 || bare.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
				throw no("[CANNOT] that is no name");
			}
			if (!store.create(bare)) {
				throw no("[ALREADYEXISTS] it exists already");
			}
			return "OK created";
		}
		case "DELETE" -> {
			if (!store.delete(mailbox(cursor, true))) {
				throw no("[NONEXISTENT] no such mailbox");
			}
			return "OK deleted";
		}
		case "RENAME" -> {
			String from = mailbox(cursor, false);
			if (!store.rename(from, mailbox(cursor, true), separator)) {
				throw no("[CANNOT] cannot rename that");
			}
			return "OK renamed";
		}
		case "SUBSCRIBE", "UNSUBSCRIBE" -> {
			folder(store, mailbox(cursor, true));
			return "OK done";
		}
		default -> {
			return append(cursor, store);
		}
		}
	}

	private static String mailbox(ImapCursor cursor, boolean last) throws ImapCursor.SyntaxException {
		cursor.space();
		String name = cursor.astring();
		if (last) {
			cursor.end();
		}
		return name;
	}

	private static MailFolder folder(MailStore store, String name) throws Answer {
		return store.folder(name).orElseThrow(() -> no("[NONEXISTENT] no such mailbox"));
	}

	private void list(String verb, String reference, String pattern, MailStore store) throws IOException {
		if (pattern.isEmpty()) {
			wire.line("* " + verb + " (\\Noselect) \"" + separator + "\" \"\"");
			return;
		}
		String wanted = MailStore.canonical(reference + pattern);
		List<String> names = store.names();
		for (String name : names) {
			if (matches(wanted, name)) {
				boolean parent = names.stream().anyMatch(other -> other.startsWith(name + separator));
				wire.line("* " + verb + " (" + (parent ? "\\HasChildren" : "\\HasNoChildren") + ") \"" + separator + "\" " + ImapShape.nstring(name));
			}
		}
	}

	/// Matches `*` (anything) and `%` (anything but the separator) in time proportional to both lengths: a regular expression could be made to take for ever.
	private boolean matches(String pattern, String name) {
		boolean[] reached = new boolean[name.length() + 1];
		reached[0] = true;
		for (char c : pattern.toCharArray()) {
			boolean[] next = new boolean[name.length() + 1];
			boolean wild = c == '*' || c == '%';
			next[0] = wild && reached[0];
			for (int i = 1; i <= name.length(); i++) {
				char mine = name.charAt(i - 1);
				next[i] = wild ? reached[i] || next[i - 1] && (c == '*' || mine != separator) : reached[i - 1] && c == mine;
			}
			reached = next;
		}
		return reached[name.length()];
	}

	private String status(ImapCursor cursor, MailStore store) throws IOException, ImapCursor.SyntaxException, Answer {
		String name = mailbox(cursor, false);
		cursor.space();
		cursor.expect('(');
		Set<String> items = new LinkedHashSet<>();
		do {
			items.add(cursor.keyword());
		} while (cursor.take(' '));
		cursor.expect(')');
		cursor.end();
		MailFolder folder = folder(store, name);
		List<StoredMessage> messages = folder.messages();
		List<String> told = new ArrayList<>();
		for (String item : items) {
			told.add(item + " " + switch (item) {
			case "MESSAGES" -> messages.size();
			case "RECENT" -> 0;
			case "UIDNEXT" -> folder.uidNext();
			case "UIDVALIDITY" -> folder.uidValidity();
			case "UNSEEN" -> messages.stream().filter(message -> !message.has("\\Seen")).count();
			default -> throw bad("unknown status item");
			});
		}
		wire.line("* STATUS " + ImapShape.nstring(name) + " (" + String.join(" ", told) + ")");
		return "OK done";
	}

	private String select(boolean readOnly, String name, MailStore store) throws IOException, Answer {
		view = null;
		MailFolder folder = folder(store, name);
		ImapView opened = new ImapView(folder, readOnly);
		List<StoredMessage> messages = opened.messages();
		wire.line("* FLAGS (" + PERMANENT + ")");
		wire.line("* " + messages.size() + " EXISTS");
		wire.line("* 0 RECENT");
		for (int i = 0; i < messages.size(); i++) {
			if (!messages.get(i).has("\\Seen")) {
				wire.line("* OK [UNSEEN " + (i + 1) + "] first unseen");
				break;
			}
		}
		wire.line("* OK [UIDVALIDITY " + folder.uidValidity() + "] UIDs valid");
		wire.line("* OK [UIDNEXT " + folder.uidNext() + "] next UID");
		wire.line("* OK [PERMANENTFLAGS (" + (readOnly ? "" : PERMANENT + " \\*") + ")] kept");
		view = opened;
		return readOnly ? "OK [READ-ONLY] examined" : "OK [READ-WRITE] selected";
	}

	private String append(ImapCursor cursor, MailStore store) throws ImapCursor.SyntaxException, Answer {
		String name = mailbox(cursor, false);
		cursor.space();
		Set<String> flags = new TreeSet<>();
		if (cursor.next('(')) {
			flags.addAll(flags(cursor.flags()));
			cursor.space();
		}
		Instant received = host.settings().clock().instant();
		if (cursor.next('"')) {
			String date = cursor.string().trim();
			try {
				received = OffsetDateTime.parse((date.charAt(1) == '-' ? "0" : "") + date, ImapFetch.INTERNAL_DATE).toInstant();
			} catch (DateTimeException | StringIndexOutOfBoundsException e) {
				throw bad("a date looks like \"01-Feb-2026 10:00:00 +0900\"");
			}
			cursor.space();
		}
		String message = cursor.literal();
		cursor.end();
		MailFolder folder = store.folder(name).orElseThrow(() -> no("[TRYCREATE] no such mailbox"));
		StoredMessage added = folder.append(message.getBytes(StandardCharsets.ISO_8859_1), received, flags);
		return "OK [APPENDUID " + folder.uidValidity() + " " + added.uid() + "] appended";
	}

	/// Flags as they are kept: those that IMAP defines in one spelling, without \Recent, which a client cannot set.
	private static Set<String> flags(List<String> names) throws Answer {
		Set<String> flags = new TreeSet<>();
		for (String name : names) {
			if (!name.startsWith("\\")) {
				flags.add(name);
				continue;
			}
			String known = "\\" + name.substring(1, 2).toUpperCase(Locale.ROOT) + name.substring(2).toLowerCase(Locale.ROOT);
			if ((" " + PERMANENT + " ").contains(" " + known + " ")) {
				flags.add(known);
			} else if (!known.equals("\\Recent")) {
				throw bad("unknown flag");
			}
		}
		return flags;
	}

	private @Nullable String selected(String command, ImapCursor cursor, ImapView selected, MailStore store)
			throws IOException, ImapCursor.SyntaxException, Answer {
		boolean uid = command.equals("UID");
		if (uid) {
			cursor.space();
		}
		String verb = uid ? cursor.keyword() : command;
		switch (verb) {
		case "CLOSE", "UNSELECT" -> {
			cursor.end();
			if (verb.equals("CLOSE") && !selected.readOnly()) {
				selected.folder().remove(deleted(selected, null));
			}
			view = null;
			return "OK closed";
		}
		case "EXPUNGE" -> {
			List<ImapCursor.Range> only = null;
			if (uid) {
				cursor.space();
				only = cursor.sequenceSet();
			}
			cursor.end();
			writable(selected);
			selected.folder().remove(deleted(selected, only));
			return "OK expunged";
		}
		case "SEARCH" -> {
			cursor.space();
			try {
				wire.line("* SEARCH" + selected.search(ImapSearch.parse(cursor), uid));
			} catch (ImapSearch.CharsetException e) {
				throw no("[BADCHARSET (US-ASCII UTF-8)] unknown charset");
			}
			return "OK done";
		}
		case "FETCH" -> {
			cursor.space();
			List<ImapCursor.Range> set = cursor.sequenceSet();
			cursor.space();
			selected.fetch(wire, set, ImapFetch.parse(cursor), uid);
			return "OK done";
		}
		case "STORE" -> {
			store(cursor, selected, uid);
			return "OK done";
		}
		case "COPY", "MOVE" -> {
			cursor.space();
			List<ImapCursor.Range> set = cursor.sequenceSet();
			String name = mailbox(cursor, true);
			return copy(selected, set, uid, store.folder(name).orElseThrow(() -> no("[TRYCREATE] no such mailbox")), verb.equals("MOVE"));
		}
		default -> throw bad("unknown command");
		}
	}

	private static void writable(ImapView selected) throws Answer {
		if (selected.readOnly()) {
			throw no("[CANNOT] the mailbox was only examined");
		}
	}

	private static List<Long> deleted(ImapView selected, @Nullable List<ImapCursor.Range> only) {
		List<StoredMessage> messages = selected.folder().messages();
		long last = messages.isEmpty() ? 0 : messages.getLast().uid();
		return messages.stream().filter(message -> message.has("\\Deleted") && (only == null || ImapSearch.contains(only, message.uid(), last)))
				.map(StoredMessage::uid).toList();
	}

	private void store(ImapCursor cursor, ImapView selected, boolean uid) throws IOException, ImapCursor.SyntaxException, Answer {
		cursor.space();
		List<ImapCursor.Range> set = cursor.sequenceSet();
		cursor.space();
		int sign = cursor.take('+') ? 1 : cursor.take('-') ? -1 : 0;
		String item = cursor.keyword();
		if (!item.equals("FLAGS") && !item.equals("FLAGS.SILENT")) {
			throw bad("only FLAGS can be stored");
		}
		cursor.space();
		List<String> named = new ArrayList<>();
		if (cursor.next('(')) {
			named.addAll(cursor.flags());
		} else {
			do {
				named.add(cursor.flag());
			} while (cursor.take(' '));
		}
		cursor.end();
		Set<String> flags = flags(named);
		writable(selected);
		selected.store(wire, set, uid, item.equals("FLAGS.SILENT"), old -> {
			Set<String> changed = new TreeSet<>(sign == 0 ? Set.of() : old);
			if (sign < 0) {
				changed.removeAll(flags);
			} else {
				changed.addAll(flags);
			}
			return changed;
		});
	}

	private String copy(ImapView selected, List<ImapCursor.Range> set, boolean uid, MailFolder to, boolean move) throws IOException, Answer {
		if (move) {
			writable(selected);
		}
		List<StoredMessage> chosen = selected.chosen(set, uid);
		if (chosen.isEmpty()) {
			return "OK nothing to copy";
		}
		List<Long> from = new ArrayList<>();
		List<Long> copies = new ArrayList<>();
		for (StoredMessage message : chosen) {
			from.add(message.uid());
			copies.add(to.append(message.bytes(), message.received(), message.flags()).uid());
		}
		String copied = "[COPYUID " + to.uidValidity() + " " + list(from) + " " + list(copies) + "]";
		if (move) {
			wire.line("* OK " + copied + " moved");
			selected.folder().remove(from);
			return "OK moved";
		}
		return "OK " + copied + " copied";
	}

	private static String list(List<Long> uids) {
		return String.join(",", uids.stream().map(String::valueOf).toList());
	}

	private static String utf8(String latin1) {
		return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}
}
