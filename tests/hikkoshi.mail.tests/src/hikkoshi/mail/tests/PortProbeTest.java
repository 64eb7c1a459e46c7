package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.core.discover.PortFact;
import hikkoshi.core.discover.PortFact.State;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.discover.PortProbe;
import hikkoshi.testkit.ClosedPort;
import hikkoshi.testkit.MailFault;
import hikkoshi.testkit.MailProtocol;
import hikkoshi.testkit.MailScripts;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

@Timeout(60)
class PortProbeTest {
	private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
	private final TlsKit tls = new TlsKit(Bench.NAME);

	private Explorer explorer() {
		return new Explorer().trust(tls.anchor());
	}

	private static Speech speech(MailProtocol protocol) {
		return Speech.valueOf(protocol.name());
	}

	private Finding ask(MailProtocol protocol, boolean implicit, MailFault fault, boolean known) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(protocol, implicit, fault, tls))) {
			Explorer explorer = explorer();
			if (known) {
				explorer.expect(server.port(), speech(protocol), implicit ? Security.TLS : Security.STARTTLS);
			}
			Finding finding = explorer.port(Bench.NAME, HERE, server.port());
			assertThat(server.received()).as("nothing that looks like a login").doesNotContainIgnoringCase("AUTHENTICATE").doesNotContainIgnoringCase("LOGIN ")
					.doesNotContain("USER ").doesNotContain("AUTH ");
			return finding;
		}
	}

	@ParameterizedTest
	@CsvSource({"IMAP,true,true", "IMAP,false,true", "POP3,true,true", "POP3,false,true", "SUBMISSION,true,true", "SUBMISSION,false,true", "IMAP,true,false",
			"IMAP,false,false", "POP3,true,false", "POP3,false,false", "SUBMISSION,true,false", "SUBMISSION,false,false"})
	void whatSpeaksThereIsFoundWhetherItIsExpectedOrNot(MailProtocol protocol, boolean implicit, boolean known) throws Exception {
		Finding finding = ask(protocol, implicit, MailFault.NONE, known);
		PortFact fact = Explorer.fact(finding);
		assertThat(finding.reason().id()).as(finding.toString()).isEqualTo(PortProbe.OPEN);
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(fact.state()).isEqualTo(State.OPEN);
		assertThat(fact.speech()).isEqualTo(speech(protocol));
		assertThat(fact.security()).isEqualTo(implicit ? Security.TLS : Security.STARTTLS);
		assertThat(fact.names()).isEqualTo(Bench.NAME);
		assertThat(fact.proven()).isTrue();
		assertThat(fact.capabilities()).contains(protocol == MailProtocol.IMAP ? "IMAP4REV1" : protocol == MailProtocol.POP3 ? "UIDL" : "AUTH PLAIN LOGIN");
		assertThat(fact.greeting()).contains(Bench.NAME);
	}

	@ParameterizedTest
	@CsvSource({"WRONG_NAME,tls.name-mismatch", "EXPIRED,tls.expired", "SELF_SIGNED,tls.self-signed", "UNKNOWN_AUTHORITY,tls.untrusted", "NOT_YET_VALID,tls.not-yet-valid"})
	void aBadCertificateIsLookedAtAndJudged(MailFault fault, String reason) throws Exception {
		for (boolean implicit : new boolean[] { true, false }) {
			Finding finding = ask(MailProtocol.IMAP, implicit, fault, true);
			PortFact fact = Explorer.fact(finding);
			assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
			assertThat(finding.reason().id()).isEqualTo(reason);
			assertThat(fact.state()).isEqualTo(State.OPEN);
			assertThat(fact.security()).isEqualTo(implicit ? Security.TLS : Security.STARTTLS);
			assertThat(fact.verdict()).isEqualTo(reason);
			assertThat(fact.proven()).isFalse();
			assertThat(fact.capabilities()).as("the talk goes on").contains("AUTH=PLAIN");
			assertThat(fact.sha256()).hasSize(64);
		}
	}

	@ParameterizedTest
	@EnumSource(value = MailFault.class, names = {"STARTTLS_MISSING", "STARTTLS_STRIPPED", "STARTTLS_REFUSED", "RESPONSE_INJECTION", "STARTTLS_THEN_CLEAR"})
	void startTlsThatDoesNotWorkIsNoProtection(MailFault fault) throws Exception {
		Finding finding = ask(MailProtocol.SUBMISSION, false, fault, true);
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).startsWith("starttls.");
		assertThat(Explorer.fact(finding).state()).isEqualTo(State.OPEN);
		assertThat(Explorer.fact(finding).security()).isEqualTo(Security.NONE);
		assertThat(finding.facts().toString()).doesNotContain(MailScripts.INJECTED);
	}

	@ParameterizedTest
	@EnumSource(value = MailFault.class, names = {"ENDLESS_BANNER", "ENDLESS_LINES", "HTTP", "BINARY", "CLOSED_AT_ONCE", "RESET_AT_ONCE", "HANDSHAKE_GARBAGE", "HANDSHAKE_RESET"})
	void whatIsNoMailServerIsNotTakenForOne(MailFault fault) throws Exception {
		for (MailProtocol protocol : MailProtocol.values()) {
			if (!MailScripts.applies(protocol, true, fault)) {
				continue;
			}
			Finding finding = ask(protocol, true, fault, true);
			assertThat(Explorer.fact(finding).proven() && finding.outcome() == Outcome.PASS).as("%s %s %s", protocol, fault, finding).isFalse();
			assertThat(finding.facts().toString().chars().noneMatch(c -> c < ' ' && c != '\n')).as("control characters of %s", fault).isTrue();
		}
	}

	@Test
	void aServerThatDripsIsLeft() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(MailProtocol.IMAP, false, MailFault.DRIP, tls))) {
			Finding finding = explorer().expect(server.port(), Speech.IMAP, Security.STARTTLS).probeTimeout(Duration.ofMillis(700)).port(Bench.NAME, HERE, server.port());
			assertThat(finding.reason().id()).isEqualTo(Reasons.TOO_SLOW);
			assertThat(Explorer.fact(finding).state()).isEqualTo(State.OTHER);
			assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		}
	}

	@Test
	void aClosedPortIsAKnownAnswer() throws Exception {
		try (ClosedPort closed = new ClosedPort()) {
			Finding finding = explorer().port(Bench.NAME, HERE, closed.port());
			assertThat(finding.reason().id()).isEqualTo(PortProbe.CLOSED);
			assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
			assertThat(Explorer.fact(finding).state()).isEqualTo(State.CLOSED);
		}
	}

	@Test
	void aRegisteredPortWithTlsWhereStartTlsIsUsual() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(MailProtocol.SUBMISSION, true, MailFault.NONE, tls))) {
			Finding finding = explorer().expect(server.port(), Speech.SUBMISSION, Security.STARTTLS).readTimeout(Duration.ofMillis(500)).port(Bench.NAME, HERE, server.port());
			assertThat(Explorer.fact(finding).security()).as(finding.toString()).isEqualTo(Security.TLS);
			assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		}
	}

	@Test
	void anotherProtocolThanExpectedIsNamed() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(MailProtocol.POP3, true, MailFault.NONE, tls))) {
			Finding finding = explorer().expect(server.port(), Speech.IMAP, Security.TLS).port(Bench.NAME, HERE, server.port());
			assertThat(Explorer.fact(finding).speech()).as(finding.toString()).isEqualTo(Speech.POP3);
		}
	}

	@Test
	void manageSieve() throws Exception {
		String[] greeting = {"\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"", "\"SIEVE\" \"fileinto\"", "\"STARTTLS\"", "OK \"ready\""};
		var talk = script().lines(greeting).expect("STARTTLS").lines("OK \"begin\"").startTls(tls.good()).lines("\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"", "\"SASL\" \"PLAIN\"", "OK")
				.serve(new Rules().on("LOGOUT", script().lines("OK \"bye\"").close()));
		try (ScriptedServer server = ScriptedServer.start(talk)) {
			Finding finding = explorer().expect(server.port(), Speech.SIEVE, Security.STARTTLS).port(Bench.NAME, HERE, server.port());
			assertThat(Explorer.fact(finding).speech()).as(finding.toString()).isEqualTo(Speech.SIEVE);
			assertThat(Explorer.fact(finding).proven()).isTrue();
			assertThat(Explorer.fact(finding).capabilities()).contains("\"SASL\" \"PLAIN\"");
		}
	}

	@Test
	void ipv6() throws Exception {
		InetAddress six = InetAddress.ofLiteral("::1");
		try (ScriptedServer server = ScriptedServer.start(six, MailScripts.of(MailProtocol.IMAP, true, MailFault.NONE, tls))) {
			Finding finding = explorer().expect(server.port(), Speech.IMAP, Security.TLS).port(Bench.NAME, six, server.port());
			assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
			assertThat(Explorer.fact(finding).address()).isEqualTo("::1");
		}
	}

	@Test
	void anInterruptEndsItAtOnce() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script().stall())) {
			CountDownLatch ended = new CountDownLatch(1);
			Thread thread = Thread.ofVirtual().start(() -> {
				try {
					explorer().expect(server.port(), Speech.IMAP, Security.STARTTLS).port(Bench.NAME, HERE, server.port());
				} catch (InterruptedException _) {
					ended.countDown();
				} catch (Exception e) {
					throw new AssertionError(e);
				}
			});
			hikkoshi.testkit.Wait.until("connected", () -> !server.conversations().isEmpty());
			thread.interrupt();
			ended.await();
		}
	}
}
