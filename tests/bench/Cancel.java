import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.RunMemo;

/// Time from the interrupt until a run has returned, while each of its connections waits for the other side of a TLS handshake.
final class Cancel {
	private static final double TARGET = 1.0;

	public static void main(String[] args) throws Exception {
		int connections = args.length > 2 ? Integer.parseInt(args[2]) : 500;
		double worst = 0;
		for (Security security : List.of(Security.TLS, Security.STARTTLS)) {
			for (int round = 0; round < 3; round++) {
				double seconds = cancel(security, connections);
				System.out.printf("%d connections in a TLS handshake (%s): returned %.3f s after the interrupt%n", connections,
						security.name().toLowerCase(Locale.ROOT), seconds);
				worst = Math.max(worst, seconds);
			}
		}
		World.verdict(worst < TARGET, "returns within " + TARGET + " s");
	}

	private static double cancel(Security security, int connections) throws Exception {
		CountDownLatch hanging = new CountDownLatch(connections);
		List<Socket> open = new ArrayList<>();
		try (ServerSocket server = new ServerSocket(0, connections, InetAddress.ofLiteral("127.0.0.1"))) {
			Thread.ofVirtual().start(() -> {
				while (true) {
					try {
						Socket socket = server.accept();
						synchronized (open) {
							open.add(socket);
						}
						Thread.ofVirtual().start(() -> untilHello(socket, security, hanging));
					} catch (IOException e) {
						return;
					}
				}
			});
			Endpoint endpoint = new Endpoint(Protocol.IMAP, server.getLocalPort(), security);
			Server place = World.server("hanging", Side.OLD, "hanging.lab.test", "127.0.0.1", endpoint);
			List<Account> accounts = new ArrayList<>();
			for (int i = 0; i < connections; i++) {
				accounts.add(World.account(place, endpoint, "u" + i, "u" + i + "@lab.test"));
			}
			AtomicBoolean interrupted = new AtomicBoolean();
			Thread run = Thread.ofPlatform().start(() -> {
				try (RunMemo memo = new RunMemo()) {
					var context = World.context(connections, Duration.ofMinutes(5), World.secrets(_ -> "none"), List.of(), memo);
					new ProbeRun(World.tasks(accounts), context, _ -> { }).call();
				} catch (InterruptedException e) {
					interrupted.set(true);
				} catch (IOException e) {
					e.printStackTrace();
				}
			});
			hanging.await();
			long start = System.nanoTime();
			run.interrupt();
			run.join();
			double seconds = (System.nanoTime() - start) / 1e9;
			if (!interrupted.get()) {
				throw new IllegalStateException("the run ended by itself");
			}
			return seconds;
		} finally {
			synchronized (open) {
				for (Socket each : open) {
					each.close();
				}
			}
		}
	}

	/// Talks until the client's first bytes of TLS have come, and says nothing more.
	private static void untilHello(Socket socket, Security security, CountDownLatch hanging) {
		try {
			if (security == Security.STARTTLS) {
				say(socket, "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n");
				for (String line = line(socket); ; line = line(socket)) {
					String tag = line.split(" ")[0];
					if (line.toUpperCase(Locale.ROOT).contains("STARTTLS")) {
						say(socket, tag + " OK begin\r\n");
						break;
					}
					say(socket, "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n" + tag + " OK done\r\n");
				}
			}
			if (socket.getInputStream().read() == 0x16) {
				hanging.countDown();
			}
		} catch (IOException e) {
			e.printStackTrace();
		}
	}

	private static void say(Socket socket, String words) throws IOException {
		socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
	}

	private static String line(Socket socket) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int b = socket.getInputStream().read(); b != '\n'; b = socket.getInputStream().read()) {
			if (b < 0) {
				throw new IOException("closed");
			}
			line.append((char) b);
		}
		return line.toString().strip();
	}
}
