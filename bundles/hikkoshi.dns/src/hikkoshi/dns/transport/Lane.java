package hikkoshi.dns.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A UDP socket of our own towards one server: connected, so that the kernel drops what others send and tells us when nobody is there.
/// Every id is used once in a lane's life, so an answer that comes late is known as such and is not taken for an attack.
final class Lane {
	/// By family: which of them Java means by "any" depends on a system property.
	private static final InetAddress ANY4 = InetAddress.ofLiteral("0.0.0.0");
	private static final InetAddress ANY6 = InetAddress.ofLiteral("::");
	private static final int BIND_TRIES = 8;
	private static final int LOWEST_PORT = 32_768;
	private static final int RECEIVE_BUFFER = 1 << 20;
	/// Answers taken from one lane before the others get their turn.
	private static final int DATAGRAMS_AT_ONCE = 64;

	final DatagramChannel channel;
	/// Datagrams under an id that was never used here.
	final AtomicInteger strays = new AtomicInteger();
	/// Datagrams too short to have an id and flags.
	final AtomicInteger scraps = new AtomicInteger();
	private final ConcurrentHashMap<Integer, Waiting> waiting = new ConcurrentHashMap<>();
	private final BitSet used = new BitSet();
	final long born = System.nanoTime();
	// the next three belong to the peer, under its lock
	int questions;
	int inFlight;
	long lastUse;

	Lane(InetSocketAddress server, Randomness random) throws IOException {
		try {
			this.channel = DatagramChannel.open(server.getAddress() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
		} catch (UnsupportedOperationException e) {
			throw new SocketException("no IPv6 on this machine");
		}
		try {
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
			bind(server.getAddress() instanceof Inet6Address ? ANY6 : ANY4, random);
			channel.connect(server);
		} catch (IOException | RuntimeException e) {
			channel.close();
			throw e;
		}
	}

	/// A port that nobody can guess (RFC 5452, 9.2); some systems number theirs one after the other.
	private void bind(InetAddress any, Randomness random) throws IOException {
		for (int i = 0; i < BIND_TRIES; i++) {
			try {
				channel.bind(new InetSocketAddress(any, LOWEST_PORT + random.number(0x8000)));
				return;
			} catch (SocketException e) {
				// taken by another: the next one
			}
		}
		channel.bind(new InetSocketAddress(any, 0));
	}

	/// Puts a question on its way under a fresh id.
	///
	/// @return the id
	int send(Outgoing message, Waiting question, Randomness random) throws IOException {
		int id;
		synchronized (used) {
			do {
				id = random.number(0x10000);
			} while (used.get(id));
			used.set(id);
		}
		waiting.put(id, question);
		try {
			write(ByteBuffer.wrap(message.under(id)));
		} catch (IOException e) {
			waiting.remove(id);
			throw e;
		}
		return id;
	}

	private void write(ByteBuffer bytes) throws IOException {
		boolean told = false;
		while (true) {
			try {
				if (channel.write(bytes) > 0) {
					return;
				}
				// the send buffer is full: the kernel will have room in a moment
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
			} catch (PortUnreachableException e) {
				// belongs to an earlier datagram; this one has not left yet
				if (told) {
					throw e;
				}
				told = true;
				fail(e);
			}
		}
	}

	void forget(int id) {
		waiting.remove(id);
	}

	/// Takes in what has arrived. Called by the receiver only.
	void receive(ByteBuffer buffer) {
		for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
			buffer.clear();
			try {
				if (channel.read(buffer) <= 0) {
					return;
				}
			} catch (IOException e) {
				fail(e);
				if (!channel.isOpen()) {
					return;
				}
				continue;
			}
			byte[] bytes = new byte[buffer.flip().remaining()];
			buffer.get(bytes);
			deliver(bytes);
		}
	}

	private void deliver(byte[] bytes) {
		if (bytes.length < Outgoing.HEADER) {
			scraps.incrementAndGet();
			return;
		}
		int id = Outgoing.u16(bytes, 0);
		Waiting question = waiting.get(id);
		if (question != null) {
			question.offer(bytes);
			return;
		}
		synchronized (used) {
			if (used.get(id)) {
				return;
			}
		}
		strays.incrementAndGet();
	}

	/// Called by the receiver now and then.
	void nudge(long now) {
		waiting.values().forEach(each -> each.nudge(now));
	}

	void fail(IOException why) {
		waiting.values().forEach(each -> each.fail(why));
	}

	void close() {
		try {
			channel.close();
		} catch (IOException e) {
			// closed either way
		}
	}
}
