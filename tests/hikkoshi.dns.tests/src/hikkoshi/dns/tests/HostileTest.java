package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.text.Phrases;
import hikkoshi.dns.DnsProbes;
import hikkoshi.dns.Lookup;
import hikkoshi.dns.trace.TraceProbe;
import hikkoshi.dns.transport.Patience;
import hikkoshi.testkit.DnsBehaviour;
import hikkoshi.testkit.DnsReply;
import hikkoshi.testkit.FakeDns;
import hikkoshi.testkit.Rr;

/// A server that means harm is answered in time, costs little, and is called what it is.
@Timeout(60)
class HostileTest {
	private static final String NAME = "example.test";
	private static final Rr LIE = Rr.address(NAME, 300, "192.0.2.66");
	private static final Patience SHORT = new Patience(Duration.ofMillis(300), 2, Duration.ofSeconds(1), Duration.ofSeconds(1));
	private final Lookup lookup = new Lookup(SHORT);
	private FakeDns fake;

	@BeforeEach
	void start() throws IOException {
		fake = FakeDns.start();
	}

	@AfterEach
	void stop() {
		lookup.close();
		fake.close();
	}

	static Stream<Arguments> behaviours() {
		Rr[] chain = IntStream.range(0, 40).mapToObj(i -> Rr.cname(i == 0 ? NAME : "n" + i + ".test", 60, "n" + (i + 1) + ".test")).toArray(Rr[]::new);
		Rr[] many = IntStream.range(0, 2_000).mapToObj(i -> Rr.address(NAME, 60, "198.51.100." + i % 250)).toArray(Rr[]::new);
		DnsBehaviour flood = exchange -> {
			for (int i = 1; i < 3_000; i++) {
				exchange.send(DnsReply.to(exchange.query()).id(exchange.query().id() + i).answer(LIE).bytes());
			}
		};
		return Stream.of(
				Arguments.of("garbage, its header included", DnsBehaviour.garbage(), DnsStatus.MISMATCHED, DnsStatus.MISMATCHED),
				Arguments.of("compression loop", DnsBehaviour.compressionLoop(), DnsStatus.MALFORMED, DnsStatus.MALFORMED),
				Arguments.of("cut off", DnsBehaviour.cutOff(LIE), DnsStatus.MALFORMED, DnsStatus.MALFORMED),
				Arguments.of("too short", DnsBehaviour.runt(), DnsStatus.MALFORMED, DnsStatus.MALFORMED),
				Arguments.of("wrong id", DnsBehaviour.wrongId(LIE), DnsStatus.MISMATCHED, DnsStatus.MISMATCHED),
				Arguments.of("a flood of wrong ids", flood, DnsStatus.MISMATCHED, DnsStatus.MISMATCHED),
				Arguments.of("wrong question", DnsBehaviour.wrongQuestion(LIE), DnsStatus.MISMATCHED, DnsStatus.MISMATCHED),
				Arguments.of("a question for an answer", DnsBehaviour.notAResponse(LIE), DnsStatus.MISMATCHED, DnsStatus.MISMATCHED),
				Arguments.of("64 KB of text", DnsBehaviour.bigOverTcp(), DnsStatus.NO_DATA, DnsStatus.NO_DATA),
				Arguments.of("2,000 records", DnsBehaviour.truncatedThenTcp(many), DnsStatus.ANSWER, DnsStatus.ANSWER),
				Arguments.of("alias loop", DnsBehaviour.cnameLoop(), DnsStatus.ALIAS_LOOP, DnsStatus.ALIAS_LOOP),
				Arguments.of("alias chain", DnsBehaviour.truncatedThenTcp(chain), DnsStatus.ALIAS_LOOP, DnsStatus.ALIAS_LOOP),
				Arguments.of("slow TCP", DnsBehaviour.dripOverTcp(Duration.ofMillis(40), LIE), DnsStatus.TIMEOUT, DnsStatus.TIMEOUT),
				Arguments.of("TCP that promises", DnsBehaviour.shortOverTcp(), DnsStatus.TIMEOUT, DnsStatus.TIMEOUT),
				Arguments.of("silence", DnsBehaviour.drop(), DnsStatus.TIMEOUT, DnsStatus.TIMEOUT));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void behaviours(String what, DnsBehaviour behaviour, DnsStatus udp, DnsStatus tcp) throws Exception {
		fake.otherwise(behaviour);
		for (boolean overTcp : new boolean[] {false, true}) {
			DnsAnswer answer = lookup.ask(new DnsQuestion(NAME, "A", new NameServer("fake", fake.address(), fake.port()), overTcp, true, false));
			// wrong ids end a TCP connection when there are too many
			assertThat(answer.status()).as(answer.detail()).isEqualTo(overTcp ? tcp : udp);
			assertThat(answer.bytes()).isLessThanOrEqualTo(65_535);
			assertThat(answer.answer()).noneMatch(rr -> rr.data().equals("192.0.2.66"));
		}
		// whatever one question met, the next is answered
		fake.on("next.test", Type.A, DnsBehaviour.answer(Rr.address("next.test", 1, "192.0.2.1")));
		DnsAnswer next = lookup.ask(new DnsQuestion("next.test", "A", new NameServer("fake", fake.address(), fake.port()), true, true, false));
		assertThat(next.status()).as(next.detail()).isEqualTo(DnsStatus.ANSWER);
	}

	/// Each answer refers to a zone one label deeper, whose server is the same machine.
	@Test
	void endlessReferralsEndTheTrace() throws Exception {
		String deep = String.join(".", Collections.nCopies(100, "a")) + ".test";
		fake.otherwise(exchange -> {
			String asked = exchange.query().name();
			DnsBehaviour.referral(new Rr[] {Rr.ns(asked, 60, "ns." + asked)}, Rr.address("ns." + asked, 60, "127.0.0.1")).play(exchange);
		});
		ProbeContext context = World.context(new DnsSettings(List.of(), List.of(new NameServer("root", fake.address(), fake.port())), fake.port()), Duration.ofSeconds(1));
		try (RunMemo _ = context.memo()) {
			Finding found = new TraceProbe().examine(new HostName(DomainName.parse(deep)), context);
			assertThat(fake.queries()).as("questions").hasSizeLessThan(1_500);
			assertThat(((Facts.Tree) found.facts()).children()).hasSizeLessThanOrEqualTo(17);
			assertThat(Phrases.of(Locale.ENGLISH, List.of(new DnsProbes())).say(found.reason())).doesNotContain(found.reason().id());
			assertThat(found.reason().id()).isIn("trace.lame", "trace.cut-short", "trace.dead-end");
		}
	}

	@Test
	void everyStatusHasWords() {
		for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
			Phrases words = Phrases.of(locale, List.of());
			assertThat(Arrays.stream(DnsStatus.values()).map(status -> "dns-status." + status.name().toLowerCase(Locale.ROOT))).allMatch(id -> !words.say(id).equals(id));
		}
	}
}
