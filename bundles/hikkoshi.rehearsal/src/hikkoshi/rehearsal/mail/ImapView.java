package hikkoshi.rehearsal.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// A selected mailbox as its session knows it: sequence numbers stay put until the client was told of a change (RFC 3501, 7.4.1). One thread only.
final class ImapView {

	private final MailFolder folder;
	private final boolean readOnly;
	/// As last told, by sequence number less one.
	private final List<StoredMessage> known;

	ImapView(MailFolder folder, boolean readOnly) {
		this.folder = folder;
		this.readOnly = readOnly;
		known = new ArrayList<>(folder.messages());
	}

	MailFolder folder() {
		return folder;
	}

	boolean readOnly() {
		return readOnly;
	}

	List<StoredMessage> messages() {
		return List.copyOf(known);
	}

	private Map<Long, StoredMessage> present() {
		Map<Long, StoredMessage> present = new HashMap<>();
		folder.messages().forEach(message -> present.put(message.uid(), message));
		return present;
	}

	private boolean in(List<ImapCursor.Range> set, boolean uid, int index) {
		return ImapSearch.contains(set, uid ? known.get(index).uid() : index + 1, uid ? known.getLast().uid() : known.size());
	}

	/// The messages that a set names and that are still there, as they are now.
	List<StoredMessage> chosen(List<ImapCursor.Range> set, boolean uid) {
		Map<Long, StoredMessage> present = present();
		List<StoredMessage> chosen = new ArrayList<>();
		for (int i = 0; i < known.size(); i++) {
			StoredMessage now = in(set, uid, i) ? present.get(known.get(i).uid()) : null;
			if (now != null) {
				chosen.add(now);
			}
		}
		return chosen;
	}

	String search(ImapSearch.Condition condition, boolean uid) {
		Map<Long, StoredMessage> present = present();
		StringBuilder found = new StringBuilder();
		for (int i = 0; i < known.size(); i++) {
			StoredMessage now = present.get(known.get(i).uid());
			if (now != null && condition.test(i + 1, now, known.size(), known.getLast().uid())) {
				found.append(' ').append(uid ? now.uid() : i + 1);
			}
		}
		return found.toString();
	}

	void fetch(Wire wire, List<ImapCursor.Range> set, ImapFetch fetch, boolean uid) throws IOException {
		Map<Long, StoredMessage> present = present();
		for (int i = 0; i < known.size(); i++) {
			StoredMessage now = in(set, uid, i) ? present.get(known.get(i).uid()) : null;
			if (now == null) {
				continue;
			}
			boolean seen = fetch.marksSeen() && !readOnly && !now.has("\\Seen");
			if (seen) {
				now = folder.flag(now.uid(), ImapView::withSeen).orElse(now);
			}
			known.set(i, now);
			fetch.write(wire, i + 1, now, uid, seen);
		}
	}

	private static Set<String> withSeen(Set<String> flags) {
		Set<String> more = new TreeSet<>(flags);
		more.add("\\Seen");
		return more;
	}

	void store(Wire wire, List<ImapCursor.Range> set, boolean uid, boolean silent, UnaryOperator<Set<String>> change) throws IOException {
		for (int i = 0; i < known.size(); i++) {
			StoredMessage changed = in(set, uid, i) ? folder.flag(known.get(i).uid(), change).orElse(null) : null;
			if (changed != null) {
				known.set(i, changed);
				if (!silent) {
					flags(wire, i, changed, uid);
				}
			}
		}
	}

	private static void flags(Wire wire, int index, StoredMessage message, boolean uid) throws IOException {
		wire.line("* " + (index + 1) + " FETCH (" + (uid ? "UID " + message.uid() + " " : "") + ImapFetch.flags(message) + ")");
	}

	/// Tells the client what has changed since it was last told.
	void tell(Wire wire, boolean expunges) throws IOException {
		Map<Long, StoredMessage> present = present();
		for (int i = known.size() - 1; expunges && i >= 0; i--) {
			if (!present.containsKey(known.get(i).uid())) {
				known.remove(i);
				wire.line("* " + (i + 1) + " EXPUNGE");
			}
		}
		for (int i = 0; i < known.size(); i++) {
			StoredMessage now = present.get(known.get(i).uid());
			if (now != null && !now.flags().equals(known.get(i).flags())) {
				known.set(i, now);
				flags(wire, i, now, false);
			}
		}
		long last = known.isEmpty() ? 0 : known.getLast().uid();
		List<StoredMessage> fresh = folder.messages().stream().filter(message -> message.uid() > last).toList();
		if (!fresh.isEmpty()) {
			known.addAll(fresh);
			wire.line("* " + known.size() + " EXISTS");
		}
	}
}
