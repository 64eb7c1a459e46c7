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

import hikkoshi.rehearsal.net.Sessions;

/// The listeners of one mail server, each on one port for all its addresses, with a bound on connections and on how long one may last.
final class SocketHost implements AutoCloseable {

	/// Serves one connection on its own thread. An IOException just ends it.
	interface Session {
		void serve(Socket socket, boolean overloaded) throws IOException;
	}

	private static final int BIND_TRIES = 50;
	/// Beyond the limit so many more connections are told "too busy"; further ones are dropped without a word.
	private static final int TURNED_AWAY = 64;

	private final int most;
	private final Sessions sessions;

	SocketHost(String name, int most, Duration session) {
		this.most = most;
		sessions = new Sessions(name);
		sessions.start(() -> endOverdueSessions(session));
	}

	/// A client that never reads cannot be timed out by a read: its session ends here.
	private void endOverdueSessions(Duration most) throws InterruptedException {
		while (true) {
			Thread.sleep(Math.clamp(most.toMillis() / 4, 20, 1_000));
			sessions.dropOlderThan(most.toNanos());
		}
	}

	/// Listens on one free port, the same on all addresses, and returns it.
	int listen(List<InetAddress> addresses, Session session) throws IOException {
		List<ServerSocket> sockets = bind(addresses);
		sockets.forEach(listener -> sessions.accept(listener, socket -> admit(socket, session)));
		return sockets.getFirst().getLocalPort();
	}

	private void admit(Socket socket, Session session) {
		int open = sessions.open();
		if (open > most + TURNED_AWAY) {
			sessions.drop(socket);
		} else {
			sessions.serve(socket, () -> session.serve(socket, open > most));
		}
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

	private static void closeAll(List<ServerSocket> sockets) throws IOException {
		for (ServerSocket socket : sockets) {
			socket.close();
		}
	}

	int connections() {
		return sessions.open();
	}

	@Override
	public void close() {
		sessions.close();
	}
}
