package hikkoshi.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/// A DNS-over-HTTPS server (RFC 8484) on a free port, by HTTP/1.1, that does with each request what a test told it.
public final class FakeDoh implements AutoCloseable {
	public static final String TYPE = "application/dns-message";
	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	/// What to do with one request.
	@FunctionalInterface
	public interface Page {
		void serve(HttpExchange http, DnsQuery query) throws IOException, InterruptedException;
	}

	/// @param host what the request says whom it is for
	public record Request(String method, String path, String host, DnsQuery query) {}

	private final HttpsServer server;
	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
	private final List<Request> requests = new CopyOnWriteArrayList<>();
	private volatile Page page = (http, _) -> http.sendResponseHeaders(404, -1);

	private FakeDoh(HttpsServer server) {
		this.server = server;
	}

	public static FakeDoh start(SSLContext tls) throws IOException {
		FakeDoh fake = new FakeDoh(HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0));
		fake.server.setHttpsConfigurator(new HttpsConfigurator(tls));
		fake.server.setExecutor(fake.threads);
		fake.server.createContext("/", fake::handle);
		fake.server.start();
		return fake;
	}

	public FakeDoh serving(Page next) {
		page = next;
		return this;
	}

	/// An answer as a DNS server gives it.
	public static Page answering(Rr... records) {
		return (http, query) -> send(http, 200, TYPE, DnsReply.to(query).answer(records).bytes());
	}

	public static Page saying(int status, String type, String text) {
		return (http, _) -> send(http, status, type, text.getBytes(StandardCharsets.UTF_8));
	}

	public static Page redirecting(String where) {
		return (http, _) -> {
			http.getResponseHeaders().set("Location", where);
			http.sendResponseHeaders(302, -1);
		};
	}

	/// The right type, and bytes until nobody takes them.
	public static Page endless(String type) {
		return (http, _) -> {
			http.getResponseHeaders().set("Content-Type", type);
			http.sendResponseHeaders(200, 0);
			byte[] some = new byte[8_192];
			try (OutputStream out = http.getResponseBody()) {
				while (true) {
					out.write(some);
				}
			}
		};
	}

	public static void send(HttpExchange http, int status, String type, byte[] body) throws IOException {
		http.getResponseHeaders().set("Content-Type", type);
		http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
		if (body.length > 0) {
			http.getResponseBody().write(body);
		}
	}

	private void handle(HttpExchange http) throws IOException {
		try (http) {
			String get = http.getRequestURI().getRawQuery();
			byte[] message = get == null ? http.getRequestBody().readAllBytes() : Base64.getUrlDecoder().decode(get.replaceFirst("^dns=", ""));
			DnsQuery query = DnsQuery.parse(true, message);
			requests.add(new Request(http.getRequestMethod(), http.getRequestURI().getPath(), http.getRequestHeaders().getFirst("Host"), query));
			page.serve(http, query);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	public int port() {
		return server.getAddress().getPort();
	}

	public InetAddress address() {
		return server.getAddress().getAddress();
	}

	public List<Request> requests() {
		return List.copyOf(requests);
	}

	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
	}
}
