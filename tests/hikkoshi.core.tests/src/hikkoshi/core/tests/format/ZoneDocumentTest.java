package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.format.ZoneEntry;
import hikkoshi.core.format.ZoneRecord;
import hikkoshi.core.model.DomainName;

class ZoneDocumentTest {
	private static final String ZONE = """
			; of the old provider
			$TTL 1h
			@   IN SOA ns1 hostmaster ( 1 ; serial
			        3600 900
			        604800 300 )
			    IN NS ns1
			    300 IN MX 10 mail   ; the old one
			mail A 192.0.2.1
			    AAAA 2001:db8::1
			long TXT ( "part one; "
			           "two (with it)" ) ; split
			$ORIGIN sub.example.org.
			www CNAME @
			""";

	private static ZoneDocument read(String text) {
		return ZoneDocument.parse(DomainName.parse("example.org"), text);
	}

	private static ZoneEntry find(ZoneDocument zone, String type) {
		return zone.records().stream().filter(entry -> entry.type().equals(type)).findFirst().orElseThrow();
	}

	private static ZoneRecord record(String owner, String type, String data) {
		return new ZoneRecord(owner, OptionalLong.empty(), type, data);
	}

	private static String after(ZoneDocument zone, List<TextEdit> edits) {
		return TextEdit.apply(zone.text(), edits);
	}

	@Test
	void everyRecordIsFoundWithWhatItLeavesToOthers() {
		ZoneDocument zone = read(ZONE);
		assertThat(zone.records()).extracting(ZoneEntry::owner).containsExactly("example.org.", "example.org.", "example.org.", "mail.example.org.", "mail.example.org.",
				"long.example.org.", "www.sub.example.org.");
		assertThat(zone.records()).extracting(ZoneEntry::ttl).containsExactly(3600L, 3600L, 300L, 3600L, 3600L, 3600L, 3600L);
		assertThat(find(zone, "SOA").data()).isEqualTo("ns1 hostmaster 1 3600 900 604800 300");
		assertThat(find(zone, "TXT").data()).isEqualTo("\"part one; \" \"two (with it)\"");
		assertThat(zone.line(find(zone, "TXT"))).isEqualTo(10);
		assertThat(zone.records()).allMatch(entry -> entry.wrong().isEmpty());
		assertThat(zone.at(ZONE.indexOf("604800"))).contains(find(zone, "SOA"));
		assertThat(zone.at(0)).isEmpty();
	}

	@Test
	void aChangeTouchesWhatDiffersAndNothingElse() {
		ZoneDocument zone = read(ZONE);
		ZoneEntry mx = find(zone, "MX");
		assertThat(after(zone, zone.change(mx, new ZoneRecord("example.org.", OptionalLong.of(60), "MX", "10 new"))))
				.isEqualTo(ZONE.replace("300 IN MX 10 mail   ; the old one", "60 IN MX 10 new   ; the old one"));
		assertThat(after(zone, zone.change(mx, record("example.org.", "MX", "10 mail")))).isEqualTo(ZONE.replace("300 IN MX", "IN MX"));
		assertThat(zone.change(mx, new ZoneRecord("example.org.", OptionalLong.of(300), "MX", "10 mail"))).isEmpty();
		assertThat(after(zone, zone.change(find(zone, "A"), new ZoneRecord("mail.example.org.", OptionalLong.of(60), "A", "192.0.2.1"))))
				.isEqualTo(ZONE.replace("mail A", "mail 60\tA"));
		assertThat(after(zone, zone.change(find(zone, "TXT"), record("long.example.org.", "TXT", "\"one\"")))).contains("long TXT \"one\" ; split\n$ORIGIN");
	}

	@Test
	void aRenamedOrRemovedRecordTakesNoOtherWithIt() {
		ZoneDocument zone = read(ZONE);
		ZoneDocument renamed = read(after(zone, zone.change(find(zone, "A"), record("mx.example.org.", "A", "192.0.2.1"))));
		assertThat(renamed.text()).contains("mx A 192.0.2.1\nmail    AAAA");
		assertThat(find(renamed, "AAAA").owner()).isEqualTo("mail.example.org.");
		ZoneDocument removed = read(after(zone, zone.remove(List.of(find(zone, "SOA"), find(zone, "NS"), find(zone, "A")))));
		assertThat(removed.records()).extracting(ZoneEntry::owner).containsExactly("example.org.", "mail.example.org.", "long.example.org.", "www.sub.example.org.");
		assertThat(removed.text()).contains("; of the old provider").contains("@    300 IN MX");
	}

	@Test
	void aNewRecordStandsByItsNeighbourInItsOrigin() {
		ZoneDocument zone = read(ZONE);
		assertThat(after(zone, zone.add(find(zone, "A"), record("mx.example.org.", "A", "192.0.2.2")))).contains("AAAA 2001:db8::1\nmx\tA\t192.0.2.2\nlong");
		assertThat(after(zone, zone.add(null, record("ftp.example.org.", "A", "192.0.2.2")))).endsWith("www CNAME @\nftp.example.org.\tA\t192.0.2.2\n");
		assertThat(after(read(""), read("").add(null, record("example.org.", "MX", "10 mail")))).isEqualTo("@\tIN\tMX\t10 mail\n");
		assertThat(after(read("a A 1.2.3.4"), read("a A 1.2.3.4").add(null, record("example.org.", "MX", "10 mail")))).isEqualTo("a A 1.2.3.4\n@\tMX\t10 mail\n");
	}

	@Test
	void theEndsOfLinesStayWhatTheyAre() {
		ZoneDocument zone = read(ZONE.replace("\n", "\r\n"));
		assertThat(after(zone, zone.add(find(zone, "A"), record("mx.example.org.", "A", "192.0.2.2")))).contains("AAAA 2001:db8::1\r\nmx\tA\t192.0.2.2\r\nlong");
		assertThat(after(zone, zone.remove(List.of(find(zone, "TXT"))))).isEqualTo(ZONE.replace("\n", "\r\n").replaceAll("(?s)long TXT.*split\r\n", ""));
	}

	@Test
	void whatIsWrongInTheMiddleHidesNothingBehindIt() {
		ZoneDocument zone = read("@ MX 10 a\nb TXT \"open\nc A 192.0.2.1\nd TXT ( one\ne A 192.0.2.2\nf )\ng A 192.0.2.3\nh MX (\ni A 192.0.2.4\n");
		assertThat(zone.records()).extracting(ZoneEntry::owner).contains("c.example.org.", "g.example.org.", "h.example.org.", "i.example.org.");
		assertThat(zone.records().stream().flatMap(entry -> entry.wrong().stream()).map(ZoneEntry.Wrong::kind)).containsExactly(FaultKind.ZONE_UNCLOSED,
				FaultKind.ZONE_UNCLOSED);
		assertThat(read("  A 192.0.2.1\n").records().getFirst().wrong()).isPresent();
		assertThat(read("$INCLUDE other\n").entries().getFirst().wrong()).isPresent();
	}

	@Test
	void manyParenthesesThatNobodyClosesCostLittle() {
		assertThat(read("a TXT (\n".repeat(50_000)).records()).hasSize(50_000);
	}

	@Test
	void nobodyTypesASecondRecordOrAComment() {
		ZoneDocument zone = read(ZONE);
		for (String data : List.of("10 a\nevil A 192.0.2.1", "10 a ; b", "10 (", "\"open", "")) {
			assertThat(zone.wrong(record("example.org.", "MX", data), "example.org.")).as(data).isPresent();
			assertThatIllegalArgumentException().isThrownBy(() -> zone.add(null, record("example.org.", "MX", data)));
		}
		assertThat(zone.wrong(record("a b.example.org.", "A", "192.0.2.1"), "example.org.")).isPresent();
		assertThat(zone.wrong(record("$TTL.example.org.", "A", "192.0.2.1"), "example.org.")).isPresent();
		assertThat(zone.wrong(record("example.org.", "TXT", "\"a; b\""), "example.org.")).isEmpty();
	}
}
