package hikkoshi.dns.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The connections of one transport: few for each server, each used by many questions.
final class Streams {
	/// Connections to one server, as RFC 7766, 6.2.2 wants few.
	private static final int PER_SERVER = 4;
	private static final int MAX_CONNECTIONS = 64;

	/// @param tls null for a plain connection
	private record Key(InetSocketAddress server, Carrier.@Nullable Tls tls) {}

	/// An answer and what it came over.
	///
	/// @param session what TLS agreed on; empty without TLS
	/// @param ignored messages thrown away while waiting
	record Answer(byte[] bytes, String session, int ignored) {}

	/// No answer, and what had been thrown away until then.
	static final class NoAnswerException extends IOException {
		private static final long serialVersionUID = 1L;
		final int ignored;

		NoAnswerException(IOException why, int ignored) {
			super(why);
			this.ignored = ignored;
		}

		IOException why() {
			return getCause() instanceof IOException io ? io : this;
		}
	}

	private final Semaphore connections = new Semaphore(MAX_CONNECTIONS, true);
	private final Map<Key, List<Stream>> streams = new LinkedHashMap<>();
	/// Servers that closed a connection with questions under way: they get one at a time.
	private final Set<Key> oneByOne = new HashSet<>();
	private final Randomness random;
	private final Trust trust;
	private boolean closed;

	Streams(Randomness random, Trust trust) {
		this.random = random;
		this.trust = trust;
	}

	/// @throws NoAnswerException when none came
	/// @throws IOException when closed
	Answer ask(DnsQuery query, Outgoing question, Patience patience) throws IOException, InterruptedException {
		Key key = new Key(query.server(), query.carrier() instanceof Carrier.Tls tls ? tls : null);
		long deadline = System.nanoTime() + patience.tcp().toNanos();
		int ignored = 0;
		for (boolean again = false;; again = true) {
			Stream stream = take(key, patience, again, deadline);
			int strays = stream.strays.get();
			Waiting waiting = new Waiting(question);
			try {
				byte[] answer = stream.ask(waiting, random, deadline);
				return new Answer(answer, stream.session(deadline), ignored + waiting.ignored.get() + stream.strays.get() - strays);
			} catch (IOException e) {
				ignored += waiting.ignored.get() + stream.strays.get() - strays;
				// a server may close while our question is under way (RFC 7766, 6.2.4): once more, on a connection of our own
				if (again || !stream.stood() || e instanceof SocketTimeoutException || e instanceof Stream.ScrapException) {
					throw new NoAnswerException(e, ignored);
				}
				synchronized (this) {
					oneByOne.add(key);
				}
			} finally {
				leave(stream);
			}
		}
	}

	private Stream take(Key key, Patience patience, boolean fresh, long deadline) throws IOException, InterruptedException {
		synchronized (this) {
			Stream free = fresh ? null : free(key);
			if (free != null) {
				return use(free);
			}
		}
		if (!connections.tryAcquire()) {
			closeIdle();
			if (!connections.tryAcquire(Math.max(1, deadline - System.nanoTime()), java.util.concurrent.TimeUnit.NANOSECONDS)) {
				throw new NoAnswerException(new SocketTimeoutException("too many connections under way"), 0);
			}
		}
		synchronized (this) {
			if (closed) {
				connections.release();
				throw new IOException("the DNS transport is closed");
			}
			String name = key.tls() == null ? "" : key.tls().name();
			SSLContext context = key.tls() == null ? null : trust.proving(name);
			Stream[] mine = new Stream[1];
			mine[0] = new Stream(key.server(), patience.tcpConnect(), context, name, () -> gone(key, mine[0]));
			streams.computeIfAbsent(key, _ -> new ArrayList<>()).add(mine[0]);
			use(mine[0]);
			mine[0].start();
			return mine[0];
		}
	}

	/// The connection with the fewest questions; null when another one should be opened.
	private @Nullable Stream free(Key key) {
		Stream best = null;
		List<Stream> all = streams.getOrDefault(key, List.of());
		for (Stream each : all) {
			if (each.isOpen() && each.inFlight < (oneByOne.contains(key) ? 1 : Stream.IN_FLIGHT) && (best == null || each.inFlight < best.inFlight)) {
				best = each;
			}
		}
		// a second connection only when the first is well used
		return best != null && (best.inFlight < Stream.IN_FLIGHT / 2 || all.size() >= PER_SERVER) ? best : null;
	}

	private static Stream use(Stream stream) {
		stream.inFlight++;
		stream.questions++;
		return stream;
	}

	private synchronized void leave(Stream stream) {
		stream.inFlight--;
	}

	private synchronized void gone(Key key, Stream stream) {
		List<Stream> all = streams.get(key);
		if (all != null && all.remove(stream)) {
			connections.release();
			if (all.isEmpty()) {
				streams.remove(key);
			}
		}
	}

	private void closeIdle() {
		List<Stream> idle;
		synchronized (this) {
			idle = streams.values().stream().flatMap(List::stream).filter(each -> each.inFlight == 0).toList();
		}
		idle.forEach(Stream::close);
	}

	/// Connections that are open or being opened.
	synchronized int count() {
		return streams.values().stream().mapToInt(List::size).sum();
	}

	void close() {
		List<Stream> all;
		synchronized (this) {
			closed = true;
			all = streams.values().stream().flatMap(List::stream).toList();
		}
		all.forEach(Stream::close);
	}
}
