package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.Lookup;
import hikkoshi.dns.transport.Patience;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Single questions to BIND, NSD, Unbound, and to servers that are none.
@ExtendWith(WithLab.class)
class DnsLookupTest {
	private static final Patience SHORT = new Patience(Duration.ofSeconds(1), 2, Duration.ofSeconds(2), Duration.ofSeconds(4));

	private final Lab lab;

	DnsLookupTest(Lab lab) {
		this.lab = lab;
	}

	@ParameterizedTest
	@CsvSource({
			"lab.test, MX, dns.bind, ANSWER", "lab.test, MX, dns.nsd, ANSWER", "lab.test, MX, dns.unbound, ANSWER",
			"lab.test, SRV, dns.bind, NO_DATA", "lab.test, SRV, dns.nsd, NO_DATA", "lab.test, SRV, dns.unbound, NO_DATA",
			"none.lab.test, A, dns.bind, NXDOMAIN", "none.lab.test, A, dns.nsd, NXDOMAIN", "none.lab.test, A, dns.unbound, NXDOMAIN",
			"alias.lab.test, A, dns.bind, ANSWER", "alias.lab.test, A, dns.nsd, ANSWER", "alias.lab.test, A, dns.unbound, ANSWER",
			"example.org, A, dns.nsd, REFUSED", "lame.test, MX, dns.bind, LAME",
			"lab.test, MX, dns.drop, TIMEOUT", "lab.test, MX, dns.dead, UNREACHABLE",
	})
	void tellsAnswersApart(String name, String type, String server, DnsStatus status) throws Exception {
		boolean recursion = server.equals("dns.unbound");
		try (Lookup lookup = new Lookup(SHORT)) {
			DnsAnswer answer = lookup.ask(new DnsQuestion(name, type, lab.nameServer(server), false, recursion, false));
			assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"dns.bind", "dns.nsd", "dns.unbound"})
	void truncationLeadsToTcp(String server) throws Exception {
		try (Lookup lookup = new Lookup()) {
			DnsAnswer answer = lookup.ask(new DnsQuestion("big.test", "TXT", lab.nameServer(server), false, true, false));
			assertThat(answer.status()).as(answer.detail()).isEqualTo(DnsStatus.ANSWER);
			assertThat(answer.tcp()).isTrue();
			assertThat(answer.answer()).hasSize(40);
			assertThat(lookup.ask(new DnsQuestion("lab.test", "TXT", lab.nameServer(server), false, true, false)).tcp()).isFalse();
			assertThat(lookup.ask(new DnsQuestion("lab.test", "TXT", lab.nameServer(server), true, true, false)).tcp()).isTrue();
		}
	}
}
