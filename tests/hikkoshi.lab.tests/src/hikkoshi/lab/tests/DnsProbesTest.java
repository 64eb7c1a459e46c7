package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.NameServer;
import hikkoshi.dns.Lookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the DNS probes say of zones at BIND, NSD and Unbound below a private root.
@ExtendWith(WithLab.class)
class DnsProbesTest {
	private final Lab lab;

	DnsProbesTest(Lab lab) {
		this.lab = lab;
	}

	@ParameterizedTest
	@CsvSource({
			"dns.mx, lab.test, PASS, dns.mx.answer",
			"dns.a, lab.test, PASS, dns.answer",
			"dns.aaaa, lab.test, PASS, dns.answer",
			"dns.ns, lab.test, PASS, dns.answer",
			"dns.soa, lab.test, PASS, dns.answer",
			"dns.txt, lab.test, PASS, dns.answer",
			"dns.txt, big.test, PASS, dns.answer",
			"dns.mx, big.test, PASS, dns.mx.answer",
			"dns.mx, differ.test, FAIL, dns.disagree",
			"dns.soa, differ.test, WARN, dns.soa.serials-differ",
			"dns.ns, differ.test, PASS, dns.answer",
			"dns.mx, bare.test, WARN, dns.mx.implicit",
			"dns.a, bare.test, PASS, dns.no-data",
			"dns.txt, bare.test, PASS, dns.no-data",
			"dns.mx, nothing.test, FAIL, dns.nxdomain",
			"dns.a, nothing.test, FAIL, dns.nxdomain",
			"dns.a, alias.lab.test, WARN, dns.alias",
	})
	void says(String probe, String domain, Outcome outcome, String reason) throws Exception {
		assertSays(Probing.of(lab, Probing.PATIENT).one(probe, Lab.domain(domain)), outcome, reason);
	}

	@ParameterizedTest
	@CsvSource({
			"lame.test, FAIL, dns.lame",
			"refused.test, FAIL, dns.refused",
			"dead.test, UNKNOWN, dns.silent",
			"drop.test, UNKNOWN, dns.silent",
	})
	void tellsBrokenDelegationsApart(String domain, Outcome outcome, String reason) throws Exception {
		assertSays(Probing.of(lab, Probing.SHORT_WAITS).one("dns.mx", Lab.domain(domain)), outcome, reason);
	}

	/// Each record type at each server: both authorities with AA, the resolver without.
	@ParameterizedTest
	@CsvSource({"dns.mx, 10 old.lab.test.", "dns.a, 192.0.2.80", "dns.aaaa, 2001:db8::80", "dns.ns, ns1.lab.test.",
			"dns.soa, ns1.lab.test. hostmaster.lab.test. 2026010101 3600 600 86400 30", "dns.txt, '\"v=spf1 mx -all\"'"})
	void asksEveryServer(String probe, String data) throws Exception {
		Evidence evidence = Probing.of(lab, Probing.PATIENT).one(probe, Lab.domain("lab.test"));
		assertThat(evidence.reason().args().get(1)).startsWith(data);
		Facts.Table table = (Facts.Table) evidence.facts();
		for (String server : List.of("dns.bind", "dns.nsd")) {
			assertThat(table.rows()).as(server).anySatisfy(row -> {
				assertThat(cell(table, row, "address")).isEqualTo(lab.nameServer(server).place());
				assertThat(cell(table, row, "kind")).isEqualTo("authoritative");
				assertThat(cell(table, row, "status")).isEqualTo("ANSWER");
				assertThat(cell(table, row, "flags")).contains("aa").doesNotContain("ra");
				assertThat(cell(table, row, "ttl")).isEqualTo("300");
				assertThat(cell(table, row, "data")).isEqualTo(data);
			});
		}
		assertThat(table.rows()).anySatisfy(row -> {
			assertThat(cell(table, row, "address")).isEqualTo(lab.nameServer("dns.unbound").place());
			assertThat(cell(table, row, "kind")).isEqualTo("resolver");
			assertThat(cell(table, row, "flags")).contains("ra").doesNotContain("aa");
			assertThat(cell(table, row, "data")).isEqualTo(data);
		});
	}

	@Test
	void mxHostsAreFollowedToTheirAddresses() throws Exception {
		Evidence evidence = Probing.of(lab, Probing.PATIENT).one("dns.mx", Lab.domain("big.test"));
		assertThat(LoginTest.text(evidence.facts())).contains("old.lab.test").contains(lab.get("old.address")).contains("::1");
	}

	@Test
	void truncatedAnswersAreFetchedOverTcpEverywhere() throws Exception {
		Evidence evidence = Probing.of(lab, Probing.PATIENT).one("dns.txt", Lab.domain("big.test"));
		Facts.Table table = (Facts.Table) evidence.facts();
		assertThat(table.rows()).hasSize(3 * 40)
				.allSatisfy(row -> assertThat(Integer.parseInt(cell(table, row, "bytes"))).isGreaterThan(8000));
	}

	@Test
	void authoritativeServersAreFoundFromTheRoot() throws Exception {
		try (Lookup lookup = new Lookup()) {
			DnsSettings settings = lab.dns();
			assertThat(lookup.authoritative(DomainName.parse("lab.test"), settings).stream().map(NameServer::place))
					.containsExactlyInAnyOrder(lab.nameServer("dns.bind").place(), lab.nameServer("dns.nsd").place());
		}
	}

	private static String cell(Facts.Table table, List<String> row, String column) {
		return row.get(table.columns().indexOf(column));
	}

	private static void assertSays(Evidence evidence, Outcome outcome, String id) {
		assertThat(evidence.reason().id()).as(evidence.reason() + "\n" + evidence.facts()).isEqualTo(id);
		assertThat(evidence.outcome()).isEqualTo(outcome);
	}
}
