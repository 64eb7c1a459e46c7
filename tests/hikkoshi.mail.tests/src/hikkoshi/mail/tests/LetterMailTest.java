package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.report.Letter;
import hikkoshi.core.report.NewsPost;
import hikkoshi.mail.LetterMail;

import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// News of a watch, mailed at servers that take them and that do not.
class LetterMailTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final EmailAddress ME = EmailAddress.parse("me@freemail.example");
	private static final String EVIL = "監視 example.org\r\nBcc: all@example.org\r\n.\r\nMAIL FROM:<x@y>";

	private String said = "";

	private static Rules smtp(String rcpt, Script end) {
		return new Rules().on("EHLO .*", script().lines("250-mx", "250 AUTH PLAIN")).on("AUTH PLAIN \\S+", script().lines("235 in")).on("MAIL FROM:.*", script().lines("250 ok"))
				.on("RCPT TO:.*", script().lines(rcpt)).on("DATA", script().lines("354 go")).on("\\.", end).on("QUIT", script().lines("221 bye").close())
				.on("[^.]?.*", script());
	}

	private Finding send(Rules rules) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script().startTls(TLS.good()).lines("220 mx ready").serve(rules))) {
			Bench bench = new Bench().at(Protocol.SUBMISSION, Security.TLS, server.port()).trust(TLS.anchor());
			var account = bench.account();
			OutsideSender by = new OutsideSender(account.server().key(), account.server().name(), List.of(account.address()), account.endpoint(), account.user(), ME);
			try {
				return new LetterMail().send(new Letter(ME, ME, EVIL, EVIL, Instant.EPOCH, "id"), by, bench.context());
			} finally {
				said = server.received();
			}
		}
	}

	@Test
	void whatAHostileServerSaidEndsNeitherAHeaderNorTheMessage() throws Exception {
		Finding finding = send(smtp("250 ok", script().lines("250 2.0.0 queued as 7")));
		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().id()).isEqualTo(NewsPost.SENT);
		assertThat(finding.reason().args()).containsExactly("me@freemail.example", "250 2.0.0 queued as 7");
		assertThat(said).contains("MAIL FROM:<me@freemail.example>", "RCPT TO:<me@freemail.example>", "Auto-Submitted: auto-generated").doesNotContain("Bcc:", "MAIL FROM:<x@y>");
		assertThat(Bench.everything(finding)).doesNotContain(Bench.PASSWORD);
		String letter = new String(new Letter(ME, ME, EVIL, EVIL, Instant.EPOCH, "id").bytes(), StandardCharsets.UTF_8);
		assertThat(letter.lines()).allMatch(line -> line.length() <= 78);
		String body = letter.substring(letter.indexOf("\r\n\r\n") + 4);
		assertThat(new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8)).startsWith("監視 example.org\r\nBcc: all@example.org");
		assertThat(Arrays.stream(letter.split("\r\n")).filter(line -> line.startsWith("Subject:"))).hasSize(1);
	}

	@Test
	void whoDoesNotTakeItIsQuoted() throws Exception {
		Finding refused = send(smtp("550 5.7.1 not you", script().lines("250 ok")));
		assertThat(refused.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(refused.reason().id()).isEqualTo(NewsPost.REFUSED);
		assertThat(refused.reason().args()).contains("550 5.7.1 not you");
		assertThat(send(smtp("250 ok", script().lines("554 5.7.1 spam"))).outcome()).isNotEqualTo(Outcome.PASS);
		assertThat(send(smtp("250 ok", script().close())).outcome()).as("no answer is no success").isNotEqualTo(Outcome.PASS);
		Finding login = send(new Rules().on("EHLO .*", script().lines("250-mx", "250 AUTH PLAIN")).on("AUTH .*", script().lines("535 5.7.8 wrong password")).on("QUIT", script().close()));
		assertThat(login.reason().id()).isEqualTo(Reasons.BAD_CREDENTIALS);
		assertThat(login.outcome()).isNotEqualTo(Outcome.PASS);
	}
}
