package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Servers that answer with pieces of every protocol in any order: whatever they say, the probe has a word for it, and never an exception.
class FuzzTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final int ROUNDS = 50;
	private static final String[] MECHANISMS = { "PLAIN", "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "GSSAPI" };
	private static final String[] PIECES = { "* OK ", "* BYE ", "* NO ", "h1 OK ", "h1 NO ", "h1 BAD ", "h2 OK ", "h3 OK", "+", "+ ", "+ ====", "+OK", "+OK ", "-ERR ",
			"-ERR", "220 ", "220-", "235 ", "334 ", "334", "250 ", "250-", "250-AUTH PLAIN", "250 AUTH=", "535 ", "421 ", "[", "]", "[]", "[CAPABILITY", "[CAPABILITY ",
			"[CAPABILITY AUTH=PLAIN SASL-IR] ", "[AUTHENTICATIONFAILED]", "* CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=LOGIN", "* STATUS INBOX (", "MESSAGES 99999999999999999999",
			"{", "{3}", "{999999}", "{-1}", "SASL PLAIN LOGIN CRAM-MD5", ".", "..", "AUTH SCRAM-SHA-256", "r=,s=,i=", " ", "", "\t", "\u0000", "\u00ff\u00fe", "\r", "1", "5.7.8 ",
			"4.7.0", "=", "Secret" };

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "IMAP", "POP3", "SUBMISSION" })
	void everyAnswerHasAWord(Protocol protocol) throws Exception {
		for (int seed = 0; seed < ROUNDS; seed++) {
			Random random = new Random(seed * 31L + protocol.ordinal());
			try (ScriptedServer server = ScriptedServer.start(talk(protocol, random))) {
				Finding finding = new Bench().at(protocol, Security.TLS, server.port()).trust(TLS.anchor()).readTimeout(Duration.ofMillis(250)).examine();

				String seen = "seed " + seed + ": " + Bench.everything(finding);
				assertThat(finding.reason().id()).as(seen).isNotEqualTo(Reasons.UNEXPECTED);
				assertThat(finding.outcome()).as(seen).isNotNull();
				assertThat(seen).doesNotContain(Bench.PASSWORD).doesNotContain(Secrets64.password()).doesNotContain(Secrets64.plain());
				if (finding.outcome() == Outcome.PASS) {
					assertThat(server.received()).as("nothing passes without a login").containsPattern("(?i)AUTH|LOGIN|PASS");
				}
			}
		}
	}

	/// A right dialogue in which one answer in three is replaced or preceded by nonsense.
	private static Script talk(Protocol protocol, Random random) {
		String mechanism = MECHANISMS[random.nextInt(MECHANISMS.length)];
		List<String> right = switch (protocol) {
			case IMAP -> List.of("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=" + mechanism + "] ready\r\n", "h1 OK in\r\n",
					"* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3)\r\nh2 OK done\r\n", "* BYE\r\nh3 OK bye\r\n");
			case POP3 -> List.of("+OK ready\r\n", "+OK\r\nSASL " + mechanism + "\r\n.\r\n", "+OK in\r\n", "+OK 1 2\r\n", "+OK bye\r\n");
			case SUBMISSION, SMTP -> List.of("220 ready\r\n", "250-mx\r\n250 AUTH " + mechanism + "\r\n", "235 2.7.0 in\r\n", "221 bye\r\n");
		};
		Script script = script().startTls(TLS.good());
		for (int i = 0; i < right.size() + 3; i++) {
			StringBuilder answer = new StringBuilder();
			boolean wrong = random.nextInt(3) == 0;
			for (int lines = wrong ? random.nextInt(3) : 0; lines > 0; lines--) {
				answer.append(line(random)).append(random.nextInt(10) == 0 ? "\n" : "\r\n");
			}
			if (i < right.size() && (!wrong || random.nextBoolean())) {
				answer.append(right.get(i));
			}
			script = (i == 0 ? script : script.expect(".*")).send(answer.toString().getBytes(StandardCharsets.ISO_8859_1));
		}
		return script.close();
	}

	private static String line(Random random) {
		StringBuilder line = new StringBuilder();
		for (int pieces = random.nextInt(4); pieces >= 0; pieces--) {
			line.append(PIECES[random.nextInt(PIECES.length)]);
		}
		return line.toString();
	}
}
