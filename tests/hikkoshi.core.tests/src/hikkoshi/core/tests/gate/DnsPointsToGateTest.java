package hikkoshi.core.tests.gate;

import static hikkoshi.core.tests.gate.World.DAY;
import static hikkoshi.core.tests.gate.World.judge;
import static hikkoshi.core.tests.gate.World.migration;
import static hikkoshi.core.tests.gate.World.mx;
import static hikkoshi.core.tests.gate.World.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Opening;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;

class DnsPointsToGateTest {
	private static final GateSpec TO_NEW = new GateSpec.DnsPointsTo(Side.NEW, DAY);
	private static final Duration HOUR = Duration.ofHours(1);

	private final MemoryEvidence evidence = new MemoryEvidence();

	private Opening see(String... rows) {
		evidence.add(mx(HOUR, Outcome.PASS, rows));
		return judge(TO_NEW, migration(), evidence);
	}

	@ParameterizedTest(name = "{0}: {2}")
	@CsvSource(delimiter = '|', value = {
		"one host, both addresses | A1;A2;H4;H6 | ",
		"case and dots do not matter | ns1 192.0.2.53 authoritative ANSWER 300 10 MAIL.Example.NET.;Mail.example.net. ns authoritative-no - - -;H4 | ",
		"IPv6 in another spelling | A1;mail.example.net ns mx-host ANSWER 60 2001:DB8:0::2 | ",
		"resolvers do not matter | A1;H4;quad 9.9.9.9 resolver ANSWER 9 10 old.example.net.;quad2 9.9.9.8 resolver TIMEOUT - - | ",
		"a silent address of a server that speaks | A1;ns1 2001:db8::53 authoritative UNREACHABLE - -;ns1 192.0.2.59 authoritative TIMEOUT - -;H4 | ",
		"a silent server | A1;ns2 192.0.2.54 authoritative TIMEOUT - -;H4 | gate.dns-server",
		"a server that fails at one address | A1;ns1 192.0.2.59 authoritative SERVFAIL - -;H4 | gate.dns-server",
		"a server that refuses | A1;ns2 192.0.2.54 authoritative REFUSED - -;H4 | gate.dns-server",
		"a lame server | A1;ns2 192.0.2.54 authoritative LAME - -;H4 | gate.dns-server",
		"a spoofed server | A1;ns2 192.0.2.54 authoritative MISMATCHED - -;H4 | gate.dns-server",
		"no MX at all | ns1 192.0.2.53 authoritative NO_DATA - - | gate.dns-server",
		"no such domain | ns1 192.0.2.53 authoritative NXDOMAIN - - | gate.dns-server",
		"a status we do not know | ns1 192.0.2.53 authoritative GREAT 300 10 mail.example.net.;H4 | gate.dns-server",
		"a TTL that is none | ns1 192.0.2.53 authoritative ANSWER x 10 mail.example.net.;H4 | gate.dns-server",
		"only resolvers | quad 9.9.9.9 resolver ANSWER 9 10 mail.example.net.;H4 | gate.dns-nothing",
		"servers that differ | A1;ns2 192.0.2.54 authoritative ANSWER 300 10 old.example.net.;H4 | gate.dns-disagree",
		"servers of which one has one more | A1;A2;ns2 192.0.2.54 authoritative ANSWER 300 20 old.example.net.;H4 | gate.dns-disagree",
		"a host that leads to the old server | A1;mail.example.net ns mx-host ANSWER 60 192.0.2.1 | gate.dns-elsewhere",
		"a host with one address elsewhere | A1;H4;mail.example.net ns mx-host ANSWER 60 198.51.100.7 | gate.dns-elsewhere",
		"a back-up elsewhere | A1;ns1 192.0.2.53 authoritative ANSWER 300 20 old.example.net.;H4;old.example.net ns mx-host ANSWER 60 192.0.2.1 "
				+ "| gate.dns-elsewhere",
		"a host whose address is a name | A1;mail.example.net ns mx-host ANSWER 60 other.example. | gate.dns-elsewhere",
		"a host without address | A1;mail.example.net ns mx-host NO_DATA - - | gate.dns-no-host",
		"a host of which half is unknown | A1;H4;mail.example.net ns mx-host TIMEOUT - - | gate.dns-no-host",
		"a host nobody looked at | A1 | gate.dns-no-host",
		"the null MX | ns1 192.0.2.53 authoritative ANSWER 300 0 . | gate.dns-no-host"})
	void opensOnlyWhenEveryAuthorityLeadsToThatSide(String name, String rows, String reason) {
		Opening opening = see(rows.replace("A1", "ns1 192.0.2.53 authoritative ANSWER 300 10 mail.example.net.")
				.replace("A2", "ns2 192.0.2.54 authoritative ANSWER 300 10 mail.example.net.")
				.replace("H4", "mail.example.net ns mx-host ANSWER 60 192.0.2.2").replace("H6", "mail.example.net ns mx-host ANSWER 60 2001:db8::2")
				.split(";"));
		if (reason == null) {
			assertThat(opening).as(reasons(opening).toString()).isInstanceOfSatisfying(Opening.Open.class, open -> assertThat(open.proof()).hasSize(1));
		} else {
			assertThat(opening).isInstanceOf(Opening.Blocked.class);
			assertThat(reasons(opening)).containsExactly(reason);
		}
	}

	@Test
	void anAddressThatBothSidesHaveNeedsTheName() {
		Migration shared = migration(List.of(World.server("mx-old", Side.OLD, List.of("192.0.2.9")), World.server("mx-new", Side.NEW, List.of("192.0.2.9"))),
				List.of(World.MOVED), List.of());
		evidence.add(mx(HOUR, Outcome.PASS, "ns1 192.0.2.53 authoritative ANSWER 300 10 mx-old.example.net.", "mx-old.example.net ns mx-host ANSWER 60 192.0.2.9"));
		assertThat(reasons(judge(TO_NEW, shared, evidence))).containsExactly(GateReasons.DNS_ELSEWHERE);
		assertThat(judge(new GateSpec.DnsPointsTo(Side.OLD, DAY), shared, evidence)).isInstanceOf(Opening.Open.class);
	}

	@Test
	void evidenceMustBeThereAndFresh() {
		assertThat(reasons(judge(TO_NEW, migration(), evidence))).containsExactly(GateReasons.DNS_NEVER);
		evidence.add(mx(Duration.ofHours(25), Outcome.PASS, "ns1 192.0.2.53 authoritative ANSWER 300 10 mail.example.net.",
				"mail.example.net ns mx-host ANSWER 60 192.0.2.2"));
		assertThat(judge(TO_NEW, migration(), evidence)).isInstanceOfSatisfying(Opening.Stale.class,
				stale -> assertThat(stale.since()).isEqualTo(World.NOW.minus(HOUR)));
	}

	@Test
	void anExplanationWithoutFactsIsHandedOn() {
		evidence.add(new Evidence("dns.mx", World.MOVED.id(), World.NOW.minus(HOUR), Duration.ZERO, Outcome.UNKNOWN,
				Reason.of("probe.unexpected", "java.io.IOException", "broken"), Facts.NONE));
		assertThat(World.blockers(judge(TO_NEW, migration(), evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.DNS_NOTHING);
			assertThat(blocker.reason().args()).containsExactly("example.org", "probe.unexpected", "java.io.IOException", "broken");
		});
	}

	@Test
	void aWaveWithoutDomainsIsShut() {
		assertThat(reasons(judge(TO_NEW, migration(List.of(), List.of(), List.of()), evidence))).containsExactly(GateReasons.NO_DOMAINS);
	}
}
