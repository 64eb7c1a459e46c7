package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Logins that are no user with a password of the user's own: masters, and access tokens.
class AuthenticationTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final Authentication SEPARATOR = new MasterUser("admin", new MasterUser.Form.Separator("*"));
	private static final Authentication AUTHZID = new MasterUser("admin", new MasterUser.Form.AuthorizationId());
	private static final Authentication TOKEN = new OAuth(null);
	private static final String BEARER = "ya29.token-of-anna_0123456789~+/==";

	private record Result(Finding finding, String received, List<String> surprises) {}

	/// Each protocol's door with these mechanisms, whose AUTH has the answers of `rules`.
	private static Result play(Protocol protocol, String mechanisms, Rules rules, Authentication how, String secret) throws Exception {
		Script greeting = switch (protocol) {
			case IMAP -> script().lines("* OK [CAPABILITY IMAP4rev1 SASL-IR " + offer("AUTH=", mechanisms) + "] ready").serve(rules
					.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 7)", "${1} OK done"))
					.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close()));
			case POP3 -> script().lines("+OK ready").serve(new Rules().on("CAPA", script().lines("+OK", "SASL " + mechanisms, ".")).plus(rules)
					.on("STAT", script().lines("+OK 3 4567")).on("QUIT", script().lines("+OK bye").close()));
			case SUBMISSION, SMTP -> script().lines("220 ready").serve(new Rules().on("EHLO .*", script().lines("250-mx", "250 AUTH " + mechanisms))
					.plus(rules).on("QUIT", script().lines("221 bye").close()));
		};
		try (ScriptedServer server = ScriptedServer.start(script().startTls(TLS.good()).then(greeting))) {
			Finding finding = new Bench().at(protocol, Security.TLS, server.port()).trust(TLS.anchor()).auth(how).password(secret).examine();
			return new Result(finding, server.received(), server.surprises());
		}
	}

	private static String offer(String before, String mechanisms) {
		return mechanisms.isEmpty() ? "LOGINDISABLED" : before + mechanisms.replace(" ", " " + before);
	}

	private static String auth(Protocol protocol, String mechanism, String message) {
		return (protocol == Protocol.IMAP ? "(\\S+) AUTHENTICATE " : "AUTH ") + mechanism + " " + Pattern.quote(base64(message));
	}

	private static String base64(String message) {
		return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
	}

	private static Script yes(Protocol protocol) {
		return script().lines(switch (protocol) {
			case IMAP -> "${1} OK in";
			case POP3 -> "+OK in";
			case SUBMISSION, SMTP -> "235 2.7.0 in";
		});
	}

	private static Script no(Protocol protocol) {
		return script().lines(switch (protocol) {
			case IMAP -> "${1} NO [AUTHENTICATIONFAILED] Authentication failed.";
			case POP3 -> "-ERR [AUTH] Authentication failed.";
			case SUBMISSION, SMTP -> "535 5.7.8 Authentication failed.";
		});
	}

	private static Script challenge(Protocol protocol, String words) {
		return script().lines((protocol == Protocol.SUBMISSION ? "334 " : "+ ") + base64(words));
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void aMasterIsNamedBehindTheUser(Protocol protocol) throws Exception {
		Result result = play(protocol, "PLAIN LOGIN", new Rules().on(auth(protocol, "PLAIN", "\0" + Bench.USER + "*admin\0master-pw"), yes(protocol)),
				SEPARATOR, "master-pw");
		assertThat(result.finding().reason()).as("%s", result.surprises()).isEqualTo(Reason.of(Reasons.LOGIN_OK_MASTER, protocol.token(), "TLSv1.3", "PLAIN", "admin"));
		assertThat(result.finding().outcome()).isEqualTo(Outcome.PASS);
		assertThat(Bench.everything(result.finding())).doesNotContain("master-pw").doesNotContain(base64("master-pw"));
	}

	@Test
	void aMasterBehindTheUserFitsTheOldCommandsToo() throws Exception {
		Result imap = play(Protocol.IMAP, "GSSAPI", new Rules().on("(\\S+) LOGIN \"" + Pattern.quote(Bench.USER + "*admin") + "\" \"pw\"", yes(Protocol.IMAP)),
				SEPARATOR, "pw");
		assertThat(imap.finding().outcome()).as("%s", imap.surprises()).isEqualTo(Outcome.PASS);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void anAuthorizationIdRidesOnPlain(Protocol protocol) throws Exception {
		Result result = play(protocol, "LOGIN PLAIN", new Rules().on(auth(protocol, "PLAIN", Bench.USER + "\0admin\0master-pw"), yes(protocol)), AUTHZID,
				"master-pw");
		assertThat(result.finding().outcome()).as("%s", result.surprises()).isEqualTo(Outcome.PASS);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void anAuthorizationIdRidesOnScramToo(Protocol protocol) throws Exception {
		Result result = play(protocol, "LOGIN CRAM-MD5 SCRAM-SHA-256",
				new Rules().on((protocol == Protocol.IMAP ? "(\\S+) AUTHENTICATE " : "AUTH ") + "SCRAM-SHA-256 \\S+", no(protocol)), AUTHZID, "pw");
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.BAD_CREDENTIALS);
		String sent = result.received().lines().filter(line -> line.contains("SCRAM-SHA-256 ")).findFirst().orElseThrow();
		assertThat(new String(Base64.getDecoder().decode(sent.substring(sent.lastIndexOf(' ') + 1)), StandardCharsets.UTF_8))
				.startsWith("n,a=" + Bench.USER + ",n=admin,r=");
	}

	@ParameterizedTest
	@CsvSource({"IMAP,LOGIN CRAM-MD5", "POP3,LOGIN", "SUBMISSION,LOGIN CRAM-MD5", "IMAP,GSSAPI"})
	void whatCannotSayWhoseMailboxIsMeantIsNotUsed(Protocol protocol, String mechanisms) throws Exception {
		Result result = play(protocol, mechanisms, new Rules().on(".*(LOGIN|AUTH|USER|PASS).*", no(protocol)), AUTHZID, "master-pw");
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.NO_AUTHORIZATION_ID);
		assertThat(result.finding().outcome()).isEqualTo(Outcome.FAIL);
		assertThat(result.received()).doesNotContain("master-pw").doesNotContain(base64("master-pw"));
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void aTokenGoesByTheMechanismOfTheRfc(Protocol protocol) throws Exception {
		String message = "n,a=" + Bench.USER + ",\1auth=Bearer " + BEARER + "\1\1";
		Result result = play(protocol, "PLAIN XOAUTH2 OAUTHBEARER", new Rules().on(auth(protocol, "OAUTHBEARER", message), yes(protocol)), TOKEN, BEARER);
		assertThat(result.finding().reason()).as("%s", result.surprises()).isEqualTo(Reason.of(Reasons.LOGIN_OK, protocol.token(), "TLSv1.3", "OAUTHBEARER"));
		assertThat(Bench.everything(result.finding())).doesNotContain(BEARER);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void aTokenGoesByTheOlderMechanismWhereThatIsAll(Protocol protocol) throws Exception {
		String message = "user=" + Bench.USER + "\1auth=Bearer " + BEARER + "\1\1";
		Result result = play(protocol, "PLAIN XOAUTH2", new Rules().on(auth(protocol, "XOAUTH2", message), yes(protocol)), TOKEN, BEARER);
		assertThat(result.finding().reason()).as("%s", result.surprises()).isEqualTo(Reason.of(Reasons.LOGIN_OK, protocol.token(), "TLSv1.3", "XOAUTH2"));
	}

	/// A password mechanism would hand the token to whoever asks for passwords.
	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void aTokenIsNoPassword(Protocol protocol) throws Exception {
		Result result = play(protocol, "PLAIN LOGIN SCRAM-SHA-256", new Rules().on(".*(LOGIN|AUTH|USER|PASS).*", no(protocol)), TOKEN, BEARER);
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.NO_OAUTH);
		assertThat(result.received()).doesNotContain(BEARER).doesNotContain(base64(BEARER));
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void aRefusedTokenIsExplainedInTheServersWords(Protocol protocol) throws Exception {
		Script refusal = challenge(protocol, "{\"status\":\"invalid_token\",\"scope\":\"imap\\u001b[2J\",\"openid-configuration\":\"https://x/\"}").expect("AQ==")
				.then(no(protocol));
		Result result = play(protocol, "OAUTHBEARER", new Rules().on((protocol == Protocol.IMAP ? "(\\S+) " : "") + "AUTH.*", refusal), TOKEN, BEARER);
		assertThat(result.finding().outcome()).as("%s", result.surprises()).isEqualTo(Outcome.FAIL);
		assertThat(result.finding().reason()).isEqualTo(Reason.of(Reasons.BAD_TOKEN, "invalid_token", "scope=imap\\u001b[2J"));
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void theOlderMechanismIsAnsweredWithAnEmptyLine(Protocol protocol) throws Exception {
		Script refusal = challenge(protocol, "{\"status\":\"401\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.example/\"}").expect("").then(no(protocol));
		Result result = play(protocol, "XOAUTH2", new Rules().on((protocol == Protocol.IMAP ? "(\\S+) " : "") + "AUTH.*", refusal), TOKEN, BEARER);
		assertThat(result.finding().reason()).as("%s", result.surprises())
				.isEqualTo(Reason.of(Reasons.BAD_TOKEN, "401", "scope=https://mail.example/, schemes=Bearer"));
	}

	@Test
	void anEchoedTokenIsMaskedInEveryForm() throws Exception {
		String message = "n,a=" + Bench.USER + ",\1auth=Bearer " + BEARER + "\1\1";
		Script refusal = challenge(Protocol.IMAP, "{\"status\":\"" + BEARER + "\",\"error\":\"" + BEARER + "\"}").expect("AQ==")
				.lines("${1} NO you sent " + BEARER + " and " + base64(message) + " and " + base64(BEARER));
		Result result = play(Protocol.IMAP, "OAUTHBEARER", new Rules().on("(\\S+) AUTH.*", refusal), TOKEN, BEARER);
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.BAD_TOKEN);
		assertThat(Bench.everything(result.finding())).contains("••••").doesNotContain(BEARER).doesNotContain(base64(message)).doesNotContain(base64(BEARER));
	}

	/// Whatever stands in the challenge, the login is refused and the run goes on.
	@ParameterizedTest
	@ValueSource(strings = {"", "no JSON", "{", "{\"status\":", "[1,2]", "{\"status\":{\"a\":[1,{}]},\"x\":1}", "{\"status\":\"\\ud800\"}"})
	void aBrokenExplanationIsNone(String words) throws Exception {
		Script refusal = challenge(Protocol.IMAP, words).expect("AQ==").then(no(Protocol.IMAP));
		Result result = play(Protocol.IMAP, "OAUTHBEARER", new Rules().on("(\\S+) AUTH.*", refusal), TOKEN, BEARER);
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.BAD_TOKEN);
		assertThat(result.finding().outcome()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void anAcceptanceBehindARefusalProvesNothing() throws Exception {
		Script both = challenge(Protocol.IMAP, "{\"status\":\"invalid_token\"}").expect("AQ==").then(yes(Protocol.IMAP));
		Result result = play(Protocol.IMAP, "OAUTHBEARER", new Rules().on("(\\S+) AUTH.*", both), TOKEN, BEARER);
		assertThat(result.finding().outcome()).isEqualTo(Outcome.FAIL);
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.PROTOCOL_ERROR);
	}

	/// RFC 6750, 2.1: a token with a control character would end its field and begin another.
	@Test
	void aTokenThatWouldBreakItsFieldIsNotSent() throws Exception {
		Result result = play(Protocol.IMAP, "OAUTHBEARER", new Rules().on("(\\S+) AUTH.*", no(Protocol.IMAP)), TOKEN, "a\1auth=b");
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.NO_OAUTH);
		assertThat(result.received()).doesNotContain("AUTHENTICATE");
	}

	@Test
	void aServerThatCannotAskItsAuthorityIsBusyAndNotWrong() throws Exception {
		Script refusal = challenge(Protocol.IMAP, "{\"status\":\"503\"}").expect("AQ==").lines("${1} NO [UNAVAILABLE] Temporary authentication failure");
		Result result = play(Protocol.IMAP, "OAUTHBEARER", new Rules().on("(\\S+) AUTH.*", refusal), TOKEN, BEARER);
		assertThat(result.finding().reason().id()).isEqualTo(Reasons.SERVER_BUSY);
		assertThat(result.finding().outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void preauthIsNoProofForAMasterEither() throws Exception {
		Script preauth = script().lines("* PREAUTH [CAPABILITY IMAP4rev1] welcome");
		try (ScriptedServer server = ScriptedServer.start(script().startTls(TLS.good()).then(preauth))) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor()).auth(SEPARATOR).examine();
			assertThat(finding.reason().id()).isEqualTo(Reasons.PREAUTH);
			assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		}
	}
}
