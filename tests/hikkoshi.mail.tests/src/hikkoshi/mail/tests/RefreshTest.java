package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.mail.MailProbes;
import hikkoshi.testkit.ClosedPort;
import hikkoshi.testkit.HttpScripts;
import hikkoshi.testkit.MemorySecrets;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.TokenIssuer;

/// Access tokens from a token endpoint: what is asked, what is kept, who is told, and every way in which an endpoint can fail.
@Timeout(60)
class RefreshTest {
	private static final TlsKit MAIL = new TlsKit(Bench.NAME);
	private static final TlsKit WEB = new TlsKit("localhost");
	private static final String CLIENT = "client & sons";
	private static final String SCOPE = "https://mail.example/IMAP offline_access";
	private static final String FIRST = "first-refresh/token+of=anna";

	/// Time that a test moves.
	private static final class Hands extends Clock {
		private volatile Instant now = Instant.now();

		@Override
		public Instant instant() {
			return now;
		}

		@Override
		public Clock withZone(java.time.ZoneId zone) {
			return this;
		}

		@Override
		public java.time.ZoneId getZone() {
			return ZoneOffset.UTC;
		}
	}

	private final Hands clock = new Hands();
	private final MemorySecrets secrets = new MemorySecrets().with("mx", Bench.USER, FIRST);
	private final MailProbes probes = new MailProbes();
	private TokenIssuer issuer;

	@BeforeEach
	void open() throws Exception {
		issuer = TokenIssuer.start(WEB.good()).knows(FIRST);
	}

	@AfterEach
	void close() {
		issuer.close();
	}

	private OAuth auth(URI endpoint) {
		return new OAuth(new OAuth.Refresh(endpoint, CLIENT, SCOPE));
	}

	private Bench bench(Protocol protocol, ScriptedServer server) {
		return new Bench().at(protocol, Security.TLS, server.port()).trust(MAIL.anchor(), WEB.anchor()).auth(auth(issuer.uri())).secrets(secrets).clock(clock);
	}

	private Finding examine(Bench bench, RunMemo memo) throws Exception {
		Account account = bench.account();
		return probe(account.endpoint().protocol()).examine(account, bench.context(memo));
	}

	@SuppressWarnings("unchecked")
	private Probe<Account> probe(Protocol protocol) {
		return (Probe<Account>) probes.probes().stream().filter(probe -> probe.id().equals(protocol.token() + ".login")).findFirst().orElseThrow();
	}

	/// A mail server that lets these tokens in, and says of all others that they are invalid.
	private static ScriptedServer mail(Protocol protocol, String... tokens) throws Exception {
		Rules rules = new Rules();
		String begin = protocol == Protocol.IMAP ? "(\\S+) AUTHENTICATE OAUTHBEARER " : "AUTH OAUTHBEARER ";
		for (String token : tokens) {
			rules.on(begin + "(?:" + Pattern.quote(bearer(Bench.USER, token)) + "|" + Pattern.quote(bearer("bob", token)) + ")", script().lines(protocol == Protocol.IMAP ? "${1} OK in" : protocol == Protocol.POP3 ? "+OK in" : "235 2.7.0 in"));
		}
		String refusal = Base64.getEncoder().encodeToString("{\"status\":\"invalid_token\"}".getBytes(StandardCharsets.UTF_8));
		rules.on(begin + ".*", script().lines((protocol == Protocol.SUBMISSION ? "334 " : "+ ") + refusal).expect("AQ==")
				.lines(protocol == Protocol.IMAP ? "${1} NO [AUTHENTICATIONFAILED] no" : protocol == Protocol.POP3 ? "-ERR [AUTH] no" : "535 5.7.8 no"));
		Script talk = switch (protocol) {
			case IMAP -> script().lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=OAUTHBEARER] ready").serve(rules
					.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 7)", "${1} OK done"))
					.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close()));
			case POP3 -> script().lines("+OK ready").serve(new Rules().on("CAPA", script().lines("+OK", "SASL OAUTHBEARER", ".")).plus(rules)
					.on("STAT", script().lines("+OK 3 4567")).on("QUIT", script().lines("+OK bye").close()));
			case SUBMISSION, SMTP -> script().lines("220 ready").serve(new Rules().on("EHLO .*", script().lines("250-mx", "250 AUTH OAUTHBEARER"))
					.plus(rules).on("QUIT", script().lines("221 bye").close()));
		};
		return ScriptedServer.start(script().startTls(MAIL.good()).then(talk));
	}

	private static String bearer(String user, String token) {
		return Base64.getEncoder().encodeToString(("n,a=" + user + ",\1auth=Bearer " + token + "\1\1").getBytes(StandardCharsets.UTF_8));
	}

	private static long logins(ScriptedServer server) {
		return server.received().lines().filter(line -> line.contains("OAUTHBEARER")).count();
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void aTokenIsFetchedAndLogsIn(Protocol protocol) throws Exception {
		try (ScriptedServer server = mail(protocol, "access-1"); RunMemo memo = new RunMemo()) {
			Finding finding = examine(bench(protocol, server), memo);
			assertThat(finding.reason()).as("%s", server.surprises()).isEqualTo(Reason.of(Reasons.LOGIN_OK, protocol.token(), "TLSv1.3", "OAUTHBEARER"));
			assertThat(Bench.everything(finding)).doesNotContain("access-1", FIRST);
			TokenIssuer.Request request = issuer.requests().getFirst();
			assertThat(request.line()).isEqualTo("POST /oauth2/v2.0/token?tenant=x HTTP/1.1");
			assertThat(request.form()).isEqualTo(Map.of("grant_type", "refresh_token", "refresh_token", FIRST, "client_id", CLIENT, "scope", SCOPE));
			assertThat(request.authorization()).isEmpty();
		}
	}

	@Test
	void aRunFetchesOnceUntilTheTokenIsOver() throws Exception {
		issuer.lifetime(3_600);
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1", "access-2"); RunMemo memo = new RunMemo()) {
			examine(bench(Protocol.IMAP, server), memo);
			clock.now = clock.now.plus(Duration.ofMinutes(58));
			examine(bench(Protocol.IMAP, server), memo);
			assertThat(issuer.requests()).hasSize(1);
			clock.now = clock.now.plus(Duration.ofMinutes(1));
			assertThat(examine(bench(Protocol.IMAP, server), memo).outcome()).as("a minute before it is over").isEqualTo(Outcome.PASS);
			assertThat(issuer.requests()).hasSize(2);
		}
	}

	@Test
	void aNewRefreshTokenTakesTheOldOnesPlace() throws Exception {
		issuer.rotating().lifetime(1_000);
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1", "access-2", "access-3")) {
			try (RunMemo memo = new RunMemo()) {
				assertThat(examine(bench(Protocol.IMAP, server), memo).outcome()).isEqualTo(Outcome.PASS);
				assertThat(secrets.value("mx", Bench.USER)).contains("refresh-1");
				assertThat(examine(bench(Protocol.IMAP, server), memo).outcome()).as("what lies there now is known").isEqualTo(Outcome.PASS);
				assertThat(issuer.requests()).hasSize(1);
				clock.now = clock.now.plusSeconds(2_000);
				assertThat(examine(bench(Protocol.IMAP, server), memo).outcome()).isEqualTo(Outcome.PASS);
				assertThat(secrets.value("mx", Bench.USER)).contains("refresh-2");
			}
			try (RunMemo memo = new RunMemo()) {
				assertThat(examine(bench(Protocol.IMAP, server), memo).outcome()).as("another run").isEqualTo(Outcome.PASS);
			}
			assertThat(issuer.requests()).extracting(request -> request.form().get("refresh_token")).containsExactly(FIRST, "refresh-1", "refresh-2");
		}
	}

	/// The environment and files cannot take the new one: a person must know before the old one is tried in vain.
	@ParameterizedTest
	@CsvSource({"true", "false"})
	void aRefreshTokenThatIsNotKeptIsSaidLoudly(boolean readOnly) throws Exception {
		issuer.rotating().lifetime(1_000);
		MemorySecrets place = readOnly ? secrets.readOnly() : secrets.broken();
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1", "access-2"); RunMemo memo = new RunMemo()) {
			Finding finding = examine(bench(Protocol.IMAP, server), memo);
			assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
			assertThat(finding.reason()).isEqualTo(Reason.of(SecretReasons.NOT_KEPT, Bench.USER, "mx"));
			assertThat(examine(bench(Protocol.IMAP, server), memo).reason().id()).as("and each time").isEqualTo(SecretReasons.NOT_KEPT);
			clock.now = clock.now.plusSeconds(2_000);
			assertThat(examine(bench(Protocol.IMAP, server), memo).reason().id()).as("the run goes on with the new one").isEqualTo(SecretReasons.NOT_KEPT);
			assertThat(issuer.requests()).extracting(request -> request.form().get("refresh_token")).containsExactly(FIRST, "refresh-1");
			assertThat(place.value("mx", Bench.USER)).contains(FIRST);
		}
	}

	@Test
	void accountsWithOneRefreshTokenShareWhatItGives() throws Exception {
		issuer.rotating();
		secrets.with("mx", "bob", FIRST);
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1"); RunMemo memo = new RunMemo()) {
			CountDownLatch gate = issuer.hold();
			List<Outcome> outcomes = atOnce(() -> examine(bench(Protocol.IMAP, server), memo).outcome(),
					() -> probe(Protocol.IMAP).examine(bench(Protocol.IMAP, server).user("bob").account(), bench(Protocol.IMAP, server).context(memo)).outcome(), gate);
			assertThat(outcomes).containsOnly(Outcome.PASS);
			assertThat(issuer.requests()).hasSize(1);
			assertThat(secrets.value("mx", Bench.USER)).contains("refresh-1");
			assertThat(secrets.value("mx", "bob")).as("each in its own place").contains("refresh-1");
		}
	}

	@Test
	void twoRunsNeverSpendOneRefreshTokenAtOnce() throws Exception {
		issuer.rotating();
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1", "access-2"); RunMemo one = new RunMemo(); RunMemo other = new RunMemo()) {
			CountDownLatch gate = issuer.hold();
			List<Outcome> outcomes = atOnce(() -> examine(bench(Protocol.IMAP, server), one).outcome(), () -> examine(bench(Protocol.IMAP, server), other).outcome(), gate);
			assertThat(outcomes).containsOnly(Outcome.PASS);
			assertThat(issuer.clashed()).isFalse();
			assertThat(issuer.requests()).extracting(request -> request.form().get("refresh_token")).containsExactly(FIRST, "refresh-1");
			assertThat(secrets.value("mx", Bench.USER)).contains("refresh-2");
		}
	}

	/// Both under way before the first answer comes.
	private List<Outcome> atOnce(Callable<Outcome> one, Callable<Outcome> other, CountDownLatch gate) throws Exception {
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Outcome> first = executor.submit(one);
			issuer.await(1);
			Future<Outcome> second = executor.submit(other);
			gate.countDown();
			return List.of(first.get(), second.get());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
		"400 | application/json | {\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70000: \\u001b[2Jrevoked\"} | token.grant-refused | invalid_grant;AADSTS70000: \\u001b[2Jrevoked",
		"400 | application/json | {\"error\":\"interaction_required\"} | token.grant-refused | interaction_required;",
		"401 | application/json | {\"error\":\"invalid_client\"} | token.client-refused | invalid_client;",
		"400 | application/json | {\"error\":\"unauthorized_client\",\"error_description\":\"no\"} | token.client-refused | unauthorized_client;no",
		"400 | application/json | {\"error\":\"invalid_scope\",\"error_description\":\"no\"} | token.refused | invalid_scope;no",
		"400 | application/json | {\"error\":\"temporarily_unavailable\"} | token.busy | 400;temporarily_unavailable",
		"503 | application/json | {\"error\":\"temporarily_unavailable\"} | token.busy | 503;temporarily_unavailable",
		"500 | text/html | <html>boom</html> | token.busy | 500;",
		"429 | text/plain | slow down | token.busy | 429;",
		"200 | text/html | <html>Sign in</html> | token.answer | 200;text/html",
		"404 | text/html | <html>no</html> | token.answer | 404;text/html",
		"302 | text/html | - | token.answer | 302;text/html",
		"204 | text/html | - | token.answer | 204;text/html",
		"200 | application/json | {\"access_token\":\"\"} | token.answer | 200;application/json",
		"200 | application/json | {\"access_token\":\"a b\"} | token.answer | 200;application/json",
		"200 | application/json | {\"access_token\":\"a\",\"token_type\":\"DPoP\"} | token.answer | 200;application/json",
		"200 | application/json | {\"access_token\":[\"a\"]} | token.answer | 200;application/json",
		"200 | application/json | {\"access_token\":\"a | token.answer | 200;application/json"
	})
	void whatTheEndpointSaysIsToldApart(int status, String type, String body, String id, String words) throws Exception {
		issuer.next(status, type, body == null ? "" : body);
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1"); RunMemo memo = new RunMemo()) {
			Finding finding = examine(bench(Protocol.IMAP, server), memo);
			assertThat(finding.outcome()).as("nothing was tried at the mail server").isEqualTo(Outcome.UNKNOWN);
			assertThat(finding.reason().id()).isEqualTo(id);
			assertThat(finding.reason().args().subList(1, 3)).containsExactlyElementsOf(List.of(words.split(";", -1)));
			assertThat(logins(server)).isZero();
			assertThat(issuer.requests()).as("no redirect is followed, nothing is asked twice").hasSize(1);
			examine(bench(Protocol.IMAP, server), memo);
			assertThat(issuer.requests()).as("and no other protocol asks again").hasSize(1);
			assertThat(secrets.value("mx", Bench.USER)).contains(FIRST);
		}
	}

	@Test
	void anEndpointThatEchoesSecretsTellsNone() throws Exception {
		secrets.with("mx", CredentialId.client(CLIENT), "s3cret/client");
		String echo = "{\"error\":\"bad\",\"error_description\":\"you sent " + FIRST + " and first-refresh%2Ftoken%2Bof%3Danna and s3cret/client\"}";
		issuer.next(400, "application/json", echo);
		try (ScriptedServer server = mail(Protocol.IMAP); RunMemo memo = new RunMemo()) {
			Finding finding = examine(bench(Protocol.IMAP, server), memo);
			assertThat(finding.reason()).isEqualTo(Reason.of(SecretReasons.TOKEN_REFUSED, "localhost", "bad", "you sent •••• and •••• and ••••"));
		}
	}

	@ParameterizedTest
	@CsvSource({"wrong-name,tls.name-mismatch", "expired,tls.expired", "self-signed,tls.self-signed", "unknown,tls.untrusted"})
	void anEndpointThatDoesNotProveItsNameGetsNothing(String fault, String why) throws Exception {
		issuer.close();
		issuer = TokenIssuer.start(switch (fault) {
			case "wrong-name" -> WEB.wrongName();
			case "expired" -> WEB.expired();
			case "self-signed" -> WEB.selfSigned();
			default -> WEB.unknownAuthority();
		});
		secrets.with("mx", "bob", "another");
		try (ScriptedServer server = mail(Protocol.IMAP); RunMemo memo = new RunMemo()) {
			Finding finding = examine(bench(Protocol.IMAP, server), memo);
			assertThat(finding.reason().id()).isEqualTo(SecretReasons.TOKEN_TLS);
			assertThat(finding.reason().args()).startsWith("localhost", why);
			assertThat(issuer.requests()).isEmpty();
			assertThat(examine(bench(Protocol.IMAP, server).user("bob"), memo).reason().id()).isEqualTo(SecretReasons.TOKEN_TLS);
		}
	}

	@Test
	void whatIsNotThereIsSaid() throws Exception {
		try (ClosedPort nobody = new ClosedPort(); ScriptedServer server = mail(Protocol.IMAP); RunMemo memo = new RunMemo()) {
			Bench bench = bench(Protocol.IMAP, server).auth(auth(URI.create("https://localhost:" + nobody.port() + "/t")));
			Reason reason = examine(bench, memo).reason();
			assertThat(reason.id()).isEqualTo(SecretReasons.TOKEN_UNREACHABLE);
			assertThat(reason.args()).startsWith("localhost", Reasons.REFUSED);
			Bench nameless = bench(Protocol.IMAP, server).auth(auth(URI.create("https://[::1]:" + nobody.port() + "/t")));
			assertThat(examine(nameless, memo).reason().id()).isEqualTo(SecretReasons.TOKEN_NO_ADDRESS);
			secrets.remove(new CredentialId("mx", Bench.USER));
			assertThat(examine(bench(Protocol.IMAP, server), memo).reason()).isEqualTo(Reason.of(SecretReasons.NO_GRANT, Bench.USER, "mx", "localhost"));
			assertThat(issuer.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({"flood,read.oversized", "silence,read.timeout", "noise,protocol.other", "half,connect.closed"})
	void anEndpointThatMisbehavesIsLeft(String fault, String why) throws Exception {
		Script answer = switch (fault) {
			case "flood" -> HttpScripts.endless(50_000_000);
			case "silence" -> script().stall();
			case "noise" -> script().lines("220 mail ready");
			default -> script().send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":");
		};
		try (ScriptedServer web = ScriptedServer.start(HttpScripts.https(WEB.good()).on("POST /t HTTP/1.1", answer).whole());
				ScriptedServer server = mail(Protocol.IMAP); RunMemo memo = new RunMemo()) {
			Bench bench = bench(Protocol.IMAP, server).auth(auth(URI.create("https://localhost:" + web.port() + "/t")));
			Reason reason = examine(fault.equals("silence") ? bench.readTimeout(Duration.ofMillis(200)) : bench, memo).reason();
			assertThat(reason.id()).isEqualTo(SecretReasons.TOKEN_UNREACHABLE);
			assertThat(reason.args()).startsWith("localhost", why);
		}
	}

	@Test
	void theClientsSecretGoesInTheHeaderElseInTheForm() throws Exception {
		secrets.with("mx", CredentialId.client(CLIENT), "s3cret/client");
		String basic = "Basic " + Base64.getEncoder().encodeToString("client%20%26%20sons:s3cret%2Fclient".getBytes(StandardCharsets.US_ASCII));
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1", "access-2")) {
			issuer.wantsHeader(basic);
			try (RunMemo memo = new RunMemo()) {
				assertThat(examine(bench(Protocol.IMAP, server), memo).outcome()).isEqualTo(Outcome.PASS);
				assertThat(issuer.requests()).singleElement().satisfies(request -> assertThat(request.form()).doesNotContainKey("client_secret"));
			}
			issuer.wantsHeader("").wantsField("s3cret/client");
			try (RunMemo memo = new RunMemo()) {
				assertThat(examine(bench(Protocol.IMAP, server), memo).outcome()).isEqualTo(Outcome.PASS);
				assertThat(issuer.requests().getLast().authorization()).as("one way at a time").isEmpty();
			}
		}
	}

	/// A client that is not known would be refused for every account.
	@Test
	void aRefusedClientIsNotTriedForEverybody() throws Exception {
		secrets.with("mx", "bob", "refresh-of-bob");
		issuer.wantsField("nobody has it");
		try (ScriptedServer server = mail(Protocol.IMAP); RunMemo memo = new RunMemo()) {
			assertThat(examine(bench(Protocol.IMAP, server), memo).reason().id()).isEqualTo(SecretReasons.CLIENT_REFUSED);
			assertThat(examine(bench(Protocol.IMAP, server).user("bob"), memo).reason().id()).isEqualTo(SecretReasons.CLIENT_REFUSED);
			assertThat(issuer.requests()).hasSize(1);
		}
	}

	@Test
	void aTokenThatTheServerCallsInvalidIsReplacedOnce() throws Exception {
		try (ScriptedServer first = mail(Protocol.IMAP, "access-1"); ScriptedServer server = mail(Protocol.IMAP, "access-2"); RunMemo memo = new RunMemo()) {
			examine(bench(Protocol.IMAP, first), memo);
			Finding finding = examine(bench(Protocol.IMAP, server), memo);
			assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
			assertThat(logins(server)).isEqualTo(2);
			assertThat(issuer.requests()).hasSize(2);
		}
	}

	@Test
	void aTokenIsReplacedNoMoreThanOnce() throws Exception {
		try (ScriptedServer first = mail(Protocol.IMAP, "access-1"); ScriptedServer server = mail(Protocol.IMAP); RunMemo memo = new RunMemo()) {
			examine(bench(Protocol.IMAP, first), memo);
			Finding finding = examine(bench(Protocol.IMAP, server), memo);
			assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
			assertThat(finding.reason().id()).isEqualTo(Reasons.BAD_TOKEN);
			assertThat(logins(server)).isEqualTo(2);
		}
	}

	/// Its age is not what is wrong with it, and a second refusal may lock the account.
	@Test
	void aTokenThatHasJustComeIsNotReplaced() throws Exception {
		try (ScriptedServer server = mail(Protocol.IMAP); RunMemo memo = new RunMemo()) {
			assertThat(examine(bench(Protocol.IMAP, server), memo).reason().id()).isEqualTo(Reasons.BAD_TOKEN);
			assertThat(logins(server)).isEqualTo(1);
			assertThat(issuer.requests()).hasSize(1);
		}
	}

	@Test
	void aCancelledRunStillKeepsTheTokenThatIsOnItsWay() throws Exception {
		issuer.rotating();
		CountDownLatch gate = issuer.hold();
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1"); RunMemo memo = new RunMemo()) {
			Thread run = cancelled(bench(Protocol.IMAP, server), memo);
			gate.countDown();
			run.join();
			assertThat(secrets.value("mx", Bench.USER)).contains("refresh-1");
			assertThat(server.conversations()).isEmpty();
		}
	}

	@Test
	void aCancelledRunDoesNotWaitForEver() throws Exception {
		issuer.hold();
		try (ScriptedServer server = mail(Protocol.IMAP, "access-1"); RunMemo memo = new RunMemo()) {
			Thread run = cancelled(bench(Protocol.IMAP, server), memo);
			run.join();
			assertThat(server.conversations()).isEmpty();
			assertThat(secrets.value("mx", Bench.USER)).contains(FIRST);
		}
	}

	/// A login that was interrupted once the endpoint had been asked.
	private Thread cancelled(Bench bench, RunMemo memo) throws Exception {
		Thread run = Thread.ofVirtual().start(() -> {
			try {
				examine(bench, memo);
			} catch (InterruptedException | ExecutionException e) {
				// as it should
			} catch (Exception e) {
				throw new IllegalStateException(e);
			}
		});
		issuer.await(1);
		run.interrupt();
		return run;
	}
}
