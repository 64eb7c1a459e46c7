import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// An IMAP server for ten thousand clients whose mailboxes are quiet: one thread, no disk, and nothing it says depends on anything. A process of its own, so
/// that its time is counted apart. Prints its port and its authority; prints its processor time for each line it is sent; ends with its input.
final class QuietServer {
	private static final String STATUS = "(MESSAGES 9 UIDNEXT 10 UIDVALIDITY 7 HIGHESTMODSEQ 5)";
	private static final String LISTED = "* LIST () \"/\" INBOX\r\n* STATUS INBOX " + STATUS + "\r\n* LIST (\\Junk) \"/\" Junk\r\n* STATUS Junk " + STATUS + "\r\n";

	private final SSLContext tls;
	private final Selector selector = Selector.open();
	private final ByteBuffer netIn = ByteBuffer.allocate(32 * 1024);
	private final ByteBuffer netOut = ByteBuffer.allocate(64 * 1024);
	private final ByteBuffer plain = ByteBuffer.allocate(32 * 1024);

	private QuietServer(SSLContext tls) throws IOException {
		this.tls = tls;
	}

	/// One connection. What is left of a record or a line between two reads.
	private static final class Client {
		private final SocketChannel channel;
		private final SSLEngine engine;
		private byte[] record = {};
		private String line = "";
		private boolean greeted;

		Client(SocketChannel channel, SSLEngine engine) {
			this.channel = channel;
			this.engine = engine;
		}
	}

	public static void main(String[] arguments) throws Exception {
		String name = arguments[0];
		ThrowAwayCa ca = ThrowAwayCa.create("Bench", Instant.now());
		QuietServer server = new QuietServer(ca.issue(List.of(name), Validity.around(Instant.now())).serverContext());
		ServerSocketChannel door = ServerSocketChannel.open();
		door.bind(new InetSocketAddress("127.0.0.1", 0), 4_096);
		System.out.println(door.socket().getLocalPort() + " " + Base64.getEncoder().encodeToString(ca.certificate().getEncoded()));
		Thread.ofPlatform().daemon().start(() -> {
			try {
				server.serve(door);
			} catch (IOException e) {
				e.printStackTrace();
				System.exit(1);
			}
		});
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			System.out.println(cpu());
		}
	}

	static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private void serve(ServerSocketChannel door) throws IOException {
		door.configureBlocking(false);
		door.register(selector, SelectionKey.OP_ACCEPT);
		while (true) {
			selector.select(key -> {
				try {
					if (key.isAcceptable()) {
						accept(door);
					} else {
						read((Client) key.attachment());
					}
				} catch (IOException e) {
					key.cancel();
					try {
						key.channel().close();
					} catch (IOException closing) {
						// it is gone
					}
				}
			});
		}
	}

	private void accept(ServerSocketChannel door) throws IOException {
		for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			SSLEngine engine = tls.createSSLEngine();
			engine.setUseClientMode(false);
			engine.beginHandshake();
			channel.register(selector, SelectionKey.OP_READ, new Client(channel, engine));
		}
	}

	private void read(Client client) throws IOException {
		netIn.clear();
		netIn.put(client.record);
		if (client.channel.read(netIn) < 0) {
			throw new IOException("over");
		}
		netIn.flip();
		plain.clear();
		boolean more = true;
		while (more) {
			HandshakeStatus status = client.engine.getHandshakeStatus();
			switch (status) {
				case NEED_TASK -> {
					for (Runnable task = client.engine.getDelegatedTask(); task != null; task = client.engine.getDelegatedTask()) {
						task.run();
					}
				}
				case NEED_WRAP -> wrap(client, ByteBuffer.allocate(0));
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
					SSLEngineResult result = client.engine.unwrap(netIn, plain);
					if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
						throw new IOException("over");
					}
					more = result.getStatus() == SSLEngineResult.Status.OK
							&& (netIn.hasRemaining() || client.engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK || client.engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
				}
			}
		}
		client.record = new byte[netIn.remaining()];
		netIn.get(client.record);
		if (!client.greeted && client.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
			client.greeted = true;
			say(client, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n");
		}
		plain.flip();
		if (plain.hasRemaining()) {
			String text = client.line + StandardCharsets.ISO_8859_1.decode(plain);
			int from = 0;
			for (int end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n", from)) {
				answer(client, text.substring(from, end));
				from = end + 2;
			}
			client.line = text.substring(from);
		}
	}

	private void answer(Client client, String line) throws IOException {
		int space = line.indexOf(' ');
		String tag = line.substring(0, space);
		String command = line.substring(space + 1);
		if (command.startsWith("LIST \"\" (")) {
			say(client, LISTED + tag + " OK done\r\n");
		} else if (command.startsWith("LIST")) {
			say(client, "* LIST () \"/\" INBOX\r\n* LIST (\\Junk) \"/\" Junk\r\n" + tag + " OK done\r\n");
		} else if (command.startsWith("AUTHENTICATE")) {
			say(client, tag + " OK [CAPABILITY IMAP4rev1 SASL-IR LIST-EXTENDED LIST-STATUS SPECIAL-USE CONDSTORE IDLE NAMESPACE UIDPLUS] in\r\n");
		} else if (command.startsWith("LOGOUT")) {
			say(client, "* BYE bye\r\n" + tag + " OK done\r\n");
			throw new IOException("over");
		} else {
			say(client, tag + " BAD " + command + "\r\n");
		}
	}

	private void say(Client client, String text) throws IOException {
		wrap(client, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
	}

	private void wrap(Client client, ByteBuffer text) throws IOException {
		do {
			netOut.clear();
			client.engine.wrap(text, netOut);
			netOut.flip();
			while (netOut.hasRemaining()) {
				client.channel.write(netOut);
			}
		} while (text.hasRemaining());
	}
}
