package hikkoshi.dns.tests.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.format.ZoneFaults;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.dns.plan.PlannedZones;

class ZoneFaultsTest {
	private static final DomainName ZONE = DomainName.parse("example.org");
	private final PlannedZones zones = new PlannedZones();

	private List<String> faults(String text) {
		return ZoneFaults.of("zones/example.org.zone", ZONE, ZoneDocument.parse(ZONE, text), zones).stream()
				.map(fault -> fault.line() + " " + fault.reason().id()).toList();
	}

	@Test
	void eachIsSaidWithItsLine() {
		assertThat(faults("@ 300 MX mail\nmail A nowhere\n\nx.example.com. A 192.0.2.1\nw CNAME mail\nw A 192.0.2.1\nok A 192.0.2.1\nok A 192.0.2.1\nq QQQ 1\nb\u202e A 192.0.2.1\n"))
				.containsExactly("1 fault.zone.data", "2 fault.zone.data", "4 fault.zone.outside", "6 fault.zone.beside-cname", "8 fault.zone.twice", "9 fault.zone.data",
						"10 fault.zone.character", "10 fault.zone.data");
	}

	@Test
	void whatWasExpectedIsSaid() {
		Fault fault = ZoneFaults.of("z", ZONE, ZoneDocument.parse(ZONE, "@ MX mail\n"), zones).getFirst();
		assertThat(fault.reason().args()).startsWith("MX").endsWith("10 mail.example.org.").anyMatch(said -> said.contains("expected"));
	}

	/// Whatever spacing, order and parentheses: the pages show the records that a server would read.
	@Test
	void theRecordsAreThoseThatTheMasterFileReaderFinds() throws Exception {
		Random random = new Random(20261124);
		for (int round = 0; round < 300; round++) {
			String text = zone(random);
			ZoneDocument document = ZoneDocument.parse(ZONE, text);
			assertThat(faults(text)).as(text).allMatch(fault -> fault.endsWith("twice"));
			String rewritten = document.records().stream().map(entry -> "$ORIGIN " + entry.origin() + "\n" + entry.owner() + " " + entry.ttl() + " IN " + entry.type()
					+ " " + entry.data() + "\n").collect(Collectors.joining());
			List<RecordSet> read = zones.parse(ZONE, text);
			assertThat(zones.parse(ZONE, rewritten)).as(text).isEqualTo(read);
		}
	}

	private static String zone(Random random) {
		String end = random.nextBoolean() ? "\n" : "\r\n";
		List<String> owners = List.of("@", "mail", "a.b", "", "\\; x".replace(" ", "\\ "), "www.example.org.", "*");
		List<String> data = List.of("A 192.0.2.1", "a\t192.0.2.2", "MX 10 mail", "MX ( 20" + end + " ; why" + end + "\tmail )", "TXT \"a;b\" \"c\\\"d\"", "TXT (\"(\"\"x\")", "AAAA 2001:db8::1",
				"TXT x\\;y");
		StringBuilder text = new StringBuilder("@ 300 A 192.0.2.9" + end);
		for (int i = 0; i < 12; i++) {
			switch (random.nextInt(12)) {
				case 0 -> text.append("$TTL ").append(random.nextBoolean() ? "1h30M" : "77").append(end);
				case 1 -> text.append("$ORIGIN ").append(random.nextBoolean() ? "sub" : "example.org.").append(" ; from here").append(end);
				case 2 -> text.append(random.nextBoolean() ? "; (\" comment" : "   ").append(end);
				default -> {
					String ttl = random.nextInt(3) == 0 ? random.nextInt(1000) + " " : "";
					String in = random.nextInt(3) == 0 ? "IN " : "";
					text.append(owners.get(random.nextInt(owners.size()))).append(random.nextBoolean() ? " " : "\t ").append(random.nextBoolean() ? ttl + in : in + ttl)
							.append(data.get(random.nextInt(data.size()))).append(random.nextInt(4) == 0 ? " ; said" : "").append(end);
				}
			}
		}
		return text.toString();
	}
}
