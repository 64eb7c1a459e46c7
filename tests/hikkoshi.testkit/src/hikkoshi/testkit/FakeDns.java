package hikkoshi.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

import hikkoshi.rehearsal.net.Sessions;

/// A DNS server on a free port, UDP and TCP, that does with each question what a test told it. Questions that nobody spoke of are refused.
///
/// Several fakes may share a port on different loopback addresses, as real name servers do. `close` ends everything at once.
public final class FakeDns implements AutoCloseable {

	private static final int BIND_TRIES = 100;
	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	private record Key(String name, int type) {
	}

	/// Behaviours in turn; the last one for ever.
	private record Turns(List<DnsBehaviour> behaviours, AtomicInteger next) {
		DnsBehaviour take() {
			return behaviours.get(Math.min(next.getAndIncrement(), behaviours.size() - 1));
		}
	}

	private final DatagramSocket udp;
	private final ServerSocket tcp;
	private final Sessions sessions = new Sessions("fake-dns");
	private final Map<Key, Turns> turns = new ConcurrentHashMap<>();
	private final List<DnsQuery> queries = new CopyOnWriteArrayList<>();
	private final List<Exception> troubles = new CopyOnWriteArrayList<>();
	private final AtomicInteger connections = new AtomicInteger();
	private final AtomicInteger open = new AtomicInteger();
	private volatile DnsBehaviour otherwise = DnsBehaviour.refused();

	private FakeDns(DatagramSocket udp, ServerSocket tcp) {
		this.udp = udp;
		this.tcp = tcp;
	}

	public static FakeDns start() throws IOException {
		return start(LOOPBACK, 0);
	}

	/// With TLS on TCP (RFC 7858); on UDP as usual.
	public static FakeDns start(SSLContext tls) throws IOException {
		return start(LOOPBACK, 0, tls);
	}

	/// @param port 0 for a free one; else it must be free on this address
	public static FakeDns start(InetAddress address, int port) throws IOException {
		return start(address, port, null);
	}

	private static FakeDns start(InetAddress address, int port, @Nullable SSLContext tls) throws IOException {
		BindException last = new BindException();
		for (int i = 0; i < (port == 0 ? BIND_TRIES : 1); i++) {
			ServerSocket tcp = tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
			DatagramSocket udp = new DatagramSocket(null);
			try {
				tcp.bind(new InetSocketAddress(address, port), 128);
				udp.setReceiveBufferSize(1024 * 1024);
				udp.bind(new InetSocketAddress(address, tcp.getLocalPort()));
				FakeDns fake = new FakeDns(udp, tcp);
				fake.sessions.own(udp);
				fake.sessions.start(fake::datagrams);
				fake.sessions.accept(tcp, socket -> fake.sessions.serve(socket, () -> fake.noted(() -> fake.stream(socket))));
				return fake;
			} catch (BindException e) {
				last = e;
				udp.close();
				tcp.close();
			}
		}
		throw last;
	}

	public int port() {
		return tcp.getLocalPort();
	}

	public InetAddress address() {
		return tcp.getInetAddress();
	}

	/// What to do with this question: the first behaviour for the first time and so on, the last one for ever. UDP and TCP count together.
	public FakeDns on(String name, int type, DnsBehaviour... behaviours) {
		if (behaviours.length == 0) {
			throw new IllegalArgumentException("no behaviour");
		}
		turns.put(key(name, type), new Turns(List.of(behaviours), new AtomicInteger()));
		return this;
	}

	/// What to do with every other question.
	public FakeDns otherwise(DnsBehaviour behaviour) {
		otherwise = behaviour;
		return this;
	}

	/// TCP connections so far.
	public int connections() {
		return connections.get();
	}

	/// TCP connections whose client has not hung up.
	public int openConnections() {
		return open.get();
	}

	/// Every question so far, in the order in which they came.
	public List<DnsQuery> queries() {
		return List.copyOf(queries);
	}

	/// What went wrong within the fake itself: queries that it could not read, behaviours that failed. A test may want none.
	public List<Exception> troubles() {
		return List.copyOf(troubles);
	}

	private static Key key(String name, int type) {
		String lower = name.toLowerCase(Locale.ROOT);
		return new Key(lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower, type);
	}

	private void serve(boolean stream, byte[] bytes, Sender sender) throws IOException, InterruptedException {
		DnsQuery query;
		try {
			query = DnsQuery.parse(stream, bytes);
		} catch (IllegalArgumentException e) {
			troubles.add(e);
			return;
		}
		queries.add(query);
		Turns mine = turns.get(key(query.name(), query.type()));
		(mine == null ? otherwise : mine.take()).play(new Answering(query, sender));
	}

	private interface Sender {
		void raw(byte[] bytes) throws IOException;

		void elsewhere(byte[] message) throws IOException;
	}

	private record Answering(DnsQuery query, Sender sender) implements DnsBehaviour.Exchange {
		@Override
		public void send(byte[] message) throws IOException {
			if (!query.tcp()) {
				sender.raw(message);
				return;
			}
			byte[] framed = new byte[message.length + 2];
			framed[0] = (byte) (message.length >> 8);
			framed[1] = (byte) message.length;
			System.arraycopy(message, 0, framed, 2, message.length);
			sender.raw(framed);
		}

		@Override
		public void raw(byte[] bytes) throws IOException {
			sender.raw(bytes);
		}

		@Override
		public void sendFromElsewhere(byte[] message) throws IOException {
			sender.elsewhere(message);
		}
	}

	private void datagrams() {
		byte[] buffer = new byte[65_535];
		while (!udp.isClosed()) {
			try {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				udp.receive(packet);
				byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
				SocketAddress client = packet.getSocketAddress();
				sessions.start(() -> noted(() -> serve(false, bytes, new Sender() {
					@Override
					public void raw(byte[] message) throws IOException {
						udp.send(new DatagramPacket(message, message.length, client));
					}

					@Override
					public void elsewhere(byte[] message) throws IOException {
						try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(address(), 0))) {
							other.send(new DatagramPacket(message, message.length, client));
						}
					}
				})));
			} catch (IOException e) {
				// an ICMP word about an earlier answer, or we are closing
			}
		}
	}

	private void stream(Socket socket) throws IOException, InterruptedException {
		connections.incrementAndGet();
		open.incrementAndGet();
		try {
			converse(socket);
		} finally {
			open.decrementAndGet();
		}
	}

	private void converse(Socket socket) throws IOException, InterruptedException {
		socket.setTcpNoDelay(true);
		DataInputStream in = new DataInputStream(socket.getInputStream());
		Sender sender = new Sender() {
			@Override
			public void raw(byte[] bytes) throws IOException {
				socket.getOutputStream().write(bytes);
			}

			@Override
			public void elsewhere(byte[] message) {
				// a stream has one sender only
			}
		};
		while (true) {
			byte[] bytes = new byte[in.readUnsignedShort()];
			in.readFully(bytes);
			serve(true, bytes, sender);
		}
	}

	/// A behaviour that fails is a trouble of the test's.
	private void noted(Sessions.Work work) throws IOException, InterruptedException {
		try {
			work.run();
		} catch (RuntimeException e) {
			troubles.add(e);
		}
	}

	@Override
	public void close() {
		sessions.close();
	}
}
