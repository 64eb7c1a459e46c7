package hikkoshi.core.tests.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.lookup.AnswerDiff;
import hikkoshi.core.lookup.DigCommand;
import hikkoshi.core.lookup.DigText;
import hikkoshi.core.lookup.LookupHistory;
import hikkoshi.core.lookup.LookupSpec;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.DnsOptions;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.DnsStatus;

@Timeout(60)
class LookupTest {
	private static final NameServer ONE = NameServer.parse("192.0.2.53");
	private static final NameServer TWO = NameServer.parse("192.0.2.54#5300");

	/// Answers everything, the second question before the first when told so.
	private static final class Oracle implements DnsLookup {
		final List<DomainName> zones = new ArrayList<>();
		@Nullable
		CountDownLatch first;

		@Override
		public DnsAnswer ask(DnsQuestion question, List<X509Certificate> anchors) throws InterruptedException {
			CountDownLatch waiting = first;
			if (waiting != null && question.server().equals(ONE)) {
				waiting.await();
			}
			if (question.type().equals("NONE")) {
				throw new IllegalArgumentException("no such type");
			}
			return answer(question, List.of(new DnsAnswer.Rr("example.org.", 300, "MX", "10 Mail.example.org.")), "");
		}

		@Override
		public List<NameServer> authoritative(DomainName zone, DnsSettings settings) {
			zones.add(zone);
			return List.of(ONE, TWO);
		}

		@Override
		public List<NameServer> systemResolvers() {
			return List.of(ONE);
		}
	}

	private static DnsAnswer answer(DnsQuestion question, List<DnsAnswer.Rr> records, String detail) {
		return new DnsAnswer(question, DnsStatus.ANSWER, new DnsAnswer.Head(4711, "QUERY", "NOERROR", "example.org.", new DnsAnswer.Edns(0, true, 1232, List.of())),
				List.of("qr", "aa", "rd"), records, List.of(), List.of(), Instant.parse("2026-11-24T12:00:00Z"), Duration.ofMillis(7), 99,
				new DnsAnswer.Carried(Transport.DOT, DnsAnswer.Proof.PROVEN, "TLSv1.3"), detail);
	}

	private static LookupSpec spec(String name, LookupSpec.Servers servers, String typed, String... types) {
		return new LookupSpec(name, List.of(types), servers, typed, null, DnsOptions.DEFAULT);
	}

	private static DnsQuestion question(String name, String type, String server, DnsOptions options) {
		return new DnsQuestion(name, type, NameServer.parse(server), options);
	}

	@Test
	void everyTypeAtEveryServer() throws Exception {
		List<DnsQuestion> questions = spec("example.org", LookupSpec.Servers.TYPED, "192.0.2.53, @tls://dns.example@192.0.2.54  192.0.2.53", "mx", "TYPE65280")
				.questions(new Oracle(), DnsSettings.DEFAULT);
		assertThat(questions).extracting(each -> each.server().place() + " " + each.type()).containsExactly("192.0.2.53 MX", "192.0.2.53 TYPE65280",
				"tls://dns.example@192.0.2.54 MX", "tls://dns.example@192.0.2.54 TYPE65280");
		List<DnsQuestion> tcp = new LookupSpec("example.org", List.of("A"), LookupSpec.Servers.AUTHORITATIVE, "", Transport.TCP, DnsOptions.DEFAULT)
				.questions(new Oracle(), DnsSettings.DEFAULT);
		assertThat(tcp).extracting(each -> each.server().place()).containsExactly("tcp://192.0.2.53", "tcp://192.0.2.54#5300");
		assertThat(tcp).noneMatch(each -> each.options().recursionDesired());
	}

	@ParameterizedTest
	@CsvSource({"192.0.2.7, 7.2.0.192.in-addr.arpa", "2001:db8::1, 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"})
	void anAddressIsLookedUpInReverse(String address, String zone) throws Exception {
		Oracle oracle = new Oracle();
		assertThat(spec(address, LookupSpec.Servers.AUTHORITATIVE, "", "A").questions(oracle, DnsSettings.DEFAULT)).allMatch(each -> each.type().equals("PTR")).hasSize(2);
		assertThat(oracle.zones).containsExactly(new DomainName(zone));
	}

	@ParameterizedTest
	@CsvSource({"'', SYSTEM, '', A, lookup.no-name", "a.example, CONFIGURED, '', A, lookup.no-configured", "a.example, TYPED, dns.example, A, lookup.bad-server",
			"a.example, TYPED, ' ', A, lookup.no-server", "a..example, AUTHORITATIVE, '', A, lookup.bad-question", "a.example, SYSTEM, '', NONE, lookup.bad-question",
			"a.example, TYPED, 192.0.2.53#0, A, lookup.bad-server", "a.example, TYPED, https://192.0.2.53/a b, A, lookup.bad-server"})
	void whatCannotBeAskedIsSaid(String name, LookupSpec.Servers servers, String typed, String type, String reason) {
		assertThatThrownBy(() -> spec(name, servers, typed, type).ask(new Oracle(), DnsSettings.DEFAULT, List.of(), _ -> {
		}, _ -> {
		})).isInstanceOfSatisfying(LookupSpec.Mistake.class, mistake -> assertThat(mistake.reason().id()).isEqualTo(reason));
	}

	@Test
	void tooManyAtOnceAreNotAsked() {
		String all = IntStream.range(1, 200).mapToObj(i -> "192.0.2." + i).collect(Collectors.joining(","));
		assertThatThrownBy(() -> spec("a.example", LookupSpec.Servers.TYPED, all, "A", "MX").questions(new Oracle(), DnsSettings.DEFAULT))
				.isInstanceOf(LookupSpec.Mistake.class).hasMessageContaining("too-many");
	}

	@Test
	void answersAreHandedOnAsTheyCome() throws Exception {
		Oracle oracle = new Oracle();
		CountDownLatch held = new CountDownLatch(1);
		oracle.first = held;
		List<String> order = new ArrayList<>();
		List<Integer> counts = new ArrayList<>();
		spec("example.org", LookupSpec.Servers.AUTHORITATIVE, "", "MX").ask(oracle, DnsSettings.DEFAULT, List.of(), counts::add, answer -> {
			order.add(answer.question().server().place());
			held.countDown();
		});
		assertThat(counts).containsExactly(2);
		assertThat(order).containsExactly("192.0.2.54#5300", "192.0.2.53");
	}

	@Test
	void asDigPrintsIt() {
		DnsAnswer answer = answer(question("example.org", "MX", "tls://dns.example@192.0.2.53", DnsOptions.DEFAULT),
				List.of(new DnsAnswer.Rr("example.org.", 300, "MX", "10 mail.example.org.")), "ignored: 1\u001b[2J");
		assertThat(DigText.lines(answer, ZoneId.of("UTC"))).containsExactly(
				";; Got answer:",
				";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711",
				";; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1",
				";; WARNING: recursion requested but not available",
				"",
				";; OPT PSEUDOSECTION:",
				"; EDNS: version: 0, flags: do; udp: 1232",
				";; QUESTION SECTION:",
				";example.org.\t\t\tIN\tMX",
				"",
				";; ANSWER SECTION:",
				"example.org.\t\t300\tIN\tMX\t10 mail.example.org.",
				"",
				";; (ignored: 1\ufffd[2J)",
				";; Query time: 7 msec",
				";; SERVER: 192.0.2.53#853(tls://dns.example@192.0.2.53) (TLS, TLSv1.3, name proven)",
				";; WHEN: Tue Nov 24 12:00:00 UTC 2026",
				";; MSG SIZE  rcvd: 99",
				"");
	}

	@Test
	void asACommandOfAnotherTool() {
		assertThat(DigCommand.dig(question("example.org", "MX", "192.0.2.53", DnsOptions.DEFAULT))).isEqualTo("dig @192.0.2.53 +bufsize=1232 -q example.org -t MX");
		assertThat(DigCommand.dig(question("it's; rm -rf ~ $(x)", "A", "2001:db8::53#5300", new DnsOptions(false, true, true, 4096, false))))
				.isEqualTo("dig @2001:db8::53 -p 5300 +norecurse +cdflag +bufsize=4096 +dnssec -q 'it'\\''s; rm -rf ~ $(x)' -t A");
		assertThat(DigCommand.dig(question("192.0.2.7", "PTR", "tcp://192.0.2.53", new DnsOptions(true, false, false, 0, false))))
				.isEqualTo("dig @192.0.2.53 +tcp +noedns -x 192.0.2.7");
		assertThat(DigCommand.kdig(question("example.org", "A", "tls://dns.example@192.0.2.53", DnsOptions.DEFAULT)))
				.isEqualTo("kdig @192.0.2.53 +tls +tls-ca +tls-hostname=dns.example +bufsize=1232 -q example.org -t A");
		assertThat(DigCommand.kdig(question("example.org", "A", "https://dns.example@192.0.2.53#8443/q", new DnsOptions(false, false, false, 512, true))))
				.isEqualTo("kdig @192.0.2.53 -p 8443 +https-get=/q +tls-ca +tls-hostname=dns.example +nordflag +bufsize=512 -q example.org -t A");
	}

	@Test
	void howTwoAnswersDiffer() {
		DnsQuestion asked = question("example.org", "MX", "192.0.2.53", DnsOptions.DEFAULT);
		DnsAnswer left = answer(asked, List.of(rr(300, "MX", "10 old.example.org."), rr(300, "MX", "20 Both.example.org."), rr(60, "TXT", "\"A\"")), "");
		DnsAnswer right = answer(asked, List.of(rr(60, "MX", "20 both.example.org."), rr(300, "MX", "10 new.example.org."), rr(60, "TXT", "\"A\""), rr(60, "TXT", "\"a\"")), "");
		AnswerDiff diff = AnswerDiff.of(left, right);
		assertThat(diff.rows()).extracting(row -> row.kind() + " " + row.data() + " " + row.leftTtl() + " " + row.rightTtl()).containsExactly(
				"RIGHT_ONLY 10 new.example.org. null 300", "LEFT_ONLY 10 old.example.org. 300 null", "TTL 20 Both.example.org. 300 60", "RIGHT_ONLY \"a\" null 60",
				"SAME \"A\" 60 60");
		assertThat(diff.isSame()).isFalse();
		assertThat(AnswerDiff.of(left, left).isSame()).isTrue();
	}

	private static DnsAnswer.Rr rr(long ttl, String type, String data) {
		return new DnsAnswer.Rr("example.org.", ttl, type, data);
	}

	@Test
	void theHistoryIsBoundedAndSurvivesItsLines() {
		LookupHistory history = LookupHistory.EMPTY;
		for (int i = 0; i < 80; i++) {
			history = history.with(spec("n" + i + ".example", LookupSpec.Servers.TYPED, "192.0.2.1, 192.0.2.2", "A", "MX"));
		}
		LookupSpec odd = new LookupSpec("引越し.example\t\n", List.of("MX"), LookupSpec.Servers.SYSTEM, "", Transport.DOH, new DnsOptions(false, true, true, 4096, true));
		history = history.with(odd).with(spec("n79.example", LookupSpec.Servers.TYPED, "192.0.2.1, 192.0.2.2", "A", "MX"));
		assertThat(history.entries()).hasSize(LookupHistory.MAX);
		assertThat(history.entries().getFirst().name()).isEqualTo("n79.example");
		List<String> lines = new ArrayList<>(history.lines());
		lines.add("rubbish");
		lines.add(lines.getFirst().replace("TYPED", "NOWHERE"));
		LookupHistory read = LookupHistory.of(lines);
		assertThat(read.entries()).hasSize(LookupHistory.MAX);
		assertThat(read.entries().getFirst()).isEqualTo(history.entries().getFirst());
		assertThat(read.entries().get(1)).isEqualTo(new LookupSpec("引越し.example", odd.types(), odd.servers(), "", odd.over(), odd.options()));
	}
}
