package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.compare.Offer;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.testkit.MailFault;
import hikkoshi.testkit.MailProtocol;
import hikkoshi.testkit.MailScripts;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// What a door says about itself before any login.
class DoorTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);

	private static Finding knock(Protocol protocol, Security security, Script script) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Finding finding = new Bench().at(protocol, security, server.port()).trust(TLS.anchor()).knock();
			assertThat(server.surprises()).as(Bench.everything(finding)).isEmpty();
			assertThat(server.received()).doesNotContainIgnoringCase("LOGIN ").doesNotContain("AUTH", "USER", "MAIL", "SELECT");
			return finding;
		}
	}

	private static Offer offer(Finding finding) {
		return Offer.in(finding.facts()).orElseThrow(() -> new AssertionError(Bench.everything(finding)));
	}

	@Test
	void imapIsAskedEvenWhenItsGreetingListsSomething() throws Exception {
		Finding finding = knock(Protocol.IMAP, Security.TLS, script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
				.serve(new Rules().on("(\\S+) CAPABILITY", script().lines("* CAPABILITY IMAP4rev1 auth=plain UIDPLUS AppendLimit=35651584 THREAD=REFS", "${1} OK done"))
						.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close())));

		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
		assertThat(finding.reason()).isEqualTo(Reason.of(Outcomes.DOOR_OK, "imap", "TLSv1.3", 5));
		assertThat(offer(finding).features()).containsOnlyKeys("IMAP4REV1", "AUTH=PLAIN", "UIDPLUS", "APPENDLIMIT", "THREAD=REFS")
				.containsEntry("APPENDLIMIT", "35651584").containsEntry("UIDPLUS", "");
		assertThat(Bench.fact(finding, "tls.certificate-name")).contains(Bench.NAME);
	}

	@Test
	void clearTextAndTlsAreKeptApart() throws Exception {
		Finding finding = knock(Protocol.SUBMISSION, Security.STARTTLS,
				script().lines("220 mx ESMTP")
						.serve(new Rules().on("EHLO .*", script().lines("250-mx", "250-STARTTLS", "250 SIZE 1000"))
								.leaveOn("STARTTLS", script().lines("220 go on").startTls(TLS.good())))
						.serve(new Rules().on("EHLO .*", script().lines("250-mx", "250-SIZE 52428800", "250-AUTH PLAIN XOAUTH2", "250-AUTH=LOGIN", "250 LIMITS RCPTMAX=100"))
								.on("QUIT", script().lines("221 bye").close())));

		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
		assertThat(Offer.in(finding.facts(), Offer.CLEAR).orElseThrow().features()).containsOnlyKeys("STARTTLS", "SIZE").containsEntry("SIZE", "1000");
		assertThat(offer(finding).features()).containsEntry("SIZE", "52428800").containsEntry("LIMITS", "RCPTMAX=100");
		assertThat(offer(finding).mechanisms()).containsExactly("LOGIN", "PLAIN", "XOAUTH2");
	}

	@Test
	void port25IsReadLikeSubmission() throws Exception {
		Finding finding = knock(Protocol.SMTP, Security.STARTTLS, MailScripts.of(MailProtocol.SUBMISSION, false, MailFault.NONE, TLS));

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(Outcomes.DOOR_OK);
		assertThat(offer(finding).features()).containsKeys("PIPELINING", "ENHANCEDSTATUSCODES");
	}

	@Test
	void pop3SaysItsCapa() throws Exception {
		Finding finding = knock(Protocol.POP3, Security.TLS, script().startTls(TLS.good()).lines("+OK ready <1.2@mx>")
				.serve(new Rules().on("CAPA", script().lines("+OK", "UIDL", "Top", "EXPIRE 60 USER", "LOGIN-DELAY 900", "SASL PLAIN LOGIN", "."))
						.on("QUIT", script().lines("+OK").close())));

		assertThat(offer(finding).features()).containsEntry("EXPIRE", "60 USER").containsEntry("LOGIN-DELAY", "900")
				.containsKeys("UIDL", "TOP", "AUTH=PLAIN", "AUTH=LOGIN");
	}

	/// RFC 1939 has no CAPA: such a server offers nothing that is known, and that is no fault.
	@Test
	void pop3WithoutCapaOffersNothing() throws Exception {
		Finding finding = knock(Protocol.POP3, Security.TLS, script().startTls(TLS.good()).lines("+OK ready")
				.serve(new Rules().on("CAPA", script().lines("-ERR what?")).on("QUIT", script().lines("+OK").close())));

		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
		assertThat(offer(finding).features()).isEmpty();
	}

	@Test
	void aDoorWithoutTlsIsReadAndWarnedOf() throws Exception {
		Finding finding = knock(Protocol.IMAP, Security.NONE, script().lines("* OK ready")
				.serve(new Rules().on("(\\S+) CAPABILITY", script().lines("* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED", "${1} OK done"))
						.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close())));

		assertThat(finding.reason()).isEqualTo(Reason.of(Outcomes.DOOR_CLEAR, "imap", 3));
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(offer(finding).features()).containsKeys("STARTTLS", "LOGINDISABLED");
	}

	@Test
	void aCertificateThatIsRefusedLeavesWhatWasSaidInClearText() throws Exception {
		Finding finding = knock(Protocol.IMAP, Security.STARTTLS, MailScripts.of(MailProtocol.IMAP, false, MailFault.WRONG_NAME, TLS));

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(Reasons.TLS_NAME_MISMATCH);
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(Offer.in(finding.facts(), Offer.CLEAR).orElseThrow().features()).containsKey("STARTTLS");
		assertThat(Offer.in(finding.facts(), Offer.TLS)).isEmpty();
		assertThat(Bench.fact(finding, "tls.certificate")).isPresent();
	}

	static Stream<Arguments> faults() {
		return Stream.of(MailProtocol.values()).flatMap(protocol -> Stream.of(true, false).flatMap(implicit -> Stream.of(MailFault.values())
				.filter(fault -> fault.stage() != MailFault.Stage.LOGIN && MailScripts.applies(protocol, implicit, fault))
				.filter(fault -> !List.of(MailFault.NONE, MailFault.SILENT, MailFault.DRIP, MailFault.BINARY, MailFault.HANDSHAKE_SILENT,
						MailFault.HANDSHAKE_GARBAGE, MailFault.STARTTLS_THEN_CLEAR).contains(fault))
				.map(fault -> Arguments.of(protocol, implicit, fault))));
	}

	/// Whatever a server does, a door ends in a reason of its own, never in an exception; those that wait for a time-out are proven for logins.
	@ParameterizedTest
	@MethodSource("faults")
	void everyFaultHasItsReason(MailProtocol protocol, boolean implicit, MailFault fault) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(protocol, implicit, fault, TLS))) {
			Finding finding = new Bench().at(Protocol.valueOf(protocol.name()), implicit ? Security.TLS : Security.STARTTLS, server.port()).trust(TLS.anchor())
					.knock();

			assertThat(finding.outcome()).as(Bench.everything(finding)).isIn(Outcome.FAIL, Outcome.UNKNOWN);
			assertThat(finding.reason().id()).isNotEqualTo(Reasons.UNEXPECTED);
			assertThat(Bench.everything(finding)).doesNotContain(MailScripts.INJECTED);
		}
	}

	@Test
	void aBombOfCapabilitiesIsBounded() throws Exception {
		StringBuilder many = new StringBuilder("* CAPABILITY");
		for (int i = 0; i < 1_000; i++) {
			many.append(" X").append(i);
		}
		Finding finding = knock(Protocol.IMAP, Security.TLS, script().startTls(TLS.good()).lines("* OK ready")
				.serve(new Rules().on("(\\S+) CAPABILITY", script().lines(many.toString(), "${1} OK done"))
						.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close())));

		assertThat(offer(finding).features()).hasSize(300);
	}
}
