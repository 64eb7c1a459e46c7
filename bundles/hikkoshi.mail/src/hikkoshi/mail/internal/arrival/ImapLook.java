package hikkoshi.mail.internal.arrival;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.InternalDate;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.model.Account;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.capability.ImapData;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;

import org.jspecify.annotations.Nullable;

/// One look over IMAP. A quiet mailbox costs one command where the server knows LIST-STATUS (RFC 5819), else one STATUS a folder. For one session.
final class ImapLook {
	/// Messages that one look reads in one folder.
	static final int MOST = 250;
	/// The newest messages that are read anew when the old numbers mean nothing any more.
	static final int ANEW = 100;
	/// Messages asked for in one command.
	private static final int CHUNK = 20;
	/// Octets of a header that are asked for, and what stands around them.
	private static final int HEADER = 100 * 1024;
	private static final int AROUND = 2 * 1024;
	private static final int MOST_LIST = 8 * 1024 * 1024;
	/// UIDs that are asked for at a time where many came; more where there are none.
	private static final long WINDOW = 1_000;
	private static final long WIDER = 32;
	private static final int MOST_WINDOWS = 12;
	private static final int UID_LINE = 48;
	private static final int MOST_DIGITS = 18;

	private final ImapDialogue session;
	private final Journal journal;
	private final Account account;
	private final Map<String, Mark.Imap> before = new LinkedHashMap<>();
	private final Harvest harvest;
	private final Opening opening;
	private boolean modseq;

	/// Called before anything of what the server says is kept: once, or more often.
	@FunctionalInterface
	interface Opening {
		void open() throws Stop, IOException, InterruptedException;
	}

	/// @param opening makes ready for words of the server; a quiet look keeps none
	ImapLook(ImapDialogue session, Journal journal, Account account, List<Mark> before, Harvest harvest, Opening opening) {
		this.opening = opening;
		this.session = session;
		this.journal = journal;
		this.account = account;
		this.harvest = harvest;
		for (Mark mark : before) {
			if (mark instanceof Mark.Imap imap) {
				this.before.put(imap.folder(), imap);
			}
		}
	}

	/// @param next -1 where the server does not say
	private record Status(long validity, long next, long modseq, long messages) {}

	void look() throws Stop, IOException, InterruptedException {
		List<String> offer = session.toldBehindLogin();
		journal.begin(Phase.MAILBOX);
		modseq = offer.contains("CONDSTORE") || offer.contains("QRESYNC");
		Map<String, Status> now = statuses(offer);
		if (now.keySet().stream().noneMatch(Folders::isInbox)) {
			throw new Stop(Outcomes.NO_MAILBOX, "INBOX");
		}
		boolean first = before.isEmpty();
		long there = 0;
		for (Map.Entry<String, Status> folder : now.entrySet()) {
			there += folder.getValue().messages();
			look(folder.getKey(), folder.getValue(), first);
		}
		for (String folder : before.keySet()) {
			if (!now.containsKey(folder)) {
				opening.open();
				harvest.missing(journal.keep(folder), "");
			}
		}
		if (first) {
			harvest.began(there);
		}
	}

	private void look(String folder, Status now, boolean first) throws Stop, IOException, InterruptedException {
		Mark.Imap mark = before.get(folder);
		if (mark != null && now.validity() == mark.validity() && now.next() == mark.next()) {
			harvest.reached(mark);
			return;
		}
		opening.open();
		if (first) {
			long next = now.next() > 0 ? now.next() : examine(folder).next();
			harvest.reached(new Mark.Imap(folder, now.validity(), next, now.modseq(), now.messages()));
		} else if (mark == null) {
			// it was not there at the last look, so all that is in it is new
			news(folder, new Mark.Imap(folder, now.validity(), 1, -1, 0), now);
		} else if (now.validity() != mark.validity()) {
			anew(folder, "uidvalidity");
		} else if (now.next() > 0 && now.next() < mark.next()) {
			anew(folder, "uidnext");
		} else {
			news(folder, mark, now);
		}
	}

	private Map<String, Status> statuses(List<String> offer) throws Stop, IOException, InterruptedException {
		boolean together = offer.contains("LIST-STATUS") && (offer.contains("LIST-EXTENDED") || offer.contains("IMAP4REV2"));
		boolean uses = offer.contains("SPECIAL-USE");
		Set<String> junk = new LinkedHashSet<>(before.keySet());
		junk.removeIf(Folders::isInbox);
		if (before.isEmpty() || junk.isEmpty() && !together) {
			junk.addAll(findJunk(uses, offer.contains("LIST-EXTENDED")));
		}
		if (together && junk.stream().allMatch(Folders::isPlain)) {
			String names = Folders.candidates(junk).stream().map(Folders::quoted).collect(Collectors.joining(" "));
			Map<String, Status> listed = new LinkedHashMap<>();
			Optional<String> refused = ask("LIST \"\" (" + names + ") RETURN (STATUS (" + items() + "))", line -> status(line, listed), Wire.REPLY);
			if (refused.isEmpty() && !listed.isEmpty()) {
				return listed;
			}
		}
		Map<String, Status> found = new LinkedHashMap<>();
		Optional<String> no = status(Folders.INBOX, found);
		if (no.isPresent()) {
			throw new Stop(Outcomes.NO_MAILBOX, journal.keep(no.get()));
		}
		for (String folder : junk) {
			status(folder, found);
		}
		return found;
	}

	private String items() {
		return modseq ? "MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ" : "MESSAGES UIDNEXT UIDVALIDITY";
	}

	/// @return the server's words when it refused for good
	private Optional<String> status(String folder, Map<String, Status> into) throws Stop, IOException, InterruptedException {
		Optional<String> no = ask("STATUS " + Folders.quoted(folder) + " (" + items() + ")", line -> status(line, into), Wire.REPLY);
		if (no.isPresent()) {
			notNow(no.get());
		}
		return no;
	}

	private static void status(List<ImapData> line, Map<String, Status> into) {
		if (!says(line, 0, "STATUS") || line.size() < 3 || into.size() > Folders.MOST_JUNK) {
			return;
		}
		List<ImapData> items = line.get(2).list();
		Map<String, Long> numbers = new LinkedHashMap<>();
		for (int i = 0; i + 1 < items.size(); i += 2) {
			numbers.put(items.get(i).text().toUpperCase(Locale.ROOT), number(items.get(i + 1).text()));
		}
		String name = line.get(1).text();
		into.put(Folders.isInbox(name) ? Folders.INBOX : name, new Status(numbers.getOrDefault("UIDVALIDITY", -1L), numbers.getOrDefault("UIDNEXT", -1L),
				numbers.getOrDefault("HIGHESTMODSEQ", -1L), Math.max(0, numbers.getOrDefault("MESSAGES", 0L))));
	}

	/// The folders that say by their use, else by their name, that they hold junk.
	private Set<String> findJunk(boolean uses, boolean extended) throws Stop, IOException, InterruptedException {
		Set<String> byUse = new LinkedHashSet<>();
		Set<String> byName = new LinkedHashSet<>();
		ask(uses && extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"", line -> {
			if (says(line, 0, "LIST") && line.size() > 3) {
				List<String> attributes = line.get(1).list().stream().map(attribute -> attribute.text().toLowerCase(Locale.ROOT)).toList();
				String name = line.get(3).text();
				boolean there = !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent") && Folders.isPlain(name) && !Folders.isInbox(name);
				if (there && attributes.contains("\\junk")) {
					byUse.add(name);
				} else if (there && Folders.isJunk(name, line.get(2).text())) {
					byName.add(name);
				}
			}
		}, MOST_LIST);
		byUse.addAll(byName);
		return byUse.stream().limit(Folders.MOST_JUNK).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private Status examine(String folder) throws Stop, IOException, InterruptedException {
		long[] seen = {-1, -1, 0};
		Optional<String> no = ask("EXAMINE " + Folders.quoted(folder), line -> {
			// * OK [UIDNEXT 4392] Predicted next UID
			if (line.size() > 2 && says(line, 0, "OK")) {
				long number = number(line.get(2).text().replace("]", ""));
				if (says(line, 1, "[UIDNEXT")) {
					seen[0] = number;
				} else if (says(line, 1, "[UIDVALIDITY")) {
					seen[1] = number;
				}
			} else if (says(line, 1, "EXISTS")) {
				seen[2] = number(line.getFirst().text());
			}
		}, Wire.REPLY);
		if (no.isPresent()) {
			throw refused("EXAMINE", no.get());
		}
		if (seen[0] < 0) {
			SortedSet<Long> last = new TreeSet<>(Set.of(0L));
			if (seen[2] > 0) {
				uids("FETCH * (UID)", last, Wire.REPLY);
			}
			seen[0] = last.last() + 1;
		}
		return new Status(seen[1], seen[0], -1, seen[2]);
	}

	/// What lies between a mark and the end of the folder.
	private void news(String folder, Mark.Imap mark, Status now) throws Stop, IOException, InterruptedException {
		Status open = examine(folder);
		if (open.validity() >= 0 && now.validity() >= 0 && open.validity() != now.validity()) {
			throw new Stop(Reasons.SERVER_BUSY, journal.keep("UIDVALIDITY " + now.validity() + " " + open.validity()));
		}
		long until = now.next() > 0 ? now.next() : open.next();
		if (until <= mark.next()) {
			harvest.reached(mark);
			return;
		}
		SortedSet<Long> uids = new TreeSet<>();
		long scanned = until;
		if (until - mark.next() > CHUNK) {
			scanned = list(mark.next(), until, uids);
		} else {
			for (long uid = mark.next(); uid < until; uid++) {
				uids.add(uid);
			}
		}
		List<Long> wanted = uids.stream().limit(MOST).toList();
		boolean cut = wanted.size() < uids.size();
		long end = cut ? wanted.getLast() + 1 : scanned;
		long found = 0;
		for (int i = 0; i < wanted.size(); i += CHUNK) {
			List<Long> chunk = wanted.subList(i, Math.min(wanted.size(), i + CHUNK));
			found += fetch("UID FETCH " + chunk.stream().map(String::valueOf).collect(Collectors.joining(",")), folder, Set.copyOf(chunk));
			boolean last = i + CHUNK >= wanted.size();
			harvest.reached(new Mark.Imap(folder, now.validity(), last ? end : chunk.getLast() + 1, now.modseq(), now.messages()));
		}
		if (wanted.isEmpty()) {
			harvest.reached(new Mark.Imap(folder, now.validity(), end, now.modseq(), now.messages()));
		}
		harvest.gone(mark.validity() == now.validity() && before.containsKey(folder) ? end - mark.next() - found : 0);
		if (end < until) {
			harvest.more();
		}
	}

	/// Which UIDs there are; stops when there are enough for one look.
	///
	/// @return up to where the folder was searched
	private long list(long from, long until, SortedSet<Long> uids) throws Stop, IOException, InterruptedException {
		long at = from;
		long window = WINDOW;
		for (int asked = 0; at < until && uids.size() <= MOST && asked < MOST_WINDOWS; asked++) {
			long to = Math.min(until - 1, at + window - 1);
			SortedSet<Long> found = new TreeSet<>();
			uids("UID FETCH " + at + ":" + to + " (UID)", found, (int) Math.min(MOST_LIST, Wire.REPLY + UID_LINE * window));
			uids.addAll(found.subSet(at, to + 1));
			window = found.isEmpty() ? window * WIDER : WINDOW;
			at = to + 1;
		}
		return at;
	}

	private void uids(String command, SortedSet<Long> into, int most) throws Stop, IOException, InterruptedException {
		Optional<String> no = ask(command, line -> {
			if (says(line, 1, "FETCH") && line.size() > 2) {
				long uid = uid(line.get(2).list());
				if (uid > 0) {
					into.add(uid);
				}
			}
		}, most);
		if (no.isPresent()) {
			throw refused("UID FETCH", no.get());
		}
	}

	/// The old numbers mean nothing any more: the newest messages are read anew, and the mark begins anew behind them.
	private void anew(String folder, String what) throws Stop, IOException, InterruptedException {
		Status open = examine(folder);
		long from = Math.max(1, open.messages() - ANEW + 1);
		int had = harvest.size();
		for (long at = from; at <= open.messages(); at += CHUNK) {
			fetch("FETCH " + at + ":" + Math.min(open.messages(), at + CHUNK - 1), folder, Set.of());
		}
		harvest.reached(new Mark.Imap(folder, open.validity(), open.next(), -1, open.messages()));
		harvest.hole(journal.keep(folder), what, harvest.size() - had);
	}

	/// Reads headers, and notes each message once.
	///
	/// @param wanted UIDs; empty for whatever comes
	private long fetch(String command, String folder, Set<Long> wanted) throws Stop, IOException, InterruptedException {
		Map<Long, Arrival> found = new LinkedHashMap<>();
		Optional<String> no = ask(command + " (UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (" + String.join(" ", Arrival.FIELDS) + ")]<0." + HEADER + ">)",
				line -> {
					if (says(line, 1, "FETCH") && line.size() > 2) {
						List<ImapData> items = line.get(2).list();
						long uid = uid(items);
						if (uid > 0 && found.size() < CHUNK && (wanted.isEmpty() || wanted.contains(uid))) {
							header(items).ifPresent(header -> found.put(uid, Arrival.of(account.server(), folder, String.valueOf(uid), internal(items), size(items), header, journal::keep)));
						}
					}
				}, CHUNK * (HEADER + AROUND));
		if (no.isPresent()) {
			throw refused("FETCH", no.get());
		}
		new TreeSet<>(found.keySet()).forEach(uid -> harvest.found(found.get(uid)));
		return found.size();
	}

	private static long uid(List<ImapData> items) {
		return after(items, "UID").map(item -> number(item.text())).orElse(-1L);
	}

	private static long size(List<ImapData> items) {
		return after(items, "RFC822.SIZE").map(item -> number(item.text())).orElse(-1L);
	}

	private static @Nullable Instant internal(List<ImapData> items) {
		return after(items, "INTERNALDATE").flatMap(item -> InternalDate.parse(item.text())).orElse(null);
	}

	/// `BODY[HEADER.FIELDS (RECEIVED)]<0>` comes as three tokens, then the text.
	private static Optional<String> header(List<ImapData> items) {
		for (int i = 0; i < items.size(); i++) {
			if (items.get(i).text().toUpperCase(Locale.ROOT).startsWith("BODY[")) {
				return items.stream().skip(i + 1L).filter(item -> item instanceof ImapData.Text(String _, boolean quoted) && quoted).findFirst().map(ImapData::text);
			}
		}
		return Optional.empty();
	}

	private static Optional<ImapData> after(List<ImapData> items, String word) {
		for (int i = 0; i + 1 < items.size(); i++) {
			if (items.get(i) instanceof ImapData.Text(String text, boolean quoted) && !quoted && text.equalsIgnoreCase(word)) {
				return Optional.of(items.get(i + 1));
			}
		}
		return Optional.empty();
	}

	private static boolean says(List<ImapData> line, int at, String word) {
		return line.size() > at && line.get(at).text().equalsIgnoreCase(word);
	}

	/// UIDs and UIDVALIDITY have 32 bits, MODSEQ 63.
	private static long number(String text) {
		// eight of them in a look into a quiet mailbox: no pattern is compiled for each
		boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS;
		for (int i = 0; digits && i < text.length(); i++) {
			digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
		}
		return digits ? Long.parseLong(text) : -1;
	}

	private Optional<String> ask(String command, Consumer<List<ImapData>> data, int most) throws Stop, IOException, InterruptedException {
		return session.ask(command, line -> data.accept(ImapData.parse(line)), most);
	}

	/// A refusal that may be another one the next time must not be taken for "there is none".
	private void notNow(String words) throws Stop {
		Optional<String> kind = ImapDialogue.kindOfRefusal(words);
		if (kind.isPresent()) {
			throw new Stop(kind.get(), journal.keep(words));
		}
	}

	private Stop refused(String command, String words) throws Stop {
		notNow(words);
		return new Stop(LookReasons.REFUSED, command, journal.keep(words));
	}
}
