package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// The fine print of each protocol: what servers may say, and what a password may look like.
class DialogueTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	/// Bytes, as a scripted server sends and hears them.
	private static final String PASSWORD_ON_THE_WIRE =
			new String(Bench.PASSWORD.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

	/// Within TLS from the first byte; what the client sent is given back too.
	private record Result(Finding finding, String received, List<String> surprises) {
		String seen() {
			return Bench.everything(finding) + "\n" + surprises;
		}
	}

	private static Result play(Protocol protocol, Script script, UnaryOperator<Bench> change) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script().startTls(TLS.good()).then(script))) {
			Finding finding = change.apply(new Bench().at(protocol, Security.TLS, server.port()).trust(TLS.anchor())).examine();
			return new Result(finding, server.received(), server.surprises());
		}
	}

	private static Result play(Protocol protocol, Script script) throws Exception {
		return play(protocol, script, bench -> bench);
	}

	private static Script imap(String capabilities, Rules rules) {
		return script().lines("* OK [CAPABILITY IMAP4rev1 " + capabilities + "] ready").serve(rules.plus(imapEnd()));
	}

	private static Rules imapEnd() {
		return new Rules().on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 7 UIDNEXT 8 UIDVALIDITY 9)", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close());
	}

	private static Script pop3(String capabilities, Rules rules) {
		return script().lines("+OK ready").serve(new Rules().on("CAPA", script().lines(("+OK\r\n" + capabilities + "\r\n.").split("\r\n"))).plus(rules)
				.on("STAT", script().lines("+OK 3 4567")).on("QUIT", script().lines("+OK bye").close()));
	}

	private static Script smtp(String auth, Rules rules) {
		return script().lines("220-mx.example.test ESMTP", "220 please no spam")
				.serve(new Rules().on("EHLO .*", script().lines("250-mx.example.test", "250-SIZE 1000", auth)).plus(rules)
						.on("QUIT", script().lines("221 2.0.0 bye").close()));
	}

	// --- IMAP

	@Test
	void imapSaysWhatIsInTheInbox() throws Exception {
		Result result = play(Protocol.IMAP, imap("AUTH=PLAIN SASL-IR", new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))));

		assertThat(result.finding().reason()).as(result.seen()).isEqualTo(Reason.of(Reasons.LOGIN_OK, "imap", "TLSv1.3", "PLAIN"));
		assertThat(Bench.fact(result.finding(), "imap.messages")).contains("7");
		assertThat(Bench.fact(result.finding(), "imap.uidnext")).contains("8");
		assertThat(Bench.fact(result.finding(), "imap.uidvalidity")).contains("9");
	}

	@Test
	void withoutSaslIrThePasswordWaitsForTheServersPlus() throws Exception {
		Result result = play(Protocol.IMAP, imap("AUTH=PLAIN", new Rules().on("(\\S+) AUTHENTICATE PLAIN", script().lines("+ ")
				.expect(Pattern.quote(Secrets64.plain())).lines("h1 OK in"))));

		assertThat(result.finding().outcome()).as(result.seen()).isEqualTo(Outcome.PASS);
	}

	@Test
	void theLoginCommandQuotesWhatNeedsQuoting() throws Exception {
		Result result = play(Protocol.IMAP, imap("", new Rules().on("(\\S+) LOGIN \".*", script().lines("${1} OK in"))),
				bench -> bench.user("DOMAIN\\anna").password("a \"b\" \\c"));

		assertThat(result.finding().outcome()).as(result.seen()).isEqualTo(Outcome.PASS);
		assertThat(result.received()).contains(" LOGIN \"DOMAIN\\\\anna\" \"a \\\"b\\\" \\\\c\"\r\n");
		assertThat(result.finding().reason().args()).containsExactly("imap", "TLSv1.3", "LOGIN");
	}

	/// RFC 3501 allows only ASCII in quoted strings.
	@Test
	void beyondAsciiTheLoginCommandUsesLiterals() throws Exception {
		Rules rules = new Rules().on("(\\S+) LOGIN \\{17}", script().lines("+ go").expect("anna@example\\.test \\{14}").lines("+ go")
				.expect(Pattern.quote(PASSWORD_ON_THE_WIRE)).lines("h1 OK in"));

		Result result = play(Protocol.IMAP, imap("", rules));

		assertThat(result.finding().outcome()).as(result.seen()).isEqualTo(Outcome.PASS);
	}

	@Test
	void aPasswordWithALineEndCannotBecomeACommand() throws Exception {
		Rules rules = new Rules().on("(\\S+) LOGIN \\{17}", script().lines("h1 NO [AUTHENTICATIONFAILED] no"));

		Result result = play(Protocol.IMAP, imap("", rules), bench -> bench.password("x\r\nh9 DELETE INBOX"));

		assertThat(result.finding().reason().id()).as(result.seen()).isEqualTo(Reasons.BAD_CREDENTIALS);
		assertThat(result.received()).doesNotContain("DELETE");
	}

	@Test
	void literalsInAnswersAreRead() throws Exception {
		Script script = script().lines("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready").serve(new Rules()
				.on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))
				.on("(\\S+) STATUS .*", script().lines("* STATUS {5}", "INBOX (MESSAGES 11)", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE", "${1} OK").close()));

		Result result = play(Protocol.IMAP, script);

		assertThat(result.finding().outcome()).as(result.seen()).isEqualTo(Outcome.PASS);
		assertThat(Bench.fact(result.finding(), "imap.messages")).contains("11");
	}

	@Test
	void aLiteralBeyondEveryBoundIsNotReadAtAll() throws Exception {
		Script script = script().lines("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready").serve(new Rules()
				.on("(\\S+) AUTHENTICATE PLAIN \\S+", script().send("* XX {999999}\r\n").flood("y", 1 << 30)));

		Result result = play(Protocol.IMAP, script);

		assertThat(result.finding().reason()).isEqualTo(Reason.of(Reasons.OVERSIZED, "login", 64 * 1024));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"NO [AUTHENTICATIONFAILED] Authentication failed. | login.bad-credentials",
			"NO [AUTHENTICATIONFAILED] Account temporarily disabled | login.locked",
			"NO [AUTHORIZATIONFAILED] not for you | login.refused",
			"NO [EXPIRED] Password has expired | login.locked",
			"NO [CONTACTADMIN] ask us | login.locked",
			"NO [UNAVAILABLE] User lookup service down | server.busy",
			"NO [INUSE] somebody else has it | mailbox.busy",
			"NO [LIMIT] too much | login.throttled",
			"NO [PRIVACYREQUIRED] encrypt more | login.refused",
			"NO [ALERT] Too many simultaneous connections. (Failure) | login.throttled",
			"NO LOGIN failed. | login.bad-credentials",
			"NO Your account has been suspended | login.locked",
			"NO Sorry | login.refused",
			"BAD Command not understood | protocol.error" })
	void imapRefusals(String answer, String reason) throws Exception {
		Result result = play(Protocol.IMAP, imap("AUTH=PLAIN SASL-IR", new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} " + answer))));

		assertThat(result.finding().reason().id()).isEqualTo(reason);
		assertThat(result.finding().reason().args().getLast()).isEqualTo(answer.substring(answer.indexOf(' ') + 1));
		assertThat(Bench.fact(result.finding(), "login.words")).isPresent();
	}

	@Test
	void aLoginWithoutAMailboxIsNoProof() throws Exception {
		Script script = script().lines("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready").serve(new Rules()
				.on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))
				.on("(\\S+) STATUS .*", script().lines("${1} NO [NONEXISTENT] no such mailbox")));

		Finding finding = play(Protocol.IMAP, script).finding();

		assertThat(finding.reason()).isEqualTo(Reason.of(Outcomes.NO_MAILBOX, "[NONEXISTENT] no such mailbox"));
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void aLongListOfCapabilitiesIsKeptWhole() throws Exception {
		String many = IntStream.range(0, 60).mapToObj(i -> "X-CAPABILITY-" + i).collect(Collectors.joining(" "));
		Finding finding = play(Protocol.IMAP, imap("AUTH=PLAIN SASL-IR " + many, new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))))
				.finding();

		assertThat(Bench.all((Facts.Tree) finding.facts()).stream().filter(tree -> tree.key().equals("capability")).map(Facts.Tree::value))
				.contains("IMAP4REV1", "AUTH=PLAIN", "X-CAPABILITY-59");
	}

	@Test
	void preauthProvesNothingEvenWithinTls() throws Exception {
		assertThat(play(Protocol.IMAP, script().lines("* PREAUTH welcome")).finding().reason().id()).isEqualTo(Reasons.PREAUTH);
	}

	// --- POP3

	@Test
	void pop3CountsTheMailbox() throws Exception {
		Result result = play(Protocol.POP3, pop3("SASL PLAIN", new Rules().on("AUTH PLAIN \\S+", script().lines("+OK in"))));

		assertThat(result.finding().reason()).as(result.seen()).isEqualTo(Reason.of(Reasons.LOGIN_OK, "pop3", "TLSv1.3", "PLAIN"));
		assertThat(Bench.fact(result.finding(), "pop3.messages")).contains("3");
		assertThat(Bench.fact(result.finding(), "pop3.bytes")).contains("4567");
	}

	/// Servers older than RFC 2449.
	@Test
	void withoutCapaThereIsStillUserAndPass() throws Exception {
		Script script = script().lines("+OK ready").serve(new Rules().on("CAPA", script().lines("-ERR what?")).on("USER anna@example\\.test", script().lines("+OK"))
				.on("PASS " + Pattern.quote(PASSWORD_ON_THE_WIRE), script().lines("+OK in")).on("STAT", script().lines("+OK 0 0"))
				.on("QUIT", script().lines("+OK").close()));

		Result result = play(Protocol.POP3, script);

		assertThat(result.finding().outcome()).as(result.seen()).isEqualTo(Outcome.PASS);
		assertThat(result.finding().reason().args()).containsExactly("pop3", "TLSv1.3", "USER");
	}

	/// RFC 2449: no command is longer than 255 bytes.
	@Test
	void aLongPasswordTravelsOnItsOwnLine() throws Exception {
		Result result = play(Protocol.POP3, pop3("SASL PLAIN", new Rules().on("AUTH PLAIN", script().lines("+ ").expect("\\S{300,}").lines("+OK in"))),
				bench -> bench.password("p".repeat(250)));

		assertThat(result.finding().outcome()).as(result.seen()).isEqualTo(Outcome.PASS);
	}

	@Test
	void aLineEndInAUserNameCannotBecomeACommand() throws Exception {
		Result result = play(Protocol.POP3, pop3("USER", new Rules()), bench -> bench.user("anna\r\nDELE 1"));

		assertThat(result.finding().reason().id()).as(result.seen()).isEqualTo(Reasons.NO_MECHANISM);
		assertThat(result.received()).doesNotContain("DELE");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"-ERR [AUTH] no | login.bad-credentials",
			"-ERR [AUTH] account is locked | login.locked",
			"-ERR [SYS/TEMP] later | server.busy",
			"-ERR [SYS/PERM] never | login.refused",
			"-ERR [LOGIN-DELAY] wait 15 minutes | mailbox.busy",
			"-ERR [IN-USE] Do you have another POP session running? | mailbox.busy",
			"-ERR maildrop already locked | mailbox.busy",
			"-ERR invalid password | login.bad-credentials",
			"-ERR Logon failure: unknown user name or bad password. | login.bad-credentials",
			"-ERR no | login.refused",
			"HELLO? | protocol.error" })
	void pop3Refusals(String answer, String reason) throws Exception {
		Result result = play(Protocol.POP3, pop3("SASL PLAIN", new Rules().on("AUTH PLAIN \\S+", script().lines(answer))));

		assertThat(result.finding().reason().id()).as(result.seen()).isEqualTo(reason);
	}

	@Test
	void aStatWithoutNumbersBreaksTheProtocol() throws Exception {
		Script script = script().lines("+OK ready").serve(new Rules().on("CAPA", script().lines("+OK", "SASL PLAIN", "."))
				.on("AUTH PLAIN \\S+", script().lines("+OK in")).on("STAT", script().lines("+OK none of your business")));

		assertThat(play(Protocol.POP3, script).finding().reason()).isEqualTo(Reason.of(Reasons.PROTOCOL_ERROR, "mailbox", "none of your business"));
	}

	@Test
	void theMailboxMayBeBusyAfterTheLogin() throws Exception {
		Script script = script().lines("+OK ready").serve(new Rules().on("CAPA", script().lines("+OK", "SASL PLAIN", "."))
				.on("AUTH PLAIN \\S+", script().lines("+OK in")).on("STAT", script().lines("-ERR [IN-USE] locked")));

		assertThat(play(Protocol.POP3, script).finding().reason().id()).isEqualTo(Reasons.MAILBOX_BUSY);
	}

	// --- Submission

	@ParameterizedTest
	@ValueSource(strings = { "250 AUTH PLAIN", "250 AUTH=PLAIN LOGIN", "250 auth login plain" })
	void submissionLogsInAndSendsNothing(String auth) throws Exception {
		Result result = play(Protocol.SUBMISSION, smtp(auth, new Rules().on("AUTH PLAIN \\S+", script().lines("235 2.7.0 welcome"))));

		assertThat(result.finding().reason()).as(result.seen()).isEqualTo(Reason.of(Reasons.LOGIN_OK, "submission", "TLSv1.3", "PLAIN"));
		assertThat(result.received()).doesNotContain("MAIL FROM").contains("QUIT");
		assertThat(result.surprises()).isEmpty();
	}

	@Test
	void saslLoginAsksTwice() throws Exception {
		Script answer = script().lines("334 VXNlcm5hbWU6").expect(Secrets64.encode(Bench.USER)).lines("334 UGFzc3dvcmQ6")
				.expect(Pattern.quote(Secrets64.password())).lines("235 2.7.0 welcome");

		Result result = play(Protocol.SUBMISSION, smtp("250 AUTH LOGIN", new Rules().on("AUTH LOGIN", answer)));

		assertThat(result.finding().reason()).as(result.seen()).isEqualTo(Reason.of(Reasons.LOGIN_OK, "submission", "TLSv1.3", "LOGIN"));
	}

	/// The example of RFC 2195, 2, at whose end stands the digest.
	@Test
	void cramMd5ForServersThatKnowNothingElse() throws Exception {
		String challenge = Secrets64.encode("<1896.697170952@postoffice.reston.mci.net>");
		String answer = Secrets64.encode("tim b913a602c7eda7a495b4e6e7334d3890");

		Result result = play(Protocol.SUBMISSION, smtp("250 AUTH CRAM-MD5 DIGEST-MD5", new Rules().on("AUTH CRAM-MD5",
				script().lines("334 " + challenge).expect(Pattern.quote(answer)).lines("235 2.7.0 welcome"))),
				bench -> bench.user("tim").password("tanstaaftanstaaf"));

		assertThat(result.finding().reason()).as(result.seen()).isEqualTo(Reason.of(Reasons.LOGIN_OK, "submission", "TLSv1.3", "CRAM-MD5"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us> | +OK POP3 server ready …",
			"+OK ready Tue, 24 Nov 2026 13:31:06 +0000 here | +OK ready … here",
			"+OK plain | +OK plain" })
	void aGreetingsTimeIsNoNews(String greeting, String kept) throws Exception {
		Finding finding = play(Protocol.POP3, script().lines(greeting)).finding();

		assertThat(Bench.fact(finding, "phase.banner")).contains(kept);
		assertThat(Bench.dialogue(finding)).contains("S: " + greeting);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"535 5.7.8 Error: authentication failed | login.bad-credentials",
			"535 5.7.3 Authentication unsuccessful | login.bad-credentials",
			"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant | login.locked",
			"535 Incorrect authentication data | login.bad-credentials",
			"534 5.7.9 Authentication mechanism is too weak | login.no-mechanism",
			"538 5.7.11 Encryption required | login.refused",
			"454 4.7.0 Temporary authentication failure | server.busy",
			"454 4.7.0 Too many login attempts | login.throttled",
			"421 4.3.0 system going down | server.busy",
			"421 Too many connections | login.throttled",
			"432 4.7.12 A password transition is needed | login.locked",
			"525 5.7.13 User account disabled | login.locked",
			"504 5.5.4 Unrecognized authentication type | login.no-mechanism",
			"503 5.5.1 Error: already | protocol.error",
			"550 5.7.1 go away | login.refused",
			"99 bottles | protocol.error" })
	void submissionRefusals(String answer, String reason) throws Exception {
		Result result = play(Protocol.SUBMISSION, smtp("250 AUTH PLAIN", new Rules().on("AUTH PLAIN \\S+", script().lines(answer))));

		assertThat(result.finding().reason().id()).as(result.seen()).isEqualTo(reason);
	}

	@Test
	void linesOfOneReplyMustAgree() throws Exception {
		Script script = script().lines("220 ready").expect("EHLO .*").lines("250-mx", "550 no");

		assertThat(play(Protocol.SUBMISSION, script).finding().reason()).isEqualTo(Reason.of(Reasons.PROTOCOL_ERROR, "capabilities", "550 no"));
	}

	@Test
	void noAuthAtAllIsNoMechanism() throws Exception {
		assertThat(play(Protocol.SUBMISSION, smtp("250 HELP", new Rules())).finding().reason()).isEqualTo(Reason.of(Reasons.NO_MECHANISM, "-"));
	}

	// --- all

	/// Like PREAUTH: who lets everybody in has not looked at the password.
	@ParameterizedTest
	@ValueSource(strings = { "LOGIN", "CRAM-MD5", "SCRAM-SHA-256" })
	void aServerThatAcceptsTooEarlyProvesNothing(String mechanism) throws Exception {
		Result result = play(Protocol.SUBMISSION, smtp("250 AUTH " + mechanism, new Rules().on("AUTH .*", script().lines("235 2.7.0 welcome"))));

		assertThat(result.finding().reason()).isEqualTo(Reason.of(Reasons.PROTOCOL_ERROR, "login", mechanism + ": accepted before its end"));
		assertThat(result.finding().outcome()).isEqualTo(Outcome.FAIL);
	}

	/// Servers that ask for ever are cut, not followed.
	@Test
	void endlessChallengesAreCut() throws Exception {
		Script endless = script();
		for (int i = 0; i < 20; i++) {
			endless = endless.lines("334 TW9yZQ==").expect(".*");
		}

		Result result = play(Protocol.SUBMISSION, smtp("250 AUTH PLAIN", new Rules().on("AUTH PLAIN \\S+", endless)));

		assertThat(result.finding().reason().id()).isEqualTo(Reasons.PROTOCOL_ERROR);
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "IMAP", "POP3", "SUBMISSION" })
	void withoutAPasswordAllElseIsStillFoundOut(Protocol protocol) throws Exception {
		Script script = switch (protocol) {
			case IMAP -> imap("AUTH=PLAIN", new Rules());
			case POP3 -> pop3("SASL PLAIN", new Rules());
			case SUBMISSION, SMTP -> smtp("250 AUTH PLAIN", new Rules());
		};

		Finding finding = play(protocol, script, Bench::noPassword).finding();

		assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.NO_SECRET, Bench.USER, "mx"));
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(Bench.fact(finding, "phase.tls")).contains("TLSv1.3");
		assertThat(Bench.fact(finding, "phase.capabilities")).hasValueSatisfying(value -> assertThat(value).contains("PLAIN"));
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "IMAP", "POP3", "SUBMISSION" })
	void aPasswordIsNeverSentInTheClear(Protocol protocol) throws Exception {
		Script script = switch (protocol) {
			case IMAP -> imap("AUTH=PLAIN", new Rules());
			case POP3 -> pop3("USER\r\nSASL PLAIN", new Rules());
			case SUBMISSION, SMTP -> smtp("250 AUTH PLAIN", new Rules());
		};
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Finding finding = new Bench().at(protocol, Security.NONE, server.port()).examine();

			assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.LOGIN_CLEARTEXT));
			assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
			assertThat(Bench.fact(finding, "phase.banner")).hasValueSatisfying(value -> assertThat(value).isNotEmpty());
			assertThat(Bench.fact(finding, "phase.capabilities")).hasValueSatisfying(value -> assertThat(value).contains("PLAIN"));
			assertThat(server.surprises()).isEmpty();
		}
	}

	/// A server may send everything back that it has heard, in any form.
	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = { "IMAP", "POP3", "SUBMISSION" })
	void aServerThatEchoesThePasswordFindsItMasked(Protocol protocol) throws Exception {
		String quoted = new String(Secrets64.quoted().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
		Map<String, String> forms = Map.of("clear", PASSWORD_ON_THE_WIRE, "quoted", quoted, "base64", Secrets64.password(), "plain", Secrets64.plain(), "sloppy",
				Secrets64.plain().replace("=", ""));
		for (Map.Entry<String, String> form : forms.entrySet()) {
			String echo = "bad password " + form.getValue() + " (" + form.getValue() + ")";
			Script script = switch (protocol) {
				case IMAP -> imap("AUTH=PLAIN SASL-IR", new Rules().on("(\\S+) AUTHENTICATE.*", script().lines("* NO " + echo, "${1} NO " + echo)));
				case POP3 -> pop3("SASL PLAIN", new Rules().on("AUTH.*", script().lines("-ERR " + echo)));
				case SUBMISSION, SMTP -> smtp("250 AUTH PLAIN", new Rules().on("AUTH.*", script().lines("535-5.7.8 " + echo, "535 " + echo)));
			};

			Result result = play(protocol, script);

			String seen = Bench.everything(result.finding());
			assertThat(result.finding().reason().id()).isEqualTo(Reasons.BAD_CREDENTIALS);
			assertThat(seen).as(form.getKey()).contains("••••").doesNotContain(Bench.PASSWORD).doesNotContain(Secrets64.quoted())
					.doesNotContain(Secrets64.password().replace("=", "")).doesNotContain(Secrets64.plain().replace("=", ""));
		}
	}

	@Test
	void controlCharactersAreWrittenOutAndWordsAreCut() throws Exception {
		String hostile = "\u001b]0;owned\u0007\u009b2J" + "z".repeat(5_000);
		Result result = play(Protocol.POP3, pop3("SASL PLAIN", new Rules().on("AUTH.*", script().lines("-ERR [AUTH] " + hostile))));

		assertThat(result.finding().reason().args().getFirst()).hasSizeLessThanOrEqualTo(201 + 5).startsWith("[AUTH] \\u001b]0;owned\\u0007");
		assertThat(Bench.everything(result.finding())).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]").hasSizeLessThan(8_000);
	}

	@Test
	void aServerThatTakesNoLeaveHasStillBeenProven() throws Exception {
		Script script = script().lines("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready").serve(new Rules()
				.on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))
				.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 1)", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().reset()));

		assertThat(play(Protocol.IMAP, script).finding().outcome()).isEqualTo(Outcome.PASS);
	}

	@Test
	void theTranscriptShowsBothSidesWithoutTheSecret() throws Exception {
		Result result = play(Protocol.IMAP, imap("AUTH=PLAIN SASL-IR", new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))));

		assertThat(Bench.dialogue(result.finding())).containsExactly(
				"S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready",
				"C: h1 AUTHENTICATE PLAIN ••••",
				"S: h1 OK in",
				"C: h2 STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY)",
				"S: * STATUS INBOX (MESSAGES 7 UIDNEXT 8 UIDVALIDITY 9)",
				"S: h2 OK done",
				"C: h3 LOGOUT",
				"S: * BYE bye",
				"S: h3 OK done");
	}

	/// Whoever answers in base64 where base64 is due, but nonsense within, breaks the mechanism.
	@Test
	void aServerThatDoesNotKnowThePasswordCannotPassScram() throws Exception {
		String first = Base64.getEncoder().encodeToString("r=stolen,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096".getBytes(StandardCharsets.UTF_8));
		Result result = play(Protocol.SUBMISSION, smtp("250 AUTH SCRAM-SHA-256", new Rules().on("AUTH SCRAM-SHA-256 \\S+", script().lines("334 " + first))));

		assertThat(result.finding().reason().id()).as(result.seen()).isEqualTo(Reasons.PROTOCOL_ERROR);
	}
}
