package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.canary.Canary;
import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.canary.CanaryWay;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.CanaryMail;
import hikkoshi.testkit.ClosedPort;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Sending and removing canaries at servers that answer in every way.
class CanaryMailTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final CanaryToken TOKEN = new CanaryToken("abcdefghijklmnopqrstuvwxyz");
	private static final CanaryToken OTHER = new CanaryToken("zbcdefghijklmnopqrstuvwxyz");
	private static final Mailbox ANNA = new Mailbox(EmailAddress.parse("anna@example.test"), Bench.USER, Bench.USER, "main", "", 2);

	private final AtomicInteger intents = new AtomicInteger();
	private String said = "";

	private static Rules smtp(String mail, String rcpt, String data, Script end) {
		return new Rules().on("EHLO .*", script().lines("250-mx", "250-SIZE 1000000", "250-AUTH PLAIN", "250 ENHANCEDSTATUSCODES")).on("AUTH PLAIN \\S+", script().lines("235 in"))
				.on("MAIL FROM:.*", script().lines(mail)).on("RCPT TO:.*", script().lines(rcpt)).on("DATA", script().lines(data)).on("\\.", end)
				.on("QUIT", script().lines("221 bye").close()).on("[^.]?.*", script());
	}

	private Finding send(Rules rules, boolean relay, CanaryPost.Intent intent) throws Exception {
		Script script = script().startTls(relay ? TLS.selfSigned() : TLS.good()).lines("220 mx ready").serve(rules);
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Bench bench = new Bench().at(relay ? Protocol.SMTP : Protocol.SUBMISSION, Security.TLS, server.port()).trust(TLS.anchor());
			CanaryWay way = relay ? new CanaryWay.Relay(bench.account().door()) : new CanaryWay.Login(bench.account());
			CanaryRoute route = relay ? new CanaryRoute.Direct(Side.NEW) : new CanaryRoute.Submission(Side.NEW);
			try {
				return new CanaryMail().send(new Canary(TOKEN, ANNA, route, way, ANNA.address()), bench.context(), intent);
			} finally {
				said = server.received();
			}
		}
	}

	private Finding send(Rules rules, boolean relay) throws Exception {
		return send(rules, relay, intents::incrementAndGet);
	}

	@Test
	void takenAndKnown() throws Exception {
		Finding login = send(smtp("250 ok", "250 ok", "354 go", script().lines("250 2.0.0 queued as 7")), false);
		assertThat(login.reason().id()).as(Bench.everything(login)).isEqualTo(CanaryReasons.SENT);
		assertThat(login.reason().args()).containsExactly(TOKEN.text(), "new-submission", "250 2.0.0 queued as 7");
		assertThat(said).contains("MAIL FROM:<anna@example.test> SIZE=", "RCPT TO:<anna@example.test>", "X-Hikkoshi-Canary: " + TOKEN);
		assertThat(Bench.everything(login)).doesNotContain(Bench.PASSWORD);
		Finding relay = send(smtp("250 ok", "250 ok", "354 go", script().lines("250 ok")), true);
		assertThat(relay.reason().id()).as(Bench.everything(relay)).isEqualTo(CanaryReasons.SENT);
		assertThat(said).as("no bounce comes back, and no login is tried").contains("MAIL FROM:<> SIZE=").doesNotContain("AUTH");
		assertThat(intents).hasValue(2);
	}

	@Test
	void refusedBeforeAnythingWasWritten() throws Exception {
		Finding mail = send(smtp("550 5.7.1 no", "250 ok", "354 go", script()), true);
		assertThat(mail.reason().id()).isEqualTo(CanaryReasons.REFUSED);
		assertThat(mail.outcome()).isEqualTo(Outcome.FAIL);
		Finding grey = send(smtp("250 ok", "450 4.7.1 greylisted", "354 go", script()), true);
		assertThat(grey.reason().id()).isEqualTo(CanaryReasons.REFUSED);
		assertThat(grey.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(intents).as("nothing was about to go").hasValue(0);
		assertThat(send(smtp("250 ok", "250 ok", "354 go", script().lines("554 5.7.1 spam")), false).reason().id()).isEqualTo(CanaryReasons.REFUSED);
		assertThat(send(smtp("250 ok", "250 ok", "451 later", script()), false).outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void noAnswerBehindTheMessageIsADoubt() throws Exception {
		for (Script end : List.of(script().close(), script().reset(), script().lines("what?"))) {
			Finding finding = send(smtp("250 ok", "250 ok", "354 go", end), true);
			assertThat(finding.reason().id()).as(finding.reason().toString()).isEqualTo(CanaryReasons.IN_DOUBT);
			assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		}
		assertThat(intents).hasValue(3);
	}

	@Test
	void whatNeverGotThereIsUnsent() throws Exception {
		Rules rules = new Rules().on("EHLO .*", script().lines("250-mx", "250 AUTH PLAIN")).on("AUTH .*", script().lines("535 5.7.8 wrong password")).on("QUIT", script().close());
		Finding refused = send(rules, false);
		assertThat(refused.reason().id()).isEqualTo(CanaryReasons.UNSENT);
		assertThat(refused.reason().args()).contains(Reasons.BAD_CREDENTIALS);
		assertThat(refused.outcome()).isEqualTo(Outcome.FAIL);
		try (ClosedPort closed = new ClosedPort()) {
			Bench nobody = new Bench().at(Protocol.SMTP, Security.STARTTLS, closed.port());
			Finding relay = new CanaryMail().send(new Canary(TOKEN, ANNA, new CanaryRoute.Direct(Side.NEW), new CanaryWay.Relay(nobody.account().door()), ANNA.address()),
					nobody.context(), intents::incrementAndGet);
			assertThat(relay.reason().args()).contains(Reasons.REFUSED);
			OutsideSender nowhere = new OutsideSender("x", new DomainName("no-such-host.invalid"), List.of(), new Endpoint(Protocol.SUBMISSION, 465, Security.TLS), "me",
					EmailAddress.parse("me@freemail.example"));
			Finding away = new CanaryMail().send(new Canary(TOKEN, ANNA, new CanaryRoute.Outside("x"), new CanaryWay.Away(nowhere), nowhere.from()), nobody.context(),
					intents::incrementAndGet);
			assertThat(away.reason().args()).contains(CanaryReasons.NO_ADDRESS);
		}
		assertThat(intents).hasValue(0);
	}

	@Test
	void fromAnAccountOutside() throws Exception {
		Script script = script().startTls(TLS.good()).lines("220 mx ready").serve(smtp("250 ok", "250 ok", "354 go", script().lines("250 ok")));
		try (ScriptedServer server = ScriptedServer.start(script)) {
			OutsideSender sender = new OutsideSender("freemail", new DomainName(Bench.NAME), List.of(InetAddress.getLoopbackAddress()),
					new Endpoint(Protocol.SUBMISSION, server.port(), Security.TLS), "me", EmailAddress.parse("me@freemail.example"));
			Finding finding = new CanaryMail().send(new Canary(TOKEN, ANNA, new CanaryRoute.Outside("freemail"), new CanaryWay.Away(sender), sender.from()),
					new Bench().trust(TLS.anchor()).context(), intents::incrementAndGet);
			assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(CanaryReasons.SENT);
			assertThat(server.received()).contains("MAIL FROM:<me@freemail.example>", "RCPT TO:<anna@example.test>");
		}
	}

	@Test
	void aLogThatCannotBeWrittenKeepsTheMessageBack() {
		for (boolean relay : new boolean[] {true, false}) {
			assertThatThrownBy(() -> send(smtp("250 ok", "250 ok", "354 go", script().lines("250 ok")), relay, () -> {
				throw new IOException("disk full");
			})).isInstanceOf(IOException.class).hasMessage("disk full");
			assertThat(said).contains("RCPT TO").doesNotContain("DATA");
		}
	}

	private Finding removeByImap(String capabilities, Rules rules) throws Exception {
		Rules all = new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK [CAPABILITY IMAP4rev1 " + capabilities + "] in")).plus(rules)
				.on("(\\S+) (?:SELECT|EXAMINE) .*", script().lines("* 3 EXISTS", "${1} OK done")).on("(\\S+) UID STORE .*", script().lines("${1} OK"))
				.on("(\\S+) UID EXPUNGE .*", script().lines("${1} OK")).on("(\\S+) UID SEARCH .*" + TOKEN + ".*", script().lines("* SEARCH 3 5", "${1} OK"))
				.on("(\\S+) UID SEARCH .*", script().lines("* SEARCH", "${1} OK")).on("(\\S+) LOGOUT", script().lines("${1} OK").close());
		Script script = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready").serve(all);
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Bench bench = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor());
			Finding finding = new CanaryMail().remove(bench.account(), Set.of(TOKEN, OTHER), bench.context());
			said = server.received();
			return finding;
		}
	}

	private static Script header(int uid, CanaryToken token) {
		String text = "X-Hikkoshi-Canary: " + token + "\r\n\r\n";
		return script().lines("* 1 FETCH (UID " + uid + " BODY[HEADER.FIELDS (X-HIKKOSHI-CANARY)] {" + text.length() + "}\r\n" + text + ")", "${1} OK");
	}

	/// The server finds two; only the one whose header says so goes.
	@Test
	void onlyWhatCarriesTheTokenIsRemoved() throws Exception {
		Rules rules = new Rules().on("(\\S+) UID FETCH 3 .*", header(3, TOKEN)).on("(\\S+) UID FETCH 5 .*", header(5, OTHER));
		Finding removed = removeByImap("UIDPLUS", rules);
		assertThat(removed.reason().id()).as(Bench.everything(removed)).isEqualTo(CanaryReasons.REMOVED);
		assertThat(said).contains("UID STORE 3 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 3").doesNotContain("STORE 5", "EXPUNGE 5");

		Finding left = removeByImap("IDLE", rules);
		assertThat(left.reason().id()).isEqualTo(CanaryReasons.LEFT);
		assertThat(said).contains("EXAMINE").doesNotContain("STORE", "EXPUNGE", "SELECT");
		Finding wrong = removeByImap("UIDPLUS", new Rules().on("(\\S+) UID FETCH (\\d+) .*", header(99, TOKEN)));
		assertThat(wrong.reason().id()).as("another message's header proves nothing").isEqualTo(CanaryReasons.NONE_LEFT);
	}

	@Test
	void overPop3NothingIsGoneBeforeTheServerSaysSo() throws Exception {
		for (boolean committed : new boolean[] {true, false}) {
			Rules rules = new Rules().on("AUTH PLAIN \\S+", script().lines("+OK in")).on("CAPA", script().lines("+OK", "SASL PLAIN", "."))
					.on("LIST", script().lines("+OK", "1 100", "2 100", "3 100", ".")).on("TOP 2 0", script().lines("+OK", "x-hikkoshi-canary: " + TOKEN, "", "."))
					.on("TOP . 0", script().lines("+OK", "Subject: X-Hikkoshi-Canary: " + TOKEN, "", ".")).on("DELE .", script().lines("+OK"))
					.on("QUIT", script().lines(committed ? "+OK bye" : "-ERR some messages not removed").close());
			Script script = script().startTls(TLS.good()).lines("+OK ready").serve(rules);
			try (ScriptedServer server = ScriptedServer.start(script)) {
				Bench bench = new Bench().at(Protocol.POP3, Security.TLS, server.port()).trust(TLS.anchor());
				Finding finding = new CanaryMail().remove(bench.account(), Set.of(TOKEN), bench.context());
				assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(committed ? CanaryReasons.REMOVED : Reasons.SERVER_BUSY);
				assertThat(server.received()).contains("DELE 2").doesNotContain("DELE 1", "DELE 3", "RETR 2");
			}
		}
	}
}
