package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Mailboxes at servers that are sick or mean ill: what they cost is bounded, and what they said before is kept.
class SickMailboxTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final long GIGABYTE = 1L << 30;
	private static final String RECEIVED = "Received: from a.example (a.example [198.51.100.7]) by mx with ESMTP; Tue, 24 Nov 2026 12:00:00 +0000\r\n";
	private static final Finding BEFORE = new Finding(Outcome.PASS, Reason.of(ArrivalReasons.QUIET),
			new ArrivalFacts(List.of(new Mark.Imap("INBOX", 7, 10, -1, 9)), List.of()).table());
	private static final Finding POP3_BEFORE = new Finding(Outcome.PASS, Reason.of(ArrivalReasons.QUIET),
			new ArrivalFacts(List.of(new Mark.Pop3(0, 0, List.of())), List.of()).table());

	private Duration read = Duration.ofSeconds(20);
	private Duration whole = Duration.ofSeconds(40);

	private Finding imap(int next, Rules rules) throws Exception {
		Rules all = new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK [CAPABILITY IMAP4rev1 UIDPLUS] in")).plus(rules)
				.on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK done"))
				.on("(\\S+) STATUS \"INBOX\" .*", script().lines("* STATUS INBOX (MESSAGES 11 UIDNEXT " + next + " UIDVALIDITY 7)", "${1} OK done"))
				.on("(\\S+) EXAMINE .*", script().lines("* 11 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT " + next + "] ok", "${1} OK [READ-ONLY] done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close());
		Script script = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready").serve(all);
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor()).readTimeout(read).probeTimeout(whole).arrivals(Optional.of(BEFORE));
			assertThat(server.received()).doesNotContain(" SELECT ", " STORE ", "BODY[", "EXPUNGE");
			assertThat(Bench.everything(finding).length()).isLessThan(200_000);
			return finding;
		}
	}

	private Finding pop3(int messages, Rules rules) throws Exception {
		Rules all = new Rules().on("AUTH PLAIN \\S+", script().lines("+OK in")).on("CAPA", script().lines("+OK", "SASL PLAIN", "UIDL", "TOP", ".")).plus(rules)
				.on("STAT", script().lines("+OK " + messages + " 1000")).on("QUIT", script().lines("+OK bye").close());
		Script script = script().startTls(TLS.good()).lines("+OK ready").serve(all);
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Finding finding = new Bench().at(Protocol.POP3, Security.TLS, server.port()).trust(TLS.anchor()).readTimeout(read).probeTimeout(whole)
					.arrivals(Optional.of(POP3_BEFORE));
			assertThat(server.received()).doesNotContain("RETR", "DELE");
			assertThat(Bench.everything(finding).length()).isLessThan(200_000);
			return finding;
		}
	}

	private static String fetch(int uid, String header) {
		return "* " + uid + " FETCH (UID " + uid + " INTERNALDATE \"24-Nov-2026 12:00:00 +0000\" RFC822.SIZE 99 BODY[HEADER.FIELDS (RECEIVED)]<0> {" + header.length() + "}\r\n"
				+ header + ")";
	}

	private static List<Arrival> arrivals(Finding finding) {
		return ArrivalFacts.in(finding.facts()).map(ArrivalFacts::arrivals).orElse(List.of());
	}

	private static Mark mark(Finding finding) {
		return ArrivalFacts.in(finding.facts()).orElseThrow(() -> new AssertionError(Bench.everything(finding))).marks().getFirst();
	}

	@Test
	void aLiteralOfAGigabyte() throws Exception {
		for (String literal : List.of("{1000000000}", "{999999}")) {
			Finding finding = imap(11, new Rules().on("(\\S+) UID FETCH .*", script().lines("* 10 FETCH (UID 10 BODY[HEADER.FIELDS (RECEIVED)] " + literal).flood("x", GIGABYTE)));
			assertThat(finding.outcome()).as(finding.reason().toString()).isEqualTo(Outcome.FAIL);
			assertThat(finding.reason().id()).isIn(Reasons.OVERSIZED, Reasons.PROTOCOL_ERROR);
		}
	}

	@Test
	void endlessDataIsCut() throws Exception {
		for (String command : List.of("LIST", "STATUS", "EXAMINE", "UID FETCH")) {
			Finding finding = imap(11, new Rules().on("(\\S+) " + command + ".*", script().flood("* 1 FETCH (UID 10)\r\n", GIGABYTE)));
			assertThat(finding.reason().id()).as(command).isEqualTo(Reasons.OVERSIZED);
		}
		assertThat(pop3(3, new Rules().on("UIDL", script().lines("+OK").flood("1 a\r\n", GIGABYTE))).reason().id()).isEqualTo(Reasons.OVERSIZED);
	}

	/// What was read before is kept, and the next look begins behind the message that nobody can read.
	@Test
	void aHeaderLineOfAHundredMegabytes() throws Exception {
		Finding finding = pop3(3, new Rules().on("UIDL", script().lines("+OK", "1 a", "2 b", "3 c", ".")).on("TOP 1 0", script().lines("+OK", RECEIVED.strip(), "", "."))
				.on("TOP 2 0", script().lines("+OK").send("X-Long: ").flood("x", 100L << 20).lines("", ".")));
		assertThat(finding.reason().id()).isEqualTo(ArrivalReasons.BROKEN_OFF);
		assertThat(finding.reason().args()).contains(Reasons.OVERSIZED);
		assertThat(arrivals(finding)).extracting(arrival -> arrival.sender().name()).containsExactly("a.example", "");
		assertThat(((Mark.Pop3) mark(finding)).messages()).isEqualTo(2);

		Finding literal = imap(12, new Rules().on("(\\S+) UID FETCH .*", script().lines(fetch(10, RECEIVED)).lines("* 11 FETCH (UID 11 BODY[HEADER.FIELDS (X)] {104857600}")
				.flood("x", 100L << 20)));
		assertThat(literal.outcome()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void aLongLineOfAHeaderIsNoReasonToGiveUp() throws Exception {
		Finding finding = pop3(1, new Rules().on("UIDL", script().lines("+OK", "1 a", ".")).on("TOP 1 0",
				script().lines("+OK", "To: " + "ann@example.org, ".repeat(3_000), "..a line with a dot", RECEIVED.strip(), "", ".")));
		assertThat(finding.reason().id()).as(finding.reason().toString()).isEqualTo(ArrivalReasons.NEW);
		assertThat(arrivals(finding)).extracting(arrival -> arrival.sender().name()).containsExactly("a.example");
	}

	@Test
	void wrongCountsOfALiteral() throws Exception {
		for (int wrong : new int[] {-20, 20}) {
			read = Duration.ofMillis(600);
			String header = RECEIVED;
			Finding finding = imap(11, new Rules().on("(\\S+) UID FETCH .*",
					script().lines("* 10 FETCH (UID 10 BODY[HEADER.FIELDS (RECEIVED)] {" + (header.length() + wrong) + "}\r\n" + header + ")", "${1} OK done")));
			assertThat(finding.reason().id()).as(wrong + " " + finding.reason()).isIn(Reasons.READ_TIMEOUT, Reasons.PROTOCOL_ERROR, ArrivalReasons.NEW, ArrivalReasons.UNSEEN);
			assertThat(arrivals(finding)).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void nulsEscapesAndThePassword() throws Exception {
		String wire = new String(Bench.PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
		String header = "Received: from evil\u0000\u001b[2J (" + "x\u0007y.example [198.51.100.7]) by mx with ESMTP id " + wire + "; Tue, 24 Nov 2026 12:00:00 +0000\r\nFrom: \u0000<a\u001b@b>\r\n"
				+ "Message-ID: <" + wire + ">\r\n";
		Finding finding = imap(11, new Rules().on("(\\S+) UID FETCH .*", script().lines(fetch(10, header), "${1} OK done")));
		assertThat(finding.reason().id()).isEqualTo(ArrivalReasons.NEW);
		assertThat(arrivals(finding).getFirst().sender().address()).isEqualTo("198.51.100.7");
		assertThat(Bench.everything(finding)).doesNotContain("\u0000", "\u001b", "\u0007", Bench.PASSWORD);
	}

	@Test
	void aDripAndAStallEndByTheClock() throws Exception {
		read = Duration.ofSeconds(2);
		whole = Duration.ofMillis(1_500);
		assertThat(imap(11, new Rules().on("(\\S+) UID FETCH .*", script().drip("* OK " + "x".repeat(10_000), Duration.ofMillis(20)))).reason().id()).isEqualTo(Reasons.TOO_SLOW);
		whole = Duration.ofSeconds(30);
		read = Duration.ofMillis(400);
		Finding stalled = imap(11, new Rules().on("(\\S+) STATUS .*", script().stall()));
		assertThat(stalled.reason().id()).isEqualTo(Reasons.READ_TIMEOUT);
		assertThat(stalled.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(pop3(1, new Rules().on("STAT", script().stall())).reason().id()).isEqualTo(Reasons.READ_TIMEOUT);
	}

	@Test
	void whatWasReadBeforeTheEndIsKept() throws Exception {
		StringBuilder first = new StringBuilder();
		for (int uid = 10; uid < 30; uid++) {
			first.append(fetch(uid, RECEIVED)).append("\r\n");
		}
		StringBuilder list = new StringBuilder();
		for (int uid = 10; uid < 60; uid++) {
			list.append("* ").append(uid).append(" FETCH (UID ").append(uid).append(")\r\n");
		}
		Finding finding = imap(60, new Rules().on("(\\S+) UID FETCH 10:\\d+ \\(UID\\)", script().send(list.toString()).lines("${1} OK"))
				.on("(\\S+) UID FETCH 10,.*", script().send(first.toString()).lines("${1} OK")).on("(\\S+) UID FETCH 30,.*", script().lines("* BYE [UNAVAILABLE] going down").close()));
		assertThat(finding.reason().id()).as(finding.reason().toString()).isEqualTo(ArrivalReasons.BROKEN_OFF);
		assertThat(finding.reason().args()).contains(Reasons.SERVER_BUSY);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(arrivals(finding)).hasSize(20);
		assertThat(((Mark.Imap) mark(finding)).next()).isEqualTo(30);
	}

	/// A server that gives its UIDs away by the million must not be asked for each.
	@Test
	void aGapOfAThousandMillionNumbers() throws Exception {
		Finding finding = imap(2_000_000_000, new Rules().on("(\\S+) UID FETCH \\d+:\\d+ \\(UID\\)", script().lines("${1} OK none there")));
		assertThat(finding.reason().id()).as(finding.reason().toString()).isEqualTo(ArrivalReasons.UNSEEN);
		assertThat(((Mark.Imap) mark(finding)).next()).isEqualTo(2_000_000_000);
	}

	@Test
	void aStrangersAnswersAreNotTaken() throws Exception {
		Finding finding = imap(11, new Rules().on("(\\S+) UID FETCH .*", script().lines(fetch(9, RECEIVED), fetch(10, RECEIVED), fetch(4_000, RECEIVED), "${1} OK done")));
		assertThat(arrivals(finding)).extracting(Arrival::uid).containsExactly("10");
	}

	@Test
	void numbersThatGoBackAreAHole() throws Exception {
		Finding finding = imap(5, new Rules().on("(\\S+) FETCH .*", script().lines(fetch(3, RECEIVED), "${1} OK done")));
		assertThat(finding.reason().id()).isEqualTo(ArrivalReasons.HOLE);
		assertThat(finding.reason().args()).contains("uidnext");
	}

	/// One command between the login and the leave-taking; with a server older than RFC 5819, one for each folder.
	@Test
	void aQuietMailboxCostsOneCommand() throws Exception {
		Finding known = new Finding(Outcome.PASS, Reason.of(ArrivalReasons.QUIET),
				new ArrivalFacts(List.of(new Mark.Imap("INBOX", 7, 10, -1, 9), new Mark.Imap("Junk", 8, 3, -1, 2)), List.of()).table());
		for (String extensions : List.of(" LIST-EXTENDED LIST-STATUS", "")) {
			Rules rules = new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK [CAPABILITY IMAP4rev1" + extensions + "] in"))
					.on("(\\S+) LIST \"\" \\(\"INBOX\" \"Junk\"\\) RETURN .*", script().lines("* LIST () \"/\" INBOX", "* STATUS INBOX (MESSAGES 9 UIDNEXT 10 UIDVALIDITY 7)",
							"* LIST () \"/\" Junk", "* STATUS Junk (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 8)", "${1} OK"))
					.on("(\\S+) STATUS \"INBOX\" .*", script().lines("* STATUS INBOX (MESSAGES 9 UIDNEXT 10 UIDVALIDITY 7)", "${1} OK"))
					.on("(\\S+) STATUS \"Junk\" .*", script().lines("* STATUS \"Junk\" (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 8)", "${1} OK"))
					.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close());
			try (ScriptedServer server = ScriptedServer.start(script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready").serve(rules))) {
				Finding quiet = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor()).arrivals(Optional.of(known));
				assertThat(quiet.reason().id()).as(Bench.everything(quiet)).isEqualTo(ArrivalReasons.QUIET);
				assertThat(quiet.facts()).as("nothing to be written anew").isEqualTo(known.facts());
				assertThat(server.received().lines().filter(line -> line.contains(" LIST ") || line.contains(" STATUS ") || line.contains(" CAPABILITY"))).as(extensions)
						.hasSize(extensions.isEmpty() ? 2 : 1);
			}
		}
	}

	@Test
	void noRoomIsNoMailbox() throws Exception {
		assertThat(imap(11, new Rules().on("(\\S+) STATUS .*", script().lines("${1} NO [INUSE] locked by another session"))).reason().id()).isEqualTo(Reasons.MAILBOX_BUSY);
		assertThat(imap(11, new Rules().on("(\\S+) EXAMINE .*", script().lines("${1} NO [LIMIT] too many"))).reason().id()).isEqualTo(Reasons.THROTTLED);
		assertThat(pop3(1, new Rules().on("STAT", script().lines("-ERR [IN-USE] maildrop is locked"))).reason().id()).isEqualTo(Reasons.MAILBOX_BUSY);
		assertThat(pop3(1, new Rules().on("UIDL", script().lines("-ERR unknown command"))).reason().id()).isEqualTo(ArrivalReasons.NO_UIDL);
	}
}
