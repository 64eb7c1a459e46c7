package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsFormatException;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsRecord;
import hikkoshi.rehearsal.dns.DnsWire;
import hikkoshi.rehearsal.mail.Loopback;
import hikkoshi.testkit.DnsBehaviour;
import hikkoshi.testkit.DnsQuery;
import hikkoshi.testkit.FakeDns;
import hikkoshi.testkit.Rr;
import hikkoshi.testkit.Wait;

@Timeout(60)
class FakeDnsTest {

	private static final String NAME = "example.test";
	private static final Rr TRUTH = Rr.mx(NAME, 300, 10, "mx.example.test");
	private static final Rr LIE = Rr.mx(NAME, 300, 10, "evil.test");

	private FakeDns fake;

	@BeforeEach
	void start() throws IOException {
		fake = FakeDns.start();
	}

	@AfterEach
	void stop() throws IOException {
		fake.close();
	}

	private RawDns client() {
		return new RawDns(fake.address(), fake.port());
	}

	private DnsMessage ask(DnsBehaviour... behaviours) throws Exception {
		fake.on(NAME, Rr.MX, behaviours);
		return client().ask(NAME, Rr.MX);
	}

	private byte[] bytes(DnsBehaviour behaviour) throws Exception {
		fake.on(NAME, Rr.MX, behaviour);
		return client().udp(DnsWire.encode(RawDns.query(NAME, Rr.MX, false, 0), 512));
	}

	/// What comes back for one question until nothing more comes.
	private List<DnsMessage> all(DnsBehaviour behaviour, int count) throws Exception {
		fake.on(NAME, Rr.MX, behaviour);
		List<DnsMessage> all = new ArrayList<>();
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.setSoTimeout(20_000);
			byte[] query = DnsWire.encode(RawDns.query(NAME, Rr.MX, false, 0), 512);
			socket.send(new DatagramPacket(query, query.length, new InetSocketAddress(fake.address(), fake.port())));
			for (int i = 0; i < count; i++) {
				DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
				socket.receive(packet);
				all.add(DnsWire.decode(Arrays.copyOf(packet.getData(), packet.getLength())));
			}
		}
		return all;
	}

	@Test
	void aRightAnswerIsRight() throws Exception {
		assertThat(ask(DnsBehaviour.answer(TRUTH))).satisfies(answer -> {
			assertThat(answer.id()).isEqualTo(RawDns.ID);
			assertThat(answer.response()).isTrue();
			assertThat(answer.authoritative()).isTrue();
			assertThat(answer.answers()).containsExactly(new DnsRecord(DnsName.of(NAME), 300, new DnsData.MailExchanger(10, DnsName.of("mx.example.test"))));
		});
		assertThat(fake.queries()).singleElement().satisfies(query -> {
			assertThat(query.name()).isEqualTo(NAME);
			assertThat(query.type()).isEqualTo(Rr.MX);
			assertThat(query.tcp()).isFalse();
			assertThat(query.recursionDesired()).isFalse();
			assertThat(query.ednsSize()).isZero();
		});
		assertThat(fake.troubles()).isEmpty();
	}

	@Test
	void everyRecordReadsBack() throws Exception {
		DnsMessage answer = ask(DnsBehaviour.answer(Rr.address(NAME, 1, "192.0.2.1"), Rr.address(NAME, 2, "2001:db8::1"), Rr.ns(NAME, 3, "ns.example.test"),
				Rr.cname(NAME, 4, "other.test"), Rr.txt(NAME, 5, "v=spf1 -all"), Rr.txt(NAME, 6, "x".repeat(300)), Rr.soa(NAME, 7, "ns.example.test", 9, 60)));

		assertThat(answer.answers()).extracting(DnsRecord::type).containsExactly(1, 28, 2, 5, 16, 16, 6);
		assertThat(answer.answers().get(4).data()).isEqualTo(DnsData.Text.of("v=spf1 -all"));
		assertThat(answer.answers().get(5).data()).isEqualTo(DnsData.Text.of("x".repeat(300)));
		assertThat(answer.answers().get(6).data()).isInstanceOfSatisfying(DnsData.Authority.class, soa -> {
			assertThat(soa.serial()).isEqualTo(9);
			assertThat(soa.minimum()).isEqualTo(60);
		});
	}

	@Test
	void wrongInOneDetail() throws Exception {
		assertThat(ask(DnsBehaviour.wrongId(LIE)).id()).isEqualTo(RawDns.ID + 1);
		assertThat(ask(DnsBehaviour.wrongQuestion(LIE)).question().name()).isEqualTo(DnsName.of("not.what.was.asked"));
		assertThat(ask(DnsBehaviour.notAResponse(LIE)).response()).isFalse();
		assertThat(ask(DnsBehaviour.lame(TRUTH)).authoritative()).isFalse();
		assertThat(ask(DnsBehaviour.servfail()).rcode()).isEqualTo(DnsMessage.SERVFAIL);
		assertThat(ask(DnsBehaviour.refused()).rcode()).isEqualTo(DnsMessage.REFUSED);
		assertThat(ask(DnsBehaviour.nxdomain(Rr.soa(NAME, 60, "ns.test", 1, 60)))).satisfies(answer -> {
			assertThat(answer.rcode()).isEqualTo(DnsMessage.NXDOMAIN);
			assertThat(answer.authorities()).hasSize(1);
		});
		assertThat(ask(DnsBehaviour.noData(Rr.soa(NAME, 60, "ns.test", 1, 60))).answers()).isEmpty();
		assertThat(ask(DnsBehaviour.referral(new Rr[] { Rr.ns(NAME, 60, "ns.test") }, Rr.address("ns.test", 60, "127.0.0.1")))).satisfies(answer -> {
			assertThat(answer.authorities()).hasSize(1);
			assertThat(answer.additionals()).hasSize(1);
		});
		assertThat(ask(DnsBehaviour.cnameLoop()).answers()).hasSize(2);
		fake.on("EXAMPLE.test", Rr.MX, DnsBehaviour.lowerCased(TRUTH));
		assertThat(client().ask("EXAMPLE.test", Rr.MX).question().name()).hasToString("example.test.");
	}

	@Test
	void bytesThatAreNoAnswer() throws Exception {
		assertThat(bytes(DnsBehaviour.headerOnlyFormerr())).hasSize(12).startsWith(0x12, 0x34, 0x84, 0x01);
		assertThat(bytes(DnsBehaviour.runt())).hasSize(3);
		assertThat(bytes(DnsBehaviour.garbage())).startsWith(0x12, 0x34, 0xa5);
		for (DnsBehaviour broken : List.of(DnsBehaviour.garbage(), DnsBehaviour.compressionLoop(), DnsBehaviour.cutOff(TRUTH))) {
			byte[] bytes = bytes(broken);
			assertThatThrownBy(() -> DnsWire.decode(bytes)).isInstanceOf(DnsFormatException.class);
		}
		assertThat(HexFormat.of().formatHex(bytes(DnsBehaviour.compressionLoop()))).contains("c01e0001");
	}

	@Test
	void spoofersAreFaster() throws Exception {
		assertThat(all(DnsBehaviour.spoofedThen(LIE, TRUTH), 4)).satisfies(answers -> {
			assertThat(answers.get(0).id()).isNotEqualTo(RawDns.ID);
			assertThat(answers.get(1).question().name()).isNotEqualTo(DnsName.of(NAME));
			assertThat(answers.get(2).response()).isFalse();
			assertThat(answers.get(3).answers()).extracting(DnsRecord::data).containsExactly(new DnsData.MailExchanger(10, DnsName.of("mx.example.test")));
		});
		assertThat(all(DnsBehaviour.elsewhereThen(LIE, TRUTH), 2)).as("an unconnected socket takes both").hasSize(2);
		assertThat(ask(DnsBehaviour.elsewhereThen(LIE, TRUTH)).answers()).as("a connected one does not").extracting(DnsRecord::data)
				.containsExactly(new DnsData.MailExchanger(10, DnsName.of("mx.example.test")));
	}

	@Test
	void behavioursAreTakenInTurn() throws Exception {
		assertThat(ask(DnsBehaviour.servfail(), DnsBehaviour.delayed(Duration.ofMillis(1), DnsBehaviour.answer(TRUTH))).rcode()).isEqualTo(DnsMessage.SERVFAIL);
		assertThat(client().ask(NAME, Rr.MX).answers()).hasSize(1);
		assertThat(client().ask(NAME, Rr.MX).answers()).hasSize(1);
		assertThat(client().ask("other.test", Rr.MX).rcode()).isEqualTo(DnsMessage.REFUSED);
		fake.otherwise(DnsBehaviour.servfail());
		assertThat(client().ask("other.test", Rr.MX).rcode()).isEqualTo(DnsMessage.SERVFAIL);
	}

	@Test
	void ednsMayBeTooMuchForAServer() throws Exception {
		fake.on(NAME, Rr.MX, DnsBehaviour.withoutEdns(TRUTH));
		assertThat(client().ask(RawDns.query(NAME, Rr.MX, true, 1232))).satisfies(answer -> {
			assertThat(answer.rcode()).isEqualTo(DnsMessage.FORMERR);
			assertThat(answer.question()).isNull();
		});
		assertThat(client().ask(NAME, Rr.MX).answers()).hasSize(1);
		fake.on(NAME, Rr.MX, DnsBehaviour.dropsEdns(TRUTH));
		assertThat(client().ask(NAME, Rr.MX).answers()).hasSize(1);
		assertThat(fake.queries().getFirst()).satisfies(query -> {
			assertThat(query.ednsSize()).isEqualTo(1232);
			assertThat(query.dnssecOk()).isFalse();
			assertThat(query.recursionDesired()).isTrue();
		});
	}

	@Test
	void longAnswersComeOverTcp() throws Exception {
		DnsMessage query = RawDns.query(NAME, Rr.MX, false, 0);
		assertThat(ask(DnsBehaviour.truncatedThenTcp(TRUTH)).truncated()).isTrue();
		assertThat(client().tcp(query).answers()).hasSize(1);
		assertThat(ask(DnsBehaviour.bigOverTcp()).truncated()).isTrue();
		assertThat(client().tcp(query).answers()).singleElement().satisfies(record -> assertThat(((DnsData.Text) record.data()).strings()).hasSize(255));
		assertThat(ask(DnsBehaviour.dripOverTcp(Duration.ofMillis(1), TRUTH)).truncated()).isTrue();
		assertThat(client().tcp(query).answers()).hasSize(1);
		assertThat(ask(DnsBehaviour.alwaysTruncated()).truncated()).isTrue();
		assertThat(client().tcp(query).truncated()).isTrue();
		fake.on(NAME, Rr.MX, DnsBehaviour.shortOverTcp());
		try (Socket socket = new Socket(fake.address(), fake.port())) {
			socket.setSoTimeout(100);
			assertThatThrownBy(() -> RawDns.tcp(socket, DnsWire.encode(query, 512))).isInstanceOf(SocketTimeoutException.class);
		}
		assertThat(fake.queries()).filteredOn(DnsQuery::tcp).hasSize(5);
		assertThat(fake.troubles()).isEmpty();
	}

	@Test
	void fakesShareAPortOnDifferentAddresses() throws Exception {
		InetAddress other = Loopback.address("127.0.0.77");
		assumeTrue(Loopback.canListen(other));
		try (FakeDns second = FakeDns.start(other, fake.port())) {
			second.on(NAME, Rr.MX, DnsBehaviour.answer(TRUTH));
			assertThat(new RawDns(other, second.port()).ask(NAME, Rr.MX).answers()).hasSize(1);
			assertThat(fake.queries()).isEmpty();
		}
	}

	@Test
	void whatNoClientShouldSendIsATrouble() throws Exception {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.send(new DatagramPacket(new byte[] { 1, 2, 3 }, 3, new InetSocketAddress(fake.address(), fake.port())));
		}
		Wait.until("the fake complains", () -> !fake.troubles().isEmpty());
	}
}
