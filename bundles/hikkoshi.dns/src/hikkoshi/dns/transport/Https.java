package hikkoshi.dns.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsStatus;

/// DNS over HTTPS (RFC 8484), HTTP/2 where the server can. The JDK's client, bounded: one address and no look-up of a name, no redirect, no proxy,
/// no cookie, at most one DNS message of body, and one deadline for the whole.
final class Https {
	private static final String TYPE = "application/dns-message";
	private static final int OK = 200;
	private static final String MALFORMED_REQUEST = "HTTP 400";
	/// Clients kept open; each has a thread of its own.
	private static final int MAX_CLIENTS = 8;
	private static final int MAX_EXCHANGES = 64;

	private record Key(InetSocketAddress server, String name) {}

	/// @param session e.g. `TLSv1.3, HTTP/2`
	record Answer(byte[] bytes, String session) {}

	/// A web server answered, but not with DNS.
	static final class NoDnsException extends IOException {
		private static final long serialVersionUID = 1L;
		final DnsStatus status;

		NoDnsException(DnsStatus status, String words) {
			super(words);
			this.status = status;
		}
	}

	private final Trust trust;
	private final Semaphore exchanges = new Semaphore(MAX_EXCHANGES, true);
	private final Map<Key, HttpClient> clients = new LinkedHashMap<>(16, 0.75f, true);
	private boolean closed;

	Https(Trust trust) {
		this.trust = trust;
	}

	/// @throws NoDnsException when something else than DNS came
	/// @throws SocketTimeoutException when the time is over
	Answer ask(DnsQuery query, Carrier.Https way, Outgoing question, Patience patience) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + patience.tcp().toNanos();
		if (!exchanges.tryAcquire(patience.tcp().toNanos(), TimeUnit.NANOSECONDS)) {
			throw new SocketTimeoutException("no answer in time");
		}
		try {
			boolean named = Stream.isName(way.name());
			AtomicReference<@Nullable NoDnsException> refused = new AtomicReference<>();
			try {
				return exchange(query, way, request(query.server(), way, question, named), refused, patience, deadline);
			} catch (NoDnsException e) {
				// over HTTP/2 the client cannot but name the address too, and servers may take two names for a malformed request (RFC 9113, 8.3.1)
				if (!named || !MALFORMED_REQUEST.equals(e.getMessage())) {
					throw e;
				}
				refused.set(null);
				return exchange(query, way, request(query.server(), way, question, false), refused, patience, deadline);
			}
		} finally {
			exchanges.release();
		}
	}

	private Answer exchange(DnsQuery query, Carrier.Https way, HttpRequest request, AtomicReference<@Nullable NoDnsException> refused, Patience patience, long deadline)
			throws IOException, InterruptedException {
		CompletableFuture<HttpResponse<byte[]>> running = client(query.server(), way, patience).sendAsync(request, info -> body(info, refused));
		try {
			HttpResponse<byte[]> response = running.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
			String tls = response.sslSession().map(session -> session.getProtocol()).orElse("");
			return new Answer(response.body(), tls + (response.version() == HttpClient.Version.HTTP_2 ? ", HTTP/2" : ", HTTP/1.1"));
		} catch (TimeoutException e) {
			throw new SocketTimeoutException("no answer in time");
		} catch (ExecutionException e) {
			// over HTTP/2 a body that we give up fails with the stream's words, not with ours
			NoDnsException ours = refused.get();
			throw ours == null ? failure(e.getCause()) : ours;
		} finally {
			running.cancel(true);
		}
	}

	private static IOException failure(@Nullable Throwable cause) {
		return switch (cause) {
			case java.net.http.HttpTimeoutException _ -> new SocketTimeoutException("no answer in time");
			case IOException io -> io;
			case null, default -> new IOException(cause);
		};
	}

	/// The id is 0, so that caches on the way see the same question as the same (RFC 8484, 4.1).
	private static HttpRequest request(InetSocketAddress server, Carrier.Https way, Outgoing question, boolean named) {
		String address = IpText.of(server.getAddress());
		String host = (server.getAddress() instanceof Inet6Address ? "[" + address + "]" : address)
				+ (server.getPort() == Transport.DOH.port() ? "" : ":" + server.getPort());
		String url = "https://" + host + way.path();
		byte[] message = question.under(0);
		HttpRequest.Builder request = way.get() ? HttpRequest.newBuilder(URI.create(url + "?dns=" + Base64.getUrlEncoder().withoutPadding().encodeToString(message)))
				: HttpRequest.newBuilder(URI.create(url)).header("Content-Type", TYPE).POST(HttpRequest.BodyPublishers.ofByteArray(message));
		if (named) {
			try {
				request.header("Host", way.name() + (server.getPort() == Transport.DOH.port() ? "" : ":" + server.getPort()));
			} catch (IllegalArgumentException e) {
				// only where the runtime was started so that it allows it (docs/dns.md): servers of one name do without
			}
		}
		return request.header("Accept", TYPE).build();
	}

	private HttpClient client(InetSocketAddress server, Carrier.Https way, Patience patience) throws IOException {
		String proven = way.name().isEmpty() ? IpText.of(server.getAddress()) : way.name();
		HttpClient old = null;
		HttpClient found;
		synchronized (this) {
			if (closed) {
				throw new IOException("the DNS transport is closed");
			}
			Key key = new Key(server, proven);
			found = clients.get(key);
			if (found == null) {
				if (clients.size() == MAX_CLIENTS) {
					old = clients.remove(clients.keySet().iterator().next());
				}
				SSLContext tls = trust.proving(proven);
				// those of the context, since the client offers HTTP/2 only where the parameters name TLS 1.2 or later; many servers speak nothing else
				SSLParameters parameters = tls.getDefaultSSLParameters();
				if (Stream.isName(proven)) {
					parameters.setServerNames(List.of(new SNIHostName(proven)));
				}
				found = HttpClient.newBuilder().sslContext(tls).sslParameters(parameters).version(HttpClient.Version.HTTP_2)
						.followRedirects(HttpClient.Redirect.NEVER).proxy(HttpClient.Builder.NO_PROXY).connectTimeout(patience.tcpConnect())
						.executor(Executors.newVirtualThreadPerTaskExecutor()).build();
				clients.put(key, found);
			}
		}
		if (old != null) {
			old.shutdownNow();
		}
		return found;
	}

	private static HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo info, AtomicReference<@Nullable NoDnsException> refused) {
		if (info.statusCode() != OK) {
			String where = info.headers().firstValue("Location").map(place -> " to " + place).orElse("");
			refused.set(new NoDnsException(DnsStatus.HTTP_ERROR, "HTTP " + info.statusCode() + where));
		}
		String type = info.headers().firstValue("Content-Type").orElse("no type");
		if (info.statusCode() == OK && !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE)) {
			refused.set(new NoDnsException(DnsStatus.NOT_DNS, type));
		}
		return new Body(refused);
	}

	/// At most one DNS message; what is no DNS is not read at all.
	private static final class Body implements HttpResponse.BodySubscriber<byte[]> {
		private static final int LARGEST = 65_535;
		private final AtomicReference<@Nullable NoDnsException> refused;
		private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
		private final ByteArrayOutputStream read = new ByteArrayOutputStream();
		private Flow.@Nullable Subscription subscription;

		/// @param refused holds already why nothing is to be read, or gets it
		Body(AtomicReference<@Nullable NoDnsException> refused) {
			this.refused = refused;
		}

		@Override
		public CompletionStage<byte[]> getBody() {
			return whole;
		}

		@Override
		public void onSubscribe(Flow.Subscription given) {
			subscription = given;
			NoDnsException refusal = refused.get();
			if (refusal != null) {
				whole.completeExceptionally(refusal);
				given.cancel();
			} else {
				given.request(Long.MAX_VALUE);
			}
		}

		@Override
		public void onNext(List<ByteBuffer> some) {
			for (ByteBuffer each : some) {
				if (read.size() + each.remaining() > LARGEST) {
					NoDnsException refusal = new NoDnsException(DnsStatus.TOO_LONG, "more than " + LARGEST + " bytes");
					refused.set(refusal);
					whole.completeExceptionally(refusal);
					if (subscription != null) {
						subscription.cancel();
					}
					return;
				}
				byte[] bytes = new byte[each.remaining()];
				each.get(bytes);
				read.writeBytes(bytes);
			}
		}

		@Override
		public void onError(Throwable why) {
			whole.completeExceptionally(why);
		}

		@Override
		public void onComplete() {
			whole.complete(read.toByteArray());
		}
	}

	void close() {
		List<HttpClient> all;
		synchronized (this) {
			closed = true;
			all = List.copyOf(clients.values());
			clients.clear();
		}
		all.forEach(HttpClient::shutdownNow);
	}
}
