package hikkoshi.mail.internal.capability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

import hikkoshi.core.compare.Contents;
import hikkoshi.core.compare.Contents.Folder;
import hikkoshi.core.compare.Contents.Longer;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Reason;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;

/// Counts what lies in an account: folders with their uses (RFC 6154), messages and bytes (LIST-STATUS of RFC 5819 and STATUS=SIZE of RFC 8438 where offered,
/// else STATUS for each folder), quota (RFC 9208), and, when a limit is given, the messages beyond it (`EXAMINE`, `SEARCH LARGER`). Reads no message and changes
/// nothing. So many folders at most; how many were left out is said. For one session.
final class ImapContents {
	/// Bytes of the list of all folders.
	private static final int MOST_LIST = 8 * 1024 * 1024;
	private static final int MOST_SEARCH_ANSWER = 4 * 1024 * 1024;
	private static final int MOST_FOLDERS = 2_000;
	/// One command each, where the server does not know LIST-STATUS.
	private static final int MOST_STATUS = 500;
	private static final int MOST_SEARCHES = 200;
	/// Part of a full quota from which on it is said.
	private static final int NEARLY_FULL = 95;
	private static final long KIB = 1024;
	private static final long LONGEST_NUMBER = 0xFFFF_FFFFL;
	private static final Set<String> USES = Set.of("\\all", "\\archive", "\\drafts", "\\flagged", "\\important", "\\junk", "\\sent", "\\trash");

	private final ImapDialogue session;
	private final Journal journal;
	private final OptionalLong allowed;
	private final Map<String, Entry> entries = new LinkedHashMap<>();
	private final List<Longer> longer = new ArrayList<>();
	private String separator = "";
	private String prefix = "";
	private OptionalLong used = OptionalLong.empty();
	private OptionalLong limit = OptionalLong.empty();
	private long left;
	private boolean sizes;

	/// What is known of a folder so far.
	private static final class Entry {
		private final String use;
		private long messages = -1;
		private long bytes = -1;

		private Entry(String use) {
			this.use = use;
		}
	}

	/// @param allowed the longest message that the other side takes
	ImapContents(ImapDialogue session, Journal journal, OptionalLong allowed) {
		this.session = session;
		this.journal = journal;
		this.allowed = allowed;
	}

	Reason look(Consumer<Tree> learnt) throws Stop, IOException, InterruptedException {
		try {
			read();
		} finally {
			learnt.accept(contents().tree());
		}
		Contents all = contents();
		if (!longer.isEmpty()) {
			return Reason.of(Outcomes.CONTENTS_LONGER, longer.stream().mapToLong(Longer::messages).sum(), allowed.orElse(0), longer.getFirst().folder());
		}
		if (used.isPresent() && limit.isPresent() && used.getAsLong() / NEARLY_FULL >= limit.getAsLong() / 100 && limit.getAsLong() > 0) {
			return Reason.of(Outcomes.CONTENTS_FULL, used.getAsLong() / KIB, limit.getAsLong() / KIB);
		}
		return all.notCounted() > 0 ? Reason.of(Outcomes.CONTENTS_PARTLY, all.folders().size(), all.messages(), all.notCounted())
				: Reason.of(Outcomes.CONTENTS_OK, all.folders().size(), all.messages());
	}

	private void read() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.CAPABILITIES);
		List<String> offer = session.toldBehindLogin().stream().map(item -> item.toUpperCase(Locale.ROOT)).toList();
		boolean rev2 = offer.contains("IMAP4REV2");
		journal.begin(Phase.MAILBOX);
		if (rev2 || offer.contains("NAMESPACE")) {
			ask("NAMESPACE", this::namespace, Wire.REPLY);
		}
		sizes = rev2 || offer.contains("STATUS=SIZE");
		boolean extended = rev2 || offer.contains("LIST-EXTENDED");
		boolean together = extended && (rev2 || offer.contains("LIST-STATUS"));
		List<String> options = new ArrayList<>();
		if (extended && (rev2 || offer.contains("SPECIAL-USE"))) {
			options.add("SPECIAL-USE");
		}
		if (together) {
			options.add("STATUS " + items());
		}
		String plain = "LIST \"\" \"*\"";
		if (options.isEmpty() || !ask(plain + " RETURN (" + String.join(" ", options) + ")", this::line, MOST_LIST)) {
			Optional<String> no = session.ask(plain, line -> line(ImapData.parse(line)), MOST_LIST);
			if (no.isPresent()) {
				throw new Stop(ImapDialogue.kindOfRefusal(no.get()).orElse(Outcomes.CONTENTS_REFUSED), journal.keep(no.get()));
			}
		}
		count();
		if (offer.stream().anyMatch(item -> item.equals("QUOTA") || item.startsWith("QUOTA="))) {
			ask("GETQUOTAROOT INBOX", this::quota, Wire.REPLY);
		}
		if (allowed.isPresent()) {
			search(Math.min(LONGEST_NUMBER, allowed.getAsLong()));
		}
	}

	private String items() {
		return sizes ? "(MESSAGES SIZE)" : "(MESSAGES)";
	}

	private boolean ask(String command, Consumer<List<ImapData>> data, int most) throws Stop, IOException, InterruptedException {
		return session.ask(command, line -> data.accept(ImapData.parse(line)), most).isEmpty();
	}

	/// The folders that the list had no numbers for, one by one.
	private void count() throws Stop, IOException, InterruptedException {
		int asked = 0;
		for (Map.Entry<String, Entry> entry : entries.entrySet()) {
			if (entry.getValue().messages < 0 && isPlain(entry.getKey()) && asked++ < MOST_STATUS) {
				ask("STATUS " + quoted(entry.getKey()) + " " + items(), this::line, Wire.REPLY);
			}
		}
	}

	private void search(long most) throws Stop, IOException, InterruptedException {
		int asked = 0;
		for (Map.Entry<String, Entry> entry : entries.entrySet()) {
			Entry folder = entry.getValue();
			// a folder that is shorter in all has no longer message
			boolean none = folder.messages == 0 || folder.bytes >= 0 && folder.bytes <= most;
			if (none || !isPlain(entry.getKey()) || asked++ >= MOST_SEARCHES || !ask("EXAMINE " + quoted(entry.getKey()), _ -> {}, Wire.REPLY)) {
				continue;
			}
			long[] found = { 0 };
			ask("SEARCH LARGER " + most, line -> {
				if (says(line, "SEARCH")) {
					found[0] += line.stream().skip(1).filter(item -> item.text().matches("[0-9]{1,10}")).count();
				}
			}, MOST_SEARCH_ANSWER);
			if (found[0] > 0) {
				longer.add(new Longer(journal.keep(entry.getKey()), found[0], most));
			}
		}
	}

	private static boolean says(List<ImapData> line, String word) {
		return !line.isEmpty() && line.getFirst().text().equalsIgnoreCase(word);
	}

	private void namespace(List<ImapData> line) {
		if (says(line, "NAMESPACE") && line.size() > 1) {
			line.get(1).list().stream().findFirst().filter(pair -> !pair.list().isEmpty()).ifPresent(pair -> prefix = pair.list().getFirst().text());
		}
	}

	/// LIST and STATUS, which may come in any order.
	private void line(List<ImapData> line) {
		if (says(line, "LIST") && line.size() > 3) {
			List<String> attributes = line.get(1).list().stream().map(attribute -> attribute.text().toLowerCase(Locale.ROOT)).toList();
			if (separator.isEmpty()) {
				separator = line.get(2).text();
			}
			String name = line.get(3).text();
			if (attributes.contains("\\noselect") || attributes.contains("\\nonexistent") || name.isEmpty() || entries.containsKey(name)) {
				return;
			}
			if (entries.size() >= MOST_FOLDERS) {
				left++;
			} else {
				entries.put(name, new Entry(attributes.stream().filter(USES::contains).findFirst().orElse("")));
			}
		} else if (says(line, "STATUS") && line.size() > 2) {
			Entry entry = entries.get(line.get(1).text());
			List<ImapData> numbers = line.get(2).list();
			for (int i = 0; entry != null && i + 1 < numbers.size(); i += 2) {
				long number = number(numbers.get(i + 1).text());
				switch (numbers.get(i).text().toUpperCase(Locale.ROOT)) {
					case "MESSAGES" -> entry.messages = number;
					case "SIZE" -> entry.bytes = number;
					default -> {}
				}
			}
		}
	}

	private void quota(List<ImapData> line) {
		if (says(line, "QUOTA") && line.size() > 2) {
			List<ImapData> numbers = line.get(2).list();
			for (int i = 0; i + 2 < numbers.size(); i += 3) {
				long usage = number(numbers.get(i + 1).text());
				long most = number(numbers.get(i + 2).text());
				// KiB; more than 53 bits of them are no quota
				if (numbers.get(i).text().equalsIgnoreCase("STORAGE") && usage >= 0 && most >= 0 && usage < 1L << 53 && most < 1L << 53
						&& (limit.isEmpty() || most * KIB < limit.getAsLong())) {
					used = OptionalLong.of(usage * KIB);
					limit = OptionalLong.of(most * KIB);
				}
			}
		}
	}

	private static long number(String text) {
		return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
	}

	private static boolean isPlain(String name) {
		return name.length() <= 1_000 && name.chars().allMatch(c -> c >= ' ' && c < 0x7f);
	}

	private static String quoted(String name) {
		return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	private Contents contents() {
		List<Folder> folders = entries.entrySet().stream()
				.map(entry -> new Folder(journal.keep(entry.getKey()), entry.getValue().use, entry.getValue().messages, entry.getValue().bytes)).toList();
		long unknown = left + entries.values().stream().filter(entry -> entry.messages < 0).count();
		return new Contents(journal.keep(separator), journal.keep(prefix), folders, unknown, used, limit, longer);
	}
}
