package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.rehearsal.mail.MailFolder;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.mail.StoredMessage;
import hikkoshi.testkit.Wait;

/// Whatever clients send, sessions end in order, and the server goes on.
@Timeout(120)
class HostileClientTest {

	private final Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
	private Thread.UncaughtExceptionHandler before;
	private MailFixture mail;

	@BeforeEach
	void start() throws Exception {
		before = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> bugs.add(bug));
		mail = new MailFixture();
	}

	@AfterEach
	void stop() {
		mail.close();
		Thread.setDefaultUncaughtExceptionHandler(before);
	}

	private static final List<String> IMAP = List.of("a SELECT INBOX", "b FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT \"X\")]<0.10> BODYSTRUCTURE ENVELOPE)",
			"c UID SEARCH OR SUBJECT \"x\" NOT (SINCE 1-Jan-2026 UID 1:*)", "d STORE 1 +FLAGS (\\Seen $X)",
			"e APPEND INBOX (\\Seen) \"01-Feb-2026 10:00:00 +0900\" {3+}",
			"x", "f LIST \"\" \"*%\"", "g STATUS INBOX (MESSAGES UIDNEXT)", "h COPY 1 INBOX", "i CREATE a/b", "j RENAME a/b c", "k UID EXPUNGE 1", "l ID (\"a\" \"b\")",
			"m UID FETCH 1,2:3,* BODY[1.2.MIME]", "n CLOSE", "o EXAMINE INBOX", "p NAMESPACE", "q AUTHENTICATE PLAIN =", "r LOGIN a b");
	private static final List<String> POP3 = List.of("STAT", "LIST", "UIDL 1", "TOP 1 2", "RETR 1", "DELE 1", "RSET", "NOOP", "CAPA", "USER x", "PASS y");
	private static final List<String> SMTP = List.of("EHLO a", "MAIL FROM:<a@b> SIZE=10 BODY=8BITMIME", "RCPT TO:<alice@example.test>", "DATA", ".", "RSET",
			"VRFY x", "MAIL FROM:<\"a b\"@c>", "RCPT TO:<@x:alice@example.test>", "AUTH LOGIN", "HELO x");

	@Test
	void mutatedSessionsDoNoHarm() throws Exception {
		Random random = new Random(20261124);
		for (int round = 0; round < 80; round++) {
			mail.server.store("alice").orElseThrow().inbox().append(message(random), MailFixture.NOW, Set.of());
			try (RawClient imap = mail.imap()) {
				imap.send(mutated(IMAP, random) + "\r\nzz LOGOUT\r\n");
				imap.send("\r\n".repeat(3));
				// a mutated literal may still wait for its bytes: leaving is the test, not the answer
			}
			try (RawClient pop = mail.greeted(MailService.POP3S)) {
				pop.ask("AUTH PLAIN " + MailFixture.plain("alice", MailFixture.PASSWORD));
				pop.send(mutated(POP3, random) + "\r\nQUIT\r\n");
			}
			try (RawClient smtp = mail.greeted(MailService.MX)) {
				smtp.send(mutated(SMTP, random) + "\r\n.\r\nQUIT\r\n");
			}
		}
		Wait.until("all sessions are over", () -> mail.server.connections() == 0);
		assertThat(bugs).isEmpty();
		try (RawClient imap = mail.imap()) {
			assertThat(imap.imap("a NOOP")).containsExactly("a OK done");
		}
	}

	private static String mutated(List<String> commands, Random random) {
		StringBuilder session = new StringBuilder();
		for (int i = 0; i < 12; i++) {
			StringBuilder line = new StringBuilder(commands.get(random.nextInt(commands.size())));
			for (int k = random.nextInt(3); k > 0 && !line.isEmpty(); k--) {
				int at = random.nextInt(line.length());
				switch (random.nextInt(4)) {
				case 0 -> line.setCharAt(at, (char) random.nextInt(256));
				case 1 -> line.deleteCharAt(at);
				case 2 -> line.insert(at, "()[]{}<>\"\\*%, \u0000\u00ff".charAt(random.nextInt(16)));
				default -> line.insert(at, line.substring(at));
				}
			}
			session.append(line).append("\r\n");
		}
		return session.toString();
	}

	private static byte[] message(Random random) {
		StringBuilder text = new StringBuilder("From: a <a@b>, \"x\\\" <c@d>\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\nDate: never\r\n\r\n");
		for (int i = 0; i < 20; i++) {
			text.append(List.of("--b", "--b--", "Content-Type: message/rfc822", "Content-Type: multipart/x; boundary=b", "", "text", " folded", ":", "Subject")
					.get(random.nextInt(9))).append(random.nextInt(8) == 0 ? "\n" : "\r\n");
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
		for (int k = random.nextInt(6); k > 0; k--) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
		}
		return bytes;
	}

	@Test
	void hostileMessagesAreShownInSomeWay() throws Exception {
		MailFolder inbox = mail.server.store("alice").orElseThrow().inbox();
		inbox.append(("Content-Type: message/rfc822\r\n\r\n".repeat(2_000) + "end").getBytes(StandardCharsets.ISO_8859_1), MailFixture.NOW, Set.of());
		inbox.append(("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\n".repeat(5_000)).getBytes(StandardCharsets.ISO_8859_1), MailFixture.NOW,
				Set.of());
		inbox.append(("To: " + "(".repeat(50_000) + "a@b" + "\"".repeat(50_001) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1), MailFixture.NOW, Set.of());
		inbox.append(("Content-Type: a/b; " + "x=\"\\\"".repeat(20_000) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1), MailFixture.NOW, Set.of());
		inbox.append(new byte[0], MailFixture.NOW, Set.of());
		try (RawClient client = mail.imap()) {
			client.imap("a SELECT INBOX");
			assertThat(client.imap("b FETCH 1:* (ENVELOPE BODYSTRUCTURE BODY)")).last().isEqualTo("b OK done");
			assertThat(client.imap("c SEARCH OR SUBJECT x OR SENTSINCE 1-Jan-2026 TO x")).last().isEqualTo("c OK done");
		}
		assertThat(bugs).isEmpty();
	}

	@Test
	void manyClientsAtOnce() throws Exception {
		int clients = 200;
		CountDownLatch together = new CountDownLatch(clients);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<String>> answers = IntStream.range(0, clients).mapToObj(i -> threads.submit(() -> {
				try (RawClient client = mail.imap()) {
					together.countDown();
					together.await();
					client.imap("a APPEND INBOX {1+}\r\nx");
					client.imap("b SELECT INBOX");
					return client.imap("c LOGOUT").getLast();
				}
			})).toList();
			for (Future<String> answer : answers) {
				assertThat(answer.get()).isEqualTo("c OK bye");
			}
		}
		assertThat(mail.server.store("alice").orElseThrow().inbox().messages()).hasSize(clients).extracting(StoredMessage::uid).isSorted().doesNotHaveDuplicates();
		assertThat(bugs).isEmpty();
	}
}
