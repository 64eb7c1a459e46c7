package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsOptions;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.Carrier;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.dns.transport.Reply;
import hikkoshi.testkit.DnsBehaviour;
import hikkoshi.testkit.DnsReply;
import hikkoshi.testkit.FakeDns;
import hikkoshi.testkit.FakeDoh;
import hikkoshi.testkit.Rr;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.Wait;

/// DNS over TLS and over HTTPS, and the connections below.
@Timeout(120)
class SecureTransportTest {
	private static final String NAME = "example.test";
	private static final Rr TRUTH = Rr.address(NAME, 300, "192.0.2.1");
	private static final TlsKit KIT = new TlsKit("dns.example");
	private static final Patience SHORT = new Patience(Duration.ofMillis(500), 1, Duration.ofSeconds(2), Duration.ofSeconds(2));
	private static DnsTransport transport;
	private FakeDns dot;
	private FakeDoh doh;

	@BeforeAll
	static void open() {
		transport = new DnsTransport(false, List.of(KIT.anchor()));
	}

	@AfterAll
	static void shut() {
		transport.close();
	}

	@AfterEach
	void stop() {
		if (dot != null) {
			dot.close();
		}
		if (doh != null) {
			doh.close();
		}
	}

	private Reply overTls(String name, Patience patience) throws IOException, InterruptedException {
		return ask(new InetSocketAddress(dot.address(), dot.port()), new Carrier.Tls(name), patience);
	}

	private Reply overHttps(String name, boolean get, Patience patience) throws IOException, InterruptedException {
		return ask(new InetSocketAddress(doh.address(), doh.port()), new Carrier.Https(name, "/dns-query", get), patience);
	}

	private static Reply ask(InetSocketAddress server, Carrier carrier, Patience patience) throws IOException, InterruptedException {
		return ask(NAME, server, carrier, patience);
	}

	private static Reply ask(String name, InetSocketAddress server, Carrier carrier, Patience patience) throws IOException, InterruptedException {
		return transport.ask(new DnsQuery(Name.fromConstantString(name + "."), Type.A, server, carrier, DnsOptions.DEFAULT), patience);
	}

	@Test
	void tlsProvesTheName() throws Exception {
		dot = FakeDns.start(KIT.good()).on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		Reply reply = overTls("dns.example", TransportTest.LONG);
		assertThat(reply.status()).as(reply.detail()).isEqualTo(DnsStatus.ANSWER);
		assertThat(reply.carried().proof()).isEqualTo(DnsAnswer.Proof.PROVEN);
		assertThat(reply.carried().session()).startsWith("TLSv1.");
		assertThat(dot.queries()).singleElement().matches(query -> query.tcp() && query.recursionDesired());
	}

	@Test
	void withoutANameAnybodyMayAnswerAndThatIsSaid() throws Exception {
		dot = FakeDns.start(KIT.selfSigned()).on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		Reply reply = overTls("", TransportTest.LONG);
		assertThat(reply.status()).as(reply.detail()).isEqualTo(DnsStatus.ANSWER);
		assertThat(reply.carried().proof()).isEqualTo(DnsAnswer.Proof.OPPORTUNISTIC);
	}

	static Stream<Arguments> impostors() {
		return Stream.of(Arguments.of("another name", KIT.wrongName()), Arguments.of("expired", KIT.expired()), Arguments.of("self-signed", KIT.selfSigned()),
				Arguments.of("unknown authority", KIT.unknownAuthority()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void impostors(String what, SSLContext tls) throws Exception {
		dot = FakeDns.start(tls).on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		Reply reply = overTls("dns.example", TransportTest.LONG);
		assertThat(reply.status()).as(reply.detail()).isEqualTo(DnsStatus.UNTRUSTED);
		assertThat(reply.detail()).isNotBlank();
		doh = FakeDoh.start(tls).serving(FakeDoh.answering(TRUTH));
		reply = overHttps("dns.example", false, TransportTest.LONG);
		assertThat(reply.status()).as(reply.detail()).isEqualTo(DnsStatus.UNTRUSTED);
		assertThat(dot.queries()).isEmpty();
		assertThat(doh.requests()).isEmpty();
	}

	@Test
	void aServerWithoutTlsIsToldApart() throws Exception {
		dot = FakeDns.start().on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		// reads the greeting of TLS as the length of a message
		assertThat(overTls("", SHORT).status()).isIn(DnsStatus.TIMEOUT, DnsStatus.NO_TLS);
		try (ServerSocket text = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			Thread greeting = Thread.ofVirtual().start(() -> {
				try (var socket = text.accept()) {
					socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes());
					socket.getInputStream().readAllBytes();
				} catch (IOException e) {
					// the client hangs up
				}
			});
			Reply reply = ask((InetSocketAddress) text.getLocalSocketAddress(), new Carrier.Tls(""), TransportTest.LONG);
			assertThat(reply.status()).as(reply.detail()).isEqualTo(DnsStatus.NO_TLS);
			greeting.join();
		}
	}

	@Test
	void answersOnOneConnectionComeInAnyOrder() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		DnsBehaviour.Exchange[] first = new DnsBehaviour.Exchange[1];
		dot = FakeDns.start(KIT.good());
		dot.on("warm.test", Type.A, DnsBehaviour.answer(Rr.address("warm.test", 1, "192.0.2.9")));
		dot.on("first.test", Type.A, exchange -> {
			first[0] = exchange;
			held.countDown();
		});
		dot.on("second.test", Type.A, DnsBehaviour.answer(Rr.address("second.test", 1, "192.0.2.2"))
				.then(_ -> first[0].send(DnsReply.to(first[0].query()).answer(Rr.address("first.test", 1, "192.0.2.1")).bytes())));
		InetSocketAddress server = new InetSocketAddress(dot.address(), dot.port());
		Carrier carrier = new Carrier.Tls("dns.example");
		ask("warm.test", server, carrier, TransportTest.LONG);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Reply> one = threads.submit(() -> ask("first.test", server, carrier, TransportTest.LONG));
			held.await();
			Future<Reply> two = threads.submit(() -> ask("second.test", server, carrier, TransportTest.LONG));
			assertThat(TransportTest.data(two.get())).containsExactly("192.0.2.2");
			assertThat(TransportTest.data(one.get())).containsExactly("192.0.2.1");
		}
		assertThat(dot.connections()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void manyQuestionsShareFewConnections(boolean tls) throws Exception {
		dot = tls ? FakeDns.start(KIT.good()) : FakeDns.start();
		dot.otherwise(exchange -> DnsBehaviour.answer(Rr.address(exchange.query().name(), 1, "192.0.2.1")).play(exchange));
		InetSocketAddress server = new InetSocketAddress(dot.address(), dot.port());
		Carrier carrier = tls ? new Carrier.Tls("dns.example") : Carrier.TCP;
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Reply>> all = Stream.iterate(0, i -> i + 1).limit(2_000).map(i -> threads.submit(() -> ask("n" + i + ".test", server, carrier, TransportTest.LONG))).toList();
			for (Future<Reply> each : all) {
				assertThat(each.get().status()).as(each.get().detail()).isEqualTo(DnsStatus.ANSWER);
			}
		}
		assertThat(dot.connections()).isLessThanOrEqualTo(8);
		assertThat(dot.troubles()).isEmpty();
		Wait.until("the connections are closed when nobody asks", () -> dot.openConnections() == 0);
	}

	/// Answers one question and hangs up, whatever else is under way.
	@Test
	void aServerThatHangsUpAfterEachAnswerIsAskedAgain() throws Exception {
		dot = FakeDns.start();
		dot.otherwise(exchange -> {
			DnsBehaviour.answer(Rr.address(exchange.query().name(), 1, "192.0.2.1")).play(exchange);
			throw new IOException("hangs up");
		});
		InetSocketAddress server = new InetSocketAddress(dot.address(), dot.port());
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Reply>> all = Stream.iterate(0, i -> i + 1).limit(40).map(i -> threads.submit(() -> ask("n" + i + ".test", server, Carrier.TCP, TransportTest.LONG))).toList();
			for (Future<Reply> each : all) {
				assertThat(each.get().status()).as(each.get().detail()).isEqualTo(DnsStatus.ANSWER);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void overHttps(boolean get) throws Exception {
		doh = FakeDoh.start(KIT.good()).serving(FakeDoh.answering(TRUTH));
		Reply reply = overHttps("dns.example", get, TransportTest.LONG);
		assertThat(reply.status()).as(reply.detail()).isEqualTo(DnsStatus.ANSWER);
		assertThat(TransportTest.data(reply)).containsExactly("192.0.2.1");
		assertThat(reply.carried().proof()).isEqualTo(DnsAnswer.Proof.PROVEN);
		assertThat(reply.carried().session()).endsWith("HTTP/1.1");
		assertThat(doh.requests()).singleElement().satisfies(request -> {
			assertThat(request.method()).isEqualTo(get ? "GET" : "POST");
			assertThat(request.path()).isEqualTo("/dns-query");
			assertThat(request.query().id()).isZero();
		});
	}

	@Test
	void httpsWithoutANameWantsACertificateForTheAddress() throws Exception {
		doh = FakeDoh.start(KIT.good()).serving(FakeDoh.answering(TRUTH));
		assertThat(overHttps("", false, TransportTest.LONG).status()).isEqualTo(DnsStatus.UNTRUSTED);
		doh.close();
		TlsKit address = new TlsKit("127.0.0.1");
		doh = FakeDoh.start(address.good()).serving(FakeDoh.answering(TRUTH));
		try (DnsTransport trusting = new DnsTransport(false, List.of(address.anchor()))) {
			Reply reply = trusting.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.A, new InetSocketAddress(doh.address(), doh.port()),
					new Carrier.Https("", "/dns-query", false), DnsOptions.DEFAULT), TransportTest.LONG);
			assertThat(reply.status()).as(reply.detail()).isEqualTo(DnsStatus.ANSWER);
		}
	}

	static Stream<Arguments> pages() {
		FakeDoh.Page otherQuestion = (http, query) -> FakeDoh.send(http, 200, FakeDoh.TYPE, DnsReply.to(query).question("other.test", 1).answer(TRUTH).bytes());
		FakeDoh.Page garbage = (http, query) -> FakeDoh.send(http, 200, FakeDoh.TYPE, new byte[] {1, 2, 3});
		FakeDoh.Page silence = (_, _) -> Thread.sleep(Duration.ofSeconds(60));
		FakeDoh.Page drip = (http, _) -> {
			http.getResponseHeaders().set("Content-Type", FakeDoh.TYPE);
			http.sendResponseHeaders(200, 0);
			while (true) {
				http.getResponseBody().write(0);
				http.getResponseBody().flush();
				Thread.sleep(20);
			}
		};
		return Stream.of(
				Arguments.of("a page", FakeDoh.saying(200, "text/html; charset=utf-8", "<html>"), DnsStatus.NOT_DNS, "text/html"),
				Arguments.of("an endless page", FakeDoh.endless("text/html"), DnsStatus.NOT_DNS, "text/html"),
				Arguments.of("JSON", FakeDoh.saying(200, "application/dns-json", "{}"), DnsStatus.NOT_DNS, "application/dns-json"),
				Arguments.of("an error", FakeDoh.saying(503, "text/plain", "busy"), DnsStatus.HTTP_ERROR, "HTTP 503"),
				Arguments.of("elsewhere", FakeDoh.redirecting("https://other.example/"), DnsStatus.HTTP_ERROR, "HTTP 302 to https://other.example/"),
				Arguments.of("without end", FakeDoh.endless(FakeDoh.TYPE), DnsStatus.TOO_LONG, "65535"),
				Arguments.of("another question", otherQuestion, DnsStatus.MISMATCHED, ""),
				Arguments.of("garbage", garbage, DnsStatus.MALFORMED, ""),
				Arguments.of("silence", silence, DnsStatus.TIMEOUT, ""),
				Arguments.of("a byte at a time", drip, DnsStatus.TIMEOUT, ""));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void pages(String what, FakeDoh.Page page, DnsStatus status, String detail) throws Exception {
		doh = FakeDoh.start(KIT.good()).serving(page);
		Reply reply = overHttps("dns.example", false, SHORT);
		assertThat(reply.status()).as(reply.detail()).isEqualTo(status);
		assertThat(reply.detail()).contains(detail);
		assertThat(doh.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void anInterruptEndsItAtOnce(boolean https) throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		if (https) {
			doh = FakeDoh.start(KIT.good()).serving((_, _) -> {
				asked.countDown();
				Thread.sleep(Duration.ofSeconds(60));
			});
		} else {
			dot = FakeDns.start(KIT.good()).otherwise(_ -> asked.countDown());
		}
		Exception[] end = new Exception[1];
		Thread asking = Thread.ofPlatform().start(() -> {
			try {
				if (https) {
					overHttps("dns.example", false, TransportTest.LONG);
				} else {
					overTls("dns.example", TransportTest.LONG);
				}
			} catch (IOException | InterruptedException e) {
				end[0] = e;
			}
		});
		asked.await();
		asking.interrupt();
		asking.join(Duration.ofSeconds(10));
		assertThat(end[0]).isInstanceOf(InterruptedException.class);
	}

	@Test
	void aClosedTransportSaysSo() throws Exception {
		dot = FakeDns.start(KIT.good()).on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		DnsTransport closed = new DnsTransport(false, List.of(KIT.anchor()));
		closed.close();
		for (Carrier carrier : List.of(Carrier.TCP, new Carrier.Tls(""), new Carrier.Https("", "/", false))) {
			assertThatThrownBy(() -> closed.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.A, new InetSocketAddress(dot.address(), dot.port()), carrier,
					DnsOptions.DEFAULT), SHORT)).isInstanceOf(IOException.class).hasMessageContaining("closed");
		}
	}
}
