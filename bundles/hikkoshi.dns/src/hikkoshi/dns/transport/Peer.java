package hikkoshi.dns.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Our side of one server: its lanes, and how many questions may be on their way to it.
final class Peer {
	/// Sockets that a busy server's questions are spread over.
	static final int LANES = 4;
	/// After so many questions a lane gets a successor with another port.
	static final int QUESTIONS_PER_LANE = 500;
	/// More in flight do not help (design.md, 8).
	static final int IN_FLIGHT = 200;
	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);
	/// … and so does one that has lived so long.
	private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final InetSocketAddress server;
	private final DnsTransport transport;
	private final Semaphore places = new Semaphore(IN_FLIGHT);
	private final List<Lane> lanes = new ArrayList<>();
	private final List<Lane> retired = new ArrayList<>();

	Peer(InetSocketAddress server, DnsTransport transport) {
		this.server = server;
		this.transport = transport;
	}

	void enter() throws InterruptedException {
		places.acquire();
	}

	void leave() {
		places.release();
	}

	/// A lane for one question; [#release] must follow.
	Lane lane() throws IOException, InterruptedException {
		while (true) {
			synchronized (this) {
				if (lanes.size() < LANES && allBusy() && transport.sockets.tryAcquire()) {
					return open();
				}
				if (!lanes.isEmpty()) {
					return use(lanes.get(transport.random.number(LANES) % lanes.size()));
				}
			}
			transport.awaitSocket();
			synchronized (this) {
				if (lanes.isEmpty()) {
					return open();
				}
			}
			transport.sockets.release();
		}
	}

	private boolean allBusy() {
		for (Lane lane : lanes) {
			if (lane.inFlight == 0) {
				return false;
			}
		}
		return true;
	}

	/// Under our lock, with a permit for the socket, which goes back when there is no socket.
	private Lane open() throws IOException {
		Lane lane;
		try {
			transport.failIfClosed();
			lane = new Lane(server, transport.random);
		} catch (IOException | RuntimeException e) {
			transport.sockets.release();
			throw e;
		}
		lanes.add(lane);
		use(lane);
		try {
			transport.receiver.add(lane);
		} catch (IOException e) {
			lanes.remove(lane);
			close(lane);
			throw e;
		}
		return lane;
	}

	private Lane use(Lane lane) {
		lane.inFlight++;
		if (++lane.questions >= QUESTIONS_PER_LANE || System.nanoTime() - lane.born > LIFE_NANOS) {
			lanes.remove(lane);
			retired.add(lane);
		}
		return lane;
	}

	synchronized void release(Lane lane) {
		lane.lastUse = System.nanoTime();
		if (--lane.inFlight == 0 && retired.remove(lane)) {
			close(lane);
		}
	}

	/// @param all whether every lane without a question goes, or only those long without one
	synchronized void closeIdle(boolean all) {
		long now = System.nanoTime();
		for (Iterator<Lane> each = lanes.iterator(); each.hasNext();) {
			Lane lane = each.next();
			if (lane.inFlight == 0 && (all || now - lane.lastUse > IDLE_NANOS)) {
				each.remove();
				close(lane);
			}
		}
	}

	synchronized void closeAll(IOException why) {
		for (List<Lane> some : List.of(lanes, retired)) {
			some.forEach(lane -> {
				lane.fail(why);
				close(lane);
			});
			some.clear();
		}
	}

	private void close(Lane lane) {
		lane.close();
		transport.sockets.release();
	}
}
