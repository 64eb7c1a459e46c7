package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DiscoveryReasons;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.DnsFact.Kind;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.dns.DnsProbes;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsService;
import hikkoshi.rehearsal.dns.Zone;

@Timeout(60)
class DiscoverTest {
	private static final int SRV = 33;
	private static final int SERVFAIL = 2;
	private World world;

	@BeforeEach
	void start() throws Exception {
		world = new World();
	}

	@AfterEach
	void stop() {
		world.close();
	}

	/// RFC 2782; the target is never compressed.
	private static DnsData srv(int priority, int weight, int port, String target) {
		StringBuilder hex = new StringBuilder(String.format("%04x%04x%04x", priority, weight, port));
		for (String label : target.equals(".") ? new String[0] : target.split("\\.")) {
			hex.append(String.format("%02x", label.length())).append(HexFormat.of().formatHex(label.getBytes(StandardCharsets.ISO_8859_1)));
		}
		return new DnsData.Other(SRV, hex + "00");
	}

	@SuppressWarnings("unchecked")
	private Finding find(String probe, String name, List<NameServer> resolvers) throws Exception {
		ProbeContext context = World.context(world.settings(false), Duration.ofMillis(300));
		try (var memo = context.memo()) {
			DiscoveryOptions options = DiscoveryOptions.of(context.policy(), context.dns(), List.of()).asking(resolvers);
			Reach.open(memo, new Reach.Alone(options));
			Probe<HostName> found = (Probe<HostName>) ProbeSet.named(probe, List.of(new DnsProbes())).orElseThrow();
			return found.examine(new HostName(DomainName.parse(name)), context);
		}
	}

	private Finding find(String name) throws Exception {
		return find(DiscoveryProbes.DNS, name, List.of());
	}

	private static List<DnsFact> of(Finding finding, Kind kind) {
		return DnsFact.read(finding.facts()).stream().filter(fact -> fact.kind() == kind).toList();
	}

	private static Zone full() {
		return World.example().plus("@", 300, World.mx(20, "backup.example.test")).plusAddress("backup", 300, InetAddress.ofLiteral("127.0.0.42"))
				.plus("_imaps._tcp", 300, srv(0, 1, 993, "imap.example.test")).plus("_submission._tcp", 300, srv(10, 0, 587, "imap.example.test"))
				.plus("_pop3._tcp", 300, srv(0, 0, 0, ".")).plus("imap", 300, new DnsData.Alias(DnsName.of("old.example.test")))
				.plusAddress("autoconfig", 300, InetAddress.ofLiteral("127.0.0.43")).plusAddress("mail", 300, InetAddress.ofLiteral("127.0.0.44"))
				.plusAddress("unusual", 300, InetAddress.ofLiteral("127.0.0.45"));
	}

	@Test
	void allThatDnsSays() throws Exception {
		world.put(full());
		Finding found = find("example.test");

		assertThat(found.outcome()).isEqualTo(Outcome.PASS);
		assertThat(of(found, Kind.MX)).containsExactly(DnsFact.mx("example.test", 10, "old.example.test"), DnsFact.mx("example.test", 20, "backup.example.test"));
		assertThat(of(found, Kind.SRV)).containsExactlyInAnyOrder(DnsFact.srv("_imaps._tcp.example.test", 0, 1, 993, "imap.example.test"),
				DnsFact.srv("_submission._tcp.example.test", 10, 0, 587, "imap.example.test"));
		assertThat(of(found, Kind.SRV).getFirst().service()).isEqualTo("imaps");
		assertThat(of(found, Kind.NOT_OFFERED).stream().map(DnsFact::service).toList()).containsExactly("pop3");
		assertThat(of(found, Kind.ALIAS)).contains(DnsFact.alias("imap.example.test", "old.example.test"));
		assertThat(of(found, Kind.ADDRESS)).contains(DnsFact.address("old.example.test", "127.0.0.41"), DnsFact.address("old.example.test", "::1"),
				DnsFact.address("backup.example.test", "127.0.0.42"), DnsFact.address("autoconfig.example.test", "127.0.0.43"),
				DnsFact.address("mail.example.test", "127.0.0.44"));
		assertThat(found.facts().toString()).as("nobody asks for it").doesNotContain("unusual");
		assertThat(found.reason().args()).containsExactly("example.test", "10 old.example.test, 20 backup.example.test", "imaps, submission", "-");
	}

	@Test
	void askedTwiceItSaysTheSame() throws Exception {
		world.put(full());
		assertThat(find("example.test")).isEqualTo(find("example.test"));
	}

	@Test
	void aNameThatDoesNotExist() throws Exception {
		Finding found = find("nobody.test");
		assertThat(found.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(found.reason().id()).isEqualTo(DiscoveryReasons.NO_SUCH_NAME);
	}

	@Test
	void aNameThatTakesNoMail() throws Exception {
		world.put(Zone.of("example.test", "ns1.example.test", 3600, 30).plus("@", 3600, World.ns("ns1.example.test")).plusAddress("ns1", 3600, World.ONE)
				.plus("@", 300, World.mx(0, ".")));
		Finding found = find("example.test");
		assertThat(of(found, Kind.NULL_MX)).hasSize(1);
		assertThat(of(found, Kind.MX)).isEmpty();
	}

	@Test
	void serversThatFailAreNoAnswer() throws Exception {
		world.put(full());
		world.instead.put(World.ONE, World.saying(SERVFAIL));
		world.instead.put(World.TWO, World.saying(SERVFAIL));
		Finding found = find("example.test");
		assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(found.reason().id()).isEqualTo("discover.dns.partly");
		assertThat(of(found, Kind.UNKNOWN)).isNotEmpty().allMatch(fact -> fact.status().equals("SERVFAIL"));
	}

	@Test
	void hostileNamesAreEscapedAndNeverHosts() throws Exception {
		world.put(World.example().plus("_imaps._tcp", 300, srv(0, 0, 993, "\u001b[2J.example.test")));
		Finding found = find("example.test");
		DnsFact hostile = of(found, Kind.SRV).getFirst();
		assertThat(hostile.host()).isEqualTo("\\027[2j.example.test");
		assertThat(hostile.target()).isEmpty();
	}

	@Test
	void aHostAloneAndItsAliases() throws Exception {
		world.put(full());
		Finding found = find(DiscoveryProbes.HOST, "imap.example.test", List.of());
		assertThat(DnsFact.read(found.facts())).containsExactly(DnsFact.alias("imap.example.test", "old.example.test"), DnsFact.address("old.example.test", "127.0.0.41"),
				DnsFact.address("old.example.test", "::1"));
		assertThat(find(DiscoveryProbes.HOST, "nowhere.example.test", List.of()).outcome()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void aResolverMayBeAskedInstead() throws Exception {
		world.put(full());
		int before = world.counts.get(World.ROOT).get();
		// plays a resolver: it is authoritative, which counts as well
		Finding found = find(DiscoveryProbes.DNS, "example.test", List.of(new NameServer("dead", InetAddress.ofLiteral("127.0.0.99"), world.port()),
				new NameServer("cache", World.RESOLVER, world.port())));
		assertThat(of(found, Kind.MX)).hasSize(2);
		assertThat(of(found, Kind.ALIAS)).contains(DnsFact.alias("imap.example.test", "old.example.test"));
		assertThat(world.counts.get(World.ROOT).get()).isEqualTo(before);
	}

	@Test
	void anInterruptEndsItAtOnce() throws Exception {
		world.put(full());
		CountDownLatch asked = new CountDownLatch(1);
		DnsService silent = _ -> {
			asked.countDown();
			new CountDownLatch(1).await();
			throw new AssertionError("nobody opens it");
		};
		world.instead.put(World.ONE, silent);
		world.instead.put(World.TWO, silent);
		CountDownLatch ended = new CountDownLatch(1);
		Thread thread = Thread.ofVirtual().start(() -> {
			try {
				find("example.test");
			} catch (InterruptedException _) {
				ended.countDown();
			} catch (Exception e) {
				throw new AssertionError(e);
			}
		});
		asked.await();
		thread.interrupt();
		ended.await();
	}
}
