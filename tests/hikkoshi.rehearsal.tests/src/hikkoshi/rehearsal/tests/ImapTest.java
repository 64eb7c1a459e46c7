package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.rehearsal.mail.LoginAttempt;
import hikkoshi.rehearsal.mail.MailFolder;
import hikkoshi.rehearsal.mail.MailLimits;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.mail.StoredMessage;

class ImapTest {

	private static final String MESSAGE = """
			From: "Alice, A." <alice@example.test>
			To: Bob <bob@example.test>, carol@example.test
			Subject: Moving
			\thouse
			Date: Mon, 23 Nov 2026 10:00:00 +0900
			Message-ID: <1@example.test>
			MIME-Version: 1.0
			Content-Type: multipart/mixed; boundary="b=1"

			preamble
			--b=1
			Content-Type: text/plain; charset=utf-8

			first part
			--b=1
			Content-Type: application/pdf; name="a.pdf"
			Content-Disposition: attachment; filename="a.pdf"
			Content-Transfer-Encoding: base64

			AAAA
			--b=1--
			epilogue
			""".replace("\n", "\r\n");

	private MailFixture mail;

	@BeforeEach
	void start() throws IOException {
		mail = new MailFixture();
	}

	@AfterEach
	void stop() {
		mail.close();
	}

	private MailFolder inbox() {
		return mail.server.store("alice").orElseThrow().inbox();
	}

	private StoredMessage add(String text, String... flags) {
		return inbox().append(text.getBytes(StandardCharsets.UTF_8), Instant.parse("2026-11-01T02:03:04Z"), Set.of(flags));
	}

	@Test
	void inClearTextThereIsNoLoginButTls() throws Exception {
		try (RawClient client = mail.open(MailService.IMAP)) {
			assertThat(client.line()).startsWith("* OK [CAPABILITY IMAP4rev1 ").contains("STARTTLS LOGINDISABLED").doesNotContain("AUTH=");
			assertThat(client.imap("a LOGIN alice x")).containsExactly("a NO [PRIVACYREQUIRED] STARTTLS first: no login in clear text");
			assertThat(client.imap("b AUTHENTICATE PLAIN " + MailFixture.plain("alice", "x"))).last().asString().startsWith("b NO [PRIVACYREQUIRED]");
			assertThat(mail.server.loginAttempts()).isEmpty();
			assertThat(client.imap("c STARTTLS")).containsExactly("c OK begin TLS");
			client.tls(mail.ca.clientContext(), MailFixture.NAME);
			assertThat(client.imap("d CAPABILITY")).first().asString().contains("AUTH=PLAIN AUTH=LOGIN").doesNotContain("LOGINDISABLED").doesNotContain("STARTTLS");
			assertThat(client.imap("e LOGIN bob@example.test bobs")).last().asString().startsWith("e OK [CAPABILITY ").contains("UIDPLUS");
			assertThat(client.imap("f STARTTLS")).last().asString().startsWith("f BAD");
			assertThat(client.imap("g LOGOUT")).containsExactly("* BYE old.example.test closing", "g OK bye");
			assertThat(client.line()).isEqualTo("<end>");
		}
	}

	@Test
	void whatFollowsStartTlsInClearTextIsForgotten() throws Exception {
		try (RawClient client = mail.greeted(MailService.IMAP)) {
			client.send("a STARTTLS\r\nb CAPABILITY\r\n");
			assertThat(client.line()).isEqualTo("a OK begin TLS");
			client.tls(mail.ca.clientContext(), MailFixture.NAME);
			assertThat(client.imap("c NOOP")).containsExactly("c OK done");
		}
	}

	@Test
	void everyWayToLogIn() throws Exception {
		String quoted = "\"" + new String("pä ss\\\"wörd\\\\1".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1) + "\"";
		String bytes = new String(MailFixture.PASSWORD.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.imap("a LOGIN alice " + quoted)).last().asString().startsWith("a OK");
		}
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.ask("a LOGIN {5}")).startsWith("+ ");
			assertThat(client.ask("alice {" + bytes.length() + "}")).startsWith("+ ");
			assertThat(client.ask(bytes)).startsWith("a OK");
		}
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.imap("a LOGIN {5+}\r\nalice {" + bytes.length() + "+}\r\n" + bytes)).last().asString().startsWith("a OK");
		}
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.ask("a AUTHENTICATE PLAIN")).isEqualTo("+ ");
			assertThat(client.ask(MailFixture.plain("alice", MailFixture.PASSWORD))).startsWith("a OK");
		}
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.ask("a AUTHENTICATE login")).isEqualTo("+ " + MailFixture.base64("Username:"));
			assertThat(client.ask(MailFixture.base64("alice"))).isEqualTo("+ " + MailFixture.base64("Password:"));
			assertThat(client.ask(MailFixture.base64(MailFixture.PASSWORD))).startsWith("a OK");
			assertThat(client.imap("b LOGIN alice x")).last().asString().startsWith("b BAD");
		}
		assertThat(mail.server.loginAttempts()).hasSize(5).allMatch(LoginAttempt::accepted).extracting(LoginAttempt::user).containsOnly("alice");
	}

	@Test
	void wrongCredentialsAreToldApartFromNonsense() throws Exception {
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.imap("a LOGIN alice wrong")).containsExactly("a NO [AUTHENTICATIONFAILED] user or password is wrong");
			assertThat(client.imap("b LOGIN nobody wrong")).containsExactly("b NO [AUTHENTICATIONFAILED] user or password is wrong");
			assertThat(client.imap("c AUTHENTICATE PLAIN " + MailFixture.plain("alice", "no"))).last().asString().startsWith("c NO [AUTHENTICATIONFAILED]");
			assertThat(client.imap("d AUTHENTICATE PLAIN !!!")).last().asString().startsWith("d BAD");
			assertThat(client.imap("e AUTHENTICATE SCRAM-SHA-1")).last().asString().startsWith("e NO no such mechanism");
			assertThat(client.ask("f AUTHENTICATE PLAIN")).isEqualTo("+ ");
			assertThat(client.ask("*")).isEqualTo("f BAD cancelled");
			assertThat(client.imap("g AUTHENTICATE PLAIN " + MailFixture.base64("bob@example.test\0alice\0" + MailFixture.PASSWORD))).last().asString()
					.startsWith("g NO [AUTHENTICATIONFAILED]");
			assertThat(client.imap("h SELECT INBOX")).last().asString().startsWith("h BAD");
			assertThat(client.imap("i LOGIN alice")).last().asString().startsWith("i BAD");
			assertThat(client.imap("j FROBNICATE")).last().asString().startsWith("j BAD unknown command");
		}
	}

	@Test
	void selectTellsWhatTheFolderIs() throws Exception {
		add(MESSAGE, "\\Seen");
		add("Subject: two\r\n\r\nx");
		try (RawClient client = mail.imap()) {
			long validity = inbox().uidValidity();
			assertThat(client.imap("a SELECT inbox")).contains("* 2 EXISTS", "* 0 RECENT", "* OK [UNSEEN 2] first unseen", "* OK [UIDNEXT 3] next UID",
					"* OK [UIDVALIDITY " + validity + "] UIDs valid", "a OK [READ-WRITE] selected");
			assertThat(client.imap("b EXAMINE INBOX")).last().isEqualTo("b OK [READ-ONLY] examined");
			assertThat(client.imap("c STORE 1 FLAGS (\\Deleted)")).last().asString().startsWith("c NO");
			assertThat(client.imap("d SELECT Nowhere")).last().asString().startsWith("d NO [NONEXISTENT]");
			assertThat(client.imap("e FETCH 1 FLAGS")).as("a failed SELECT leaves nothing selected").last().asString().startsWith("e BAD");
			assertThat(client.imap("f STATUS INBOX (MESSAGES UNSEEN UIDNEXT UIDVALIDITY RECENT)"))
					.first().isEqualTo("* STATUS \"INBOX\" (MESSAGES 2 UNSEEN 1 UIDNEXT 3 UIDVALIDITY " + validity + " RECENT 0)");
			assertThat(client.imap("g NAMESPACE")).first().isEqualTo("* NAMESPACE ((\"\" \"/\")) NIL NIL");
			assertThat(client.imap("h ID NIL")).first().asString().startsWith("* ID (\"name\"");
		}
	}

	@Test
	void fetchGivesEveryPartExactly() throws Exception {
		add(MESSAGE);
		try (RawClient client = mail.imap()) {
			client.imap("s SELECT INBOX");
			assertThat(client.imap("a FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)"))
					.first().isEqualTo("* 1 FETCH (UID 1 FLAGS () INTERNALDATE \"01-Nov-2026 02:03:04 +0000\" RFC822.SIZE " + MESSAGE.length() + ")");
			assertThat(literal(client, "b UID FETCH 1 BODY.PEEK[]", "* 1 FETCH (UID 1 BODY[] {")).isEqualTo(MESSAGE);
			assertThat(literal(client, "c FETCH 1 BODY.PEEK[HEADER]", "* 1 FETCH (BODY[HEADER] {")).isEqualTo(MESSAGE.substring(0, MESSAGE.indexOf("preamble")));
			assertThat(literal(client, "d FETCH 1 BODY.PEEK[TEXT]", "* 1 FETCH (BODY[TEXT] {")).isEqualTo(MESSAGE.substring(MESSAGE.indexOf("preamble")));
			assertThat(literal(client, "e FETCH 1 BODY.PEEK[HEADER.FIELDS (subject MESSAGE-ID)]", "* 1 FETCH (BODY[HEADER.FIELDS (subject MESSAGE-ID)] {"))
					.isEqualTo("Subject: Moving\r\n\thouse\r\nMessage-ID: <1@example.test>\r\n\r\n");
			assertThat(literal(client, "f FETCH 1 BODY.PEEK[1]", "* 1 FETCH (BODY[1] {")).isEqualTo("first part");
			assertThat(literal(client, "g FETCH 1 BODY.PEEK[2.MIME]", "* 1 FETCH (BODY[2.MIME] {")).startsWith("Content-Type: application/pdf").endsWith("\r\n\r\n");
			assertThat(literal(client, "h FETCH 1 BODY.PEEK[]<6.5>", "* 1 FETCH (BODY[]<6> {")).isEqualTo(MESSAGE.substring(6, 11));
			assertThat(client.imap("i FETCH 1 BODY.PEEK[3]")).first().isEqualTo("* 1 FETCH (BODY[3] NIL)");
			assertThat(client.imap("j FETCH 1 ENVELOPE")).as("a tab needs a literal").containsExactly(
					"* 1 FETCH (ENVELOPE (\"Mon, 23 Nov 2026 10:00:00 +0900\" {12}",
					"Moving\thouse ((\"Alice, A.\" NIL \"alice\" \"example.test\")) ((\"Alice, A.\" NIL \"alice\" \"example.test\")) "
							+ "((\"Alice, A.\" NIL \"alice\" \"example.test\")) ((\"Bob\" NIL \"bob\" \"example.test\")(NIL NIL \"carol\" \"example.test\")) "
							+ "NIL NIL NIL \"<1@example.test>\"))",
					"j OK done");
			assertThat(client.imap("k FETCH 1 BODYSTRUCTURE")).first().isEqualTo("* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"charset\" \"utf-8\") NIL NIL "
					+ "\"7BIT\" 10 0 NIL NIL NIL NIL)(\"APPLICATION\" \"PDF\" (\"name\" \"a.pdf\") NIL NIL \"BASE64\" 4 NIL (\"ATTACHMENT\" (\"filename\" "
					+ "\"a.pdf\")) NIL NIL) \"MIXED\" (\"boundary\" \"b=1\") NIL NIL NIL))");
			assertThat(inbox().messages().getFirst().flags()).as("peeking leaves no trace").isEmpty();
			assertThat(client.imap("l FETCH 1 (BODY[1])")).first().asString().startsWith("* 1 FETCH (FLAGS (\\Seen) BODY[1] {10}");
			assertThat(inbox().messages().getFirst().flags()).containsExactly("\\Seen");
			assertThat(client.imap("m FETCH 1 (NOTHING)")).last().asString().startsWith("m BAD");
			assertThat(client.imap("n FETCH 7 FLAGS")).containsExactly("n OK done");
		}
	}

	/// Sends a FETCH whose answer is one literal.
	private static String literal(RawClient client, String command, String start) throws IOException {
		String line = client.ask(command);
		assertThat(line).startsWith(start).endsWith("}");
		String content = client.bytes(Integer.parseInt(line.substring(start.length(), line.length() - 1)));
		assertThat(client.line()).isEqualTo(")");
		assertThat(client.line()).isEqualTo(command.substring(0, command.indexOf(' ')) + " OK done");
		return content;
	}

	@Test
	void appendStoreCopyMoveExpunge() throws Exception {
		try (RawClient client = mail.imap()) {
			client.imap("s SELECT INBOX");
			long validity = inbox().uidValidity();
			String message = "Subject: A\r\n\r\nbinary \u00ff\u0080\r\n.\r\n";
			assertThat(client.ask("a APPEND INBOX (\\seen $Custom) \" 1-Feb-2026 10:00:00 +0900\" {" + message.length() + "}")).startsWith("+ ");
			client.send(message + "\r\n");
			assertThat(client.until("a ")).containsExactly("* 1 EXISTS", "a OK [APPENDUID " + validity + " 1] appended");
			assertThat(inbox().messages().getFirst().text()).isEqualTo(message);
			assertThat(inbox().messages().getFirst().flags()).containsExactlyInAnyOrder("\\Seen", "$Custom");
			assertThat(inbox().messages().getFirst().received()).isEqualTo(Instant.parse("2026-02-01T01:00:00Z"));
			assertThat(client.imap("b APPEND INBOX {" + message.length() + "+}\r\n" + message)).contains("* 2 EXISTS");
			assertThat(inbox().messages().getLast().received()).isEqualTo(MailFixture.NOW);
			assertThat(client.imap("c APPEND Nowhere {1+}\r\nx")).last().asString().startsWith("c NO [TRYCREATE]");
			assertThat(client.imap("d CREATE Archive/2026")).last().isEqualTo("d OK created");
			assertThat(client.imap("e CREATE Archive/2026")).last().asString().startsWith("e NO [ALREADYEXISTS]");
			assertThat(client.imap("f UID COPY 1:* Archive/2026")).last().asString().matches("f OK \\[COPYUID \\d+ 1,2 1,2] copied");
			assertThat(client.imap("g STORE 2 +FLAGS (\\Deleted \\Flagged)")).containsExactly("* 2 FETCH (FLAGS (\\Deleted \\Flagged))", "g OK done");
			assertThat(client.imap("h UID STORE 2 -FLAGS.SILENT \\Flagged")).containsExactly("h OK done");
			assertThat(client.imap("i UID EXPUNGE 1")).containsExactly("i OK expunged");
			assertThat(client.imap("j EXPUNGE")).containsExactly("* 2 EXPUNGE", "j OK expunged");
			assertThat(client.imap("k MOVE 1 Archive/2026")).hasSize(3).element(1).isEqualTo("* 1 EXPUNGE");
			assertThat(inbox().messages()).isEmpty();
			assertThat(mail.server.store("alice").orElseThrow().folder("Archive/2026").orElseThrow().messages()).extracting(StoredMessage::uid)
					.containsExactly(1L, 2L, 3L);
			assertThat(client.imap("l STORE 1 FLAGS (\\Bogus)")).last().asString().startsWith("l BAD");
			assertThat(client.imap("m DELETE INBOX")).last().asString().startsWith("m NO");
			assertThat(client.imap("n RENAME Archive/2026 Old")).last().isEqualTo("n OK renamed");
			assertThat(client.imap("o UNSELECT")).last().isEqualTo("o OK closed");
		}
	}

	@Test
	void listMatchesWildcards() throws Exception {
		var store = mail.server.store("alice").orElseThrow();
		List.of("Sent", "Archive", "Archive/2025", "Archive/2025/Q1", "a*b").forEach(store::create);
		try (RawClient client = mail.imap()) {
			assertThat(client.imap("a LIST \"\" \"\"")).first().isEqualTo("* LIST (\\Noselect) \"/\" \"\"");
			assertThat(names(client.imap("b LIST \"\" *"))).containsExactly("Archive", "Archive/2025", "Archive/2025/Q1", "INBOX", "Sent", "a*b");
			assertThat(names(client.imap("c LIST \"\" %"))).containsExactly("Archive", "INBOX", "Sent", "a*b");
			assertThat(names(client.imap("d LIST Archive/ %"))).containsExactly("Archive/2025");
			assertThat(names(client.imap("e LIST \"\" inbox"))).containsExactly("INBOX");
			assertThat(names(client.imap("f LIST \"\" *2*Q%"))).containsExactly("Archive/2025/Q1");
			assertThat(names(client.imap("g LIST \"\" " + "*a".repeat(400)))).isEmpty();
			assertThat(client.imap("h LIST \"\" Archive")).first().asString().startsWith("* LIST (\\HasChildren)");
		}
	}

	private static List<String> names(List<String> lines) {
		return lines.stream().filter(line -> line.startsWith("* LIST")).map(line -> line.substring(line.indexOf("\"/\" \"") + 5).replace("\"", "")).toList();
	}

	@Test
	void searchFindsByEveryKindOfKey() throws Exception {
		add(MESSAGE, "\\Seen");
		add("From: Zoë <zoe@example.test>\r\nSubject: two\r\nDate: Wed, 4 Nov 2026 00:30:00 +0900\r\n\r\nshort", "\\Flagged", "$Junk");
		add("Subject: three\r\n\r\nlonger " + "x".repeat(2_000));
		inbox().remove(List.of(1L));
		add(MESSAGE);
		// uids are 2, 3, 4 now
		try (RawClient client = mail.imap()) {
			client.imap("s SELECT INBOX");
			assertThat(found(client, "ALL")).isEqualTo("1 2 3");
			assertThat(client.imap("u UID SEARCH ALL")).first().isEqualTo("* SEARCH 2 3 4");
			assertThat(found(client, "UID 3:*")).isEqualTo("2 3");
			assertThat(found(client, "3:*")).isEqualTo("3");
			assertThat(found(client, "9:*")).isEqualTo("3");
			assertThat(found(client, "FLAGGED")).isEqualTo("1");
			assertThat(found(client, "UNSEEN NOT FLAGGED")).isEqualTo("2 3");
			assertThat(found(client, "KEYWORD $Junk")).isEqualTo("1");
			assertThat(found(client, "SUBJECT \"TWO\"")).isEqualTo("1");
			assertThat(found(client, "OR SUBJECT two SUBJECT three")).isEqualTo("1 2");
			assertThat(found(client, "HEADER Message-ID <1@example.test>")).isEqualTo("3");
			assertThat(found(client, "CHARSET UTF-8 FROM {4+}\r\nzo\u00c3\u00ab")).isEqualTo("1");
			assertThat(found(client, "(BODY longer LARGER 1000)")).isEqualTo("2");
			assertThat(found(client, "SMALLER 1000 TEXT preamble")).isEqualTo("3");
			assertThat(found(client, "SINCE 1-Nov-2026 BEFORE 2-nov-2026")).isEqualTo("1 2 3");
			assertThat(found(client, "SENTON 4-Nov-2026")).isEqualTo("1");
			assertThat(found(client, "SENTSINCE 5-Nov-2026")).isEqualTo("3");
			assertThat(client.imap("x SEARCH CHARSET KOI8-R ALL")).last().asString().startsWith("x NO [BADCHARSET");
			assertThat(client.imap("y SEARCH SINCE yesterday")).last().asString().startsWith("y BAD");
			assertThat(client.imap("z SEARCH " + "(".repeat(500) + "ALL" + ")".repeat(500))).last().asString().startsWith("z BAD");
		}
	}

	private static String found(RawClient client, String keys) throws IOException {
		List<String> lines = client.imap("q SEARCH " + keys);
		assertThat(lines).last().isEqualTo("q OK done");
		return lines.getFirst().substring("* SEARCH".length()).trim();
	}

	@Test
	void aSecondSessionsChangesAreToldBetweenCommands() throws Exception {
		add("Subject: 1\r\n\r\n");
		add("Subject: 2\r\n\r\n");
		add("Subject: 3\r\n\r\n");
		try (RawClient client = mail.imap(); RawClient other = mail.imap()) {
			client.imap("s SELECT INBOX");
			other.imap("s SELECT INBOX");
			other.imap("a STORE 1,3 +FLAGS (\\Deleted)");
			other.imap("b STORE 2 +FLAGS (\\Answered)");
			other.imap("c EXPUNGE");
			add("Subject: 4\r\n\r\n");
			assertThat(client.imap("d FETCH 1:* (UID)")).as("sequence numbers stay put during FETCH").containsExactly("* 2 FETCH (UID 2)",
					"* 4 EXISTS", "d OK done");
			assertThat(client.imap("e NOOP")).containsExactly("* 3 EXPUNGE", "* 1 EXPUNGE", "e OK done");
			assertThat(client.imap("f FETCH 1:* (UID FLAGS)")).containsExactly("* 1 FETCH (UID 2 FLAGS (\\Answered))", "* 2 FETCH (UID 4 FLAGS ())", "f OK done");
		}
	}

	@Test
	void accountsComeAndGoWhileTheServerRuns() throws Exception {
		assertThat(mail.server.removeAccount("alice")).isTrue();
		assertThat(mail.server.removeAccount("alice")).isFalse();
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.imap("a AUTHENTICATE PLAIN " + MailFixture.plain("alice", MailFixture.PASSWORD))).last().asString().contains("[AUTHENTICATIONFAILED]");
			mail.server.addAccount("alice", "alice@example.test", MailFixture.PASSWORD.toCharArray());
			assertThat(client.imap("b AUTHENTICATE PLAIN " + MailFixture.plain("alice", MailFixture.PASSWORD))).last().asString().startsWith("b OK");
		}
	}

	@Test
	void boundsAreKept() throws Exception {
		try (RawClient client = mail.greeted(MailService.IMAP)) {
			client.send("a NOOP " + "x".repeat(20_000));
			assertThat(client.drain()).isEqualTo("* BYE line too long\r\n");
		}
		try (RawClient client = mail.greeted(MailService.IMAPS)) {
			assertThat(client.imap("a LOGIN {1000000}")).as("before login nobody may send much").containsExactly("a BAD literal too long");
			client.send("b LOGIN {1000000+}\r\n");
			assertThat(client.drain()).isEqualTo("* BYE literal too long\r\n");
		}
		try (RawClient client = mail.imap()) {
			assertThat(client.imap("a APPEND INBOX {9999999999}")).containsExactly("a NO [TOOBIG] literal too long");
			assertThat(client.imap("b NOOP")).containsExactly("b OK done");
		}
		try (RawClient client = mail.greeted(MailService.IMAP)) {
			client.send("? ?\r\n".repeat(25));
			assertThat(client.drain()).endsWith("* BYE too many errors\r\n");
		}
	}

	@Test
	void tooManyConnectionsAreTurnedAway() throws Exception {
		try (MailFixture small = new MailFixture(settings -> settings.withLimits(MailLimits.standard().withConnections(1)));
				RawClient first = small.greeted(MailService.IMAP);
				RawClient second = small.open(MailService.IMAP)) {
			assertThat(second.line()).startsWith("* BYE [UNAVAILABLE]");
			assertThat(first.imap("a NOOP")).containsExactly("a OK done");
		}
	}
}
