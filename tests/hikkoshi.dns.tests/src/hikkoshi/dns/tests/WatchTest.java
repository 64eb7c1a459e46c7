package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.Zone;

class WatchTest {
	private World world;

	@BeforeEach
	void start() throws IOException {
		world = new World();
	}

	@AfterEach
	void stop() {
		world.close();
	}

	private Finding look(boolean resolver) throws Exception {
		return world.find("dns.watch", "example.test", resolver, Duration.ofMillis(400));
	}

	private static List<WatchRow> rows(Finding finding, Source.Kind kind, String name, String type) {
		return WatchTable.read(finding.facts()).stream()
				.filter(row -> row.source().kind() == kind && row.key().name().equals(name) && row.key().type().equals(type)).toList();
	}

	@Test
	void everyServerIsAskedForEveryWatchedRecordOnce() throws Exception {
		Finding finding = look(false);
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().id()).isEqualTo("dns.watch.agree");
		assertThat(rows(finding, Source.Kind.AUTHORITATIVE, "example.test.", "MX")).hasSize(2)
				.allSatisfy(row -> assertThat(List.of(row.status(), row.ttl(), row.data(), row.how())).containsExactly(DnsStatus.ANSWER, 300L, "10 old.example.test.", WatchRow.How.DIRECT));
		assertThat(rows(finding, Source.Kind.AUTHORITATIVE, "old.example.test.", "A")).extracting(WatchRow::data).containsOnly("127.0.0.41");
		assertThat(rows(finding, Source.Kind.AUTHORITATIVE, "_imaps._tcp.example.test.", "SRV")).as("kept as absent for the SOA's minimum")
				.allSatisfy(row -> assertThat(List.of(row.status(), row.ttl())).containsExactly(DnsStatus.NXDOMAIN, 30L));
		assertThat(rows(finding, Source.Kind.PARENT, "example.test.", "NS")).extracting(WatchRow::data).containsExactly("ns1.example.test.", "ns2.example.test.");
		long keys = WatchTable.read(finding.facts()).stream().map(WatchRow::key).distinct().count();
		// besides the way down, and the addresses that glue leaves out
		assertThat(world.counts.get(World.ONE).get()).isBetween((int) keys, (int) keys + 4);
	}

	@Test
	void whatCountsDownIsNoNewsAndATtlIs() throws Exception {
		Finding first = look(false);
		assertThat(look(false).reason()).isEqualTo(first.reason());
		world.two.put(World.example().withTtl("@", DnsData.MX, 60));
		Finding lower = look(false);
		assertThat(lower.reason()).isNotEqualTo(first.reason());
		assertThat(lower.reason().id()).isEqualTo("dns.watch.differ");
		assertThat(lower.reason().args()).contains("example.test. MX");
	}

	@Test
	void aSilentServerIsNamed() throws Exception {
		world.instead.put(World.TWO, _ -> {
			Thread.sleep(Duration.ofMinutes(1));
			throw new IllegalStateException("nobody waits so long");
		});
		Finding finding = look(false);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo("dns.watch.unheard");
		assertThat(finding.reason().args().get(3)).contains("ns2.example.test").contains("TIMEOUT");
	}

	@Test
	void aServerThatOnlyTheZoneItselfNamesIsAskedToo() throws Exception {
		world.put(World.example().plus("@", 3600, World.ns("ns3.example.test")).plusAddress("ns3", 3600, World.RESOLVER));
		assertThat(rows(look(false), Source.Kind.AUTHORITATIVE, "example.test.", "MX")).extracting(row -> row.source().server())
				.containsExactlyInAnyOrder("ns1.example.test", "ns2.example.test", "ns3.example.test");
	}

	@Test
	void aCacheIsAskedForWhatItHasBeforeItIsAskedToFetch() throws Exception {
		assertThat(rows(look(true), Source.Kind.RESOLVER, "example.test.", "MX")).singleElement().satisfies(row -> {
			assertThat(row.how()).isEqualTo(WatchRow.How.CACHED);
			assertThat(row.until()).isNotNull();
		});
		// it has nothing, and says so
		world.instead.put(World.RESOLVER, query -> new DnsMessage(query.id(), true, 0, false, false, query.recursionDesired(), true, 0, query.question(), List.of(), List.of(),
				List.of(), 0, 0));
		assertThat(rows(look(true), Source.Kind.RESOLVER, "example.test.", "MX")).extracting(WatchRow::how).containsExactly(WatchRow.How.EMPTY);
		// it refuses to say, until it is asked as by a client
		world.instead.put(World.RESOLVER, query -> query.recursionDesired() ? world.one.answer(query) : World.saying(5).answer(query));
		int before = world.counts.get(World.RESOLVER).get();
		Finding finding = look(true);
		assertThat(rows(finding, Source.Kind.RESOLVER, "example.test.", "MX")).extracting(WatchRow::how).containsExactly(WatchRow.How.ASKED);
		long asked = WatchTable.read(finding.facts()).stream().filter(row -> row.source().kind() == Source.Kind.RESOLVER).map(WatchRow::key).distinct().count();
		assertThat(world.counts.get(World.RESOLVER).get() - before).as("one refusal is enough").isEqualTo((int) asked + 1);
	}

	@Test
	void nobodyIsFoundWhereTheDelegationEnds() throws Exception {
		world.instead.put(World.TLD, World.saying(2));
		Finding finding = look(false);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo("dns.watch.nobody");
		assertThat(WatchTable.read(finding.facts())).isEmpty();
	}

	@Test
	void aHostInAnotherZoneIsAskedThere() throws Exception {
		world.tld.put(Zone.of("test", "ns.test", 3600, 60).plus("@", 3600, World.ns("ns.test")).plusAddress("ns", 3600, World.TLD)
				.plus("example", 3600, World.ns("ns1.example.test")).plusAddress("ns1.example", 3600, World.ONE)
				.plusAddress("mail", 700, InetAddress.ofLiteral("127.0.0.77")));
		world.put(World.example().replacing("@", 300, World.mx(10, "mail.test")));
		assertThat(rows(look(false), Source.Kind.AUTHORITATIVE, "mail.test.", "A")).singleElement().satisfies(row -> {
			assertThat(List.of(row.data(), row.ttl())).containsExactly("127.0.0.77", 700L);
			assertThat(row.source().server()).isEqualTo("ns.test");
		});
	}
}
