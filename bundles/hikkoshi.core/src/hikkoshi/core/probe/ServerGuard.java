package hikkoshi.core.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Server;

/// Keeps a run from overloading one server or locking accounts on it: so many connections at a time, so many new ones a second, and an end
/// to logins after so many refused passwords. One per server and run.
///
/// A run takes a place for every login and every look at a door by itself. A probe that shares its connections among many targets (an SMTP session
/// in which thousands of addresses are asked for) takes a place for each *connection*, by [#connect] and [#disconnect].
///
/// The lockout bound is strict: a login is started only while even the failure of every login under way would stay within it. A second
/// bound is per account: a password that a server has refused is not offered to that server's other doors again, since a user would be
/// locked out by one wrong cell in a spreadsheet. Connections without a login count for neither.
///
/// A master's password opens every mailbox, and a wrong one would be refused at every mailbox. Until the master has been let in once, its
/// logins end after [#MASTER_REFUSALS], those under way counted as refused: not after the first, since that mailbox may simply not exist. Once
/// it has been let in, a refusal speaks of the mailbox.
///
/// What a server says of one mailbox only (`[INUSE]`, `[IN-USE]`, `[LOGIN-DELAY]`) rests that mailbox alone: its next login waits, twice as long after each such
/// answer and up to [#LONGEST_REST], and takes no place from others meanwhile.
///
/// A server that says it has no room (`[LIMIT]`, `[UNAVAILABLE]`, `[SYS/TEMP]`, 421, 454) is given time: the next connection waits, twice as long after each such
/// answer and up to [#LONGEST_REST], and half as many may be open; each success gives one of them back.
///
/// Safe for several threads; waiting honours interrupts.
public final class ServerGuard {
	private static final int REFUSALS_PER_ACCOUNT = 1;
	private static final int MASTER_REFUSALS = 2;
	/// How long a server is left alone after its first "not now".
	static final Duration FIRST_REST = Duration.ofMillis(500);
	/// How long it is left alone at most.
	static final Duration LONGEST_REST = Duration.ofSeconds(30);

	private final String server;
	private final Policy policy;
	private final Map<String, Integer> refusals = new HashMap<>();
	private final Map<String, Rest> resting = new HashMap<>();
	private final Map<String, Integer> underWay = new HashMap<>();
	private boolean masterWasLetIn;
	private int mastersUnderWay;
	private int masterRefusals;
	private int connections;
	private int logins;
	private int failures;
	private long nextStart = System.nanoTime();
	private int places;
	private int rests;

	private record Key(String server) {}

	/// Of one mailbox.
	///
	/// @param until in nanoseconds of [System#nanoTime]
	/// @param times in a row
	private record Rest(long until, int times) {}

	private ServerGuard(String server, Policy policy) {
		this.server = server;
		this.policy = policy;
		places = policy.connectionsPerServer();
	}

	/// The one guard of a server in this run.
	public static ServerGuard of(Server server, ProbeContext context) throws IOException, InterruptedException {
		return context.memo().once(new Key(server.key()), ServerGuard.class, () -> new ServerGuard(server.key(), context.policy()));
	}

	/// Waits for a place for a connection that logs in to nothing; [#disconnect] must follow.
	public void connect() throws InterruptedException {
		synchronized (this) {
			while (connections >= places) {
				wait();
			}
			connections++;
		}
		try {
			pace();
		} catch (InterruptedException e) {
			disconnect();
			throw e;
		}
	}

	public synchronized void disconnect() {
		connections--;
		notifyAll();
	}

	/// A login, or what comes of it.
	@FunctionalInterface
	public interface Login<V> {
		V go() throws IOException, InterruptedException;
	}

	/// Logs in within the guard's bounds; the calling thread waits for its place.
	///
	/// @param said what a result means: the id of its reason, and whether it let us in
	/// @param shut what to return when the login must not be tried
	public <V> V login(Account account, Login<V> login, Function<V, Said> said, Function<Reason, V> shut) throws IOException, InterruptedException {
		Optional<Reason> why = enter(account);
		if (why.isPresent()) {
			return shut.apply(why.get());
		}
		Answer answer = Answer.NO_REFUSAL;
		try {
			V result = login.go();
			answer = Answer.of(said.apply(result));
			return result;
		} finally {
			leave(account, answer);
		}
	}

	/// What came of a login.
	///
	/// @param reason its id
	public record Said(String reason, boolean letIn) {}

	/// The server has said "not now" to a connection without a login.
	public synchronized void notNow() {
		places = Math.max(1, places / 2);
		nextStart = Math.max(nextStart, System.nanoTime() + rest(rests));
		rests++;
	}

	private static long rest(int before) {
		return Math.min(LONGEST_REST.toNanos(), FIRST_REST.toNanos() << Math.min(before, 10));
	}

	/// How long a login to that account would wait now because of what the server has said; zero when it would not.
	public synchronized Duration rest(Account account) {
		return Duration.ofNanos(Math.max(0, Math.max(nextStart - System.nanoTime(), left(account))));
	}

	private long left(Account account) {
		Rest rest = resting.get(account.user());
		return rest == null ? 0 : Math.max(0, rest.until() - System.nanoTime());
	}

	private void served() {
		rests = 0;
		places = Math.min(policy.connectionsPerServer(), places + 1);
	}

	/// Waits for a place for a login.
	///
	/// @return why the login must not be tried, or empty: then [#leave] must follow
	Optional<Reason> enter(Account account) throws InterruptedException {
		synchronized (this) {
			while (true) {
				if (failures >= policy.lockoutAfter()) {
					return Optional.of(Reason.of(Reasons.LOCKOUT_GUARD, server, failures));
				}
				if (refusals.getOrDefault(account.user(), 0) >= REFUSALS_PER_ACCOUNT) {
					return Optional.of(Reason.of(Reasons.ACCOUNT_GUARD, account.user(), server));
				}
				if (master(account) && !masterWasLetIn && masterRefusals >= MASTER_REFUSALS) {
					return Optional.of(Reason.of(Reasons.MASTER_GUARD, account.server().authentication().secretUser(account.user()), server,
							masterRefusals));
				}
				long left = left(account);
				if (left > 0) {
					TimeUnit.NANOSECONDS.timedWait(this, left);
					continue;
				}
				if (masterMayTry(account) && connections < places && failures + logins < policy.lockoutAfter()
						&& underWay.getOrDefault(account.user(), 0) < REFUSALS_PER_ACCOUNT) {
					break;
				}
				wait();
			}
			connections++;
			logins++;
			mastersUnderWay += master(account) ? 1 : 0;
			underWay.merge(account.user(), 1, Integer::sum);
		}
		try {
			pace();
		} catch (InterruptedException e) {
			leave(account, Answer.NO_REFUSAL);
			throw e;
		}
		return Optional.empty();
	}

	/// What a login's end means for those that wait.
	enum Answer {
		NO_REFUSAL,
		/// The server has let us in.
		ACCEPTED,
		/// The server asks for less: another login there would make it worse, whoever logs in.
		THROTTLED,
		/// The server cannot do it now, whoever asks.
		BUSY,
		/// The server cannot do it now for this mailbox.
		MAILBOX_BUSY,
		/// The account's password was refused, or the account is locked: not again in this run.
		REFUSED;

		static Answer of(Said said) {
			return switch (said.reason()) {
				case Reasons.BAD_CREDENTIALS, Reasons.BAD_TOKEN, Reasons.ACCOUNT_LOCKED -> REFUSED;
				case Reasons.THROTTLED -> THROTTLED;
				case Reasons.SERVER_BUSY -> BUSY;
				case Reasons.MAILBOX_BUSY -> MAILBOX_BUSY;
				default -> said.letIn() ? ACCEPTED : NO_REFUSAL;
			};
		}
	}

	synchronized void leave(Account account, Answer answer) {
		connections--;
		logins--;
		underWay.merge(account.user(), -1, Integer::sum);
		if (master(account)) {
			mastersUnderWay--;
			masterWasLetIn |= answer == Answer.ACCEPTED;
			masterRefusals += answer == Answer.REFUSED && !masterWasLetIn ? 1 : 0;
		}
		switch (answer) {
			case NO_REFUSAL -> {}
			case ACCEPTED -> {
				resting.remove(account.user());
				served();
			}
			case MAILBOX_BUSY -> resting.compute(account.user(), (_, before) -> {
				int times = before == null ? 0 : before.times();
				return new Rest(System.nanoTime() + rest(times), times + 1);
			});
			case BUSY -> notNow();
			case THROTTLED -> {
				failures++;
				notNow();
			}
			case REFUSED -> {
				failures++;
				refusals.merge(account.user(), 1, Integer::sum);
			}
		}
		notifyAll();
	}

	private boolean masterMayTry(Account account) {
		return !master(account) || masterWasLetIn || masterRefusals + mastersUnderWay < MASTER_REFUSALS;
	}

	private static boolean master(Account account) {
		return account.server().authentication() instanceof MasterUser;
	}

	/// Monotonic time, not the migration's clock: this is about load, not about evidence.
	private void pace() throws InterruptedException {
		long wait;
		synchronized (this) {
			long now = System.nanoTime();
			long start = Math.max(now, nextStart);
			nextStart = start + (policy.loginsPerSecond() <= 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / policy.loginsPerSecond());
			wait = start - now;
		}
		if (wait > 0) {
			TimeUnit.NANOSECONDS.sleep(wait);
		}
	}
}
