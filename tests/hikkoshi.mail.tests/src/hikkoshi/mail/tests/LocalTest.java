package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Whether a server keeps a domain to itself is told by its answer to an address that cannot exist, and no mail is sent for it.
class LocalTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);

	@ParameterizedTest(name = "{0}: {2}")
	@CsvSource(delimiter = '|', value = {
			"OLD | 250 2.1.0 ok | 550 5.1.1 User unknown in virtual mailbox table | local.old | WARN",
			"NEW | 250 2.1.0 ok | 550 5.1.1 User unknown in virtual mailbox table | local.new | PASS",
			"OLD | 250 2.1.0 ok | 450 4.1.1 User unknown | local.old | WARN",
			"OLD | 250 2.1.0 ok | 250 2.1.5 ok | local.accepted | UNKNOWN",
			"NEW | 250 2.1.0 ok | 250 2.1.5 ok | local.accepted | UNKNOWN",
			"OLD | 250 2.1.0 ok | 554 5.7.1 Relay access denied | local.unknown | UNKNOWN",
			"OLD | 250 2.1.0 ok | 451 4.3.0 try again later | local.unknown | UNKNOWN",
			"OLD | 553 5.7.1 Sender address rejected: not owned by user | 250 ok | local.unknown | UNKNOWN" })
	void whatItSays(Side side, String mail, String rcpt, String reason, Outcome outcome) throws Exception {
		Rules rules = new Rules().on("EHLO .*", script().lines("250-mx", "250 AUTH PLAIN")).on("AUTH PLAIN \\S+", script().lines("235 in"))
				.on("MAIL FROM:<anna@example.test>", script().lines(mail)).on("RCPT TO:<[a-z0-9.-]+@example.test>", script().lines(rcpt)).on("RSET", script().lines("250 ok"))
				.on("QUIT", script().lines("221 bye").close());
		try (ScriptedServer server = ScriptedServer.start(script().startTls(TLS.good()).lines("220 mx ESMTP").serve(rules))) {
			Finding finding = new Bench().at(Protocol.SUBMISSION, Security.TLS, server.port()).trust(TLS.anchor()).local(side);

			assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(reason);
			assertThat(finding.outcome()).isEqualTo(outcome);
			assertThat(server.received()).doesNotContain("DATA").doesNotContain("BDAT");
		}
	}
}
