package hikkoshi.core.tests.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.ZoneChange;
import hikkoshi.core.plan.ZoneChange.Kind;
import hikkoshi.core.plan.ZonePlan;
import hikkoshi.core.plan.ZoneScript;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;

class ZonePlanTest {
	private static final DomainName ZONE = DomainName.parse("example.org");
	private static final List<Server> SERVERS = List.of(server(Side.OLD, "192.0.2.1"), server(Side.NEW, "192.0.2.2"));

	private static Server server(Side side, String address) {
		return new Server(side.token(), side, DomainName.parse("mail." + side.token() + ".example"), List.of(InetAddress.ofLiteral(address)), List.of(), List.of());
	}

	/// `name ttl TYPE data[ | data]`
	private static RecordSet set(String text) {
		String[] parts = text.split(" ", 4);
		return new RecordSet(parts[0], parts[2], Long.parseLong(parts[1]), List.of(parts[3].split(" \\| ")));
	}

	private static List<RecordSet> sets(String... lines) {
		return List.of(lines).stream().map(ZonePlanTest::set).toList();
	}

	private static ZonePlan plan(List<RecordSet> live, List<RecordSet> planned) {
		return ZonePlan.of(ZONE, new Zones.Live(live, List.of()), planned, SERVERS);
	}

	private static final List<RecordSet> LIVE = sets("example.org. 3600 SOA ns. host. 1 2 3 4 5", "example.org. 3600 NS ns1. | ns2.", "example.org. 3600 MX 10 mail.example.org.",
			"mail.example.org. 3600 A 192.0.2.1", "example.org. 300 TXT \"v=spf1 ip4:192.0.2.1 -all\"", "www.example.org. 60 A 198.51.100.9", "pop.example.org. 60 CNAME mail.old.example.");

	private static final List<RecordSet> PLANNED = sets("example.org. 300 MX 10 mail.example.org.", "mail.example.org. 300 A 192.0.2.2",
			"example.org. 300 TXT \"v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all\"", "www.example.org. 60 A 198.51.100.9", "_dmarc.example.org. 300 TXT \"v=DMARC1; p=none\"",
			"s1._domainkey.example.org. 300 TXT \"v=DKIM1; p=AAAA\"");

	@Test
	void everyLineHasItsSignAndItsReason() {
		ZonePlan plan = plan(LIVE, PLANNED);
		List<String> lines = new ArrayList<>();
		plan.changes().forEach(change -> lines.add(change.kind() + " " + change.key().name() + " " + change.key().type() + " " + change.why().id()));
		assertThat(lines).containsExactly(
				"CREATE _dmarc.example.org. TXT plan.dmarc",
				"MODIFY_TTL example.org. MX plan.ttl-lower",
				"MODIFY example.org. TXT plan.spf",
				"MODIFY mail.example.org. A plan.to-new",
				"DELETE pop.example.org. CNAME plan.delete",
				"CREATE s1._domainkey.example.org. TXT plan.dkim");
		assertThat(plan.unchanged()).containsExactly(set("www.example.org. 60 A 198.51.100.9"));
		assertThat(plan.changes().get(1).why()).isEqualTo(Reason.of("plan.ttl-lower", 3600, 300));
		assertThat(plan.changes().get(2).removed()).containsExactly("\"v=spf1 ip4:192.0.2.1 -all\"");
		assertThat(plan.changes().get(2).added()).containsExactly("\"v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all\"");
	}

	@Test
	void theZonesOwnServersAreNotDeletedByAPlanThatLeavesThemOut() {
		assertThat(plan(LIVE, PLANNED).changes()).noneMatch(change -> change.key().type().equals("NS") || change.key().type().equals("SOA"));
		assertThat(plan(LIVE, sets("example.org. 3600 NS ns1. | ns3.")).changes()).anyMatch(change -> change.key().type().equals("NS") && change.kind() == Kind.MODIFY);
	}

	@Test
	void ofWhatNobodySaysNothingIsPlanned() {
		RecordSet.Key key = new RecordSet.Key("mail.example.org.", "A");
		ZonePlan plan = ZonePlan.of(ZONE, new Zones.Live(List.of(), List.of(key)), PLANNED, SERVERS);
		assertThat(plan.unknown()).containsExactly(key);
		assertThat(plan.changes()).noneMatch(change -> change.key().equals(key));
	}

	@Test
	void theWayBackUndoesEveryLine() {
		ZonePlan plan = plan(LIVE, PLANNED);
		ZonePlan back = plan.reverse();
		assertThat(back.changes()).hasSameSizeAs(plan.changes());
		for (int i = 0; i < back.changes().size(); i++) {
			assertThat(back.changes().get(i).before()).isEqualTo(plan.changes().get(i).after());
			assertThat(back.changes().get(i).after()).isEqualTo(plan.changes().get(i).before());
		}
		assertThat(back.reverse().changes()).extracting(ZoneChange::key).isEqualTo(plan.changes().stream().map(ZoneChange::key).toList());
	}

	@Test
	void cachesDrainForTheLongestTtlThatGoesAndTheNegativeOneOfWhatIsNew() {
		RecordSet soa = set("example.org. 3600 SOA ns1.example.org. hostmaster.example.org. 1 7200 900 604800 900");
		assertThat(plan(Stream.concat(LIVE.stream(), Stream.of(soa)).toList(), PLANNED).drain()).isEqualTo(3600);
		assertThat(plan(List.of(soa), PLANNED).drain()).isEqualTo(900);
		assertThat(plan(List.of(), PLANNED).drain()).as("no SOA was seen").isEqualTo(10_800);
		assertThat(plan(PLANNED, PLANNED).drain()).isZero();
	}

	@Test
	void aThirdOfAZoneIsNotChangedUnasked() {
		List<RecordSet> ten = IntStream.range(0, 10).mapToObj(i -> set("h" + i + ".example.org. 60 A 192.0.2." + (i + 10))).toList();
		assertThat(plan(ten, ten.subList(0, 7)).isSuspicious()).as("three of ten").isFalse();
		assertThat(plan(ten, ten.subList(0, 6)).isSuspicious()).as("four of ten").isTrue();
		assertThat(plan(ten.subList(0, 9), List.of()).isSuspicious()).as("a small zone").isFalse();
		List<RecordSet> shorter = ten.stream().map(set -> new RecordSet(set.name(), set.type(), 30, set.data())).toList();
		assertThat(plan(ten, shorter).isSuspicious()).as("TTLs are no data").isFalse();
	}

	@Test
	void nsupdateChangesOnlyWhatIsStillAsItWas() {
		assertThat(ZoneScript.NSUPDATE.write(plan(LIVE, PLANNED)).lines()).containsExactly(
				"zone example.org.",
				"prereq nxrrset _dmarc.example.org. TXT",
				"prereq yxrrset example.org. MX 10 mail.example.org.",
				"prereq yxrrset example.org. TXT \"v=spf1 ip4:192.0.2.1 -all\"",
				"prereq yxrrset mail.example.org. A 192.0.2.1",
				"prereq yxrrset pop.example.org. CNAME mail.old.example.",
				"prereq nxrrset s1._domainkey.example.org. TXT",
				"update add _dmarc.example.org. 300 TXT \"v=DMARC1; p=none\"",
				"update delete example.org. MX",
				"update add example.org. 300 MX 10 mail.example.org.",
				"update delete example.org. TXT",
				"update add example.org. 300 TXT \"v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all\"",
				"update delete mail.example.org. A",
				"update add mail.example.org. 300 A 192.0.2.2",
				"update delete pop.example.org. CNAME",
				"update add s1._domainkey.example.org. 300 TXT \"v=DKIM1; p=AAAA\"",
				"send");
	}

	@Test
	void dnscontrolAndOctodnsSayTheZoneAsItWillBe() {
		List<RecordSet> planned = sets("example.org. 300 MX 10 mail.example.org.", "_imaps._tcp.example.org. 300 SRV 0 1 993 mail.example.org.",
				"example.org. 300 CAA 0 issue \"ca.example\"", "_25._tcp.mail.example.org. 300 TLSA 3 1 1 ABCD", "example.org. 300 TXT \"a\\\"b;\" \"c\\092\"");
		assertThat(ZoneScript.DNSCONTROL.write(plan(List.of(), planned)).lines()).containsExactly("D_EXTEND(\"example.org\",",
				"\tTLSA(\"_25._tcp.mail\", 3, 1, 1, \"ABCD\", TTL(300)),",
				"\tSRV(\"_imaps._tcp\", 0, 1, 993, \"mail.example.org.\", TTL(300)),",
				"\tCAA(\"@\", \"issue\", \"ca.example\", TTL(300)),",
				"\tMX(\"@\", 10, \"mail.example.org.\", TTL(300)),",
				"\tTXT(\"@\", \"a\\\"b;c\\\\\", TTL(300))",
				");");
		assertThat(ZoneScript.OCTODNS.write(plan(List.of(), planned))).isEqualTo("""
				---
				"":
				  - type: CAA
				    ttl: 300
				    values:
				      - flags: 0
				        tag: "issue"
				        value: "ca.example"
				  - type: MX
				    ttl: 300
				    values:
				      - preference: 10
				        exchange: "mail.example.org."
				  - type: TXT
				    ttl: 300
				    values:
				      - "a\\"b\\\\;c\\\\"
				"_25._tcp.mail":
				  - type: TLSA
				    ttl: 300
				    values:
				      - certificate_usage: 3
				        selector: 1
				        matching_type: 1
				        certificate_association_data: "ABCD"
				"_imaps._tcp":
				  - type: SRV
				    ttl: 300
				    values:
				      - priority: 0
				        weight: 1
				        port: 993
				        target: "mail.example.org."
				""");
		assertThat(ZoneScript.ZONE.write(plan(List.of(), planned)).lines()).contains("example.org.\t300\tIN\tMX\t10 mail.example.org.");
	}

	@ParameterizedTest
	@EnumSource(ZoneScript.class)
	void aFormHasAWord(ZoneScript script) {
		assertThat(ZoneScript.of(script.token())).contains(script);
		assertThat(ZoneScript.of("bind")).isEmpty();
	}

	@Test
	void everyReasonHasWords() {
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			Phrases words = Phrases.of(locale, List.of());
			for (String id : List.of("to-new", "to-old", "ttl-lower", "ttl-higher", "spf", "dkim", "dmarc", "create", "delete", "modify", "roll-back")) {
				assertThat(words.say(Reason.of("plan." + id, 1, 2))).doesNotContain("plan." + id);
			}
		}
	}
}
