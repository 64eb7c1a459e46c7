package hikkoshi.mail.internal.recipient;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.ServerGuard;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Words;

import org.jspecify.annotations.Nullable;

/// The SMTP sessions of a run at one door, shared by all addresses that are asked for there: a connection for each would take a server's patience and
/// an hour for what takes a minute. Every connection has its place from [ServerGuard]; one that nobody waits for is closed at once, so that others get
/// the place.
///
/// A session that the server ends is replaced, and the next ones ask for fewer addresses than it had allowed. A door that fails
/// [#MOST_FAILURES] times without one answer in between is left alone for the rest of the run. Safe for several threads.
final class DoorSessions implements AutoCloseable {
	private static final int MOST_FAILURES = 3;

	private final Door door;
	private final ProbeContext context;
	private final ServerGuard guard;
	private final Deque<Session> idle = new ArrayDeque<>();
	private final Set<Session> open = new HashSet<>();
	private int places;
	private int taken;
	private int waiting;
	/// How many addresses a session may ask for, as the server has shown.
	private int limit = Integer.MAX_VALUE;
	private int failures;
	private @Nullable Reason shut;

	private record Key(Target.Id door) {}

	private DoorSessions(Door door, ProbeContext context, ServerGuard guard) {
		this.door = door;
		this.context = context;
		this.guard = guard;
		places = context.policy().connectionsPerServer();
	}

	static DoorSessions of(Door door, ProbeContext context) throws IOException, InterruptedException {
		ServerGuard guard = ServerGuard.of(door.server(), context);
		return context.memo().once(new Key(door.id()), DoorSessions.class, () -> new DoorSessions(door, context, guard));
	}

	/// A task's turn at the door: keeps its session from the random address to its own, if it asks for both. Never waits for anything while it holds
	/// one. For one thread; close it.
	Turn turn(Journal journal) {
		return new Turn(this, door.id(), context.memo(), journal);
	}

	Session take(Journal journal) throws Stop, IOException, InterruptedException {
		synchronized (this) {
			waiting++;
			try {
				while (true) {
					if (shut != null) {
						throw new Stop(shut);
					}
					if (!idle.isEmpty()) {
						Session session = idle.pop();
						session.renew(journal);
						return session;
					}
					if (taken < places) {
						taken++;
						break;
					}
					wait();
				}
			} finally {
				waiting--;
			}
		}
		return open(journal);
	}

	private Session open(Journal journal) throws Stop, IOException, InterruptedException {
		boolean connected = false;
		Session session = null;
		boolean done = false;
		try {
			guard.connect();
			connected = true;
			session = new Session(door, context, journal);
			synchronized (this) {
				open.add(session);
			}
			session.open(door);
			done = true;
			return session;
		} catch (Stop stop) {
			failed(stop.reason());
			throw stop;
		} catch (IOException e) {
			failed(Reason.of(Reasons.UNEXPECTED, e.getClass().getName(), Words.clean(String.valueOf(e.getMessage()))));
			throw e;
		} finally {
			if (!done) {
				release(session, connected);
			}
		}
	}

	/// The server has ended a session, by word or deed.
	///
	/// @param before how many addresses it had answered for
	void ended(Session session, int before, Reason reason) {
		if (before == 0) {
			failed(reason);
		} else {
			synchronized (this) {
				limit = Math.max(1, Math.min(limit, before));
			}
		}
		drop(session);
	}

	synchronized int limit() {
		return limit;
	}

	synchronized void answered() {
		failures = 0;
	}

	private synchronized void failed(Reason reason) {
		failures++;
		// a server that takes no more connections may go on serving those that it has
		if (taken > 1) {
			places = Math.max(1, Math.min(places, taken - 1));
		}
		if (failures >= MOST_FAILURES && shut == null) {
			Object[] args = new Object[reason.args().size() + 2];
			args[0] = IpText.withPort(door.address(), door.endpoint().port());
			args[1] = reason.id();
			for (int i = 0; i < reason.args().size(); i++) {
				args[i + 2] = reason.args().get(i);
			}
			shut = Reason.of(PresenceReasons.DOOR_SHUT, args);
			notifyAll();
		}
	}

	void giveBack(Session session) throws InterruptedException {
		synchronized (this) {
			// no more than are waited for: an idle one would keep its place from others
			if (waiting > idle.size() && session.goesOn(limit)) {
				session.rest();
				idle.push(session);
				notifyAll();
				return;
			}
		}
		part(session);
	}

	void part(Session session) throws InterruptedException {
		try (Words words = new Words()) {
			session.leave(new Journal(words));
		} finally {
			drop(session);
		}
	}

	void drop(Session session) {
		release(session, true);
	}

	private void release(@Nullable Session session, boolean connected) {
		if (session != null) {
			session.close();
		}
		if (connected) {
			guard.disconnect();
		}
		synchronized (this) {
			taken--;
			open.remove(session);
			notifyAll();
		}
	}

	/// The run is over. A session that an interrupted thread still holds closes itself; here the idle ones end.
	@Override
	public synchronized void close() {
		idle.clear();
		open.forEach(Session::close);
		open.clear();
	}
}
