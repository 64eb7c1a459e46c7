package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.delegation.Cut;
import hikkoshi.dns.delegation.Delegation;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsRecord;
import hikkoshi.rehearsal.dns.Zone;
import hikkoshi.testkit.DnsBehaviour;
import hikkoshi.testkit.DnsReply;
import hikkoshi.testkit.FakeDns;
import hikkoshi.testkit.Rr;

class DelegationTest {
	private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), 2, Duration.ofSeconds(5), Duration.ofSeconds(5));
	private static final Patience SHORT = new Patience(Duration.ofMillis(200), 1, Duration.ofMillis(500), Duration.ofMillis(500));
	private final DnsTransport transport = new DnsTransport();
	private final RunMemo memo = new RunMemo();
	private World world;

	@BeforeEach
	void start() throws IOException {
		world = new World();
	}

	@AfterEach
	void stop() throws IOException {
		memo.close();
		transport.close();
		world.close();
	}

	private Delegation delegation() {
		return new Delegation(transport, world.settings(false), memo, PATIENCE, Duration.ofSeconds(60));
	}

	private static Name name(String text) {
		return Name.fromConstantString(text + ".");
	}

	private static List<String> places(Delegation delegation, Cut cut) throws IOException, InterruptedException {
		List<String> places = new ArrayList<>();
		for (Delegation.ServerOf server : delegation.servers((Cut.Zone) cut)) {
			server.addresses().forEach(each -> places.add(server.host() + " " + each.address().getHostAddress()));
		}
		return places;
	}

	@Test
	void fromTheRootDown() throws Exception {
		Delegation delegation = delegation();
		Cut cut = delegation.zoneOf(name("EXAMPLE.test"));
		assertThat(cut).isInstanceOfSatisfying(Cut.Zone.class, zone -> assertThat(zone.apex()).hasToString("example.test."));
		assertThat(places(delegation, cut)).containsExactly("ns1.example.test. 127.0.0.63", "ns2.example.test. 127.0.0.64");
	}

	@Test
	void theDeepestZoneThatEncloses() throws Exception {
		world.put(World.example().plus("a.b.c", 60, DnsData.Text.of("here")));
		assertThat(((Cut.Zone) delegation().zoneOf(name("a.b.c.example.test"))).apex()).hasToString("example.test.");
		assertThat(((Cut.Zone) delegation().zoneOf(name("no.such.name.example.test"))).apex()).hasToString("example.test.");
		assertThat(((Cut.Zone) delegation().zoneOf(name("unregistered.test"))).apex()).hasToString("test.");
	}

	@Test
	void oneServerForParentAndChild() throws Exception {
		world.tld.put(World.example());
		Delegation delegation = delegation();
		assertThat(places(delegation, delegation.zoneOf(name("example.test")))).containsExactly("ns1.example.test. 127.0.0.63", "ns2.example.test. 127.0.0.64");
	}

	@Test
	void missingGlueIsResolvedFromTheRoot() throws Exception {
		world.tld.put(world.tld.zone("test").orElseThrow().plus("glueless", 60, World.ns("dns.example.test")));
		world.put(World.example().plusAddress("dns", 60, World.ONE));
		world.one.put(Zone.of("glueless.test", "dns.example.test", 60, 60).plus("@", 60, World.mx(1, "mx.glueless.test"))
				.plusAddress("mx", 60, InetAddress.ofLiteral("127.0.0.77")));
		Delegation delegation = delegation();
		assertThat(places(delegation, delegation.zoneOf(name("glueless.test")))).containsExactly("dns.example.test. 127.0.0.63");
		Resolved mx = delegation.resolve(name("mx.glueless.test"), Type.A);
		assertThat(mx.records()).singleElement().satisfies(record -> assertThat(record.rdataToString()).isEqualTo("127.0.0.77"));
		assertThat(mx.place()).isEqualTo("127.0.0.63#" + world.port());
	}

	@Test
	void theAddressFamilyThatGlueLeavesOutIsAskedFor() throws Exception {
		world.put(World.example().plusAddress("ns1", 60, InetAddress.ofLiteral("::1")));
		Delegation delegation = delegation();
		assertThat(places(delegation, delegation.zoneOf(name("example.test"))))
				.containsExactly("ns1.example.test. 127.0.0.63", "ns1.example.test. 0:0:0:0:0:0:0:1", "ns2.example.test. 127.0.0.64");
	}

	@Test
	void zonesThatNeedEachOtherEndInsteadOfWaitingForEachOther() throws Exception {
		world.tld.put(world.tld.zone("test").orElseThrow().plus("a", 60, World.ns("ns.b.test")).plus("b", 60, World.ns("ns.a.test")));
		Delegation delegation = delegation();
		Cut cut = delegation.zoneOf(name("a.test"));
		assertThat(delegation.servers((Cut.Zone) cut)).singleElement().satisfies(server -> {
			assertThat(server.addresses()).isEmpty();
			assertThat(server.lookup().status()).isEqualTo(DnsStatus.SERVFAIL);
		});
		Resolved resolved = delegation.resolve(name("www.a.test"), Type.A);
		assertThat(resolved.known()).isFalse();
		assertThat(resolved.detail()).contains("ns.b.test");
		// and from several threads at once, each on another end of the knot
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<Resolved>> knots = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				String zone = i % 2 == 0 ? "a" : "b";
				knots.add(() -> delegation().resolve(name("www." + zone + ".test"), Type.A));
			}
			for (Future<Resolved> each : executor.invokeAll(knots)) {
				assertThat(each.get().known()).isFalse();
			}
		}
	}

	@Test
	void aliasesAreFollowedAcrossZonesAndLoopsEnd() throws Exception {
		world.tld.put(world.tld.zone("test").orElseThrow().plus("other", 60, World.ns("ns1.example.test")));
		world.one.put(Zone.of("other.test", "ns1.example.test", 60, 60).plusAddress("www", 60, InetAddress.ofLiteral("127.0.0.78")));
		world.put(World.example().plus("away", 60, new DnsData.Alias(DnsName.of("www.other.test")))
				.plus("gone", 60, new DnsData.Alias(DnsName.of("nothing.other.test")))
				.plus("loop1", 60, new DnsData.Alias(DnsName.of("loop2.example.test")))
				.plus("loop2", 60, new DnsData.Alias(DnsName.of("loop1.example.test"))));
		Delegation delegation = delegation();
		Resolved away = delegation.resolve(name("away.example.test"), Type.A);
		assertThat(away.status()).isEqualTo(DnsStatus.ANSWER);
		assertThat(away.alias()).isTrue();
		assertThat(away.owner()).hasToString("www.other.test.");
		assertThat(delegation.resolve(name("gone.example.test"), Type.A).status()).isEqualTo(DnsStatus.NXDOMAIN);
		assertThat(delegation.resolve(name("loop1.example.test"), Type.A).status()).isEqualTo(DnsStatus.ALIAS_LOOP);
	}

	@Test
	void lameAndSilentServersAreSteppedOver() throws Exception {
		world.instead.put(World.ONE, World.saying(5));
		Delegation delegation = delegation();
		assertThat(delegation.resolve(name("old.example.test"), Type.A).status()).isEqualTo(DnsStatus.ANSWER);
		world.instead.put(World.TWO, World.saying(2));
		Resolved none = delegation.resolve(name("other.example.test"), Type.A);
		assertThat(none.known()).isFalse();
		assertThat(none.detail()).contains("ns1.example.test 127.0.0.63#" + world.port() + " REFUSED").contains("ns2.example.test 127.0.0.64#" + world.port() + " SERVFAIL");
	}

	@Test
	void aDeadRootIsNamed() throws Exception {
		world.instead.put(World.ROOT, World.saying(5));
		assertThat(delegation().zoneOf(name("example.test"))).isInstanceOfSatisfying(Cut.DeadEnd.class, end -> {
			assertThat(end.zone()).isEqualTo(Name.root);
			assertThat(end.why()).containsExactly("root 127.0.0.61#" + world.port() + " REFUSED");
		});
	}

	/// A server for everything, that leads in circles.
	private Delegation trap(FakeDns fake, Patience patience) {
		return new Delegation(transport, new DnsSettings(List.of(), List.of(new NameServer("trap", fake.address(), fake.port())), fake.port()), memo, patience,
				Duration.ofSeconds(60));
	}

	@Test
	void upwardReferralsAreLame() throws Exception {
		try (FakeDns fake = FakeDns.start()) {
			fake.otherwise(DnsBehaviour.referral(new Rr[] {Rr.ns("", 60, "ns.trap.test")}, Rr.address("ns.trap.test", 60, "127.0.0.1")));
			assertThat(trap(fake, PATIENCE).zoneOf(name("example.test"))).isInstanceOfSatisfying(Cut.DeadEnd.class,
					end -> assertThat(end.why().getFirst()).contains("LAME"));
			assertThat(fake.queries()).hasSizeLessThan(10);
		}
	}

	@Test
	void referralsToEverMoreNamesEnd() throws Exception {
		try (FakeDns fake = FakeDns.start()) {
			// every name is a zone of its own whose twenty servers have names without glue in yet other zones
			fake.otherwise(exchange -> {
				String asked = exchange.query().name().toLowerCase(Locale.ROOT);
				Rr[] servers = new Rr[20];
				for (int i = 0; i < servers.length; i++) {
					servers[i] = Rr.ns(asked, 60, "n" + i + ".z" + Math.abs((asked + i).hashCode() % 100_000) + ".test");
				}
				exchange.send(DnsReply.to(exchange.query()).notAuthoritative().authority(servers).bytes());
			});
			Resolved resolved = trap(fake, PATIENCE).resolve(name("www.example.test"), Type.A);
			assertThat(resolved.known()).isFalse();
			assertThat(fake.queries()).hasSizeLessThan(310);
		}
	}

	@Test
	void referralsDownAnEndlessNameEnd() throws Exception {
		try (FakeDns fake = FakeDns.start()) {
			fake.otherwise(exchange -> exchange.send(DnsReply.to(exchange.query()).notAuthoritative().authority(Rr.ns(exchange.query().name(), 60, "ns.trap.test"))
					.additional(Rr.address("ns.trap.test", 60, "127.0.0.1")).bytes()));
			Resolved resolved = trap(fake, PATIENCE).resolve(name("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.test"), Type.A);
			assertThat(resolved.known()).isFalse();
			assertThat(fake.queries()).hasSizeLessThan(100);
		}
	}

	@Test
	void glueOutsideTheParentIsNotBelieved() throws Exception {
		try (FakeDns fake = FakeDns.start()) {
			fake.on("test", Type.NS, DnsBehaviour.reply(reply -> reply.notAuthoritative().authority(Rr.ns("test", 60, "ns.test"))
					.additional(Rr.address("ns.test", 60, "127.0.0.1"))));
			fake.on("victim.test", Type.NS, DnsBehaviour.reply(reply -> reply.notAuthoritative().authority(Rr.ns("victim.test", 60, "ns.elsewhere.org"))
					.additional(Rr.address("ns.elsewhere.org", 60, "127.0.0.1"))));
			Cut cut = trap(fake, SHORT).zoneOf(name("victim.test"));
			assertThat(((Cut.Zone) cut).hosts()).singleElement().satisfies(host -> assertThat(host.glue()).isEmpty());
		}
	}

	/// A top-level domain whose every domain is served by ns1.example.test, and that server's MX for each: played, since a thousand zones need not be built.
	private void playAThousandDomains() {
		world.instead.put(World.TLD, query -> query.question().name().isWithin(DnsName.of("example.test")) ? world.tld.answer(query)
				: new DnsMessage(query.id(), true, 0, false, false, false, false, 0, query.question(), List.of(),
						List.of(new DnsRecord(query.question().name(), 60, World.ns("ns1.example.test"))),
						List.of(new DnsRecord(DnsName.of("ns1.example.test"), 60, new DnsData.Address(World.ONE))), 0, 0));
		world.instead.put(World.ONE, query -> query.question().name().isWithin(DnsName.of("example.test")) ? world.one.answer(query)
				: new DnsMessage(query.id(), true, 0, true, false, false, false, 0, query.question(),
						List.of(new DnsRecord(query.question().name(), 60, World.mx(10, "old.example.test"))), List.of(), List.of(), 0, 0));
	}

	@Test
	void aThousandDomainsShareTheWay() throws Exception {
		playAThousandDomains();
		ProbeContext context = World.context(world.settings(false), Duration.ofSeconds(15));
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			tasks.add(World.task("dns.mx", "domain" + i + ".test"));
		}
		List<Evidence> found = new ArrayList<>();
		try (RunMemo _ = context.memo()) {
			new ProbeRun(tasks, context, found::addAll).call();
		}
		assertThat(found).hasSize(1_000).allSatisfy(each -> assertThat(each.reason().id()).isEqualTo("dns.mx.answer"));
		assertThat(world.counts.get(World.ROOT)).as("the top-level domain, once").hasValue(1);
		assertThat(world.counts.get(World.TLD).get()).as("each domain once, and that of the shared hosts").isBetween(1_000, 1_005);
		assertThat(world.counts.get(World.ONE).get() + world.counts.get(World.TWO).get()).as("each MX once, and the shared hosts' addresses").isBetween(1_000, 1_010);
	}
}
