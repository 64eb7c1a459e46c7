package hikkoshi.rehearsal.mail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// All folders of one account, in memory. Safe for use by several threads.
///
/// Names are kept as they stand on the wire (modified UTF-7, RFC 3501, 5.1.3). INBOX always exists, in any spelling.
public final class MailStore {

	static final String INBOX = "INBOX";
	private static final int MOST_FOLDERS = 10_000;

	private final LongSupplier uidValidities;
	private final Map<String, MailFolder> folders = new TreeMap<>();
	/// POP3 locks a maildrop for one session at a time (RFC 1939, 4).
	private final AtomicBoolean locked = new AtomicBoolean();

	MailStore(LongSupplier uidValidities) {
		this.uidValidities = uidValidities;
		folders.put(INBOX, new MailFolder(uidValidities.getAsLong()));
	}

	public MailFolder inbox() {
		return folder(INBOX).orElseThrow();
	}

	public synchronized Optional<MailFolder> folder(String name) {
		return Optional.ofNullable(folders.get(canonical(name)));
	}

	public synchronized List<String> names() {
		return List.copyOf(folders.keySet());
	}

	/// Makes a folder; false if it exists already or there are too many.
	public synchronized boolean create(String name) {
		if (folders.size() >= MOST_FOLDERS || folders.containsKey(canonical(name))) {
			return false;
		}
		folders.put(canonical(name), new MailFolder(uidValidities.getAsLong()));
		return true;
	}

	/// Removes a folder and what it holds; false if there is none, or it is INBOX.
	public synchronized boolean delete(String name) {
		MailFolder folder = canonical(name).equals(INBOX) ? null : folders.remove(canonical(name));
		if (folder == null) {
			return false;
		}
		folder.clear();
		return true;
	}

	/// Renames a folder and those below it; false if the old is missing or INBOX, or a new one exists.
	synchronized boolean rename(String from, String to, char separator) {
		String old = canonical(from);
		String fresh = canonical(to);
		if (old.equals(INBOX) || !folders.containsKey(old) || folders.containsKey(fresh) || fresh.startsWith(old + separator)) {
			return false;
		}
		Map<String, MailFolder> moved = new TreeMap<>();
		folders.forEach((name, folder) -> {
			if (name.equals(old) || name.startsWith(old + separator)) {
				moved.put(name, folder);
			}
		});
		if (moved.keySet().stream().anyMatch(name -> folders.containsKey(fresh + name.substring(old.length())))) {
			return false;
		}
		folders.keySet().removeAll(moved.keySet());
		moved.forEach((name, folder) -> folders.put(fresh + name.substring(old.length()), folder));
		return true;
	}

	boolean lock() {
		return locked.compareAndSet(false, true);
	}

	void unlock() {
		locked.set(false);
	}

	static String canonical(String name) {
		return name.toUpperCase(Locale.ROOT).equals(INBOX) ? INBOX : name;
	}
}
