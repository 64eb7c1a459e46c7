package hikkoshi.mail.internal.arrival;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.model.Account;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.login.Pop3Dialogue;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;

/// One look over POP3. A quiet maildrop costs one command, `STAT`; else `UIDL` and `TOP n 0` for each new message, never `RETR` or `DELE`. What a client
/// fetched and deleted between two looks leaves no trace in POP3. For one session.
final class Pop3Look {
	/// Messages that one look reads.
	static final int MOST = 250;
	/// The newest messages that are read anew when the old unique ids mean nothing any more.
	static final int ANEW = 100;
	/// 100,000 messages with the longest unique ids (RFC 1939: 70 characters).
	private static final int MOST_UIDL = 8 * 1024 * 1024;
	private static final int MOST_HEADER = 1024 * 1024;
	private static final int KEPT_HEADER = 100 * 1024;
	private static final int DIGEST = 8;

	private final Pop3Dialogue session;
	private final Journal journal;
	private final Account account;
	private final Optional<Mark.Pop3> before;
	private final Harvest harvest;

	Pop3Look(Pop3Dialogue session, Journal journal, Account account, List<Mark> before, Harvest harvest) {
		this.session = session;
		this.journal = journal;
		this.account = account;
		this.before = before.stream().filter(Mark.Pop3.class::isInstance).map(Mark.Pop3.class::cast).findFirst();
		this.harvest = harvest;
	}

	/// @param number of the message in this session
	/// @param place in the list, from 1; a server that counts right has the same there
	/// @param digest of its unique id
	private record Item(int number, int place, String uid, String digest) {}

	void look() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.MAILBOX);
		Pop3Dialogue.Status stat = session.ask("STAT");
		if (!stat.ok()) {
			throw refused("STAT", stat);
		}
		long[] said = numbers(stat.words());
		if (before.isPresent() && before.get().messages() == said[0] && before.get().octets() == said[1]) {
			harvest.reached(before.get());
			return;
		}
		List<Item> all = said[0] == 0 ? List.of() : list();
		if (before.isEmpty()) {
			harvest.reached(mark(all, all.size(), said[1]));
			harvest.began(all.size());
			return;
		}
		news(before.get(), all, said[1]);
	}

	private void news(Mark.Pop3 mark, List<Item> all, long octets) throws Stop, IOException, InterruptedException {
		Set<String> known = new HashSet<>(mark.tail());
		boolean knowsAll = mark.messages() <= mark.tail().size();
		int last = -1;
		int first = all.size();
		for (int i = 0; i < all.size(); i++) {
			if (known.contains(all.get(i).digest())) {
				last = i;
				first = Math.min(first, i);
			}
		}
		// where not even one is known any more, the ones that are there may be old or new
		boolean lost = last < 0 && !knowsAll && !all.isEmpty();
		int from = lost ? Math.max(0, all.size() - ANEW) : knowsAll ? 0 : first;
		List<Item> fresh = new ArrayList<>();
		for (int i = from; i < all.size(); i++) {
			if (!known.contains(all.get(i).digest())) {
				fresh.add(all.get(i));
			}
		}
		int read = 0;
		for (Item item : fresh.subList(0, Math.min(MOST, fresh.size()))) {
			read++;
			boolean whole = read == fresh.size();
			boolean fits = fetch(item);
			harvest.reached(mark(all, whole ? all.size() : item.place(), whole ? octets : 0));
			if (!fits) {
				// the rest of its header is still on the wire: nothing more can be asked in this session
				throw new Stop(Reasons.OVERSIZED, Phase.MAILBOX.token(), MOST_HEADER);
			}
		}
		if (fresh.isEmpty()) {
			harvest.reached(mark(all, all.size(), octets));
		}
		if (lost) {
			harvest.hole(Mark.Pop3.INBOX, "uidl", read);
		}
		if (read < fresh.size()) {
			harvest.more();
		}
	}

	/// @param upTo how many messages, from the first, are known by now
	private static Mark.Pop3 mark(List<Item> all, int upTo, long octets) {
		return new Mark.Pop3(upTo, octets, all.subList(Math.max(0, upTo - Mark.Pop3.TAIL), upTo).stream().map(Item::digest).toList());
	}

	private List<Item> list() throws Stop, IOException, InterruptedException {
		SortedMap<Integer, String> uids = new TreeMap<>();
		Pop3Dialogue.Status answer = session.askLines("UIDL", line -> {
			String[] words = line.strip().split(" +", 2);
			if (words.length == 2 && words[0].matches("[0-9]{1,7}")) {
				uids.putIfAbsent(Integer.parseInt(words[0]), words[1]);
			}
		}, MOST_UIDL);
		if (!answer.ok()) {
			String words = journal.keep(answer.words());
			throw new Stop(Pop3Dialogue.kindOfRefusal(answer).orElse(ArrivalReasons.NO_UIDL), words);
		}
		List<Item> items = new ArrayList<>();
		uids.forEach((number, uid) -> items.add(new Item(number, items.size() + 1, uid, digest(uid))));
		return items;
	}

	/// @return false when its header is longer than any that is read
	private boolean fetch(Item item) throws Stop, IOException, InterruptedException {
		StringBuilder header = new StringBuilder();
		try {
			Pop3Dialogue.Status answer = session.askLines("TOP " + item.number() + " 0", line -> {
				if (header.length() < KEPT_HEADER) {
					header.append(line).append('\n');
				}
			}, MOST_HEADER);
			if (!answer.ok()) {
				Optional<String> kind = Pop3Dialogue.kindOfRefusal(answer);
				if (kind.isPresent()) {
					throw new Stop(kind.get(), journal.keep(answer.words()));
				}
				harvest.found(Arrival.unreadable(Mark.Pop3.INBOX, item.uid(), journal::keep));
				return true;
			}
		} catch (Stop stop) {
			if (!stop.reason().id().equals(Reasons.OVERSIZED)) {
				throw stop;
			}
			harvest.found(Arrival.unreadable(Mark.Pop3.INBOX, item.uid(), journal::keep));
			return false;
		}
		harvest.found(Arrival.of(account.server(), Mark.Pop3.INBOX, item.uid(), null, -1, header.toString(), journal::keep));
		return true;
	}

	private long[] numbers(String words) throws Stop {
		String[] numbers = words.split(" ");
		if (numbers.length < 2 || !numbers[0].matches("[0-9]{1,9}") || !numbers[1].matches("[0-9]{1,18}")) {
			throw new Stop(Reasons.PROTOCOL_ERROR, Phase.MAILBOX.token(), journal.keep(words));
		}
		return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])};
	}

	private Stop refused(String command, Pop3Dialogue.Status answer) {
		String words = journal.keep(answer.words());
		return Pop3Dialogue.kindOfRefusal(answer).map(kind -> new Stop(kind, words)).orElseGet(() -> new Stop(LookReasons.REFUSED, command, words));
	}

	static String digest(String uid) {
		try {
			byte[] whole = MessageDigest.getInstance("SHA-256").digest(uid.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, DIGEST));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}
}
