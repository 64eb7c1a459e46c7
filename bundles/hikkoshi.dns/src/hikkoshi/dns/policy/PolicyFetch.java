package hikkoshi.dns.policy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.IpText;

/// Fetches a policy as a sender does (RFC 8461, 3.3): over HTTPS from the addresses that our own DNS gave, with the name proven, without following a redirect.
/// Blocks; bounded in size and time; an interrupt ends it at once (virtual threads close the socket). Safe for several threads.
public final class PolicyFetch {
	private static final String PATH = "/.well-known/mta-sts.txt";
	private static final int MAX_BYTES = 64_000;
	private static final int MAX_ADDRESSES = 3;
	private static final int OK = 200;
	private final SSLContext tls;
	private final int port;
	private final Duration connect;
	private final Duration whole;

	/// What came of it.
	public sealed interface Fetched {
		record Policy(String text, String type, String from) implements Fetched {}

		/// The server does not give one that senders would take: certificate, status, redirect, size.
		record Refused(String why) implements Fetched {}

		/// Nobody was reached.
		record Silent(String why) implements Fetched {}
	}

	/// @param extra authorities besides the platform's
	/// @param port 443 but in a lab
	/// @param connect for the TCP handshake, and each read
	/// @param whole for one fetch
	public PolicyFetch(List<X509Certificate> extra, int port, Duration connect, Duration whole) throws IOException {
		this.port = port;
		this.connect = connect;
		this.whole = whole;
		try {
			List<X509Certificate> all = new ArrayList<>(extra);
			for (TrustManager manager : managers(null)) {
				if (manager instanceof X509TrustManager platform) {
					all.addAll(List.of(platform.getAcceptedIssuers()));
				}
			}
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			for (X509Certificate authority : all) {
				store.setCertificateEntry("anchor" + store.size(), authority);
			}
			tls = SSLContext.getInstance("TLS");
			tls.init(null, managers(store), null);
		} catch (GeneralSecurityException e) {
			throw new IOException("this Java has no TLS client: " + e.getMessage(), e);
		}
	}

	private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
		factory.init(store);
		return factory.getTrustManagers();
	}

	/// @param host e.g. `mta-sts.example.org`
	public Fetched fetch(String host, List<InetAddress> addresses) throws InterruptedException {
		Fetched last = new Fetched.Silent("no address");
		for (InetAddress address : addresses.stream().limit(MAX_ADDRESSES).toList()) {
			last = fetch(host, address);
			if (!(last instanceof Fetched.Silent)) {
				return last;
			}
		}
		return last;
	}

	private Fetched fetch(String host, InetAddress address) throws InterruptedException {
		long deadline = System.nanoTime() + whole.toNanos();
		String place = IpText.withPort(address, port);
		try (Socket plain = new Socket(); Watchdog _ = new Watchdog(plain, whole)) {
			plain.connect(new InetSocketAddress(address, port), millis(connect));
			plain.setSoTimeout(millis(connect));
			try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true)) {
				SSLParameters parameters = secure.getSSLParameters();
				parameters.setEndpointIdentificationAlgorithm("HTTPS");
				parameters.setServerNames(List.of(new SNIHostName(host)));
				secure.setSSLParameters(parameters);
				secure.startHandshake();
				String request = "GET " + PATH + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: Hikkoshi\r\nAccept: text/plain\r\nConnection: close\r\n\r\n";
				secure.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
				secure.getOutputStream().flush();
				return read(secure.getInputStream(), deadline, place);
			}
		} catch (SSLException e) {
			interrupted();
			return new Fetched.Refused(place + " TLS: " + e.getMessage());
		} catch (SocketTimeoutException | ConnectException | NoRouteToHostException e) {
			interrupted();
			return new Fetched.Silent(place + " " + e.getMessage());
		} catch (IOException | IllegalArgumentException e) {
			interrupted();
			return new Fetched.Silent(place + " " + e.getMessage());
		}
	}

	/// Hangs up when the time is over: a server that drips its handshake holds each read for less than any read time-out.
	private record Watchdog(Thread thread) implements AutoCloseable {
		Watchdog(Socket socket, Duration whole) {
			this(Thread.ofVirtual().start(() -> {
				try (socket) {
					Thread.sleep(whole);
				} catch (InterruptedException | IOException e) {
					// in time, or closed already
				}
			}));
		}

		@Override
		public void close() {
			thread.interrupt();
		}
	}

	private static void interrupted() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
	}

	private static int millis(Duration duration) {
		return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
	}

	private static Fetched read(InputStream in, long deadline, String place) throws IOException {
		StringBuilder all = new StringBuilder();
		byte[] buffer = new byte[4_096];
		int head = -1;
		long length = -1;
		// a server may keep the connection open in spite of "close"
		while (length < 0 || all.length() < length) {
			int count = in.read(buffer);
			if (count < 0) {
				break;
			}
			int before = all.length();
			all.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
			if (all.length() > MAX_BYTES) {
				return new Fetched.Refused(place + " more than " + MAX_BYTES + " bytes");
			}
			if (System.nanoTime() > deadline) {
				return new Fetched.Silent(place + " took too long");
			}
			if (head < 0) {
				head = all.indexOf("\r\n\r\n", Math.max(0, before - 3));
				String announced = head < 0 ? "" : header(all.substring(0, head), "content-length");
				length = announced.matches("[0-9]{1,6}") ? head + 4L + Integer.parseInt(announced) : -1;
			}
			if (head >= 0 && length < 0 && all.length() > 5 && all.substring(all.length() - 5).equals("0\r\n\r\n")) {
				break;
			}
		}
		return answer(all.toString(), place);
	}

	private static Fetched answer(String text, String place) {
		int end = text.indexOf("\r\n\r\n");
		if (end < 0 || !text.matches("(?s)HTTP/1\\.[01] [1-5][0-9]{2}.*")) {
			return new Fetched.Refused(place + " no HTTP");
		}
		String head = text.substring(0, end);
		int status = Integer.parseInt(text.substring(9, 12));
		if (status != OK) {
			return new Fetched.Refused(place + " HTTP " + status + (status / 100 == 3 ? " (redirect)" : ""));
		}
		String body = text.substring(end + 4);
		if (header(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
			body = unchunked(body);
		}
		return new Fetched.Policy(body, header(head, "content-type"), place);
	}

	private static String header(String head, String name) {
		for (String line : head.split("\r\n")) {
			if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
				return line.substring(name.length() + 1).strip();
			}
		}
		return "";
	}

	private static String unchunked(String body) {
		StringBuilder out = new StringBuilder();
		for (int at = 0; at < body.length();) {
			int line = body.indexOf("\r\n", at);
			String size = line < 0 ? "" : body.substring(at, line).split(";", 2)[0].strip();
			if (!size.matches("[0-9a-fA-F]{1,5}")) {
				break;
			}
			int length = Integer.parseInt(size, 16);
			int from = line + 2;
			if (length == 0 || from + length > body.length()) {
				break;
			}
			out.append(body, from, from + length);
			at = from + length + 2;
		}
		return out.toString();
	}
}
