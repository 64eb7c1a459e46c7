package hikkoshi.mail.internal.arrival;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Kept;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.wire.Buffers;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Words;

import org.jspecify.annotations.Nullable;

/// The IMAP sessions that a watch leaves open between its looks: one an account, at each server at most `kept-connections` of the policy, in all at most what
/// file descriptors allow. Where there is room for fewer than there are mailboxes, those are kept that will be looked into the soonest: each is expected to be
/// quiet for as long as it was before.
///
/// A session is not trusted for longer than [#LONGEST], since a server may end one that says nothing for half an hour (RFC 9051, 5.4). One that is found to
/// be half open (no answer, e.g. since the machine slept or a NAT forgot) speaks for all that have slept at that server since before. A server that wants less
/// gets half as many, and no more of them for an hour.
///
/// Holds no password. Safe for several threads.
final class KeptSessions implements AutoCloseable {
	/// RFC 2177 names 29 minutes for the same reason.
	static final Duration LONGEST = Duration.ofMinutes(29);
	/// How long a mailbox that was looked into once is expected to be left alone.
	private static final Duration UNKNOWN = Duration.ofHours(1);
	private static final Duration CALM = Duration.ofHours(1);
	/// Lists of capabilities: servers have one each.
	private static final int MOST_LISTS = 64;
	/// What a server says or does that has no room.
	private static final Set<String> NO_ROOM = Set.of(Reasons.THROTTLED, Reasons.SERVER_BUSY, Reasons.CLOSED, Reasons.RESET, Reasons.REFUSED);

	private final int perServer;
	private final int inAll;
	private final Buffers buffers = new Buffers();
	/// Nobody writes in it while all sleep.
	private final Journal resting = new Journal(new Words());
	private final Map<String, Place> places = new HashMap<>();
	private final Map<Set<String>, Set<String>> lists = new HashMap<>();
	private int held;
	private boolean closed;

	private record Key() {}

	private record Sleeper(Target.Id id, ImapDialogue session, Instant since, Instant due) {}

	/// What there is of one server.
	private static final class Place {
		private final Map<Target.Id, Sleeper> byAccount = new HashMap<>();
		/// When each account was looked into that has no session: of a few hundred bytes each, for accounts that the project has.
		private final Map<Target.Id, Instant> looked = new HashMap<>();
		private int awake;
		private int most;
		private Instant trouble = Instant.MIN;
		private Instant suspect = Instant.MIN;

		private Place(int most) {
			this.most = most;
		}

		private int size() {
			return awake + byAccount.size();
		}

		/// The one that will be needed the latest. Looked for only where there is no room, which is where there are few or few want in.
		private @Nullable Sleeper last() {
			Sleeper last = null;
			for (Sleeper sleeper : byAccount.values()) {
				last = last == null || sleeper.due().isAfter(last.due()) ? sleeper : last;
			}
			return last;
		}
	}

	/// @param perServer see [hikkoshi.core.model.Policy#keptConnections]
	KeptSessions(int perServer, int inAll) {
		this.perServer = perServer;
		this.inAll = inAll;
	}

	/// Those that outlive this run; empty when nothing does.
	static Optional<KeptSessions> of(ProbeContext context) throws IOException, InterruptedException {
		return Kept.isOpen(context.memo())
				? Optional.of(Kept.once(context.memo(), new Key(), KeptSessions.class, () -> new KeptSessions(context.policy().keptConnections(), Descriptors.spare())))
				: Optional.empty();
	}

	/// A session that is in use again. Unless it is kept or lost it is closed.
	final class Taken implements AutoCloseable {
		private final Account account;
		private final Target.Id id;
		private final ImapDialogue session;
		private final Instant before;
		private final Instant began;
		private boolean isDone;

		private Taken(Account account, Sleeper sleeper, Instant began) {
			this.account = account;
			id = sleeper.id();
			session = sleeper.session();
			before = sleeper.since();
			this.began = began;
		}

		Target.Id id() {
			return id;
		}

		ImapDialogue wake(ProbeContext context, Journal lines) throws IOException, InterruptedException {
			session.wake(context, lines, buffers);
			return session;
		}

		/// It did well.
		void keep(Instant now) {
			session.share(KeptSessions.this::shared);
			session.sleep(resting, buffers);
			boolean stays;
			synchronized (KeptSessions.this) {
				release();
				stays = !closed && place(account).size() < place(account).most;
				if (stays) {
					add(account, new Sleeper(id, session, now, now.plus(pause(before, now))));
				}
			}
			if (!stays) {
				session.dismiss(buffers);
			}
		}

		/// It did not answer as it should.
		void lost(Reason why) {
			close();
			noteLost(account, why, began);
		}

		private void release() {
			synchronized (KeptSessions.this) {
				place(account).awake--;
				held--;
				isDone = true;
			}
		}

		@Override
		public void close() {
			if (!isDone) {
				release();
				session.drop();
			}
		}
	}

	/// The account's own session, when there is one that may still stand.
	Optional<Taken> take(Account account, Target.Id id, Instant now) {
		Sleeper sleeper;
		boolean stale;
		synchronized (this) {
			Place place = place(account);
			sleeper = place.byAccount.remove(id);
			if (sleeper == null) {
				return Optional.empty();
			}
			stale = Duration.between(sleeper.since(), now).compareTo(LONGEST) >= 0 || sleeper.since().isBefore(place.suspect);
			if (stale) {
				held--;
			} else {
				place.awake++;
			}
		}
		if (stale) {
			sleeper.session().drop();
			return Optional.empty();
		}
		return Optional.of(new Taken(account, sleeper, now));
	}

	/// Keeps a session that nobody uses now.
	///
	/// @return whether there was room for it; else it is still the caller's
	boolean keep(Account account, Target.Id id, ImapDialogue session, Instant now) {
		Sleeper given = null;
		synchronized (this) {
			Place place = place(account);
			Duration pause = pause(place.looked.put(id, now), now);
			if (closed || place.most == 0 || place.byAccount.containsKey(id)) {
				return false;
			}
			Instant due = now.plus(pause);
			if (place.size() >= place.most || held >= inAll) {
				given = place.last();
				// a quarter's difference, or two would push each other out for ever
				if (given == null || !due.plus(pause.dividedBy(4)).isBefore(given.due())) {
					return false;
				}
				place.byAccount.remove(given.id());
				place.looked.put(given.id(), given.since());
				held--;
			}
			session.share(this::shared);
			session.sleep(resting, buffers);
			add(account, new Sleeper(id, session, now, due));
			place.looked.remove(id);
		}
		if (given != null) {
			given.session().dismiss(buffers);
		}
		return true;
	}

	/// How long it will be until the next look, as it was from the last to this one.
	private static Duration pause(@Nullable Instant before, Instant now) {
		return before == null || before.isAfter(now) ? UNKNOWN : Duration.between(before, now);
	}

	private synchronized void add(Account account, Sleeper sleeper) {
		place(account).byAccount.put(sleeper.id(), sleeper);
		held++;
	}

	/// What came of a new login, which may say that the server has no room.
	void heard(Account account, Reason reason, Instant now) {
		List<Sleeper> given = new ArrayList<>();
		synchronized (this) {
			Place place = place(account);
			if (NO_ROOM.contains(reason.id()) && place.size() > 0) {
				place.most = place.size() / 2;
				place.trouble = now;
				for (Sleeper last = place.last(); last != null && place.size() > place.most; last = place.last()) {
					place.byAccount.remove(last.id());
					given.add(last);
					held--;
				}
			} else if (place.most < perServer && !NO_ROOM.contains(reason.id()) && !place.trouble.plus(CALM).isAfter(now)) {
				place.most = Math.min(perServer, Math.max(1, 2 * place.most));
				place.trouble = now;
			}
		}
		given.forEach(sleeper -> sleeper.session().dismiss(buffers));
	}

	private synchronized void noteLost(Account account, Reason why, Instant began) {
		if (Set.of(Reasons.READ_TIMEOUT, Reasons.TOO_SLOW).contains(why.id())) {
			Place place = place(account);
			place.suspect = place.suspect.isBefore(began) ? began : place.suspect;
		}
	}

	/// How many there are.
	synchronized int size() {
		return held;
	}

	private Place place(Account account) {
		return places.computeIfAbsent(account.server().key(), _ -> new Place(perServer));
	}

	private synchronized Set<String> shared(Set<String> list) {
		Set<String> known = lists.get(list);
		if (known != null) {
			return known;
		}
		return lists.size() < MOST_LISTS ? lists.computeIfAbsent(list, same -> same) : lists.getOrDefault(list, list);
	}

	@Override
	public void close() {
		List<Sleeper> all;
		synchronized (this) {
			closed = true;
			all = places.values().stream().flatMap(place -> place.byAccount.values().stream()).toList();
			held -= all.size();
			places.clear();
		}
		all.forEach(sleeper -> sleeper.session().dismiss(buffers));
	}
}
