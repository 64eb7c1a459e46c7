package hikkoshi.dns.tests.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;

import org.junit.jupiter.api.Test;

import hikkoshi.core.model.DkimSelectors;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.Zones;
import hikkoshi.dns.plan.PlannedZones;

class PlannedZonesTest {
	private final Zones zones = new PlannedZones();

	@Test
	void aMasterFileWithEverythingThatPeopleWrite() throws Exception {
		String text = """
				$ORIGIN example.org.
				$TTL 1h
				@ IN SOA ns1 hostmaster (
				    1      ; serial
				    3600 900 604800 300 )
				    IN NS ns1
				    300 IN MX 10 mail
				    MX 20 backup.example.net.
				mail A 192.0.2.1
				     AAAA 2001:0db8:0::1
				long TXT ( "part one "
				           "and two; with semicolon" )
				$ORIGIN sub.example.org.
				www CNAME www.example.org.
				""";
		assertThat(zones.parse(DomainName.parse("example.org"), text)).filteredOn(set -> !set.type().equals("SOA")).containsExactly(
				set("example.org.", "MX", 3600, "10 mail.example.org.", "20 backup.example.net."),
				set("example.org.", "NS", 3600, "ns1.example.org."),
				set("long.example.org.", "TXT", 3600, "\"part one \" \"and two; with semicolon\""),
				set("mail.example.org.", "A", 3600, "192.0.2.1"),
				set("mail.example.org.", "AAAA", 3600, "2001:db8::1"),
				set("www.sub.example.org.", "CNAME", 3600, "www.example.org."));
	}

	private static RecordSet set(String name, String type, long ttl, String... data) {
		return new RecordSet(name, type, ttl, List.of(data));
	}

	@Test
	void whatIsNoMasterFileIsRefusedWithItsLine() {
		assertThatIOException().isThrownBy(() -> zones.parse(DomainName.parse("example.org"), "@ 300 MX 10 mail\nmail 300 A nowhere\n")).withMessageContaining("2");
		assertThatIOException().isThrownBy(() -> zones.parse(DomainName.parse("example.org"), "$INCLUDE other\n"));
		assertThatIOException().isThrownBy(() -> zones.parse(DomainName.parse("example.org"), "x.example.com. 300 A 192.0.2.1\n")).withMessageContaining("example.com");
	}

	@Test
	void theNamesOfAMailSetUpAreKnown() {
		assertThat(zones.mailNames(new Domain(DomainName.parse("example.org"), "w", "o", "n", new DkimSelectors(List.of("s1"), List.of("s1", "s2"))))).contains(
				new RecordSet.Key("s1._domainkey.example.org.", "TXT"), new RecordSet.Key("s2._domainkey.example.org.", "TXT"), new RecordSet.Key("example.org.", "MX"), new RecordSet.Key("_dmarc.example.org.", "TXT"),
				new RecordSet.Key("_imaps._tcp.example.org.", "SRV")).doesNotHaveDuplicates();
	}
}
