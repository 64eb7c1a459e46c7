package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.mail.internal.recipient.RecipientProbe;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;
import hikkoshi.testkit.ClosedPort;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;

/// RCPT TO as proof of existence: on the embedded server, and on scripted ones that say what servers in the field say.
@Timeout(120)
class RecipientTest {
	private static final String CONTROL = "RCPT TO:<hikkoshi-check-[a-z0-9]+@example.test>";
	private static final String UNKNOWN = "550 5.1.1 <x@example.test>: Recipient address rejected: User unknown";

	private final List<Evidence> found = new ArrayList<>();

	/// A server that answers like this: rules in order.
	private static Script mx(String extensions, Rules rules) {
		return script().lines("220 mx.example.test ESMTP").serve(new Rules().on("EHLO .*", script().lines("250-mx.example.test", extensions, "250 8BITMIME"))
				.plus(rules).on("MAIL FROM:<>(?: SMTPUTF8)?", script().lines("250 2.1.0 Ok")).on("RSET", script().lines("250 2.0.0 Ok"))
				.on("QUIT", script().lines("221 2.0.0 Bye").close()));
	}

	private static Script mx(String control, String address) {
		return mx("250-PIPELINING", new Rules().on(CONTROL, script().lines(control)).on("RCPT TO:.*", script().lines(address)));
	}

	private static Bench at(ScriptedServer server) {
		return new Bench().at(Protocol.SMTP, Security.NONE, server.port());
	}

	private static Finding ask(Script script, String address) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script); RunMemo memo = new RunMemo()) {
			Finding finding = at(server).ask(address, at(server).context(memo));
			assertThat(server.surprises()).isEmpty();
			assertThat(server.received()).doesNotContainIgnoringCase("DATA\r");
			return finding;
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"250 2.1.5 Ok | PASS | presence.receives",
			"251 2.1.5 will forward | PASS | presence.receives",
			"252 2.1.5 cannot verify | UNKNOWN | presence.cannot-verify",
			"550 5.1.1 User unknown | FAIL | presence.missing",
			"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup | FAIL | presence.missing",
			"550 5.4.1 Recipient address rejected: Access denied | FAIL | presence.missing",
			"550 Unrouteable address | FAIL | presence.missing",
			"550 No such user here | FAIL | presence.missing",
			"511 sorry, no mailbox here by that name (#5.1.1 - chkuser) | FAIL | presence.missing",
			"551 User not local; please try <ann@elsewhere.test> | FAIL | presence.missing",
			"550 Requested action not taken: mailbox unavailable | FAIL | presence.missing",
			"553 5.1.6 Recipient no longer here | FAIL | presence.missing",
			"554 5.7.1 <ann@example.test>: Relay access denied | FAIL | presence.not-local",
			"550 5.7.1 Unable to relay | FAIL | presence.not-local",
			"553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1) | FAIL | presence.not-local",
			"530 5.7.1 Authentication required | FAIL | presence.not-local",
			"550 5.2.1 The email account is disabled | FAIL | presence.disabled",
			"550 This account has been suspended | FAIL | presence.disabled",
			"452 4.2.2 The email account is over quota | WARN | presence.full",
			"552 5.2.2 Mailbox full | WARN | presence.full",
			"450 4.2.0 <ann@example.test>: Recipient address rejected: Greylisted, see http://postgrey/ | UNKNOWN | presence.greylisted",
			"451 4.7.1 Please try again in 300 seconds | UNKNOWN | presence.greylisted",
			"450 4.1.1 User unknown | UNKNOWN | presence.later",
			"451 4.3.0 Temporary lookup failure | UNKNOWN | presence.later",
			"554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using zen.example | UNKNOWN | presence.policy",
			"550 5.7.1 no | UNKNOWN | presence.policy",
			"550 no | UNKNOWN | presence.refused"})
	void whatServersSay(String words, Outcome outcome, String reason) throws Exception {
		Finding finding = ask(mx(UNKNOWN, words), "ann@example.test");

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(reason);
		assertThat(finding.outcome()).isEqualTo(outcome);
		assertThat(finding.reason().args()).last().isEqualTo(words);
		assertThat(Bench.fact(finding, "recipient.control")).hasValueSatisfying(control -> assertThat(control).startsWith("hikkoshi-check-"));
		assertThat(finding.reason().args()).as("an unchanged server gives unchanged evidence").noneMatch(arg -> arg.contains("hikkoshi-check-"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"250 2.1.5 Ok | ann | presence.accepts-all",
			"252 2.1.5 perhaps | ann | presence.no-control",
			"450 4.7.1 Greylisted | ann | presence.no-control",
			"550 5.7.1 looks like a harvester | ann | presence.receives",
			"450 4.1.1 User unknown | ann | presence.receives",
			"250 2.1.5 Ok | * | presence.catch-all",
			"550 5.1.1 User unknown | * | presence.no-catch-all",
			"554 5.7.1 Relay access denied | * | presence.not-local",
			"450 4.7.1 Greylisted | * | presence.greylisted"})
	void whatTheRandomAddressTells(String control, String localPart, String reason) throws Exception {
		Finding finding = ask(mx(control, "250 2.1.5 Ok"), localPart + "@example.test");

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"550 5.1.8 Sender address rejected | presence.null-sender | 250-PIPELINING",
			"550 5.7.1 null sender not accepted here | presence.null-sender | 250-SIZE 1000",
			"554 5.7.1 Client host blocked using zen.example | presence.policy | 250-PIPELINING",
			"451 4.7.1 Greylisted, please come back later | presence.greylisted | 250-SIZE 1000"})
	void anEmptySenderThatIsRefusedTellsNothing(String words, String reason, String extension) throws Exception {
		Finding finding = ask(mx(extension, new Rules().on("MAIL .*", script().lines(words)).on("RCPT .*", script().lines("503 5.5.1 MAIL first"))),
				"ann@example.test");

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(reason);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void anAddressThatIsNotAsciiNeedsSmtputf8() throws Exception {
		assertThat(ask(mx(UNKNOWN, "250 Ok"), "利用者@example.test").reason().id()).isEqualTo(PresenceReasons.NO_SMTPUTF8);
		Script able = mx("250-SMTPUTF8", new Rules().on(CONTROL, script().lines(UNKNOWN)).on("RCPT TO:<[^a-z]+@example.test>", script().lines("250 Ok")));
		try (ScriptedServer server = ScriptedServer.start(able); RunMemo memo = new RunMemo()) {
			Finding finding = at(server).ask("利用者@example.test", at(server).context(memo));
			assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(PresenceReasons.RECEIVES);
			assertThat(Bench.dialogue(finding)).contains("C: MAIL FROM:<> SMTPUTF8");
		}
	}

	private void run(Bench bench, List<String> addresses) throws Exception {
		RecipientProbe probe = new RecipientProbe();
		try (RunMemo memo = new RunMemo()) {
			ProbeContext context = bench.context(memo);
			List<ProbeTask<?>> tasks = addresses.stream()
					.<ProbeTask<?>>map(address -> new ProbeTask<>(probe, new Presence(bench.account().door(), EmailAddress.parse(address)))).toList();
			new ProbeRun(tasks, context, found::addAll).call();
		}
		assertThat(found).hasSize(addresses.size());
	}

	private static List<String> addresses(int count) {
		return IntStream.range(0, count).mapToObj(i -> "a" + i + "@example.test").toList();
	}

	private static Facts.Tree facts(Evidence evidence) {
		return (Facts.Tree) evidence.facts();
	}

	private Evidence about(String address) {
		return found.stream().filter(evidence -> evidence.target().value().endsWith("/" + address)).findFirst().orElseThrow();
	}

	/// The real thing: TLS with a proven name, one question after the other, each with the server's own words.
	@Test
	void aThousandAddressesShareAFewConnections() throws Exception {
		ThrowAwayCa ca = ThrowAwayCa.create("Rehearsal", Instant.now());
		try (MailServer server = MailServer.start(
				MailServerSettings.of(Bench.NAME, Set.of("example.test"), ca.issue(List.of(Bench.NAME), Validity.around(Instant.now()))))) {
			for (int i = 0; i < 1000; i++) {
				if (i % 100 != 7) {
					server.addAccount("a" + i, "a" + i + "@example.test", "secret".toCharArray());
				}
			}
			run(new Bench().at(Protocol.SMTP, Security.STARTTLS, server.port(MailService.MX)).trust(ca.certificate()), addresses(1000));
			assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.FAIL).hasSize(10)
					.allSatisfy(evidence -> assertThat(evidence.target().value()).matches(".*/a[0-9]*07@example.test|.*/a7@example.test"));
			assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.PASS).hasSize(990);
			// those that opened a connection have its phases in their facts
			assertThat(found.stream().filter(evidence -> Bench.all(facts(evidence)).stream().anyMatch(tree -> tree.key().equals("phase.tls"))).count())
					.isBetween(11L, 40L);
			assertThat(Bench.all(facts(about("a7@example.test"))).stream().map(Facts.Tree::value)).contains("C: RCPT TO:<a7@example.test>",
					"S: 550 5.1.1 no such mailbox here").noneMatch(line -> line.contains("<a8@"));
		}
	}

	/// As Exim's usual rules have it: a bounce has one recipient.
	@Test
	void oneRecipientForEachEmptySender() throws Exception {
		Script one = script().lines("220 mx ESMTP").serve(new Rules().on("EHLO .*", script().lines("250 mx")).on("MAIL .*|RSET", script().lines("250 Ok"))
				.on(CONTROL, script().lines("550 Unrouteable address")).on("QUIT", script().lines("221 Bye").close())
				.leaveOn("RCPT .*", script().lines("250 Accepted"))).serve(
						new Rules().on("RCPT .*", script().lines("550 Only one recipient accepted for NULL sender")).leaveOn("RSET", script().lines("250 Ok")))
				.serve(new Rules().on("MAIL .*|RSET", script().lines("250 Ok")).on("QUIT", script().lines("221 Bye").close())
						.on("RCPT .*", script().lines("250 Accepted")));
		try (ScriptedServer server = ScriptedServer.start(one)) {
			int many = 12;
			run(at(server).atOnce(1), addresses(many));
			assertThat(found).extracting(evidence -> evidence.reason().id()).containsOnly(PresenceReasons.RECEIVES);
			// who comes late finds the session closed, since nobody waited for it; how many do is the scheduler's business
			assertThat(server.conversations()).as("not a connection for each").hasSizeLessThan(many);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"421 4.7.0 mx Error: too many errors", "452 4.5.3 Too many recipients", "550 5.5.3 Too many recipients", "-"})
	void aServerThatHasEnoughOfASessionIsAskedInAnother(String words) throws Exception {
		Script unknown = script().lines(UNKNOWN);
		Script enough = words.equals("-") ? script().reset() : script().lines(words).close();
		Rules first = new Rules().on("EHLO .*", script().lines("250 mx")).on("MAIL .*|RSET", script().lines("250 Ok")).on("QUIT", script().lines("221 bye").close());
		Script session = script().lines("220 mx ESMTP").serve(new Rules().plus(first).leaveOn("RCPT .*", unknown)).serve(new Rules().plus(first).leaveOn("RCPT .*", unknown))
				.serve(new Rules().plus(first).leaveOn("RCPT .*", enough));
		try (ScriptedServer server = ScriptedServer.start(session)) {
			run(at(server).atOnce(1), addresses(9));
			assertThat(found).extracting(evidence -> evidence.reason().id()).containsOnly(PresenceReasons.MISSING);
			assertThat(server.conversations()).as("the limit is learnt: two for each, and the one that taught it").hasSizeBetween(5, 9);
		}
	}

	@Test
	void aDoorThatNeverAnswersIsLeftAloneForTheRun() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script().lines("421 4.3.2 too many connections").close())) {
			run(at(server).atOnce(2), addresses(40));
			assertThat(server.conversations().size()).isLessThanOrEqualTo(6);
			assertThat(found).extracting(Evidence::outcome).containsOnly(Outcome.UNKNOWN);
			assertThat(found).filteredOn(evidence -> evidence.reason().id().equals(PresenceReasons.DOOR_SHUT)).hasSizeGreaterThan(30)
					.allSatisfy(evidence -> assertThat(evidence.reason().args()).startsWith("127.0.0.1:" + server.port(), Reasons.THROTTLED));
		}
	}

	@Test
	void nobodyAtTheDoorIsFoundOutQuickly() throws Exception {
		try (ClosedPort closed = new ClosedPort()) {
			run(new Bench().at(Protocol.SMTP, Security.NONE, closed.port()).atOnce(2), addresses(30));
			assertThat(found).extracting(evidence -> evidence.reason().id()).containsOnly(Reasons.REFUSED, PresenceReasons.DOOR_SHUT);
			assertThat(found).filteredOn(evidence -> evidence.reason().id().equals(PresenceReasons.DOOR_SHUT)).hasSizeGreaterThan(15);
		}
	}

	@Test
	void endlessWordsAndSilenceAreBounded() throws Exception {
		Rules rules = new Rules().on(CONTROL, script().lines(UNKNOWN));
		assertThat(ask(mx("250-SIZE", new Rules().plus(rules).on("RCPT .*", script().flood("250-and more\r\n", 10_000_000))), "ann@example.test").reason().id())
				.isEqualTo(Reasons.OVERSIZED);
		try (ScriptedServer server = ScriptedServer.start(mx("250-SIZE", new Rules().plus(rules).on("RCPT .*", script().stall()))); RunMemo memo = new RunMemo()) {
			Bench bench = at(server).readTimeout(Duration.ofSeconds(1)).probeTimeout(Duration.ofSeconds(20));
			assertThat(bench.ask("ann@example.test", bench.context(memo)).reason().id()).isEqualTo(Reasons.READ_TIMEOUT);
		}
	}

	@Test
	void aHostilesWordsAreMadeHarmless() throws Exception {
		Finding finding = ask(mx(UNKNOWN, "550 5.1.1 \u001b[2Jgone" + "x".repeat(5000)), "ann@example.test");

		assertThat(finding.reason().id()).isEqualTo(PresenceReasons.MISSING);
		assertThat(Bench.everything(finding)).doesNotContain("\u001b").contains("\\u001b").hasSizeLessThan(4000);
	}

	@Test
	void theNameMustBeProven() throws Exception {
		ThrowAwayCa ca = ThrowAwayCa.create("Rehearsal", Instant.now());
		try (MailServer server = MailServer.start(MailServerSettings.of("other.test", Set.of("example.test"),
				ca.issue(List.of("other.test"), Validity.around(Instant.now())))); RunMemo memo = new RunMemo()) {
			Bench bench = new Bench().at(Protocol.SMTP, Security.STARTTLS, server.port(MailService.MX)).trust(ca.certificate());
			Finding finding = bench.ask("ann@example.test", bench.context(memo));
			assertThat(finding.reason().id()).isEqualTo(Reasons.TLS_NAME_MISMATCH);
			assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		}
	}
}
