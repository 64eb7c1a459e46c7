package hikkoshi.core.tests.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.Discovery;
import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DiscoveryReasons;
import hikkoshi.core.discover.DiscoverySink;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Reasons;

@Timeout(60)
class DiscoveryTest {
	private static final DiscoveryOptions OPTIONS = DiscoveryOptions.of(Policy.DEFAULT, DnsSettings.DEFAULT, List.of());

	/// What the sink got, in order.
	private static final class Notes implements DiscoverySink {
		final List<Evidence> found = new ArrayList<>();
		final List<Discovered> done = new ArrayList<>();

		@Override
		public void found(List<Evidence> batch) {
			assertThat(batch).isNotEmpty();
			found.addAll(batch);
		}

		@Override
		public void done(Discovered name) {
			assertThat(found).as("a name's evidence comes before the name").containsAll(name.evidence());
			done.add(name);
		}
	}

	private static DomainName name(String text) {
		return DomainName.parse(text);
	}

	private static List<Discovered> discover(Imagined world, DiscoveryOptions options, DiscoverySink sink, String... names) throws Exception {
		return new Discovery(List.of(names).stream().map(DomainName::parse).toList(), List.of(world), Clock.systemUTC(), options, sink).call();
	}

	private static Imagined usual(Imagined world, String domain, String address) {
		String host = "mail." + domain;
		return world.dns(domain, DnsFact.mx(domain, 10, host), DnsFact.srv("_imaps._tcp." + domain, 0, 1, 993, host), DnsFact.address(host, address))
				.open(host, address, 993, Speech.IMAP, Security.TLS).open(host, address, 587, Speech.SUBMISSION, Security.STARTTLS)
				.open(host, address, 25, Speech.SMTP, Security.STARTTLS);
	}

	@Test
	void findsAServerByDnsAndPorts() throws Exception {
		Notes notes = new Notes();
		Discovered found = discover(usual(new Imagined(), "a.test", "192.0.2.1"), OPTIONS, notes, "a.test").getFirst();

		assertThat(found.cutShort()).isFalse();
		assertThat(found.proposal().servers()).hasSize(1);
		ProposedServer server = found.proposal().servers().getFirst();
		assertThat(server.name().value()).isEqualTo(name("mail.a.test"));
		assertThat(server.endpoints().stream().map(line -> line.value().toString()).toList()).containsExactly("imap:993/tls", "submission:587/starttls", "smtp:25/starttls");
		assertThat(server.endpoints().getFirst().sources().stream().map(reason -> reason.id()).toList()).containsExactly(DiscoveryReasons.FROM_SRV,
				DiscoveryReasons.FROM_PORT);
		assertThat(found.proposal().outcome()).as(found.proposal().toString()).isEqualTo(Outcome.PASS);
		assertThat(notes.found).containsExactlyInAnyOrderElementsOf(found.evidence());
	}

	@Test
	void nobodyWaitsForTheSlowest() throws Exception {
		Imagined world = new Imagined();
		List<String> names = IntStream.range(0, 200).mapToObj(i -> "d" + i + ".test").toList();
		for (int i = 0; i < names.size(); i++) {
			usual(world, names.get(i), "192.0.2." + (i + 1));
		}
		CountDownLatch others = new CountDownLatch(names.size() - 1);
		CountDownLatch never = new CountDownLatch(1);
		world.hook = (probe, target, _) -> {
			// every port of the first name is silent; no time-out of its own ends that, only the name's
			if (target instanceof HostPort port && port.name().equals(name("mail.d0.test"))) {
				never.await();
			}
		};
		Notes notes = new Notes();
		AtomicReference<Discovered> slow = new AtomicReference<>();
		DiscoverySink sink = new DiscoverySink() {
			@Override
			public void found(List<Evidence> batch) {
				notes.found(batch);
			}

			@Override
			public void done(Discovered name) {
				notes.done(name);
				if (name.name().equals(name("d0.test"))) {
					slow.set(name);
					assertThat(others.getCount()).as("names still missing when the slowest gave up").isZero();
				} else {
					others.countDown();
				}
			}
		};

		List<Discovered> found = discover(world, OPTIONS.withPatience(Duration.ofSeconds(8)), sink, names.toArray(String[]::new));

		assertThat(found).hasSize(200);
		assertThat(found.getLast().name()).isEqualTo(name("d0.test"));
		assertThat(found.getLast().cutShort()).isTrue();
		assertThat(found.subList(0, 199)).noneMatch(Discovered::cutShort).allMatch(each -> each.proposal().servers().size() == 1);
		assertThat(slow.get().proposal().remarks().getFirst().reason().id()).isEqualTo(DiscoveryReasons.CUT_SHORT);
		assertThat(slow.get().proposal().outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void aSilentHostOfOneNameLeavesRoomToTheOthers() throws Exception {
		// 30 hosts with 8 ports each hold all that one name may hold, while the bound of all is not much more
		Imagined world = usual(new Imagined(), "good.test", "192.0.2.200");
		List<DnsFact> many = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			many.add(DnsFact.mx("bad.test", i, "mx" + i + ".bad.test"));
			many.add(DnsFact.address("mx" + i + ".bad.test", "198.51.100." + i));
		}
		world.dns("bad.test", many.toArray(DnsFact[]::new));
		CountDownLatch goodIsThrough = new CountDownLatch(1);
		CountDownLatch badHoldsAll = new CountDownLatch(8);
		world.hook = (_, target, context) -> {
			if (target instanceof HostPort port && port.name().ascii().endsWith("bad.test")) {
				try (Reach.Place _ = Reach.of(context).enter(port.address())) {
					badHoldsAll.countDown();
					goodIsThrough.await();
				}
			} else if (target instanceof HostPort) {
				badHoldsAll.await();
			}
		};
		DiscoveryOptions tight = new DiscoveryOptions(OPTIONS.policy(), OPTIONS.dns(), List.of(), List.of(), 443, 80, OPTIONS.ports(), OPTIONS.guesses(), 10, 8, 10,
				Duration.ofSeconds(50));
		List<DomainName> order = new ArrayList<>();
		DiscoverySink sink = new DiscoverySink() {
			@Override
			public void found(List<Evidence> batch) {
				// in `order` only the names count
			}

			@Override
			public void done(Discovered name) {
				order.add(name.name());
				goodIsThrough.countDown();
			}
		};
		discover(world, tight, sink, "bad.test", "good.test");
		assertThat(order).containsExactly(name("good.test"), name("bad.test"));
	}

	@Test
	void whatNamesShareIsAskedOnce() throws Exception {
		Imagined world = new Imagined();
		for (int i = 0; i < 20; i++) {
			String domain = "d" + i + ".test";
			world.dns(domain, DnsFact.mx(domain, 10, "mx.provider.test"), DnsFact.address("mx.provider.test", "192.0.2.9"));
		}
		world.open("mx.provider.test", "192.0.2.9", 25, Speech.SMTP, Security.STARTTLS);
		Notes notes = new Notes();
		List<Discovered> found = discover(world, OPTIONS, notes, IntStream.range(0, 20).mapToObj(i -> "d" + i + ".test").toArray(String[]::new));

		assertThat(world.times(DiscoveryProbes.PORT, new HostPort(name("mx.provider.test"), Imagined.ip("192.0.2.9"), 25))).isEqualTo(1);
		assertThat(notes.found.stream().filter(each -> each.probe().equals(DiscoveryProbes.PORT)).count()).isEqualTo(8);
		assertThat(found).allMatch(each -> each.evidence().stream().filter(one -> one.probe().equals(DiscoveryProbes.PORT)).count() == 8);
	}

	@Test
	void aHostThatOnlyADocumentNamesIsResolvedAndAsked() throws Exception {
		Imagined world = new Imagined().dns("a.test", DnsFact.mx("a.test", 10, "mx.filter.test"), DnsFact.address("mx.filter.test", "192.0.2.1"))
				.dns("imap.hoster.test", DnsFact.address("imap.hoster.test", "192.0.2.2")).open("mx.filter.test", "192.0.2.1", 25, Speech.SMTP, Security.STARTTLS)
				.open("imap.hoster.test", "192.0.2.2", 1993, Speech.IMAP, Security.TLS);
		world.autoconfig.put("a.test", List.of(ConfigFact.server("https://autoconfig.a.test/", true, Speech.IMAP, "imap.hoster.test", 1993, Security.TLS, "password-cleartext", "")));

		Discovered found = discover(world, OPTIONS, new Notes(), "a.test").getFirst();

		assertThat(world.times(DiscoveryProbes.HOST, new HostName(name("imap.hoster.test")))).isEqualTo(1);
		assertThat(found.proposal().servers().stream().map(server -> server.name().value().ascii()).toList()).containsExactly("imap.hoster.test", "mx.filter.test");
		assertThat(found.proposal().servers().getFirst().endpoints().stream().map(line -> line.value().toString()).toList()).containsExactly("imap:1993/tls");
		assertThat(found.proposal().remarks().stream().map(remark -> remark.reason().id()).toList()).contains(DiscoveryReasons.MX_ELSEWHERE);
	}

	@Test
	void oneHostKnocksAtEveryPortTheOthersOnlyWhereSomebodyOpened() throws Exception {
		Imagined world = new Imagined().dns("a.test", DnsFact.mx("a.test", 10, "mx.a.test"), DnsFact.srv("_imaps._tcp.a.test", 0, 0, 993, "imap.a.test"),
				DnsFact.address("mx.a.test", "192.0.2.1"), DnsFact.address("imap.a.test", "192.0.2.1"), DnsFact.address("a.test", "192.0.2.1"),
				DnsFact.address("mail.a.test", "192.0.2.1")).open("imap.a.test", "192.0.2.1", 993, Speech.IMAP, Security.TLS)
				.open("mx.a.test", "192.0.2.1", 993, Speech.IMAP, Security.TLS);

		discover(world, OPTIONS, new Notes(), "a.test");

		List<String> knocks = world.order.stream().filter(each -> each.startsWith(DiscoveryProbes.PORT)).toList();
		assertThat(knocks.stream().filter(each -> each.endsWith("=imap.a.test"))).hasSize(8);
		assertThat(knocks.stream().filter(each -> each.endsWith("=mx.a.test"))).hasSize(1);
		assertThat(knocks.stream().filter(each -> each.endsWith("=a.test") || each.endsWith("=mail.a.test"))).as("guesses at an address that is asked anyhow").isEmpty();
	}

	@Test
	void noMoreConnectionsThanThePolicyAllowsPerAddress() throws Exception {
		Imagined world = usual(new Imagined(), "a.test", "192.0.2.1");
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch four = new CountDownLatch(4);
		world.hook = (_, target, context) -> {
			if (target instanceof HostPort port) {
				try (Reach.Place _ = Reach.of(context).enter(port.address())) {
					most.accumulateAndGet(now.incrementAndGet(), Math::max);
					four.countDown();
					four.await();
					now.decrementAndGet();
				}
			}
		};
		discover(world, OPTIONS, new Notes(), "a.test");
		assertThat(most.get()).isEqualTo(Policy.DEFAULT.connectionsPerServer());
	}

	@Test
	void anInterruptEndsItAtOnceAndKeepsWhatWasFound() throws Exception {
		Imagined world = usual(usual(new Imagined(), "a.test", "192.0.2.1"), "b.test", "192.0.2.2");
		CountDownLatch hanging = new CountDownLatch(1);
		world.hook = (_, target, _) -> {
			if (target instanceof HostPort port && port.name().equals(name("mail.b.test"))) {
				hanging.countDown();
				new CountDownLatch(1).await();
			}
		};
		Notes notes = new Notes();
		AtomicReference<Throwable> ended = new AtomicReference<>();
		CountDownLatch aIsThrough = new CountDownLatch(1);
		DiscoverySink sink = new DiscoverySink() {
			@Override
			public void found(List<Evidence> batch) {
				notes.found(batch);
			}

			@Override
			public void done(Discovered name) {
				notes.done(name);
				aIsThrough.countDown();
			}
		};
		Thread runner = Thread.ofVirtual().start(() -> {
			try {
				discover(world, OPTIONS, sink, "a.test", "b.test");
			} catch (Exception e) {
				ended.set(e);
			}
		});
		hanging.await();
		aIsThrough.await();
		runner.interrupt();
		runner.join();

		assertThat(ended.get()).isInstanceOf(InterruptedException.class);
		assertThat(notes.done.stream().map(each -> each.name().ascii()).toList()).containsExactly("a.test");
		assertThat(notes.found.stream().map(each -> each.target().value())).contains("host:b.test");
	}

	@Test
	void aSinkThatFailsEndsIt() {
		Imagined world = usual(new Imagined(), "a.test", "192.0.2.1");
		DiscoverySink full = new DiscoverySink() {
			@Override
			public void found(List<Evidence> batch) throws IOException {
				throw new IOException("disk full");
			}

			@Override
			public void done(Discovered name) {
				throw new AssertionError("nothing was kept");
			}
		};
		assertThatThrownBy(() -> discover(world, OPTIONS, full, "a.test")).isInstanceOf(IOException.class).hasMessage("disk full");
	}

	@Test
	void aProbeThatThrowsIsEvidenceOfItsOwn() throws Exception {
		Imagined world = usual(new Imagined(), "a.test", "192.0.2.1");
		world.hook = (_, target, _) -> {
			if (target instanceof HostPort port && port.port() == 993) {
				throw new IOException("cable cut");
			}
		};
		Discovered found = discover(world, OPTIONS, new Notes(), "a.test").getFirst();
		assertThat(found.evidence()).filteredOn(each -> each.reason().id().equals(Reasons.UNEXPECTED)).hasSize(1).allMatch(each -> each.outcome() == Outcome.UNKNOWN);
		assertThat(found.proposal().servers()).hasSize(1);
	}
}
