package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.dns.transport.Reply;
import hikkoshi.rehearsal.mail.Loopback;
import hikkoshi.testkit.DnsBehaviour;
import hikkoshi.testkit.DnsReply;
import hikkoshi.testkit.FakeDns;
import hikkoshi.testkit.Rr;

class TransportTest {
	static final String NAME = "example.test";
	static final Rr TRUTH = Rr.address(NAME, 300, "192.0.2.1");
	static final Rr LIE = Rr.address(NAME, 300, "192.0.2.66");
	/// Long enough for a busy machine where an answer comes, short where none will.
	static final Patience LONG = new Patience(Duration.ofSeconds(20), 2, Duration.ofSeconds(20), Duration.ofSeconds(20));
	static final Patience SHORT = new Patience(Duration.ofMillis(200), 2, Duration.ofMillis(400), Duration.ofMillis(400));

	private final DnsTransport transport = new DnsTransport();
	private FakeDns fake;

	@BeforeEach
	void start() throws IOException {
		fake = FakeDns.start();
	}

	@AfterEach
	void stop() throws IOException {
		transport.close();
		fake.close();
	}

	private Reply ask(Patience patience) throws IOException, InterruptedException {
		return transport.ask(DnsQuery.authoritative(Name.fromConstantString(NAME + "."), Type.A, place()), patience);
	}

	private InetSocketAddress place() {
		return new InetSocketAddress(fake.address(), fake.port());
	}

	static List<String> data(Reply reply) {
		return reply.records(Section.ANSWER).stream().map(Record::rdataToString).toList();
	}

	@Test
	void anAnswerComesWithAllItSays() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		Reply reply = ask(LONG);
		assertThat(reply.status()).isEqualTo(DnsStatus.ANSWER);
		assertThat(data(reply)).containsExactly("192.0.2.1");
		assertThat(reply.flags()).containsExactly("qr", "aa");
		assertThat(reply.tcp()).isFalse();
		assertThat(reply.ignored()).isZero();
		assertThat(reply.bytes()).isPositive();
		assertThat(fake.queries()).singleElement().satisfies(query -> {
			assertThat(query.recursionDesired()).isFalse();
			assertThat(query.ednsSize()).isEqualTo(1232);
			assertThat(query.dnssecOk()).isFalse();
		});
	}

	@Test
	void recursionAndDnssecAreAskedForWhenWanted() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		transport.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.A, place(), true, true, false), LONG);
		assertThat(fake.queries()).singleElement().satisfies(query -> {
			assertThat(query.recursionDesired()).isTrue();
			assertThat(query.dnssecOk()).isTrue();
		});
	}

	static Stream<Arguments> falseThenTrue() {
		return Stream.of(
				Arguments.of("wrong id", DnsBehaviour.wrongId(LIE).then(DnsBehaviour.answer(TRUTH)), 1),
				Arguments.of("wrong question", DnsBehaviour.wrongQuestion(LIE).then(DnsBehaviour.answer(TRUTH)), 1),
				Arguments.of("no response", DnsBehaviour.notAResponse(LIE).then(DnsBehaviour.answer(TRUTH)), 1),
				Arguments.of("all of them", DnsBehaviour.spoofedThen(LIE, TRUTH), 3),
				Arguments.of("runt", DnsBehaviour.runt().then(DnsBehaviour.answer(TRUTH)), 1),
				Arguments.of("garbage", DnsBehaviour.garbage().then(DnsBehaviour.answer(TRUTH)), 1),
				// the kernel throws it away before we could count it
				Arguments.of("from elsewhere", DnsBehaviour.elsewhereThen(LIE, TRUTH), 0));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void falseThenTrue(String what, DnsBehaviour behaviour, int ignored) throws Exception {
		fake.on(NAME, Type.A, behaviour);
		Reply reply = ask(LONG);
		assertThat(data(reply)).containsExactly("192.0.2.1");
		assertThat(reply.ignored()).isEqualTo(ignored);
		assertThat(fake.queries()).as("asked once").hasSize(1);
	}

	static Stream<Arguments> onlyFalse() {
		return Stream.of(
				Arguments.of("wrong id", DnsBehaviour.wrongId(LIE), DnsStatus.MISMATCHED),
				Arguments.of("wrong question", DnsBehaviour.wrongQuestion(LIE), DnsStatus.MISMATCHED),
				Arguments.of("no response", DnsBehaviour.notAResponse(LIE), DnsStatus.MISMATCHED),
				Arguments.of("garbage", DnsBehaviour.garbage(), DnsStatus.MISMATCHED),
				Arguments.of("runt", DnsBehaviour.runt(), DnsStatus.MALFORMED),
				Arguments.of("compression loop", DnsBehaviour.compressionLoop(), DnsStatus.MALFORMED),
				Arguments.of("cut off", DnsBehaviour.cutOff(TRUTH), DnsStatus.MALFORMED),
				Arguments.of("silence", DnsBehaviour.drop(), DnsStatus.TIMEOUT));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void onlyFalse(String what, DnsBehaviour behaviour, DnsStatus status) throws Exception {
		fake.on(NAME, Type.A, behaviour);
		Reply reply = ask(SHORT);
		assertThat(reply.status()).isEqualTo(status);
		assertThat(reply.answered()).isFalse();
		assertThat(reply.records(Section.ANSWER)).isEmpty();
		assertThat(fake.queries()).as("as often as patience says").hasSize(2);
	}

	@Test
	void anAnswerToTheFirstDatagramCountsAfterTheSecondWasSent() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.delayed(Duration.ofMillis(300), DnsBehaviour.answer(TRUTH)), DnsBehaviour.drop());
		Reply reply = ask(new Patience(Duration.ofMillis(200), 3, Duration.ofSeconds(1), Duration.ofSeconds(1)));
		assertThat(data(reply)).containsExactly("192.0.2.1");
	}

	@Test
	void lateAnswersToOthersAreNoMismatch() throws Exception {
		fake.on("late.test", Type.A, DnsBehaviour.delayed(Duration.ofMillis(500), DnsBehaviour.answer(Rr.address("late.test", 1, "192.0.2.9"))));
		fake.on(NAME, Type.A, DnsBehaviour.drop());
		Patience once = new Patience(Duration.ofMillis(150), 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
		assertThat(transport.ask(DnsQuery.authoritative(Name.fromConstantString("late.test."), Type.A, place()), once).status()).isEqualTo(DnsStatus.TIMEOUT);
		Reply reply = ask(new Patience(Duration.ofMillis(800), 1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
		assertThat(reply.status()).isEqualTo(DnsStatus.TIMEOUT);
		assertThat(reply.ignored()).isZero();
	}

	static Stream<Arguments> rcodes() {
		return Stream.of(Arguments.of(DnsReply.SERVFAIL, DnsStatus.SERVFAIL), Arguments.of(DnsReply.REFUSED, DnsStatus.REFUSED),
				Arguments.of(DnsReply.NXDOMAIN, DnsStatus.NXDOMAIN), Arguments.of(DnsReply.FORMERR, DnsStatus.FORMERR),
				Arguments.of(DnsReply.NOTIMP, DnsStatus.NOTIMP), Arguments.of(9, DnsStatus.OTHER_RCODE));
	}

	@ParameterizedTest
	@MethodSource
	void rcodes(int rcode, DnsStatus status) throws Exception {
		fake.on(NAME, Type.A, exchange -> exchange.send(DnsReply.to(exchange.query()).rcode(rcode).bytes()));
		Reply reply = ask(LONG);
		assertThat(reply.status()).isEqualTo(status);
		boolean edns = status == DnsStatus.FORMERR || status == DnsStatus.NOTIMP;
		assertThat(fake.queries()).as("these two are asked again without EDNS").hasSize(edns ? 2 : 1);
	}

	@Test
	void noDataAndReferralAreToldApart() throws Exception {
		fake.on("nothing.test", Type.A, DnsBehaviour.reply(reply -> reply.authority(Rr.soa("test", 60, "ns.test", 1, 30))));
		fake.on("below.test", Type.A, DnsBehaviour.referral(new Rr[] {Rr.ns("below.test", 60, "ns.below.test")}, Rr.address("ns.below.test", 60, "192.0.2.3")));
		assertThat(status("nothing.test")).isEqualTo(DnsStatus.NO_DATA);
		assertThat(status("below.test")).isEqualTo(DnsStatus.LAME);
	}

	private DnsStatus status(String name) throws IOException, InterruptedException {
		return transport.ask(DnsQuery.authoritative(Name.fromConstantString(name + "."), Type.A, place()), LONG).status();
	}

	@Test
	void withoutEdnsWhereAServerCannotReadIt() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.withoutEdns(TRUTH));
		Reply reply = ask(LONG);
		assertThat(data(reply)).containsExactly("192.0.2.1");
		assertThat(fake.queries()).extracting(hikkoshi.testkit.DnsQuery::ednsSize).containsExactly(1232, 0);
	}

	@Test
	void withoutEdnsWhereAFirewallDropsIt() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.dropsEdns(TRUTH));
		Reply reply = ask(new Patience(Duration.ofMillis(300), 2, Duration.ofSeconds(1), Duration.ofSeconds(1)));
		assertThat(data(reply)).containsExactly("192.0.2.1");
		assertThat(fake.queries()).extracting(hikkoshi.testkit.DnsQuery::ednsSize).containsExactly(1232, 0);
	}

	@Test
	void aHeaderThatAnnouncesAQuestionAndEndsIsAFormerrToo() throws Exception {
		fake.on(NAME, Type.A, exchange -> {
			byte[] whole = DnsReply.to(exchange.query()).rcode(DnsReply.FORMERR).bytes();
			exchange.send(Arrays.copyOf(whole, 12));
		}, DnsBehaviour.answer(TRUTH));
		assertThat(data(ask(LONG))).containsExactly("192.0.2.1");
	}

	@Test
	void truncatedOverUdpIsAskedOverTcp() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.truncatedThenTcp(TRUTH));
		Reply reply = ask(LONG);
		assertThat(data(reply)).containsExactly("192.0.2.1");
		assertThat(reply.tcp()).isTrue();
		assertThat(fake.queries()).extracting(hikkoshi.testkit.DnsQuery::tcp).containsExactly(false, true);
	}

	@Test
	void sixtyFourKilobytesOverTcp() throws Exception {
		fake.on(NAME, Type.TXT, DnsBehaviour.bigOverTcp());
		Reply reply = transport.ask(DnsQuery.authoritative(Name.fromConstantString(NAME + "."), Type.TXT, place()), LONG);
		assertThat(reply.status()).isEqualTo(DnsStatus.ANSWER);
		assertThat(reply.bytes()).isGreaterThan(65_000);
	}

	/// Records of type NULL: the first holds a chain of pointers, each leading to the one before; the names of all others lead into it.
	@Test
	void chainsOfPointersAreNotFollowed() throws Exception {
		fake.on(NAME, Type.NULL, exchange -> {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream out = new DataOutputStream(bytes);
			out.write(DnsReply.to(exchange.query()).withoutEdns().bytes());
			int link = 12;
			int links = (0x3fff - bytes.size() - 12) / 2;
			int records = 1;
			record(out, link, 2 * links);
			for (int i = 0; i < links; i++) {
				int here = bytes.size();
				out.writeShort(0xc000 | link);
				link = here;
			}
			for (; bytes.size() + 12 <= 65_535; records++) {
				record(out, link, 0);
			}
			byte[] message = bytes.toByteArray();
			message[6] = (byte) (records >> 8);
			message[7] = (byte) records;
			exchange.send(message);
		});
		Reply reply = transport.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.NULL, place(), false, false, true), LONG);
		assertThat(reply.status()).isEqualTo(DnsStatus.MALFORMED);
		assertThat(reply.detail()).contains("compression pointers");
	}

	private static void record(DataOutputStream out, int name, int length) throws IOException {
		out.writeShort(0xc000 | name);
		out.writeShort(Type.NULL);
		out.writeShort(1);
		out.writeInt(0);
		out.writeShort(length);
	}

	@Test
	void aTruncatedTcpAnswerIsNotAskedForEver() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.alwaysTruncated());
		Reply reply = ask(LONG);
		assertThat(reply.has(Flags.TC)).isTrue();
		assertThat(fake.queries()).hasSize(2);
	}

	static Stream<Arguments> badTcp() {
		return Stream.of(
				Arguments.of("a byte at a time", DnsBehaviour.dripOverTcp(Duration.ofMillis(50), TRUTH), DnsStatus.TIMEOUT),
				Arguments.of("promises more than comes", DnsBehaviour.shortOverTcp(), DnsStatus.TIMEOUT));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void badTcp(String what, DnsBehaviour behaviour, DnsStatus status) throws Exception {
		fake.on(NAME, Type.A, behaviour);
		Reply reply = ask(new Patience(Duration.ofSeconds(20), 1, Duration.ofMillis(500), Duration.ofMillis(500)));
		assertThat(reply.status()).isEqualTo(status);
		assertThat(reply.tcp()).isTrue();
		assertThat(reply.detail()).startsWith("truncated over UDP; TCP: ");
	}

	@Test
	void wrongMessagesOverTcpAreSkipped() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.spoofedThen(LIE, TRUTH));
		Reply reply = transport.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.A, place(), false, false, true), LONG);
		assertThat(data(reply)).containsExactly("192.0.2.1");
		assertThat(reply.ignored()).isEqualTo(3);
	}

	@Test
	void nobodyIsThere() throws Exception {
		int port;
		try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		for (boolean tcp : List.of(false, true)) {
			Reply reply = transport.ask(
					new DnsQuery(Name.fromConstantString(NAME + "."), Type.A, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false, false, tcp),
					LONG);
			assertThat(reply.status()).isEqualTo(DnsStatus.UNREACHABLE);
			assertThat(reply.detail()).isNotBlank();
		}
	}

	@Test
	void tcpWithoutAListenerIsToldApartFromSilence() throws Exception {
		try (DatagramSocket udpOnly = new DatagramSocket(0, InetAddress.getLoopbackAddress());
				ServerSocket tcpOnly = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Reply silent = transport.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.A,
					new InetSocketAddress(InetAddress.getLoopbackAddress(), tcpOnly.getLocalPort()), false, false, true), SHORT);
			assertThat(silent.status()).isEqualTo(DnsStatus.TIMEOUT);
			Reply refused = transport.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.A,
					new InetSocketAddress(InetAddress.getLoopbackAddress(), udpOnly.getLocalPort()), false, false, true), SHORT);
			assertThat(refused.status()).isEqualTo(DnsStatus.UNREACHABLE);
		}
	}

	@Test
	void mixedCaseGoesOutAndMustComeBack() throws Exception {
		String name = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz.test";
		fake.on(name, Type.A, DnsBehaviour.answer(Rr.address(name, 1, "192.0.2.1")), DnsBehaviour.lowerCased(Rr.address(name, 1, "192.0.2.1")));
		DnsQuery query = DnsQuery.authoritative(Name.fromConstantString(name + "."), Type.A, place());
		try (DnsTransport mixing = new DnsTransport(true)) {
			assertThat(mixing.ask(query, LONG).status()).isEqualTo(DnsStatus.ANSWER);
			assertThat(fake.queries().getFirst().name()).isNotEqualTo(name).isEqualToIgnoringCase(name);
			assertThat(mixing.ask(query, SHORT).status()).isEqualTo(DnsStatus.MISMATCHED);
		}
		assertThat(transport.ask(query, LONG).status()).as("without mixing, case does not matter").isEqualTo(DnsStatus.ANSWER);
	}

	@Test
	void idsAndPortsDiffer() throws Exception {
		Set<Integer> ids = ConcurrentHashMap.newKeySet();
		fake.otherwise(exchange -> {
			ids.add(exchange.query().id());
			DnsBehaviour.answer(TRUTH).play(exchange);
		});
		for (int i = 0; i < 50; i++) {
			ask(LONG);
		}
		assertThat(ids).hasSizeGreaterThan(40);
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void overIpv6(boolean tcp) throws Exception {
		InetAddress six = InetAddress.ofLiteral("::1");
		assumeTrue(Loopback.canListen(six), "this machine has no IPv6");
		try (FakeDns other = FakeDns.start(six, 0)) {
			other.on(NAME, Type.A, DnsBehaviour.spoofedThen(LIE, TRUTH));
			Reply reply = transport.ask(new DnsQuery(Name.fromConstantString(NAME + "."), Type.A, new InetSocketAddress(six, other.port()), false, false, tcp), LONG);
			assertThat(data(reply)).containsExactly("192.0.2.1");
			assertThat(reply.ignored()).isEqualTo(3);
		}
	}

	@Test
	void aClosedTransportSaysSo() throws Exception {
		fake.on(NAME, Type.A, DnsBehaviour.answer(TRUTH));
		ask(LONG);
		transport.close();
		assertThatThrownBy(() -> ask(LONG)).isInstanceOf(IOException.class).hasMessageContaining("closed");
	}
}
