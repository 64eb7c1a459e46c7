package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.rehearsal.dns.AuthoritativeServer;
import hikkoshi.rehearsal.dns.CachingResolver;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsHost;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsService;
import hikkoshi.rehearsal.dns.Zone;
import hikkoshi.rehearsal.mail.Loopback;

/// A root, a top-level domain and a domain on addresses of their own, and a resolver that starts at the root.
@Timeout(60)
class DnsServersTest {

	private static final InetAddress ROOT = Loopback.address("127.0.0.31");
	private static final InetAddress TLD = Loopback.address("127.0.0.32");
	private static final InetAddress ONE = Loopback.address("127.0.0.33");
	private static final InetAddress TWO = Loopback.address("127.0.0.34");
	private static final InetAddress CACHE = Loopback.address("127.0.0.35");

	private final AuthoritativeServer root = new AuthoritativeServer();
	private final AuthoritativeServer tld = new AuthoritativeServer();
	private final AuthoritativeServer domain = new AuthoritativeServer();
	private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
	private CachingResolver cache;
	private DnsHost host;

	@BeforeEach
	void start() throws IOException {
		assumeTrue(List.of(ROOT, TLD, ONE, TWO, CACHE).stream().allMatch(Loopback::canListen), "this system has 127.0.0.1 only");
		root.put(Zone.of(".", "a.root.test", 3600, 60)
				.plus("@", 3600, new DnsData.NameServer(DnsName.of("a.root.test")))
				.plus("test", 3600, new DnsData.NameServer(DnsName.of("ns.test")))
				.plusAddress("ns.test", 3600, TLD));
		tld.put(Zone.of("test", "ns.test", 3600, 60)
				.plus("@", 3600, new DnsData.NameServer(DnsName.of("ns.test")))
				.plusAddress("ns", 3600, TLD)
				.plus("example", 3600, new DnsData.NameServer(DnsName.of("ns1.example.test")))
				.plus("example", 3600, new DnsData.NameServer(DnsName.of("ns2.example.test")))
				.plusAddress("ns1.example", 3600, ONE)
				.plusAddress("ns2.example", 3600, TWO)
				.plus("glueless", 3600, new DnsData.NameServer(DnsName.of("ns1.example.test"))));
		domain.put(Zone.of("example.test", "ns1.example.test", 3600, 30)
				.plus("@", 3600, new DnsData.NameServer(DnsName.of("ns1.example.test")))
				.plus("@", 3600, new DnsData.NameServer(DnsName.of("ns2.example.test")))
				.plusAddress("ns1", 3600, ONE)
				.plusAddress("ns2", 3600, TWO)
				.plus("@", 300, new DnsData.MailExchanger(10, DnsName.of("old.example.test")))
				.plusAddress("old", 300, Loopback.address("127.0.0.41"))
				.plusAddress("old", 300, Loopback.address("::1"))
				.plus("mail", 300, new DnsData.Alias(DnsName.of("old.example.test")))
				.plus("away", 300, new DnsData.Alias(DnsName.of("www.glueless.test")))
				.plus("loop1", 300, new DnsData.Alias(DnsName.of("loop2.example.test")))
				.plus("loop2", 300, new DnsData.Alias(DnsName.of("loop1.example.test")))
				.plus("deep.down", 300, DnsData.Text.of("here"))
				.plus("*.wild", 300, DnsData.Text.of("any"))
				.plus("big", 300, DnsData.Text.of("x".repeat(3_000))));
		domain.put(Zone.of("glueless.test", "ns1.example.test", 3600, 30)
				.plus("@", 3600, new DnsData.NameServer(DnsName.of("ns1.example.test")))
				.plusAddress("www", 0, Loopback.address("127.0.0.42")));
		Map<InetAddress, DnsService> services = new LinkedHashMap<>(Map.of(ROOT, root, TLD, tld, ONE, domain, TWO, domain));
		// the resolver must know the port, which is known only when the host has started
		services.put(CACHE, query -> cache.answer(query));
		host = DnsHost.start(services);
		cache = resolver(Duration.ZERO);
	}

	private CachingResolver resolver(Duration leastTtl) {
		return new CachingResolver(List.of(new InetSocketAddress(ROOT, host.port())), host.port(), () -> now, leastTtl, Duration.ofSeconds(10));
	}

	@AfterEach
	void stop() {
		if (host != null) {
			host.close();
		}
	}

	private RawDns at(InetAddress address) {
		return new RawDns(address, host.port());
	}

	@Test
	void referralsWithGlueLeadDownwards() throws Exception {
		DnsMessage fromRoot = at(ROOT).ask("example.test", DnsData.MX);
		assertThat(fromRoot.authoritative()).isFalse();
		assertThat(fromRoot.answers()).isEmpty();
		assertThat(fromRoot.authorities()).singleElement().satisfies(record -> assertThat(record.name()).isEqualTo(DnsName.of("test")));
		assertThat(fromRoot.additionals()).singleElement().satisfies(record -> assertThat(record.data()).isEqualTo(new DnsData.Address(TLD)));

		DnsMessage fromTld = at(TLD).ask("example.test", DnsData.MX);
		assertThat(fromTld.authoritative()).isFalse();
		assertThat(fromTld.authorities()).hasSize(2);
		assertThat(fromTld.additionals()).hasSize(2);

		for (InetAddress address : List.of(ONE, TWO)) {
			DnsMessage answer = at(address).ask("EXAMPLE.test", DnsData.MX);
			assertThat(answer.id()).isEqualTo(RawDns.ID);
			assertThat(answer.authoritative()).isTrue();
			assertThat(answer.recursionAvailable()).isFalse();
			assertThat(answer.question().name()).as("the case of the question comes back").hasToString("EXAMPLE.test.");
			assertThat(answer.answers()).singleElement().satisfies(record -> {
				assertThat(record.ttl()).isEqualTo(300);
				assertThat(record.data()).isEqualTo(new DnsData.MailExchanger(10, DnsName.of("old.example.test")));
			});
			assertThat(answer.additionals()).as("A and AAAA of the exchanger").hasSize(2);
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			nothing.example.test,   15, 3, 0, 1
			deep.down.example.test, 15, 0, 0, 1
			down.example.test,      16, 0, 0, 1
			example.test,           16, 0, 0, 1
			x.wild.example.test,    16, 0, 1, 0
			a.b.wild.example.test,  16, 0, 1, 0
			wild.example.test,      16, 0, 0, 1
			mail.example.test,      28, 0, 2, 0
			mail.example.test,       5, 0, 1, 0
			elsewhere.test,          1, 5, 0, 0
			example.test,          252, 5, 0, 0
			""")
	void everyKindOfYesAndNo(String name, int type, int rcode, int answers, int authorities) throws Exception {
		DnsMessage answer = at(ONE).ask(name, type);

		assertThat(answer.rcode()).isEqualTo(rcode);
		assertThat(answer.answers()).hasSize(answers);
		assertThat(answer.authorities()).hasSize(authorities).allMatch(record -> record.type() == DnsData.SOA && record.ttl() == 30);
		assertThat(answer.authoritative()).isEqualTo(rcode != DnsMessage.REFUSED);
	}

	@Test
	void theParentAnswersForDs() throws Exception {
		DnsMessage answer = at(TLD).ask("example.test", DnsData.DS);

		assertThat(answer.authoritative()).isTrue();
		assertThat(answer.authorities()).singleElement().satisfies(record -> assertThat(record.name()).isEqualTo(DnsName.of("test")));
	}

	@Test
	void bigAnswersGoOverTcp() throws Exception {
		DnsMessage plain = at(ONE).ask("big.example.test", DnsData.TXT);
		assertThat(plain.truncated()).isTrue();
		assertThat(plain.ednsSize()).as("no EDNS where none was asked").isZero();

		DnsMessage edns = at(ONE).ask(RawDns.query("big.example.test", DnsData.TXT, false, 4_096));
		assertThat(edns.truncated()).isTrue();
		assertThat(edns.ednsSize()).isEqualTo(1_232);

		DnsMessage tcp = at(ONE).tcp(RawDns.query("big.example.test", DnsData.TXT, false, 0));
		assertThat(tcp.truncated()).isFalse();
		assertThat(tcp.answers()).singleElement().satisfies(record -> assertThat(String.join("", ((DnsData.Text) record.data()).strings())).hasSize(3_000));
	}

	@Test
	void nonsenseIsAnsweredAsNonsenseOrNotAtAll() throws Exception {
		HexFormat hex = HexFormat.of();
		assertThat(hex.formatHex(at(ONE).udp(hex.parseHex("12340000000200000000000000000100010000010001")))).isEqualTo("123480010000000000000000");
		assertThat(hex.formatHex(at(ONE).udp(hex.parseHex("123428000001000000000000" + "0000010001"))).substring(0, 8)).as("NOTIMP").isEqualTo("1234a804");
		assertThat(hex.formatHex(at(ONE).udp(hex.parseHex("123400000001000000000000" + "0000010003"))).substring(0, 8)).as("class CH").isEqualTo("12348005");
		assertThat(at(ONE).ask(new DnsMessage(1, false, 0, false, false, false, false, 0, new DnsMessage.Question(DnsName.of("example.test"), 15, 1), List.of(),
				List.of(), List.of(), 1232, 1)).rcode()).isEqualTo(DnsMessage.BADVERS);
		try (Socket socket = new Socket(ONE, host.port())) {
			socket.setSoTimeout(20_000);
			byte[] answer = hex.parseHex("123480000000000000000000");
			assertThatThrownBy(() -> RawDns.tcp(socket, answer)).as("an answer is never answered").isInstanceOf(IOException.class);
		}
		assertThat(at(ONE).ask("example.test", DnsData.MX).answers()).hasSize(1);
	}

	@Test
	void zonesChangeWhileTheServersRun() throws Exception {
		Zone before = domain.zone("example.test").orElseThrow();
		domain.put(before.replacing("@", 5, new DnsData.MailExchanger(10, DnsName.of("new.example.test"))));

		assertThat(at(TWO).ask("example.test", DnsData.MX).answers()).singleElement().satisfies(record -> {
			assertThat(record.ttl()).isEqualTo(5);
			assertThat(record.data()).isEqualTo(new DnsData.MailExchanger(10, DnsName.of("new.example.test")));
		});
		assertThat(domain.zone("example.test").orElseThrow().serial()).isGreaterThan(before.serial());
		domain.remove("example.test");
		assertThat(at(ONE).ask("example.test", DnsData.MX).rcode()).isEqualTo(DnsMessage.REFUSED);
	}

	private DnsMessage cached(String name, int type, boolean recursion) throws Exception {
		return at(CACHE).ask(RawDns.query(name, type, recursion, 1232));
	}

	@Test
	void theResolverHonoursTtlByItsClock() throws Exception {
		assertThat(cached("example.test", DnsData.MX, false).answers()).as("RD=0 looks into the cache only").isEmpty();
		DnsMessage first = cached("example.test", DnsData.MX, true);
		assertThat(first.recursionAvailable()).isTrue();
		assertThat(first.authoritative()).isFalse();
		assertThat(first.answers()).singleElement().satisfies(record -> assertThat(record.ttl()).isEqualTo(300));

		domain.put(domain.zone("example.test").orElseThrow().replacing("@", 300, new DnsData.MailExchanger(10, DnsName.of("new.example.test"))));
		now = now.plusSeconds(299);
		assertThat(cached("example.test", DnsData.MX, true).answers()).singleElement().satisfies(record -> {
			assertThat(record.ttl()).isEqualTo(1);
			assertThat(record.data()).as("still the old one").isEqualTo(new DnsData.MailExchanger(10, DnsName.of("old.example.test")));
		});
		now = now.plusSeconds(1);
		assertThat(cached("example.test", DnsData.MX, false).answers()).isEmpty();
		assertThat(cached("example.test", DnsData.MX, true).answers()).singleElement()
				.satisfies(record -> assertThat(record.data()).isEqualTo(new DnsData.MailExchanger(10, DnsName.of("new.example.test"))));
	}

	@Test
	void aDishonestResolverKeepsAnswersLonger() throws Exception {
		cache = resolver(Duration.ofHours(1));
		cached("example.test", DnsData.MX, true);
		domain.remove("example.test");
		now = now.plusSeconds(3_599);
		assertThat(cached("example.test", DnsData.MX, true).answers()).hasSize(1);
	}

	@Test
	void negativeAnswersAreKeptForTheSoaMinimum() throws Exception {
		assertThat(cached("late.example.test", DnsData.TXT, true)).satisfies(answer -> {
			assertThat(answer.rcode()).isEqualTo(DnsMessage.NXDOMAIN);
			assertThat(answer.authorities()).singleElement().satisfies(record -> assertThat(record.ttl()).isEqualTo(30));
		});
		domain.put(domain.zone("example.test").orElseThrow().plus("late", 60, DnsData.Text.of("now")));
		now = now.plusSeconds(29);
		assertThat(cached("late.example.test", DnsData.TXT, true).rcode()).isEqualTo(DnsMessage.NXDOMAIN);
		now = now.plusSeconds(1);
		assertThat(cached("late.example.test", DnsData.TXT, true).answers()).hasSize(1);
	}

	@Test
	void theResolverFollowsAliasesAcrossZonesAndEndsLoops() throws Exception {
		assertThat(cached("away.example.test", DnsData.A, true).answers()).hasSize(2).last()
				.satisfies(record -> assertThat(record.data()).isEqualTo(new DnsData.Address(Loopback.address("127.0.0.42"))));
		assertThat(cached("mail.example.test", DnsData.AAAA, true).answers()).hasSize(2);
		assertThat(cached("loop1.example.test", DnsData.A, true).rcode()).isEqualTo(DnsMessage.SERVFAIL);
		assertThat(cached("mail.example.test", DnsData.TXT, true)).satisfies(answer -> {
			assertThat(answer.rcode()).isZero();
			assertThat(answer.answers()).as("the alias, and no text").hasSize(1);
			assertThat(answer.authorities()).hasSize(1);
		});
	}

	@Test
	void bigAnswersReachTheResolverOverTcp() throws Exception {
		assertThat(cached("big.example.test", DnsData.TXT, true).truncated()).isTrue();
		assertThat(at(CACHE).tcp(RawDns.query("big.example.test", DnsData.TXT, true, 0)).answers()).hasSize(1);
	}

	@Test
	void whenNobodyAnswersItIsServfail() throws Exception {
		domain.remove("example.test");
		assertThat(cached("example.test", DnsData.MX, true).rcode()).isEqualTo(DnsMessage.SERVFAIL);
	}

	@Test
	void closingEndsOpenConnections() throws Exception {
		try (Socket socket = new Socket(ONE, host.port())) {
			socket.setSoTimeout(20_000);
			assertThat(RawDns.tcp(socket, HexFormat.of().parseHex("123400000001000000000000" + "0000010001"))).hasSizeGreaterThan(11);
			host.close();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void oneServerMayHoldEverything() throws Exception {
		AuthoritativeServer all = new AuthoritativeServer().put(root.zone(".").orElseThrow()).put(tld.zone("test").orElseThrow())
				.put(domain.zone("example.test").orElseThrow());
		InetAddress loopback = Loopback.address("127.0.0.1");
		try (DnsHost one = DnsHost.start(Map.of(loopback, all))) {
			DnsMessage answer = new RawDns(loopback, one.port()).ask("example.test", DnsData.MX);
			assertThat(answer.authoritative()).isTrue();
			assertThat(answer.answers()).hasSize(1);
		}
	}
}
