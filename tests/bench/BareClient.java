import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import hikkoshi.core.model.Account;

/// The floor: the same dialogue over plain sockets, with nothing kept, checked or told but the certificate's name and chain.
final class BareClient {
	private final World world;
	private final SSLContext tls;
	private final boolean resume;
	private final AtomicInteger unique = new AtomicInteger();

	/// @param resume whether sessions may be resumed, as JSSE does by itself; a probe never does, since it must see the chain
	BareClient(World world, boolean resume) throws Exception {
		this.world = world;
		this.resume = resume;
		KeyStore anchors = KeyStore.getInstance("PKCS12");
		anchors.load(null, null);
		anchors.setCertificateEntry("lab", world.authority);
		TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
		trust.init(anchors);
		tls = SSLContext.getInstance("TLS");
		tls.init(null, trust.getTrustManagers(), null);
	}

	/// Logs in to all, at most `connections` per server at a time.
	///
	/// @return logins per second
	double rate(List<Account> accounts, int connections) throws Exception {
		ConcurrentHashMap<String, Semaphore> places = new ConcurrentHashMap<>();
		long start = System.nanoTime();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> all = accounts.stream().<Future<?>>map(account -> executor.submit(() -> {
				Semaphore place = places.computeIfAbsent(account.server().key(), _ -> new Semaphore(connections));
				place.acquire();
				try {
					login(account);
				} finally {
					place.release();
				}
				return null;
			})).toList();
			for (Future<?> each : all) {
				each.get();
			}
		}
		return accounts.size() * 1e9 / (System.nanoTime() - start);
	}

	private void login(Account account) throws Exception {
		String side = account.server().key();
		String password = world.get(side + ".password").replace("%d", account.user().replaceAll("^u(\\d+).*", "$1"));
		String plain = Base64.getEncoder().encodeToString(("\0" + account.user() + "\0" + password).getBytes(StandardCharsets.UTF_8));
		try (Socket tcp = new Socket()) {
			tcp.setTcpNoDelay(true);
			tcp.setSoTimeout(15_000);
			tcp.connect(new InetSocketAddress(account.address(), account.endpoint().port()), 10_000);
			// JSSE finds sessions by name and port: another port each time means that there is none
			int key = resume ? account.endpoint().port() : 1 + unique.incrementAndGet() % 65_000;
			try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(tcp, account.server().name().ascii(), key, true)) {
				SSLParameters parameters = socket.getSSLParameters();
				parameters.setEndpointIdentificationAlgorithm("HTTPS");
				socket.setSSLParameters(parameters);
				socket.startHandshake();
				BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
				talk(account, in, socket.getOutputStream(), plain);
			}
		}
	}

	private static void talk(Account account, BufferedReader in, OutputStream out, String plain) throws IOException {
		switch (account.endpoint().protocol()) {
			case IMAP -> {
				line(in);
				tagged(in, out, "a CAPABILITY");
				tagged(in, out, "b AUTHENTICATE PLAIN " + plain);
				tagged(in, out, "c STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY)");
				tagged(in, out, "d LOGOUT");
			}
			case POP3 -> {
				line(in);
				send(out, "CAPA");
				while (!line(in).equals(".")) {
					continue;
				}
				good(ask(in, out, "AUTH PLAIN " + plain), "+OK");
				good(ask(in, out, "STAT"), "+OK");
				ask(in, out, "QUIT");
			}
			case SUBMISSION, SMTP -> {
				good(reply(in), "220");
				send(out, "EHLO client.test");
				good(reply(in), "250");
				send(out, "AUTH PLAIN " + plain);
				good(reply(in), "235");
				send(out, "QUIT");
				reply(in);
			}
		}
	}

	private static String ask(BufferedReader in, OutputStream out, String command) throws IOException {
		send(out, command);
		return line(in);
	}

	private static void tagged(BufferedReader in, OutputStream out, String command) throws IOException {
		send(out, command);
		String tag = command.substring(0, 2);
		String line = line(in);
		while (!line.startsWith(tag)) {
			line = line(in);
		}
		good(line, tag + "OK");
	}

	private static String reply(BufferedReader in) throws IOException {
		String line = line(in);
		while (line.length() > 3 && line.charAt(3) == '-') {
			line = line(in);
		}
		return line;
	}

	private static String line(BufferedReader in) throws IOException {
		String line = in.readLine();
		if (line == null) {
			throw new IOException("the server closed the connection");
		}
		return line;
	}

	private static void good(String line, String start) throws IOException {
		if (!line.startsWith(start)) {
			throw new IOException(line);
		}
	}

	private static void send(OutputStream out, String command) throws IOException {
		out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
	}
}
