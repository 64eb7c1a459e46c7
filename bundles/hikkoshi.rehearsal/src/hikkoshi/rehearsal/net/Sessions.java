package hikkoshi.rehearsal.net;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The threads and sockets of one server: a virtual thread for each listener, connection or question, and an end for all of them at once.
///
/// Safe for use by several threads.
public final class Sessions implements AutoCloseable {

	/// Something to do on a thread of its own. An IOException or an interrupt just ends it: the other side has gone, or we are closing.
	@FunctionalInterface
	public interface Work {
		void run() throws IOException, InterruptedException;
	}

	private static final long PATIENCE_SECONDS = 5;

	private final ExecutorService threads;
	private final List<AutoCloseable> listeners = new CopyOnWriteArrayList<>();
	/// When each connection began, by `System.nanoTime`.
	private final Map<Socket, Long> open = new ConcurrentHashMap<>();
	private volatile boolean closed;

	/// @param name begins the names of the threads
	public Sessions(String name) {
		threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
	}

	/// Runs on a thread of its own; false if the server is closed already.
	public boolean start(Work work) {
		try {
			threads.execute(() -> run(work));
			return true;
		} catch (RejectedExecutionException e) {
			return false;
		}
	}

	private static void run(Work work) {
		try {
			work.run();
		} catch (IOException e) {
			// see Work
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/// Closes this with everything else; a listener's loop ends by it.
	public void own(AutoCloseable listener) {
		listeners.add(listener);
	}

	/// Takes connections for as long as the listener is open. `admit` runs on the listener's thread and must not block; it calls [#serve] or [#drop].
	public void accept(ServerSocket listener, Consumer<Socket> admit) {
		own(listener);
		start(() -> {
			while (!listener.isClosed()) {
				try {
					Socket socket = listener.accept();
					open.put(socket, System.nanoTime());
					admit.accept(socket);
				} catch (IOException e) {
					// a client that left before it was accepted, too many open files, or we are closing
					LockSupport.parkNanos(1_000_000);
				}
			}
		});
	}

	/// Serves an accepted connection on a thread of its own; it is closed afterwards, whatever happens.
	public void serve(Socket socket, Work work) {
		boolean started = !closed && start(() -> {
			try {
				work.run();
			} finally {
				drop(socket);
			}
		});
		if (!started) {
			drop(socket);
		}
	}

	/// Closes the TCP connection itself: an SSLSocket would wait for a writer that waits for the client.
	public void drop(Socket socket) {
		open.remove(socket);
		quietly(socket);
	}

	/// Drops every connection that began longer ago.
	public void dropOlderThan(long nanos) {
		long now = System.nanoTime();
		open.forEach((socket, since) -> {
			if (now - since > nanos) {
				drop(socket);
			}
		});
	}

	/// How many connections are open.
	public int open() {
		return open.size();
	}

	/// Closes all listeners; connections go on.
	public void closeListeners() {
		listeners.forEach(Sessions::quietly);
		listeners.clear();
	}

	private static void quietly(AutoCloseable each) {
		try {
			each.close();
		} catch (Exception e) {
			// it is gone either way
		}
	}

	/// Ends everything at once. A second call does nothing.
	@Override
	public void close() {
		closed = true;
		closeListeners();
		open.keySet().forEach(this::drop);
		threads.shutdownNow();
		boolean interrupted = Thread.interrupted();
		try {
			threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}
}
