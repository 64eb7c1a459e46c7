package hikkoshi.mail.internal.recipient;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;

/// A task's turn at a door: keeps its session from the random address to its own, if it asks for both. Never waits for anything while it holds one.
/// For one thread; close it.
final class Turn implements AutoCloseable {
	private static final int ATTEMPTS = 3;
	/// How a random address begins: an administrator who reads the log should see whose it is.
	static final String CHECK = "hikkoshi-check-";
	private static final Duration PAUSE = Duration.ofMillis(500);

	private final DoorSessions sessions;
	private final Target.Id door;
	private final RunMemo memo;
	private final Journal journal;
	private @Nullable Session mine;

	private record ControlKey(Target.Id door, DomainName domain) {}

	/// The answer to an address that nobody has.
	record Control(EmailAddress address, Answer answer) {}

	/// Carries a [Stop] past the memo: who waited for the answer hears why there is none.
	static final class Unanswered extends IOException {
		private static final long serialVersionUID = 1L;

		private final transient Reason reason;

		Unanswered(Reason reason) {
			super(reason.id());
			this.reason = reason;
		}

		Reason reason() {
			return reason;
		}
	}

	Turn(DoorSessions sessions, Target.Id door, RunMemo memo, Journal journal) {
		this.sessions = sessions;
		this.door = door;
		this.memo = memo;
		this.journal = journal;
	}

	/// Asks for a random address of the domain, once per run.
	Control control(DomainName domain) throws Stop, IOException, InterruptedException {
		try {
			return memo.once(new ControlKey(door, domain), Control.class, () -> {
				EmailAddress random = new EmailAddress(CHECK + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36), domain);
				try {
					return new Control(random, ask(random));
				} catch (Stop stop) {
					throw new Unanswered(stop.reason());
				}
			});
		} catch (Unanswered e) {
			throw new Stop(e.reason());
		} catch (IOException e) {
			if (e.getCause() instanceof Unanswered asker) {
				throw new Stop(asker.reason());
			}
			throw e;
		}
	}

	/// Asks for an address, in another session where the server has enough of one.
	///
	/// @throws Stop when there is no answer to be had
	Answer ask(EmailAddress address) throws Stop, IOException, InterruptedException {
		for (int attempt = 1;; attempt++) {
			Session session;
			try {
				session = session();
			} catch (Stop stop) {
				if (attempt == ATTEMPTS || !isPassing(stop)) {
					throw stop;
				}
				pause(attempt);
				continue;
			}
			int before = session.answered();
			Answer answer;
			try {
				answer = session.ask(address, journal);
			} catch (Stop stop) {
				sessions.ended(session, before, stop.reason());
				if (attempt == ATTEMPTS || before == 0 && !isPassing(stop)) {
					throw stop;
				}
				pauseUnlessServed(before, attempt);
				continue;
			} catch (IOException | InterruptedException | RuntimeException e) {
				sessions.drop(session);
				throw e;
			}
			if (answer.verdict() != Verdict.ENOUGH) {
				sessions.answered();
				mine = session;
				return answer;
			}
			sessions.ended(session, before, Reason.of(Reasons.THROTTLED, answer.words()));
			if (attempt == ATTEMPTS) {
				return answer;
			}
			pauseUnlessServed(before, attempt);
		}
	}

	private Session session() throws Stop, IOException, InterruptedException {
		Session held = mine;
		mine = null;
		if (held == null) {
			return sessions.take(journal);
		}
		if (held.goesOn(sessions.limit())) {
			return held;
		}
		sessions.part(held);
		return sessions.take(journal);
	}

	@Override
	public void close() throws InterruptedException {
		Session held = mine;
		mine = null;
		if (held != null) {
			sessions.giveBack(held);
		}
	}

	/// A server that has served a session for a while will take the next one; one that has not is given time.
	private static void pauseUnlessServed(int before, int attempt) throws InterruptedException {
		if (before == 0) {
			pause(attempt);
		}
	}

	/// Whether it may work the next moment.
	private static boolean isPassing(Stop stop) {
		return switch (stop.reason().id()) {
			case Reasons.THROTTLED, Reasons.SERVER_BUSY, Reasons.CLOSED, Reasons.RESET -> true;
			default -> false;
		};
	}

	private static void pause(int attempt) throws InterruptedException {
		Thread.sleep(PAUSE.multipliedBy(1L << attempt));
	}
}
