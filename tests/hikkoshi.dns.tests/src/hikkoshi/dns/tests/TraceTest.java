package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.text.Phrases;
import hikkoshi.dns.DnsProbes;
import hikkoshi.dns.trace.TraceProbe;
import hikkoshi.rehearsal.dns.AuthoritativeServer;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.Zone;

@Timeout(120)
class TraceTest {
	private World world;

	@BeforeEach
	void start() throws IOException {
		world = new World();
	}

	@AfterEach
	void stop() {
		world.close();
	}

	private Finding trace(String name) throws IOException, InterruptedException {
		return trace(name, Duration.ofSeconds(3));
	}

	private Finding trace(String name, Duration readTimeout) throws IOException, InterruptedException {
		ProbeContext context = World.context(world.settings(false), readTimeout);
		try (RunMemo _ = context.memo()) {
			return new TraceProbe().examine(new HostName(DomainName.parse(name)), context);
		}
	}

	private static List<Facts.Tree> all(Facts.Tree tree, String key) {
		List<Facts.Tree> found = new ArrayList<>();
		if (tree.key().equals(key)) {
			found.add(tree);
		}
		tree.children().forEach(child -> found.addAll(all(child, key)));
		return found;
	}

	private static List<String> values(Finding finding, String key) {
		return all((Facts.Tree) finding.facts(), key).stream().map(Facts.Tree::value).toList();
	}

	/// The problems as sentences: every id and argument must have words.
	private static List<String> problems(Finding finding) {
		Phrases words = Phrases.of(Locale.ENGLISH, List.of(new DnsProbes()));
		return all((Facts.Tree) finding.facts(), "trace.problem").stream().map(problem -> {
			Reason reason = new Reason(problem.value(), problem.children().stream().map(Facts.Tree::value).toList());
			assertThat(words.remedy(reason)).isPresent();
			return problem.value() + " | " + words.say(reason);
		}).toList();
	}

	private Zone test() {
		return world.tld.zone("test").orElseThrow();
	}

	@Test
	void aSoundDelegation() throws Exception {
		Finding found = trace("old.example.test");
		assertThat(problems(found)).isEmpty();
		assertThat(found.outcome()).isEqualTo(Outcome.PASS);
		assertThat(found.reason()).isEqualTo(Reason.of("trace.fine", "old.example.test", "example.test", 4));
		assertThat(values(found, "trace.zone")).containsExactly(".", "test", "example.test");
		assertThat(values(found, "trace.server")).containsExactly("root", "ns.test", "ns1.example.test", "ns2.example.test");
		assertThat(values(found, "trace.glue")).containsExactly("127.0.0.62", "127.0.0.63", "127.0.0.64");
		assertThat(values(found, "trace.serial")).hasSize(4);
		assertThat(values(found, "trace.answer")).hasSize(2);
		assertThat(values(found, "trace.ms")).allMatch(ms -> Long.parseLong(ms) >= 0);
	}

	@Test
	void aLameServer() throws Exception {
		world.instead.put(World.TWO, World.saying(DnsMessage.REFUSED));
		Finding found = trace("example.test");
		assertThat(found.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(problems(found)).singleElement().asString().startsWith("trace.lame | ns2.example.test (127.0.0.64#").contains("REFUSED");
	}

	@Test
	void aSilentServerAndASilentZone() throws Exception {
		world.instead.put(World.TWO, _ -> null);
		Finding found = trace("example.test", Duration.ofMillis(300));
		assertThat(found.outcome()).isEqualTo(Outcome.WARN);
		assertThat(problems(found)).singleElement().asString().startsWith("trace.unreachable | ns2.example.test");
		world.instead.put(World.ONE, _ -> null);
		found = trace("www.example.test", Duration.ofMillis(300));
		assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(problems(found)).extracting(each -> each.replaceFirst(" .*", "")).contains("trace.silent", "trace.dead-end");
	}

	@Test
	void missingGlue() throws Exception {
		world.tld.put(Zone.of("test", "ns.test", 3600, 60).plus("@", 3600, World.ns("ns.test")).plusAddress("ns", 3600, World.TLD)
				.plus("example", 3600, World.ns("ns1.example.test")).plus("example", 3600, World.ns("ns2.example.test")).plusAddress("ns1.example", 3600, World.ONE));
		Finding found = trace("example.test");
		assertThat(found.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(problems(found)).singleElement().asString().startsWith("trace.glue-missing | ns2.example.test serves example.test");
	}

	@Test
	void glueThatDiffersAndASiblingWithoutGlue() throws Exception {
		world.tld.put(test().plusAddress("ns1.example", 3600, World.RESOLVER).plus("other", 3600, World.ns("ns1.example.test")));
		world.one.put(Zone.of("other.test", "ns1.example.test", 60, 60).plus("@", 60, World.ns("ns1.example.test")));
		assertThat(problems(trace("example.test"))).anySatisfy(each -> assertThat(each).startsWith("trace.glue-differs").contains("127.0.0.63, 127.0.0.65"));
		world.tld.put(Zone.of("test", "ns.test", 3600, 60).plus("@", 3600, World.ns("ns.test")).plusAddress("ns", 3600, World.TLD)
				.plus("example", 3600, World.ns("ns1.example.test")).plusAddress("ns1.example", 3600, World.ONE)
				.plus("other", 3600, World.ns("mail.example.test")));
		world.put(World.example().plusAddress("mail", 60, World.ONE));
		Finding found = trace("other.test");
		assertThat(problems(found)).anySatisfy(each -> assertThat(each).startsWith("trace.glue-sibling").contains("mail.example.test", "example.test"));
	}

	@Test
	void serversThatDisagree() throws Exception {
		world.two.put(Zone.of("example.test", "ns1.example.test", 3600, 30).plus("@", 3600, World.ns("ns1.example.test")).plusAddress("ns1", 3600, World.ONE)
				.plusAddress("ns2", 3600, World.TWO));
		world.one.put(World.example().plusAddress("x", 1, World.ONE));
		List<String> problems = problems(trace("example.test"));
		assertThat(problems).anySatisfy(each -> assertThat(each).startsWith("trace.ns-inconsistent").contains("ns1.example.test (127.0.0.63"));
	}

	@Test
	void aParentThatNamesOthers() throws Exception {
		world.tld.put(test().plus("example", 3600, World.ns("ns3.example.test")).plusAddress("ns3.example", 3600, World.RESOLVER));
		Finding found = trace("example.test");
		assertThat(found.outcome()).isEqualTo(Outcome.WARN);
		assertThat(problems(found)).anySatisfy(each -> assertThat(each).startsWith("trace.ns-mismatch").contains("Zone: ns1.example.test, ns2.example.test"));
	}

	@Test
	void serversThatHoldDifferentVersions() throws Exception {
		// a record put and taken away: the same data, two versions on
		world.one.put(World.example().plusAddress("x", 1, World.ONE).without("x", DnsData.A));
		Finding found = trace("example.test");
		assertThat(found.outcome()).isEqualTo(Outcome.WARN);
		String older = "ns2.example.test (127.0.0.64#" + world.port();
		assertThat(problems(found)).singleElement().asString()
				.startsWith("trace.serials | The servers of example.test hold different versions of the zone: ").contains(older, "ns1.example.test (127.0.0.63#");
		List<String> serials = values(found, "trace.serial").stream().distinct().toList();
		long first = world.two.zone("example.test").orElseThrow().serial();
		assertThat(serials).contains(String.valueOf(first), String.valueOf(first + 2));
		assertThat(problems(found).getFirst()).contains(String.valueOf(first), String.valueOf(first + 2));
	}

	@Test
	void parentsThatNameDifferentServers() throws Exception {
		world.root.put(Zone.of(".", "a.root.test", 3600, 60).plus("@", 3600, World.ns("a.root.test")).plus("test", 3600, World.ns("ns.test"))
				.plus("test", 3600, World.ns("nsb.test")).plusAddress("ns.test", 3600, World.TLD).plusAddress("nsb.test", 3600, World.RESOLVER));
		Zone both = test().plus("@", 3600, World.ns("nsb.test")).plusAddress("nsb", 3600, World.RESOLVER);
		world.tld.put(both);
		AuthoritativeServer behind = new AuthoritativeServer();
		behind.put(both.without("example", DnsData.NS).plus("example", 3600, World.ns("ns1.example.test")));
		world.instead.put(World.RESOLVER, behind);
		Finding found = trace("example.test");
		assertThat(found.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(found.reason().id()).isEqualTo("trace.parents-differ");
		assertThat(problems(found)).anySatisfy(each -> assertThat(each).startsWith("trace.parents-differ | ").contains("name different servers for example.test",
				"ns.test (127.0.0.62#", "nsb.test (127.0.0.65#"));
	}

	@Test
	void moreZonesThanATraceGoesThrough() throws Exception {
		String apex = "example.test";
		Zone above = World.example();
		for (int depth = 1; depth <= 20; depth++) {
			world.put(above.plus("z", 60, World.ns("ns1.example.test")));
			apex = "z." + apex;
			above = Zone.of(apex, "ns1.example.test", 60, 60).plus("@", 60, World.ns("ns1.example.test"));
		}
		world.put(above);
		Finding found = trace(apex);
		assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(found.reason().id()).isEqualTo("trace.cut-short");
		assertThat(problems(found)).anySatisfy(each -> assertThat(each).startsWith("trace.cut-short | The trace was given up at "));
		assertThat(values(found, "trace.zone")).hasSize(16);
	}

	@Test
	void aServerWithoutAddress() throws Exception {
		world.tld.put(test().plus("example", 3600, World.ns("nowhere.test")));
		assertThat(problems(trace("example.test"))).anySatisfy(each -> assertThat(each).startsWith("trace.no-address").contains("nowhere.test"));
	}

	@Test
	void theWayEnds() throws Exception {
		world.instead.put(World.TLD, World.saying(DnsMessage.SERVFAIL));
		Finding found = trace("www.example.test");
		assertThat(values(found, "trace.zone")).containsExactly(".", "test");
		assertThat(problems(found)).anySatisfy(each -> assertThat(each).startsWith("trace.dead-end").contains("SERVFAIL"));
	}

	@Test
	void aLongNameCostsLittle() throws Exception {
		Finding found = trace("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.example.test");
		assertThat(found.outcome()).isEqualTo(Outcome.PASS);
		assertThat(world.counts.values().stream().mapToInt(java.util.concurrent.atomic.AtomicInteger::get).sum()).isLessThan(120);
	}
}
