package hikkoshi.rehearsal.mail;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The sockets of one server: accepts, gives each connection a virtual thread, and ends all of them at once when it is closed.
final class SocketHost implements AutoCloseable {

	/// Serves one connection on its own thread. An IOException just ends it.
	interface Session {
		void serve(Socket socket, boolean overloaded) throws IOException;
	}

	private static final int BIND_TRIES = 50;
	/// Beyond the limit so many more connections are told "too busy"; further ones are dropped without a word.
	private static final int TURNED_AWAY = 64;

	private final int most;
	private final long sessionNanos;
	private final ExecutorService threads;
	private final List<ServerSocket> listening = new CopyOnWriteArrayList<>();
	private final Map<Socket, Long> open = new ConcurrentHashMap<>();
	private volatile boolean closed;

	SocketHost(String name, int most, Duration session) {
		this.most = most;
		sessionNanos = session.toNanos();
		threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
		threads.execute(this::endOverdueSessions);
	}

	/// Listens on one free port, the same on all addresses, and returns it.
	int listen(List<InetAddress> addresses, Session session) throws IOException {
		List<ServerSocket> sockets = bind(addresses);
		listening.addAll(sockets);
		sockets.forEach(socket -> threads.execute(() -> accept(socket, session)));
		return sockets.getFirst().getLocalPort();
	}

	private static List<ServerSocket> bind(List<InetAddress> addresses) throws IOException {
		BindException last = new BindException("no address");
		for (int i = 0; i < BIND_TRIES; i++) {
			List<ServerSocket> sockets = new ArrayList<>();
			try {
				int port = 0;
				for (InetAddress address : addresses) {
					ServerSocket socket = new ServerSocket();
					sockets.add(socket);
					socket.bind(new InetSocketAddress(address, port), 512);
					port = socket.getLocalPort();
				}
				return sockets;
			} catch (BindException e) {
				last = e;
				closeAll(sockets);
			} catch (IOException e) {
				closeAll(sockets);
				throw e;
			}
		}
		throw last;
	}

	private static void closeAll(List<ServerSocket> sockets) {
		for (ServerSocket socket : sockets) {
			try {
				socket.close();
			} catch (IOException e) {
				// closing is all we wanted; a listener that cannot be closed twice does no harm
			}
		}
	}

	private void accept(ServerSocket listener, Session session) {
		while (!listener.isClosed()) {
			try {
				admit(listener.accept(), session);
			} catch (IOException e) {
				// a client that left before it was accepted, too many open files, or we are closing
				LockSupport.parkNanos(1_000_000);
			}
		}
	}

	private void admit(Socket socket, Session session) {
		open.put(socket, System.nanoTime());
		boolean overloaded = open.size() > most;
		if (closed || open.size() > most + TURNED_AWAY) {
			abort(socket);
			return;
		}
		try {
			threads.execute(() -> run(socket, session, overloaded));
		} catch (RejectedExecutionException e) {
			// closed in this very moment
			abort(socket);
		}
	}

	private void run(Socket socket, Session session, boolean overloaded) {
		try {
			session.serve(socket, overloaded);
		} catch (IOException e) {
			// the client went away, was too slow, or we are closing: a server says nothing more about it
		} finally {
			abort(socket);
		}
	}

	/// A client that never reads cannot be timed out by a read: its session ends here.
	private void endOverdueSessions() {
		try {
			while (!closed) {
				Thread.sleep(Math.clamp(sessionNanos / 4_000_000, 20, 1_000));
				long now = System.nanoTime();
				open.forEach((socket, since) -> {
					if (now - since > sessionNanos) {
						abort(socket);
					}
				});
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/// Closes the TCP connection itself: an SSLSocket would wait for a writer that waits for the client.
	private void abort(Socket socket) {
		open.remove(socket);
		try {
			socket.close();
		} catch (IOException e) {
			// it is gone either way
		}
	}

	int connections() {
		return open.size();
	}

	/// Ends everything at once. A second call does nothing.
	@Override
	public void close() {
		closed = true;
		closeAll(listening);
		open.keySet().forEach(this::abort);
		threads.shutdownNow();
		boolean interrupted = Thread.interrupted();
		try {
			threads.awaitTermination(5, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}
}
