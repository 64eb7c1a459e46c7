package hikkoshi.rehearsal.mail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// One folder in memory. Safe for use by several threads: `messages` is a snapshot.
public final class MailFolder {

	private final long uidValidity;
	private long uidNext = 1;
	private List<StoredMessage> messages = List.of();

	MailFolder(long uidValidity) {
		this.uidValidity = uidValidity;
	}

	public long uidValidity() {
		return uidValidity;
	}

	public synchronized long uidNext() {
		return uidNext;
	}

	/// What the folder holds now, by rising uid.
	public synchronized List<StoredMessage> messages() {
		return messages;
	}

	public synchronized StoredMessage append(byte[] bytes, Instant received, Set<String> flags) {
		StoredMessage added = new StoredMessage(uidNext++, received, flags, bytes.clone());
		List<StoredMessage> longer = new ArrayList<>(messages.size() + 1);
		longer.addAll(messages);
		longer.add(added);
		messages = List.copyOf(longer);
		return added;
	}

	/// Changes the flags of one message; empty if it is gone.
	synchronized Optional<StoredMessage> flag(long uid, UnaryOperator<Set<String>> change) {
		List<StoredMessage> copy = new ArrayList<>(messages);
		for (int i = 0; i < copy.size(); i++) {
			StoredMessage old = copy.get(i);
			if (old.uid() == uid) {
				StoredMessage changed = old.withFlags(change.apply(old.flags()));
				copy.set(i, changed);
				messages = List.copyOf(copy);
				return Optional.of(changed);
			}
		}
		return Optional.empty();
	}

	/// Removes these messages for good; uids that are gone already do not matter.
	public synchronized void remove(Collection<Long> uids) {
		Set<Long> doomed = Set.copyOf(uids);
		messages = messages.stream().filter(message -> !doomed.contains(message.uid())).toList();
	}

	/// Forgets everything: the folder was deleted, and whoever has it selected will see its messages go.
	synchronized void clear() {
		messages = List.of();
	}
}
