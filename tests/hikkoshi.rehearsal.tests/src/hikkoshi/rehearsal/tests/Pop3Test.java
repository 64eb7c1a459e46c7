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

import hikkoshi.rehearsal.mail.MailFolder;
import hikkoshi.rehearsal.mail.MailService;

class Pop3Test {

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
		return mail.server.store("bob@example.test").orElseThrow().inbox();
	}

	private void add(String text) {
		inbox().append(text.getBytes(StandardCharsets.ISO_8859_1), Instant.EPOCH, Set.of());
	}

	private RawClient bob() throws IOException {
		RawClient client = mail.greeted(MailService.POP3S);
		client.ask("USER bob@example.test");
		assertThat(client.ask("PASS bobs")).startsWith("+OK");
		return client;
	}

	@Test
	void inClearTextThereIsNoLoginButTls() throws Exception {
		try (RawClient client = mail.open(MailService.POP3)) {
			assertThat(client.line()).isEqualTo("+OK old.example.test POP3 rehearsal server ready");
			client.send("CAPA\r\n");
			assertThat(client.until(".")).contains("STLS", "RESP-CODES", "AUTH-RESP-CODE").doesNotContain("USER").noneMatch(line -> line.startsWith("SASL"));
			assertThat(client.ask("USER bob@example.test")).isEqualTo("-ERR STLS first: no login in clear text");
			assertThat(client.ask("AUTH PLAIN " + MailFixture.plain("bob@example.test", "bobs"))).startsWith("-ERR STLS first");
			client.send("STLS\r\nUSER injected\r\n");
			assertThat(client.line()).isEqualTo("+OK begin TLS");
			client.tls(mail.ca.clientContext(), MailFixture.NAME);
			assertThat(client.ask("PASS x")).as("what came before TLS does not count").isEqualTo("-ERR USER first");
			client.send("CAPA\r\n");
			assertThat(client.until(".")).contains("USER", "SASL PLAIN LOGIN").doesNotContain("STLS");
			assertThat(client.ask("AUTH PLAIN " + MailFixture.plain("bob@example.test", "bobs"))).isEqualTo("+OK 0 messages");
			assertThat(client.ask("STLS")).startsWith("-ERR");
			assertThat(client.ask("QUIT")).isEqualTo("+OK bye");
			assertThat(client.line()).isEqualTo("<end>");
		}
		assertThat(mail.server.loginAttempts()).hasSize(1);
	}

	@Test
	void loginsThatFail() throws Exception {
		try (RawClient client = mail.greeted(MailService.POP3S)) {
			assertThat(client.ask("STAT")).isEqualTo("-ERR log in first");
			client.ask("USER bob@example.test");
			assertThat(client.ask("PASS wrong")).isEqualTo("-ERR [AUTH] user or password is wrong");
			assertThat(client.ask("PASS bobs")).as("USER again first").startsWith("-ERR USER first");
			assertThat(client.ask("AUTH CRAM-MD5")).isEqualTo("-ERR no such mechanism");
			assertThat(client.ask("AUTH PLAIN")).isEqualTo("+ ");
			assertThat(client.ask("*")).isEqualTo("-ERR cancelled");
			assertThat(client.ask("AUTH PLAIN")).isEqualTo("+ ");
			assertThat(client.ask("%%%")).isEqualTo("-ERR that is not base64");
		}
		try (RawClient first = bob(); RawClient second = mail.greeted(MailService.POP3S)) {
			second.ask("USER bob@example.test");
			assertThat(second.ask("PASS bobs")).startsWith("-ERR [IN-USE]");
			assertThat(first.ask("QUIT")).startsWith("+OK");
			assertThat(first.line()).isEqualTo("<end>");
			second.ask("USER bob@example.test");
			assertThat(second.ask("PASS bobs")).startsWith("+OK");
		}
	}

	@Test
	void readListAndDelete() throws Exception {
		add("Subject: 1\r\n\r\n.one\r\ntwo\r\nthree\r\n");
		add("Subject: 2\r\n\r\n\u00e4");
		long validity = inbox().uidValidity();
		try (RawClient client = bob()) {
			assertThat(client.ask("STAT")).isEqualTo("+OK 2 47");
			client.send("LIST\r\nUIDL\r\n");
			assertThat(client.until(".")).containsExactly("+OK listing follows", "1 32", "2 15", ".");
			assertThat(client.until(".")).containsExactly("+OK listing follows", "1 " + validity + ".1", "2 " + validity + ".2", ".");
			assertThat(client.ask("UIDL 2")).isEqualTo("+OK 2 " + validity + ".2");
			assertThat(client.ask("LIST 3")).isEqualTo("-ERR no such message");
			client.send("RETR 1\r\n");
			assertThat(lines(client, 7)).containsExactly("+OK 32 octets", "Subject: 1", "", "..one", "two", "three", ".");
			client.send("TOP 1 1\r\n");
			assertThat(lines(client, 5)).containsExactly("+OK top of message follows", "Subject: 1", "", "..one", ".");
			client.send("TOP 1 0\r\n");
			assertThat(lines(client, 4)).endsWith("Subject: 1", "", ".");
			assertThat(client.ask("TOP 1 -1")).startsWith("-ERR");
			assertThat(client.ask("DELE 1")).startsWith("+OK");
			assertThat(client.ask("DELE 1")).startsWith("-ERR");
			assertThat(client.ask("RETR 1")).startsWith("-ERR");
			assertThat(client.ask("RSET")).startsWith("+OK");
			assertThat(client.ask("DELE 2")).startsWith("+OK");
			assertThat(client.ask("STAT")).isEqualTo("+OK 1 32");
			client.ask("QUIT");
		}
		assertThat(inbox().messages()).singleElement().satisfies(message -> assertThat(message.uid()).isEqualTo(1));
	}

	private static List<String> lines(RawClient client, int count) throws IOException {
		String[] lines = new String[count];
		for (int i = 0; i < count; i++) {
			lines[i] = client.line();
		}
		return List.of(lines);
	}

	@Test
	void withoutQuitNothingIsDeleted() throws Exception {
		add("Subject: 1\r\n\r\n");
		try (RawClient client = bob()) {
			client.ask("DELE 1");
		}
		assertThat(inbox().messages()).hasSize(1);
	}
}
