package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.Lookup;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.testkit.DnsBehaviour;
import hikkoshi.testkit.FakeDns;
import hikkoshi.testkit.Rr;

class LookupTest {
	private final Lookup lookup = new Lookup();
	private FakeDns fake;

	@BeforeEach
	void start() throws IOException {
		fake = FakeDns.start();
	}

	@AfterEach
	void stop() throws IOException {
		lookup.close();
		fake.close();
	}

	private DnsAnswer ask(String name, String type) throws IOException, InterruptedException {
		return lookup.ask(new DnsQuestion(name, type, new NameServer("fake", fake.address(), fake.port()), false, true, false));
	}

	@Test
	void showsWhatTheServerSaid() throws Exception {
		fake.on("example.test", 15, DnsBehaviour.reply(reply -> reply.answer(Rr.mx("example.test", 300, 10, "Mail.example.test"))
				.authority(Rr.ns("example.test", 60, "ns.example.test")).additional(Rr.address("mail.example.test", 60, "2001:db8::1"))));
		DnsAnswer answer = ask("example.test", "mx");
		assertThat(answer.status()).isEqualTo(DnsStatus.ANSWER);
		assertThat(answer.flags()).containsExactly("qr", "aa", "rd");
		assertThat(answer.answer()).containsExactly(new DnsAnswer.Rr("example.test.", 300, "MX", "10 Mail.example.test."));
		assertThat(answer.authority()).containsExactly(new DnsAnswer.Rr("example.test.", 60, "NS", "ns.example.test."));
		assertThat(answer.additional()).containsExactly(new DnsAnswer.Rr("mail.example.test.", 60, "AAAA", "2001:db8::1"));
		assertThat(answer.tcp()).isFalse();
		assertThat(answer.detail()).isEmpty();
	}

	@Test
	void whatWasIgnoredIsSaid() throws Exception {
		fake.on("example.test", 1, DnsBehaviour.spoofedThen(Rr.address("example.test", 1, "192.0.2.66"), Rr.address("example.test", 1, "192.0.2.1")));
		assertThat(ask("example.test", "A").detail()).isEqualTo("ignored: 3");
	}

	@ParameterizedTest
	@CsvSource({"müller.example, xn--mller-kva.example", "引越し.example, computed", "_dmarc.example.test., _dmarc.example.test", "*.example.test, *.example.test"})
	void namesAsPeopleTypeThem(String typed, String asked) throws Exception {
		fake.otherwise(DnsBehaviour.refused());
		ask(typed, "TXT");
		String expected = asked.equals("computed") ? IDN.toASCII(typed) : asked;
		assertThat(fake.queries()).singleElement().satisfies(query -> assertThat(query.name()).isEqualTo(expected));
	}

	@ParameterizedTest
	@CsvSource({"MX, 15", "mx, 15", "TYPE65280, 65280", "type15, 15", "HTTPS, 65", "ANY, 255", "DS, 43"})
	void typesByNameAndNumber(String typed, int number) throws Exception {
		fake.otherwise(DnsBehaviour.refused());
		assertThat(ask("example.test", typed).status()).isEqualTo(DnsStatus.REFUSED);
		assertThat(fake.queries()).singleElement().satisfies(query -> assertThat(query.type()).isEqualTo(number));
	}

	@Test
	void anAddressStandsForItsReverseName() throws Exception {
		fake.otherwise(DnsBehaviour.refused());
		ask("192.0.2.7", "PTR");
		assertThat(fake.queries()).singleElement().satisfies(query -> assertThat(query.name()).isEqualTo("7.2.0.192.in-addr.arpa"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "  ", "a..b", "..", "\\999.example", "xn--a.ü..x",
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example"})
	void namesThatAreNone(String typed) {
		assertThatThrownBy(() -> ask(typed, "A")).isInstanceOf(IllegalArgumentException.class).hasMessageMatching("(?s).*(no domain name|no name).*");
		assertThat(fake.queries()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "MXX", "TYPE65536", "TYPE-1", "AXFR", "OPT", "TSIG", "TYPE0"})
	void typesThatCannotBeAskedFor(String typed) {
		assertThatThrownBy(() -> ask("example.test", typed)).isInstanceOf(IllegalArgumentException.class)
				.hasMessageMatching("(?s).*(no record type|cannot be asked for).*");
	}

	@Test
	void theServersOfAZone() throws Exception {
		try (World world = new World()) {
			assertThat(lookup.authoritative(DomainName.parse("example.test"), world.settings(false))).containsExactly(
					new NameServer("ns1.example.test", World.ONE, world.port()), new NameServer("ns2.example.test", World.TWO, world.port()));
			world.instead.put(World.TLD, World.saying(DnsMessage.REFUSED));
			assertThatThrownBy(() -> lookup.authoritative(DomainName.parse("example.test"), world.settings(false))).isInstanceOf(IOException.class)
					.hasMessageContaining("example.test").hasMessageContaining("ns.test 127.0.0.62#" + world.port() + " REFUSED");
		}
	}

	@Test
	void theResolversOfThisMachine() {
		List<NameServer> resolvers = lookup.systemResolvers();
		assertThat(resolvers).doesNotContainNull().allSatisfy(each -> {
			assertThat(each.address()).isInstanceOf(InetAddress.class);
			assertThat(each.port()).isPositive();
		});
	}
}
