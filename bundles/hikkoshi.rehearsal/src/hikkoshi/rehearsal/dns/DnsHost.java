package hikkoshi.rehearsal.dns;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import hikkoshi.rehearsal.net.Sessions;

/// DNS servers on one free port, UDP and TCP alike, each on a loopback address of its own: real name servers share port 53, so these share one as well.
///
/// A virtual thread per TCP connection and per question, both bounded. `close` ends all at once.
public final class DnsHost implements AutoCloseable {

	private static final int BIND_TRIES = 100;
	private static final int MOST_QUESTIONS = 512;
	private static final int MOST_CONNECTIONS = 256;
	/// A TCP client may be silent for so long (RFC 7766, 6.2.3).
	private static final int TCP_IDLE_MILLIS = 10_000;
	private static final int TCP_QUESTIONS = 10_000;

	private final Sessions sessions = new Sessions("dns");
	private final Semaphore questions = new Semaphore(MOST_QUESTIONS);
	private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
	private int port;

	private DnsHost() {
	}

	/// Starts listening; every address answers when this returns.
	///
	/// @throws IOException if no port is free on all addresses
	public static DnsHost start(Map<InetAddress, ? extends DnsService> services) throws IOException {
		if (services.isEmpty() || !services.keySet().stream().allMatch(InetAddress::isLoopbackAddress)) {
			throw new IllegalArgumentException("a rehearsal server listens on loopback addresses only");
		}
		DnsHost host = new DnsHost();
		try {
			host.listen(new LinkedHashMap<>(services));
			return host;
		} catch (IOException | RuntimeException e) {
			host.close();
			throw e;
		}
	}

	private record Doors(DatagramSocket udp, ServerSocket tcp, DnsService service) {
	}

	private void listen(Map<InetAddress, DnsService> services) throws IOException {
		BindException last = new BindException("no port is free on all of " + services.keySet());
		for (int i = 0; i < BIND_TRIES; i++) {
			List<Doors> doors = new ArrayList<>();
			try {
				int wanted = 0;
				for (Map.Entry<InetAddress, DnsService> service : services.entrySet()) {
					ServerSocket tcp = new ServerSocket();
					sessions.own(tcp);
					tcp.bind(new InetSocketAddress(service.getKey(), wanted), 128);
					wanted = tcp.getLocalPort();
					DatagramSocket udp = new DatagramSocket(null);
					sessions.own(udp);
					udp.setReceiveBufferSize(1024 * 1024);
					udp.bind(new InetSocketAddress(service.getKey(), wanted));
					doors.add(new Doors(udp, tcp, service.getValue()));
				}
				port = wanted;
				for (Doors each : doors) {
					sessions.start(() -> datagrams(each.udp(), each.service()));
					sessions.accept(each.tcp(), socket -> admit(socket, each.service()));
				}
				return;
			} catch (BindException e) {
				last = e;
				sessions.closeListeners();
			}
		}
		throw last;
	}

	public int port() {
		return port;
	}

	private void datagrams(DatagramSocket socket, DnsService service) {
		byte[] buffer = new byte[4096];
		while (!socket.isClosed()) {
			try {
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				socket.receive(packet);
				byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
				SocketAddress client = packet.getSocketAddress();
				if (questions.tryAcquire() && !sessions.start(() -> released(questions, () -> datagram(socket, client, bytes, service)))) {
					return;
				}
			} catch (IOException e) {
				// an ICMP word about an earlier answer, or we are closing
			}
		}
	}

	private static void released(Semaphore permit, Sessions.Work work) throws IOException, InterruptedException {
		try {
			work.run();
		} finally {
			permit.release();
		}
	}

	private static void datagram(DatagramSocket socket, SocketAddress client, byte[] bytes, DnsService service) throws IOException, InterruptedException {
		DnsMessage answer = answer(bytes, service);
		if (answer != null) {
			int most = Math.max(DnsWire.PLAIN_UDP_SIZE, Math.min(DnsWire.UDP_SIZE, udpSize(bytes)));
			byte[] reply = DnsWire.encode(answer, most);
			socket.send(new DatagramPacket(reply, reply.length, client));
		}
	}

	private static int udpSize(byte[] query) {
		try {
			return DnsWire.decode(query).ednsSize();
		} catch (DnsFormatException e) {
			return 0;
		}
	}

	/// Null for what deserves no answer: an answer (never answer one, or two servers would talk for ever), or less than a header.
	private static @Nullable DnsMessage answer(byte[] bytes, DnsService service) throws InterruptedException {
		if (bytes.length < 12 || (bytes[2] & 0x80) != 0) {
			return null;
		}
		try {
			DnsMessage query = DnsWire.decode(bytes);
			DnsMessage.Question question = query.question();
			if (query.opcode() != 0) {
				return query.reply(DnsMessage.NOTIMP);
			}
			if (question == null) {
				return query.reply(DnsMessage.FORMERR);
			}
			if (query.ednsVersion() > 0) {
				return query.reply(DnsMessage.BADVERS);
			}
			return question.kind() == DnsMessage.INTERNET ? service.answer(query) : query.reply(DnsMessage.REFUSED);
		} catch (DnsFormatException e) {
			int id = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
			return new DnsMessage(id, true, bytes[2] >> 3 & 0xf, false, false, (bytes[2] & 1) != 0, false, DnsMessage.FORMERR, null, List.of(), List.of(),
					List.of(), 0, 0);
		}
	}

	private void admit(Socket socket, DnsService service) {
		if (connections.tryAcquire()) {
			sessions.serve(socket, () -> released(connections, () -> stream(socket, service)));
		} else {
			sessions.drop(socket);
		}
	}

	private static void stream(Socket socket, DnsService service) throws IOException, InterruptedException {
		socket.setSoTimeout(TCP_IDLE_MILLIS);
		socket.setTcpNoDelay(true);
		DataInputStream in = new DataInputStream(socket.getInputStream());
		for (int i = 0; i < TCP_QUESTIONS; i++) {
			byte[] bytes = new byte[in.readUnsignedShort()];
			in.readFully(bytes);
			DnsMessage answer = answer(bytes, service);
			if (answer == null) {
				return;
			}
			byte[] reply = DnsWire.encode(answer, DnsWire.TCP_SIZE);
			byte[] framed = new byte[reply.length + 2];
			framed[0] = (byte) (reply.length >> 8);
			framed[1] = (byte) reply.length;
			System.arraycopy(reply, 0, framed, 2, reply.length);
			socket.getOutputStream().write(framed);
		}
	}

	@Override
	public void close() {
		sessions.close();
	}
}
