package hikkoshi.dns.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// One question over a TCP connection of its own (RFC 7766): framing, deadlines, nothing else. A message is at most 65,535 bytes by its
/// framing. A channel and not a plain socket, since only a channel's wait ends by interrupt on a platform thread too.
final class TcpExchange {
	private final InetSocketAddress server;
	private final Patience patience;
	private final Set<SocketChannel> open;
	final AtomicInteger ignored = new AtomicInteger();

	/// @param open where the connection is noted while it lives, so that others can end it
	TcpExchange(InetSocketAddress server, Patience patience, Set<SocketChannel> open) {
		this.server = server;
		this.open = open;
		this.patience = patience;
	}

	/// @throws SocketTimeoutException when the time is over
	/// @throws IOException also when interrupted: the caller looks at its thread
	byte[] ask(Outgoing question, int id) throws IOException {
		long deadline = System.nanoTime() + patience.tcp().toNanos();
		SocketChannel channel = SocketChannel.open();
		open.add(channel);
		try (channel) {
			return ask(channel, question, id, deadline);
		} finally {
			open.remove(channel);
		}
	}

	private byte[] ask(SocketChannel channel, Outgoing question, int id, long deadline) throws IOException {
		Socket socket = channel.socket();
		socket.setTcpNoDelay(true);
		socket.connect(server, millis(shorter(patience.tcpConnect(), deadline)));
		OutputStream out = socket.getOutputStream();
		byte[] message = question.under(id);
		byte[] framed = new byte[message.length + 2];
		framed[0] = (byte) (message.length >> 8);
		framed[1] = (byte) message.length;
		System.arraycopy(message, 0, framed, 2, message.length);
		out.write(framed);
		InputStream in = socket.getInputStream();
		while (true) {
			byte[] answer = read(socket, in, Outgoing.u16(read(socket, in, 2, deadline), 0), deadline);
			if (answer.length < Outgoing.HEADER) {
				throw new ScrapException();
			}
			if (Outgoing.u16(answer, 0) == id && question.judge(answer) != Outgoing.Fit.OTHER) {
				return answer;
			}
			ignored.incrementAndGet();
		}
	}

	/// A message too short to be one.
	static final class ScrapException extends IOException {
		private static final long serialVersionUID = 1L;
	}

	private static byte[] read(Socket socket, InputStream in, int count, long deadline) throws IOException {
		byte[] bytes = new byte[count];
		for (int have = 0; have < count;) {
			socket.setSoTimeout(millis(deadline - System.nanoTime()));
			int more = in.read(bytes, have, count - have);
			if (more < 0) {
				throw new EOFException("connection closed after " + have + " of " + count + " bytes");
			}
			have += more;
		}
		return bytes;
	}

	private static long shorter(Duration wanted, long deadline) {
		return Math.min(wanted.toNanos(), deadline - System.nanoTime());
	}

	private static int millis(long nanos) throws SocketTimeoutException {
		if (nanos <= 0) {
			throw new SocketTimeoutException();
		}
		return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
	}
}
