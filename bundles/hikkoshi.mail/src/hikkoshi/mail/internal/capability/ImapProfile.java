package hikkoshi.mail.internal.capability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hikkoshi.core.compare.Offer;
import hikkoshi.core.compare.Profile;
import hikkoshi.core.compare.Profile.Namespace;
import hikkoshi.core.compare.Profile.Quota;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.mail.internal.login.Dialogue;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// Looks at what an IMAP server shows of an account: capabilities behind the login, what it says of itself (RFC 2971), namespaces (RFC 2342), separators
/// and folders, special uses (RFC 6154), quota (RFC 9208), longest message (RFC 7889) and what can be enabled (RFC 5161). Opens no folder, reads no message
/// and changes nothing. What the server refuses is noted, and the rest is asked nevertheless. For one session.
public final class ImapProfile {
	/// Bytes of the list of all folders: some 50,000 of them.
	private static final int MOST_LIST = 8 * 1024 * 1024;
	/// Rows kept of any one answer, except for folders, which are counted only.
	private static final int MOST_ROWS = 50;
	/// What servers use as separators.
	private static final String SEPARATORS = "/.\\^|";
	/// Never those that change how names are said to us.
	private static final List<String> CAN_ENABLE = List.of("CONDSTORE", "QRESYNC", "METADATA", "METADATA-SERVER", "UIDONLY", "IMAP4REV2", "UTF8=ACCEPT");
	private static final List<String> SPECIAL_USES =
			List.of("\\all", "\\archive", "\\drafts", "\\flagged", "\\important", "\\junk", "\\sent", "\\trash", "\\memos", "\\scheduled", "\\snoozed");

	private final ImapDialogue session;
	private final Journal journal;
	private Optional<String> separator = Optional.empty();
	private final List<Namespace> namespaces = new ArrayList<>();
	private OptionalLong folders = OptionalLong.empty();
	private final SortedMap<String, String> specialUse = new TreeMap<>();
	private final SortedMap<String, Long> namesWith = new TreeMap<>();
	private final List<Quota> quotas = new ArrayList<>();
	private final SortedMap<String, String> id = new TreeMap<>();
	private final SortedSet<String> enabled = new TreeSet<>();
	private OptionalLong appendLimit = OptionalLong.empty();
	private final List<String> refused = new ArrayList<>();
	private long listed;

	private ImapProfile(ImapDialogue session, Journal journal) {
		this.session = session;
		this.journal = journal;
	}

	/// @see hikkoshi.mail.internal.login.LoginProbe.Look
	public static Reason look(Dialogue session, Journal journal, Consumer<Tree> learnt) throws Stop, IOException, InterruptedException {
		if (!(session instanceof ImapDialogue imap)) {
			throw new IllegalArgumentException("only IMAP shows folders");
		}
		ImapProfile profile = new ImapProfile(imap, journal);
		try {
			profile.read(learnt);
		} finally {
			learnt.accept(profile.known().tree());
		}
		return Reason.of(Outcomes.PROFILE_OK, profile.folders.isPresent() ? profile.folders.getAsLong() : "?", profile.separator.orElse("?"));
	}

	private void read(Consumer<Tree> learnt) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.CAPABILITIES);
		Offer offer = Offer.of(Protocol.IMAP, session.offerBehindLogin().stream().map(journal::keep).toList());
		learnt.accept(offer.tree(Offer.LOGIN));
		journal.value(String.join(" ", offer.features().keySet()));
		journal.begin(Phase.MAILBOX);
		if (offer.has("ID")) {
			ask("ID NIL", this::id, Wire.REPLY);
		}
		if (offer.has("NAMESPACE") || offer.has("IMAP4REV2")) {
			ask("NAMESPACE", this::namespace, Wire.REPLY);
		}
		ask("LIST \"\" \"\"", this::root, Wire.REPLY);
		// LIST names the special uses of its own accord on some servers, and on all that know both extensions when asked to
		boolean uses = offer.has("SPECIAL-USE") && offer.has("LIST-EXTENDED");
		if (ask(uses ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"", this::folder, MOST_LIST)) {
			folders = OptionalLong.of(listed);
		}
		if (offer.has("QUOTA") || offer.features().keySet().stream().anyMatch(name -> name.startsWith("QUOTA="))) {
			ask("GETQUOTAROOT INBOX", this::quota, Wire.REPLY);
		}
		if (offer.has("APPENDLIMIT")) {
			appendLimit = number(offer.features().getOrDefault("APPENDLIMIT", ""));
			if (appendLimit.isEmpty()) {
				ask("STATUS INBOX (APPENDLIMIT)", this::status, Wire.REPLY);
			}
		}
		String enable = CAN_ENABLE.stream().filter(offer::has).collect(Collectors.joining(" "));
		if (offer.has("ENABLE") && !enable.isEmpty()) {
			// last: it changes this session
			ask("ENABLE " + enable, this::enabled, Wire.REPLY);
		}
	}

	/// @return false when it was refused
	private boolean ask(String command, Consumer<List<ImapData>> data, int most) throws Stop, IOException, InterruptedException {
		Optional<String> no = session.ask(command, line -> data.accept(ImapData.parse(line)), most);
		no.ifPresent(_ -> refused.add(command));
		return no.isEmpty();
	}

	private static boolean says(List<ImapData> line, String word) {
		return !line.isEmpty() && line.getFirst().text().equalsIgnoreCase(word);
	}

	private static ImapData at(List<ImapData> line, int index) {
		return index < line.size() ? line.get(index) : new ImapData.Text("NIL", false);
	}

	private void id(List<ImapData> line) {
		if (says(line, "ID")) {
			List<ImapData> pairs = at(line, 1).list();
			for (int i = 0; i + 1 < pairs.size() && id.size() < MOST_ROWS; i += 2) {
				id.put(journal.keep(pairs.get(i).text()).toLowerCase(Locale.ROOT), journal.keep(pairs.get(i + 1).text()));
			}
		}
	}

	private void namespace(List<ImapData> line) {
		if (says(line, "NAMESPACE")) {
			spaces("personal", at(line, 1));
			spaces("others", at(line, 2));
			spaces("shared", at(line, 3));
		}
	}

	private void spaces(String kind, ImapData data) {
		for (ImapData space : data.list()) {
			List<ImapData> pair = space.list();
			if (!pair.isEmpty() && pair.getFirst() instanceof ImapData.Text && namespaces.size() < MOST_ROWS) {
				namespaces.add(new Namespace(kind, journal.keep(pair.getFirst().text()), journal.keep(at(pair, 1).text())));
			}
		}
	}

	private void root(List<ImapData> line) {
		if (says(line, "LIST")) {
			separator = Optional.of(journal.keep(at(line, 2).text()));
		}
	}

	private void folder(List<ImapData> line) {
		if (!says(line, "LIST")) {
			return;
		}
		List<String> attributes = at(line, 1).list().stream().map(attribute -> attribute.text().toLowerCase(Locale.ROOT)).toList();
		String levels = at(line, 2).text();
		String name = at(line, 3).text();
		if (attributes.contains("\\nonexistent")) {
			return;
		}
		listed++;
		for (String attribute : attributes) {
			if (SPECIAL_USES.contains(attribute)) {
				specialUse.putIfAbsent(attribute, journal.keep(name));
			}
		}
		for (int i = 0; i < SEPARATORS.length(); i++) {
			String character = SEPARATORS.substring(i, i + 1);
			if (!character.equals(levels) && name.contains(character)) {
				namesWith.merge(character, 1L, Long::sum);
			}
		}
	}

	private void quota(List<ImapData> line) {
		if (says(line, "QUOTA")) {
			String root = journal.keep(at(line, 1).text());
			List<ImapData> numbers = at(line, 2).list();
			for (int i = 0; i + 2 < numbers.size() && quotas.size() < MOST_ROWS; i += 3) {
				OptionalLong usage = number(numbers.get(i + 1).text());
				OptionalLong limit = number(numbers.get(i + 2).text());
				if (usage.isPresent() && limit.isPresent()) {
					quotas.add(new Quota(root, journal.keep(numbers.get(i).text()).toUpperCase(Locale.ROOT), usage.getAsLong(), limit.getAsLong()));
				}
			}
		}
	}

	private void status(List<ImapData> line) {
		List<ImapData> items = says(line, "STATUS") ? at(line, 2).list() : List.of();
		for (int i = 0; i + 1 < items.size(); i += 2) {
			if (items.get(i).text().equalsIgnoreCase("APPENDLIMIT")) {
				appendLimit = number(items.get(i + 1).text());
			}
		}
	}

	private void enabled(List<ImapData> line) {
		if (says(line, "ENABLED")) {
			Stream<String> names = line.stream().skip(1).limit(MOST_ROWS).map(ImapData::text);
			names.filter(name -> !name.isEmpty()).map(name -> journal.keep(name).toUpperCase(Locale.ROOT)).forEach(enabled::add);
		}
	}

	private static OptionalLong number(String text) {
		// 18 digits fit a long; RFC 9208 allows up to 63 bits
		return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
	}

	private Profile known() {
		return new Profile(separator, namespaces, folders, specialUse, namesWith, quotas, id, enabled, appendLimit,
				refused.stream().map(Words::clean).toList());
	}
}
