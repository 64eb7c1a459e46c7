import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The floor of a round of a watch: the same commands over sockets that are kept, and for mailboxes beyond those the same dialogues over new ones. Nothing is
/// read but the end of the answer, nothing is written down. A process of its own, since both need all the file descriptors that one may have.
final class QuietClient {
	private static final String COMMAND = "x LIST \"\" (\"INBOX\" \"Junk\") RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\r\n";
	private static final byte[] END = "\r\nx OK".getBytes(StandardCharsets.US_ASCII);

	private record Open(SSLSocket socket, InputStream in, OutputStream out) {}

	private static final class Side {
		private final String name;
		private final int port;
		private final SSLContext tls;
		private final List<Open> open = new ArrayList<>();
		private int beyond;

		Side(String name, String port, String authority) throws Exception {
			this.name = name;
			this.port = Integer.parseInt(port);
			KeyStore anchors = KeyStore.getInstance("PKCS12");
			anchors.load(null, null);
			anchors.setCertificateEntry("bench", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(authority))));
			TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
			trust.init(anchors);
			tls = SSLContext.getInstance("TLS");
			tls.init(null, trust.getTrustManagers(), null);
			tls.getClientSessionContext().setSessionCacheSize(1);
		}
	}

	/// `MAILBOXES KEPT WORKERS (NAME PORT AUTHORITY)…`; then a round for each line of input.
	public static void main(String[] arguments) throws Exception {
		int mailboxes = Integer.parseInt(arguments[0]);
		int kept = Integer.parseInt(arguments[1]);
		int workers = Integer.parseInt(arguments[2]);
		List<Side> sides = new ArrayList<>();
		for (int i = 3; i < arguments.length; i += 3) {
			sides.add(new Side(arguments[i], arguments[i + 1], arguments[i + 2]));
		}
		for (Side side : sides) {
			int most = Math.min(mailboxes, kept / sides.size());
			side.beyond = mailboxes - most;
			try (var executor = Executors.newFixedThreadPool(8)) {
				List<Future<Open>> all = new ArrayList<>();
				for (int i = 0; i < most; i++) {
					all.add(executor.submit(() -> login(side)));
				}
				for (Future<Open> each : all) {
					side.open.add(each.get());
				}
			}
		}
		System.out.println("open");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			long cpu = QuietServer.cpu();
			long start = System.nanoTime();
			round(sides, workers);
			System.out.println(System.nanoTime() - start + " " + (QuietServer.cpu() - cpu));
		}
	}

	private static void round(List<Side> sides, int workers) throws Exception {
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> all = new ArrayList<>();
			for (Side side : sides) {
				AtomicInteger next = new AtomicInteger();
				for (int i = 0; i < workers; i++) {
					all.add(executor.submit(() -> {
						byte[] buffer = new byte[4_096];
						for (int at = next.getAndIncrement(); at < side.open.size() + side.beyond; at = next.getAndIncrement()) {
							if (at < side.open.size()) {
								ask(side.open.get(at), COMMAND, buffer);
							} else {
								Open once = login(side);
								ask(once, COMMAND, buffer);
								ask(once, "x LOGOUT\r\n", buffer);
								once.socket().close();
							}
						}
						return null;
					}));
				}
			}
			for (Future<?> each : all) {
				each.get();
			}
		}
	}

	private static Open login(Side side) throws IOException {
		Socket tcp = new Socket();
		tcp.setTcpNoDelay(true);
		tcp.connect(new InetSocketAddress("127.0.0.1", side.port));
		SSLSocket socket = (SSLSocket) side.tls.getSocketFactory().createSocket(tcp, side.name, side.port, true);
		socket.startHandshake();
		Open open = new Open(socket, socket.getInputStream(), socket.getOutputStream());
		byte[] buffer = new byte[4_096];
		open.in().read(buffer);
		ask(open, "x AUTHENTICATE PLAIN AHUAcHVyZSBxdWlldA==\r\n", buffer);
		return open;
	}

	private static void ask(Open open, String command, byte[] buffer) throws IOException {
		open.out().write(command.getBytes(StandardCharsets.US_ASCII));
		int length = 0;
		do {
			int n = open.in().read(buffer, length, buffer.length - length);
			if (n < 0) {
				throw new IOException("the server closed the connection");
			}
			length += n;
		} while (!isOver(buffer, length));
	}

	private static boolean isOver(byte[] buffer, int length) {
		if (buffer[length - 1] != '\n') {
			return false;
		}
		if (length > 4 && buffer[0] == 'x') {
			return true;
		}
		for (int at = length - 3; at >= 1; at--) {
			if (buffer[at] == '\n') {
				return buffer[at + 1] == END[2] && buffer[at + 2] == ' ';
			}
		}
		return false;
	}
}
