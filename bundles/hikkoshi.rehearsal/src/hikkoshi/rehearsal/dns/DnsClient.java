package hikkoshi.rehearsal.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/// How the caching resolver asks one server: UDP on a port of its own, TCP when the answer was cut. Ignores what is no answer to its question.
final class DnsClient {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Duration timeout;

	DnsClient(Duration timeout) {
		this.timeout = timeout;
	}

	/// The answer, or null if none came in time.
	@Nullable DnsMessage ask(InetSocketAddress server, DnsName name, int type) throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		DnsMessage query = DnsMessage.query(RANDOM.nextInt(0x10000), name, type, false, DnsWire.UDP_SIZE);
		try {
			DnsMessage answer = datagram(server, query);
			return answer.truncated() ? stream(server, query) : answer;
		} catch (IOException e) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			return null;
		}
	}

	private DnsMessage datagram(InetSocketAddress server, DnsMessage query) throws IOException {
		long deadline = System.nanoTime() + timeout.toNanos();
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(server);
			byte[] bytes = DnsWire.encode(query, DnsWire.UDP_SIZE);
			socket.send(new DatagramPacket(bytes, bytes.length));
			byte[] buffer = new byte[4096];
			while (true) {
				socket.setSoTimeout(left(deadline));
				DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
				socket.receive(packet);
				DnsMessage answer = matching(query, Arrays.copyOf(buffer, packet.getLength()));
				if (answer != null) {
					return answer;
				}
			}
		}
	}

	private @Nullable DnsMessage stream(InetSocketAddress server, DnsMessage query) throws IOException {
		long deadline = System.nanoTime() + timeout.toNanos();
		try (Socket socket = new Socket()) {
			socket.connect(server, left(deadline));
			socket.setSoTimeout(left(deadline));
			byte[] bytes = DnsWire.encode(query, DnsWire.TCP_SIZE);
			socket.getOutputStream().write(new byte[] { (byte) (bytes.length >> 8), (byte) bytes.length });
			socket.getOutputStream().write(bytes);
			DataInputStream in = new DataInputStream(socket.getInputStream());
			byte[] answer = new byte[in.readUnsignedShort()];
			in.readFully(answer);
			return matching(query, answer);
		}
	}

	private static @Nullable DnsMessage matching(DnsMessage query, byte[] bytes) {
		try {
			DnsMessage answer = DnsWire.decode(bytes);
			return answer.response() && answer.id() == query.id() && query.question() != null && query.question().equals(answer.question()) ? answer : null;
		} catch (DnsFormatException e) {
			return null;
		}
	}

	private static int left(long deadline) throws SocketTimeoutException {
		long millis = (deadline - System.nanoTime()) / 1_000_000;
		if (millis <= 0) {
			throw new SocketTimeoutException();
		}
		return (int) millis;
	}
}
