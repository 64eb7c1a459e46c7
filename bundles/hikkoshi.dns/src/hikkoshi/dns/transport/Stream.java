package hikkoshi.dns.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A connection to one server, plain or in TLS, on which several questions travel at once and whose answers come in any order (RFC 7766, 6.2.1.1;
/// RFC 7858). Two virtual threads of its own read and write, so that whoever asks waits without touching the socket and is always interruptible.
/// It closes by itself when nobody has asked for a while.
final class Stream {
	/// Questions on their way on one connection.
	static final int IN_FLIGHT = 64;
	/// A client should close early, so that servers keep room (RFC 7766, 6.2.3).
	private static final Duration IDLE = Duration.ofSeconds(4);
	/// Messages that answer nothing, before we hang up.
	private static final int PATIENCE_WITH_NONSENSE = 1_000;
	/// Ids used on one connection before it gets a successor.
	private static final int QUESTIONS = 20_000;
	private static final byte[] END = new byte[0];

	final AtomicInteger strays = new AtomicInteger();
	private final InetSocketAddress server;
	private final Duration connect;
	private final @Nullable SSLContext tls;
	private final String name;
	private final Runnable gone;
	private final Socket socket = new Socket();
	/// What TLS agreed on, once the connection stands; empty without TLS.
	private final CompletableFuture<String> ready = new CompletableFuture<>();
	private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
	private final Map<Integer, Waiting> waiting = new ConcurrentHashMap<>();
	private final BitSet used = new BitSet();
	private volatile boolean retired;
	private volatile boolean closed;
	private @Nullable IOException failure;
	// under the lock of the streams
	int inFlight;
	int questions;

	/// @param tls null for a plain connection
	/// @param name for SNI; empty without
	/// @param gone told once when the connection has ended
	Stream(InetSocketAddress server, Duration connect, @Nullable SSLContext tls, String name, Runnable gone) {
		this.server = server;
		this.connect = connect;
		this.tls = tls;
		this.name = name;
		this.gone = gone;
	}

	void start() {
		Thread.ofVirtual().name("dns-stream").start(this::run);
	}

	/// Whether further questions may be put here.
	boolean isOpen() {
		return !retired && !closed && questions < QUESTIONS;
	}

	private void run() {
		try {
			Socket connected = connect();
			OutputStream out = connected.getOutputStream();
			Thread.ofVirtual().name("dns-stream-out").start(() -> write(out));
			read(new DataInputStream(connected.getInputStream()));
		} catch (IOException | RuntimeException e) {
			fail(e instanceof IOException io ? io : new IOException(e));
		} finally {
			close();
			gone.run();
		}
	}

	private Socket connect() throws IOException {
		socket.setTcpNoDelay(true);
		socket.connect(server, millis(connect));
		if (tls == null) {
			ready.complete("");
			return socket;
		}
		SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, server.getAddress().getHostAddress(), server.getPort(), true);
		SSLParameters parameters = secure.getSSLParameters();
		if (isName(name)) {
			parameters.setServerNames(List.of(new SNIHostName(name)));
		}
		parameters.setApplicationProtocols(new String[] {"dot"});
		secure.setSSLParameters(parameters);
		secure.setSoTimeout(millis(connect));
		secure.startHandshake();
		secure.setSoTimeout(0);
		ready.complete(secure.getSession().getProtocol());
		return secure;
	}

	static boolean isName(String name) {
		try {
			return !name.isEmpty() && InetAddress.ofLiteral(name) == null;
		} catch (IllegalArgumentException e) {
			return true;
		}
	}

	private static int millis(Duration duration) {
		return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
	}

	private void read(DataInputStream in) throws IOException {
		while (true) {
			int length;
			try {
				length = in.readUnsignedShort();
			} catch (EOFException e) {
				throw new EOFException("connection closed");
			}
			byte[] message = new byte[length];
			for (int have = 0; have < length;) {
				int more = in.read(message, have, length - have);
				if (more < 0) {
					throw new EOFException("connection closed after " + have + " of " + length + " bytes");
				}
				have += more;
			}
			if (length < Outgoing.HEADER) {
				throw new ScrapException();
			}
			deliver(message);
		}
	}

	private void deliver(byte[] message) throws IOException {
		int id = Outgoing.u16(message, 0);
		Waiting question = waiting.get(id);
		if (question != null) {
			question.offer(message);
			return;
		}
		synchronized (used) {
			if (used.get(id)) {
				// the answer to a question that was given up
				return;
			}
		}
		if (strays.incrementAndGet() > PATIENCE_WITH_NONSENSE) {
			throw new IOException("nothing but answers to other questions");
		}
	}

	private void write(OutputStream out) {
		try {
			ByteArrayOutputStream batch = new ByteArrayOutputStream();
			while (true) {
				byte[] next = outgoing.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
				if (next == END || next == null && waiting.isEmpty()) {
					retired = true;
					if (next == END || waiting.isEmpty()) {
						break;
					}
				}
				for (; next != null && next != END; next = outgoing.poll()) {
					batch.write(next.length >> 8);
					batch.write(next.length);
					batch.writeBytes(next);
				}
				out.write(batch.toByteArray());
				out.flush();
				batch.reset();
			}
		} catch (IOException e) {
			fail(e);
		} catch (InterruptedException e) {
			// nobody interrupts this thread; if somebody does, the connection ends
		}
		close();
	}

	/// Puts a question and waits for its answer.
	///
	/// @throws SocketTimeoutException when the time is over; then nobody asks here any more
	/// @throws IOException when the connection ended
	byte[] ask(Waiting question, Randomness random, long deadline) throws IOException, InterruptedException {
		int id;
		session(deadline);
		synchronized (used) {
			do {
				id = random.number(0x10000);
			} while (used.get(id));
			used.set(id);
		}
		waiting.put(id, question);
		try {
			if (closed) {
				throw new EOFException("connection closed");
			}
			outgoing.add(question.question.under(id));
			question.await(deadline);
			byte[] answer = question.takeAnswer();
			if (answer != null) {
				return answer;
			}
			IOException failure = question.takeFailure();
			if (failure != null) {
				throw failure;
			}
			throw timeOut();
		} finally {
			waiting.remove(id);
			if (retired && waiting.isEmpty()) {
				close();
			}
		}
	}

	/// Whether there ever was a connection.
	boolean stood() {
		return ready.isDone() && !ready.isCompletedExceptionally();
	}

	/// What TLS agreed on, waiting for the connection to stand.
	String session(long deadline) throws IOException, InterruptedException {
		try {
			return ready.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		} catch (TimeoutException e) {
			throw timeOut();
		} catch (ExecutionException e) {
			throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
		}
	}

	/// A server that was silent once on a connection may be so for ever: no question more, and it ends with the last one under way.
	private SocketTimeoutException timeOut() {
		retired = true;
		if (waiting.size() <= 1) {
			close();
		}
		return new SocketTimeoutException("no answer in time");
	}

	/// The first reason counts: what follows is only the end of the connection.
	private synchronized void fail(IOException why) {
		IOException reason = failure == null ? why : failure;
		failure = reason;
		closed = true;
		ready.completeExceptionally(reason);
		waiting.values().forEach(each -> each.fail(reason));
	}

	/// Ends the connection; questions under way fail.
	void close() {
		fail(new EOFException("connection closed"));
		outgoing.add(END);
		try {
			socket.close();
		} catch (IOException e) {
			// closed either way
		}
	}

	/// A message too short to be one.
	static final class ScrapException extends IOException {
		private static final long serialVersionUID = 1L;
	}
}
