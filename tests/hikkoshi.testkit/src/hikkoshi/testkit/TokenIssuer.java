package hikkoshi.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import hikkoshi.rehearsal.net.Sessions;

/// A token endpoint (RFC 6749, 6) on a loopback port, by HTTPS. Gives access tokens `access-1`, `access-2` … for refresh tokens that it knows, and with
/// [#rotating] a new refresh token each time, after which the old one is worth nothing. Faults are answers of its next requests. Remembers all.
public final class TokenIssuer implements AutoCloseable {
	/// A request as it came.
	///
	/// @param form its fields, decoded
	/// @param authorization the header, or empty
	public record Request(String line, Map<String, String> form, String authorization) {}

	private record Reply(int status, String type, String body) {}

	private final ServerSocket listener;
	private final SSLContext tls;
	private final Sessions sessions = new Sessions("token-issuer");
	private final List<Request> requests = new ArrayList<>();
	private final Deque<Reply> faults = new ArrayDeque<>();
	private final Set<String> grants = new HashSet<>();
	private final Map<String, Integer> inUse = new HashMap<>();
	private boolean rotates;
	private boolean clashed;
	private long lifetime = 3_600;
	private String clientAuthorization = "";
	private String clientSecret = "";
	private int given;
	private @Nullable CountDownLatch gate;

	private TokenIssuer(ServerSocket listener, SSLContext tls) {
		this.listener = listener;
		this.tls = tls;
	}

	/// @param tls with a certificate for `localhost`, or not
	public static TokenIssuer start(SSLContext tls) throws IOException {
		ServerSocket listener = new ServerSocket();
		listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1024);
		TokenIssuer issuer = new TokenIssuer(listener, tls);
		issuer.sessions.accept(listener, socket -> issuer.sessions.serve(socket, () -> issuer.serve(socket)));
		return issuer;
	}

	public URI uri() {
		return URI.create("https://localhost:" + listener.getLocalPort() + "/oauth2/v2.0/token?tenant=x");
	}

	/// Accepts this refresh token.
	public synchronized TokenIssuer knows(String... refreshTokens) {
		grants.addAll(List.of(refreshTokens));
		return this;
	}

	public synchronized TokenIssuer rotating() {
		rotates = true;
		return this;
	}

	/// @param seconds negative: it does not say
	public synchronized TokenIssuer lifetime(long seconds) {
		lifetime = seconds;
		return this;
	}

	/// Wants the client's secret in the header.
	public synchronized TokenIssuer wantsHeader(String authorization) {
		clientAuthorization = authorization;
		return this;
	}

	/// Wants the client's secret in the form, and knows nothing of headers.
	public synchronized TokenIssuer wantsField(String secret) {
		clientSecret = secret;
		return this;
	}

	/// Answers the next request so.
	public synchronized TokenIssuer next(int status, String type, String body) {
		faults.add(new Reply(status, type, body));
		return this;
	}

	/// Holds answers back, until the returned latch is counted down.
	public synchronized CountDownLatch hold() {
		CountDownLatch latch = new CountDownLatch(1);
		gate = latch;
		return latch;
	}

	public synchronized List<Request> requests() {
		return List.copyOf(requests);
	}

	/// Whether two requests with one refresh token were ever under way at once.
	public synchronized boolean clashed() {
		return clashed;
	}

	private void serve(Socket socket) {
		try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true)) {
			secure.setUseClientMode(false);
			Request request = read(new BufferedInputStream(secure.getInputStream()));
			Reply reply = answer(request);
			byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			out.writeBytes(("HTTP/1.1 " + reply.status + " Whatever\r\nContent-Type: " + reply.type + "\r\nLocation: https://localhost/elsewhere\r\nContent-Length: "
					+ body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
			out.writeBytes(body);
			secure.getOutputStream().write(out.toByteArray());
			secure.getOutputStream().flush();
		} catch (IOException e) {
			// a client that went away, or never trusted us
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private Reply answer(Request request) throws InterruptedException {
		String token = request.form.getOrDefault("refresh_token", "");
		CountDownLatch wait;
		synchronized (this) {
			requests.add(request);
			clashed |= inUse.merge(token, 1, Integer::sum) > 1;
			wait = gate;
			notifyAll();
		}
		if (wait != null) {
			wait.await();
		}
		synchronized (this) {
			inUse.merge(token, -1, Integer::sum);
			return faults.isEmpty() ? judged(request, token) : faults.remove();
		}
	}

	/// Waits until so many requests have come.
	public synchronized void await(int count) throws InterruptedException {
		while (requests.size() < count) {
			wait();
		}
	}

	private Reply judged(Request request, String token) {
		boolean known = clientAuthorization.isEmpty() || request.authorization.equals(clientAuthorization);
		known &= clientSecret.isEmpty() || request.form.getOrDefault("client_secret", "").equals(clientSecret);
		if (!known) {
			return json(401, "{\"error\":\"invalid_client\",\"error_description\":\"who are you\"}");
		}
		if (!"refresh_token".equals(request.form.get("grant_type")) || !request.form.containsKey("client_id")) {
			return json(400, "{\"error\":\"unsupported_grant_type\"}");
		}
		if (rotates ? !grants.remove(token) : !grants.contains(token)) {
			return json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}");
		}
		given++;
		String more = lifetime < 0 ? "" : ",\"expires_in\":" + lifetime;
		if (rotates) {
			grants.add("refresh-" + given);
			more += ",\"refresh_token\":\"refresh-" + given + "\"";
		}
		return json(200, "{\"token_type\":\"Bearer\",\"access_token\":\"access-" + given + "\"" + more + ",\"scope\":\"imap\"}");
	}

	private static Reply json(int status, String body) {
		return new Reply(status, "application/json;charset=UTF-8", body);
	}

	private static Request read(InputStream in) throws IOException {
		String first = line(in);
		int length = 0;
		String authorization = "";
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			int colon = line.indexOf(':');
			String value = line.substring(colon + 1).strip();
			switch (line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT)) {
				case "content-length" -> length = Integer.parseInt(value);
				case "authorization" -> authorization = value;
				default -> {}
			}
		}
		Map<String, String> form = new HashMap<>();
		for (String field : new String(in.readNBytes(length), StandardCharsets.US_ASCII).split("&")) {
			String[] parts = field.split("=", 2);
			if (parts.length == 2) {
				form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
			}
		}
		return new Request(first, Map.copyOf(form), authorization);
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = in.read(); c != '\n'; c = in.read()) {
			if (c < 0 || line.length() > 100_000) {
				throw new EOFException();
			}
			line.append((char) c);
		}
		return line.toString().strip();
	}

	@Override
	public void close() {
		sessions.close();
	}
}
