package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Kept;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.mail.MailProbes;
import hikkoshi.mail.internal.arrival.ArrivalProbe;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Rounds of looks over connections that are left open: what they cost the server, and what becomes of connections that do not stand any more.
class KeptSessionsTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);

	/// Advanced by hand.
	private static final class Hand extends Clock {
		private Instant now = Instant.now();

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return now;
		}
	}

	private final Hand clock = new Hand();
	private final Kept kept = new Kept();
	private final Map<Target.Id, List<Mark>> marks = new HashMap<>();
	private final ArrivalProbe probe = new MailProbes().probes().stream().filter(ArrivalProbe.class::isInstance).map(ArrivalProbe.class::cast)
			.filter(each -> each.id().equals(ArrivalReasons.IMAP_PROBE)).findFirst().orElseThrow();
	private MailServer server;
	private ThrowAwayCa ca;

	@BeforeEach
	void start() throws Exception {
		ca = ThrowAwayCa.create("Rehearsal", Instant.now());
		server = MailServer.start(MailServerSettings.of(Bench.NAME, Set.of("example.test"), ca.issue(List.of(Bench.NAME), Validity.around(Instant.now()))));
		for (int i = 0; i < 6; i++) {
			server.addAccount(user(i), user(i), Bench.PASSWORD.toCharArray());
		}
	}

	@AfterEach
	void stop() throws Exception {
		kept.close();
		server.close();
	}

	private static String user(int i) {
		return "user" + i + "@example.test";
	}

	private Bench bench() {
		return new Bench().at(Protocol.IMAP, Security.TLS, server.port(MailService.IMAPS)).trust(ca.certificate()).clock(clock);
	}

	/// One round over these, a minute after the one before.
	private List<Evidence> round(Bench bench, String... users) throws Exception {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (String user : users) {
			tasks.add(new ProbeTask<Account>(probe, bench.user(user).account()));
		}
		List<Evidence> found = new ArrayList<>();
		try (RunMemo memo = new RunMemo()) {
			kept.open(memo);
			Marks.open(memo, (_, account) -> marks.getOrDefault(account, List.of()));
			new ProbeRun(tasks, bench.context(memo), found::addAll).call();
		}
		found.forEach(evidence -> ArrivalFacts.in(evidence.facts()).ifPresent(facts -> marks.put(evidence.target(), facts.marks())));
		clock.now = clock.now.plus(Duration.ofMinutes(1));
		return found;
	}

	private static List<String> reasons(List<Evidence> found) {
		return found.stream().map(evidence -> evidence.reason().id()).toList();
	}

	private void deliver(String user, String from) {
		server.store(user).orElseThrow().inbox().append(("Received: from " + from + " (" + from + " [198.51.100.7]) by mx with ESMTP; Tue, 24 Nov 2026 12:00:00 +0000\r\n\r\nx\r\n")
				.getBytes(StandardCharsets.US_ASCII), Instant.now(), Set.of());
	}

	@Test
	void aMailboxIsLoggedIntoOnce() throws Exception {
		String[] all = { user(0), user(1), user(2) };
		assertThat(reasons(round(bench(), all))).containsOnly(ArrivalReasons.BEGAN).hasSize(3);
		for (int i = 0; i < 5; i++) {
			assertThat(reasons(round(bench(), all))).containsOnly(ArrivalReasons.QUIET).hasSize(3);
		}
		deliver(user(1), "a.example");
		List<Evidence> found = round(bench(), all);
		assertThat(reasons(found)).containsExactlyInAnyOrder(ArrivalReasons.QUIET, ArrivalReasons.QUIET, ArrivalReasons.NEW);
		assertThat(found.stream().flatMap(evidence -> ArrivalFacts.in(evidence.facts()).stream()).flatMap(facts -> facts.arrivals().stream())
				.map(arrival -> arrival.sender().name())).containsExactly("a.example");
		assertThat(reasons(round(bench(), all))).containsOnly(ArrivalReasons.QUIET);
		assertThat(server.loginAttempts()).hasSize(3);
		assertThat(server.connections()).isEqualTo(3);
		kept.close();
		assertThat(reasons(round(bench(), all))).as("a closed one keeps nothing").containsOnly(ArrivalReasons.QUIET);
	}

	/// Those that there is no room for log in each time, and always the same stay.
	@Test
	void noMoreThanThePolicyAllows() throws Exception {
		String[] all = { user(0), user(1), user(2), user(3), user(4), user(5) };
		for (int i = 0; i < 4; i++) {
			assertThat(round(bench().kept(2), all)).hasSize(6);
			await(2);
		}
		assertThat(server.loginAttempts()).hasSize(6 + 3 * 4);
		assertThat(round(bench().kept(0), user(0))).hasSize(1);
	}

	/// The server hears of a connection that was left a moment later.
	private void await(int connections) throws InterruptedException {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (server.connections() > connections && System.nanoTime() < end) {
			Thread.sleep(5);
		}
		assertThat(server.connections()).isLessThanOrEqualTo(connections);
	}

	/// The one that is looked into more often has the place.
	@Test
	void whoIsDueSoonerHasThePlace() throws Exception {
		Bench one = bench().kept(1);
		round(one, user(0));
		for (int i = 0; i < 3; i++) {
			round(one, user(1));
		}
		int logins = server.loginAttempts().size();
		assertThat(logins).isEqualTo(3);
		round(one, user(1));
		assertThat(server.loginAttempts()).as("user 1 comes every minute, nobody knows of user 0").hasSize(logins);
		round(one, user(0));
		assertThat(server.loginAttempts()).hasSize(logins + 1);
	}

	@Test
	void whatSleptForHalfAnHourIsNotTrusted() throws Exception {
		round(bench(), user(0));
		clock.now = clock.now.plus(Duration.ofMinutes(30));
		assertThat(reasons(round(bench(), user(0)))).containsExactly(ArrivalReasons.QUIET);
		assertThat(server.loginAttempts()).hasSize(2);
		assertThat(server.connections()).isEqualTo(1);
	}

	/// The server goes down between two looks: that is nothing to be told where it is up again.
	@Test
	void aConnectionThatIsGoneIsOpenedAnewOnce() throws Exception {
		Script script = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready")
				.serve(new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK [CAPABILITY IMAP4rev1] in"))
						.on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK done"))
						.on("(h3) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7)", "${1} OK done"))
						.on("(\\S+) STATUS .*", script().lines("* BYE [UNAVAILABLE] going down").close()));
		try (ScriptedServer dying = ScriptedServer.start(script)) {
			Bench there = new Bench().at(Protocol.IMAP, Security.TLS, dying.port()).trust(TLS.anchor()).clock(clock);
			assertThat(reasons(round(there, user(0)))).containsExactly(ArrivalReasons.BEGAN);
			assertThat(reasons(round(there, user(0)))).containsExactly(ArrivalReasons.QUIET);
			assertThat(dying.conversations()).hasSize(2);
		}
	}

	/// One that does not answer is a reason not to wait for the others that have slept since before.
	@Test
	void aHalfOpenConnectionSpeaksForAll() throws Exception {
		Script script = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready")
				.serve(new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK [CAPABILITY IMAP4rev1] in"))
						.on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK done"))
						.on("(h3) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7)", "${1} OK done"))
						.on("(\\S+) STATUS .*", script().stall()));
		try (ScriptedServer silent = ScriptedServer.start(script)) {
			Bench there = new Bench().at(Protocol.IMAP, Security.TLS, silent.port()).trust(TLS.anchor()).clock(clock).readTimeout(Duration.ofMillis(300));
			round(there, user(0));
			round(there, user(1));
			assertThat(reasons(round(there, user(0)))).containsExactly(ArrivalReasons.QUIET);
			assertThat(reasons(round(there, user(1)))).containsExactly(ArrivalReasons.QUIET);
			assertThat(silent.conversations()).hasSize(4);
			assertThat(silent.received().lines().filter(line -> line.contains("STATUS")).count()).as("the second is not asked over the old one").isEqualTo(5);
		}
	}

	/// A password that the server sends back over the old connection is masked as over a new one.
	@Test
	void aPasswordThatComesBackIsMasked() throws Exception {
		String header = "Received: from " + "hunter2hunter2" + " (x [198.51.100.7]) by mx with ESMTP; Tue, 24 Nov 2026 12:00:00 +0000\r\n\r\n";
		Script script = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready")
				.serve(new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK [CAPABILITY IMAP4rev1] in"))
						.on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK done"))
						.on("(h3) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7)", "${1} OK done"))
						.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 7)", "${1} OK done"))
						.on("(\\S+) EXAMINE .*", script().lines("* 2 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 3] ok", "${1} OK [READ-ONLY] done"))
						.on("(\\S+) UID FETCH .*", script().lines("* 2 FETCH (UID 2 RFC822.SIZE 9 BODY[HEADER.FIELDS (RECEIVED)]<0> {" + header.length() + "}\r\n" + header + ")",
								"${1} OK done")));
		try (ScriptedServer echo = ScriptedServer.start(script)) {
			Bench there = new Bench().at(Protocol.IMAP, Security.TLS, echo.port()).trust(TLS.anchor()).clock(clock).password("hunter2hunter2");
			round(there, user(0));
			List<Evidence> found = round(there, user(0));
			assertThat(reasons(found)).containsExactly(ArrivalReasons.NEW);
			assertThat(echo.conversations()).hasSize(1);
			assertThat(found.toString()).doesNotContain("hunter2");
		}
	}

	/// A server that has no room for one more gets half of those that stand back, and may be asked for more in an hour.
	@Test
	void aServerWithoutRoomGetsFewer() throws Exception {
		Rules all = new Rules().on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK done"))
				.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7)", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close());
		Script good = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready")
				.serve(new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK [CAPABILITY IMAP4rev1] in")).plus(all));
		Script full = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready")
				.serve(new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} NO [LIMIT] too many connections from your address")).plus(all));
		try (ScriptedServer there = ScriptedServer.start(good, good, good, good, full, good, good, good, good)) {
			Bench bench = new Bench().at(Protocol.IMAP, Security.TLS, there.port()).trust(TLS.anchor()).clock(clock);
			for (int i = 0; i < 4; i++) {
				assertThat(reasons(round(bench, user(i)))).containsExactly(ArrivalReasons.BEGAN);
			}
			assertThat(reasons(round(bench, user(4)))).containsExactly(Reasons.THROTTLED);
			assertThat(there.received().lines().filter(line -> line.contains("LOGOUT")).count()).isEqualTo(2);
			assertThat(reasons(round(bench, user(5)))).containsExactly(ArrivalReasons.BEGAN);
			assertThat(there.conversations()).hasSize(6);
			assertThat(reasons(round(bench, user(0), user(1), user(2), user(3)))).containsOnly(ArrivalReasons.QUIET);
			assertThat(there.conversations()).as("two of the four stood").hasSize(8);
		}
	}
}
