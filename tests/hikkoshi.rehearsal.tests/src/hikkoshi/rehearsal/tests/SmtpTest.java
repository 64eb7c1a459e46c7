package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.rehearsal.mail.LoginAttempt;
import hikkoshi.rehearsal.mail.MailLimits;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.mail.StoredMessage;

class SmtpTest {

	private MailFixture mail;

	@BeforeEach
	void start() throws IOException {
		mail = new MailFixture(settings -> settings.withLimits(MailLimits.standard().withMessage(100_000)));
	}

	@AfterEach
	void stop() {
		mail.close();
	}

	private List<StoredMessage> inbox(String user) {
		return mail.server.store(user).orElseThrow().inbox().messages();
	}

	/// Greeted, in TLS, after EHLO.
	private RawClient secure(MailService service) throws IOException {
		RawClient client = mail.open(service);
		client.reply();
		if (!service.implicitTls()) {
			client.smtp("EHLO me.test");
			client.smtp("STARTTLS");
			client.tls(mail.ca.clientContext(), MailFixture.NAME);
		}
		client.smtp("EHLO me.test");
		return client;
	}

	@Test
	void theMxDeliversToItsMailboxesAndNowhereElse() throws Exception {
		try (RawClient client = mail.open(MailService.MX)) {
			assertThat(client.reply()).containsExactly("220 old.example.test ESMTP rehearsal server");
			assertThat(client.smtp("EHLO sender.test")).containsExactly("250-old.example.test greets sender.test", "250-PIPELINING", "250-SIZE 100000",
					"250-8BITMIME", "250-ENHANCEDSTATUSCODES", "250 STARTTLS");
			assertThat(client.smtp("MAIL FROM:<x@sender.test> SIZE=30 BODY=8BITMIME")).containsExactly("250 2.1.0 OK");
			assertThat(client.smtp("RCPT TO:<nobody@example.test>")).containsExactly("550 5.1.1 no such mailbox here");
			assertThat(client.smtp("RCPT TO:<alice@elsewhere.test>")).containsExactly("550 5.7.1 no relaying");
			assertThat(client.smtp("DATA")).containsExactly("554 5.5.1 no valid recipients");
			assertThat(client.smtp("RCPT TO:<Alice@EXAMPLE.test>")).containsExactly("250 2.1.5 OK");
			assertThat(client.smtp("DATA")).first().asString().startsWith("354 ");
			assertThat(client.smtp("Subject: hello\r\n\r\n..dot\r\n..\r\n\u00e4\r\n.")).first().asString().startsWith("250 2.0.0 queued as ");
			assertThat(client.smtp("QUIT")).first().asString().startsWith("221 ");
			assertThat(client.line()).isEqualTo("<end>");
		}
		assertThat(inbox("alice")).singleElement().satisfies(message -> {
			assertThat(message.text()).matches("(?s)Return-Path: <x@sender.test>\r\nReceived: from sender.test \\(\\[127.0.0.1]\\)\r\n"
					+ "\tby old.example.test with ESMTP id \\w+\r\n\tfor <Alice@EXAMPLE.test>;\r\n\tTue, 24 Nov 2026 12:34:56 \\+0000\r\n"
					+ "Subject: hello\r\n\r\n\\.dot\r\n\\.\r\n\u00e4\r\n");
			assertThat(message.received()).isEqualTo(MailFixture.NOW);
		});
	}

	@Test
	void submissionWantsTlsThenALogin() throws Exception {
		try (RawClient client = mail.open(MailService.SUBMISSION)) {
			client.reply();
			assertThat(client.smtp("EHLO me.test")).contains("250 STARTTLS").noneMatch(line -> line.contains("AUTH"));
			assertThat(client.smtp("AUTH PLAIN " + MailFixture.plain("alice", MailFixture.PASSWORD))).containsExactly("530 5.7.0 STARTTLS first");
			assertThat(client.smtp("MAIL FROM:<alice@example.test>")).containsExactly("530 5.7.0 STARTTLS first");
			assertThat(client.smtp("STARTTLS")).first().asString().startsWith("220 ");
			client.tls(mail.ca.clientContext(), MailFixture.NAME);
			assertThat(client.smtp("MAIL FROM:<alice@example.test>")).as("TLS begins anew").containsExactly("503 5.5.1 EHLO first");
			assertThat(client.smtp("EHLO me.test")).contains("250 AUTH PLAIN LOGIN").noneMatch(line -> line.contains("STARTTLS"));
			assertThat(client.smtp("MAIL FROM:<alice@example.test>")).containsExactly("530 5.7.0 log in first");
			assertThat(client.smtp("AUTH PLAIN " + MailFixture.plain("alice", "wrong"))).containsExactly("535 5.7.8 user or password is wrong");
			assertThat(client.smtp("AUTH PLAIN ====")).first().asString().startsWith("501 5.5.2");
			assertThat(client.smtp("AUTH CRAM-MD5")).first().asString().startsWith("504 ");
			assertThat(client.smtp("AUTH LOGIN")).containsExactly("334 " + MailFixture.base64("Username:"));
			assertThat(client.smtp("*")).first().asString().startsWith("501 5.7.0");
			assertThat(client.smtp("AUTH PLAIN")).containsExactly("334 ");
			assertThat(client.smtp(MailFixture.plain("alice", MailFixture.PASSWORD))).first().asString().startsWith("235 ");
			assertThat(client.smtp("AUTH PLAIN x")).first().asString().startsWith("503 ");
			assertThat(client.smtp("MAIL FROM:<alice@example.test>")).first().asString().startsWith("250 ");
			assertThat(client.smtp("RCPT TO:<x@elsewhere.test>")).as("not even with a login").containsExactly("550 5.7.1 no relaying");
			assertThat(client.smtp("RCPT TO:<bob@example.test>")).first().asString().startsWith("250 ");
			assertThat(client.smtp("RCPT TO:<alice@example.test>")).first().asString().startsWith("250 ");
			client.smtp("DATA");
			assertThat(client.smtp("Subject: hi\r\n\r\n.")).first().asString().startsWith("250 ");
		}
		assertThat(inbox("alice")).hasSize(1);
		assertThat(inbox("bob@example.test")).singleElement().satisfies(message -> assertThat(message.text()).contains(" with ESMTPSA id ")
				.as("no recipient learns of another").doesNotContain("for <"));
		assertThat(mail.server.loginAttempts()).extracting(LoginAttempt::accepted).containsExactly(false, true);
	}

	@ParameterizedTest
	@EnumSource(names = { "SUBMISSION", "SUBMISSIONS" })
	void authLogin(MailService service) throws Exception {
		try (RawClient client = secure(service)) {
			assertThat(client.smtp("AUTH LOGIN " + MailFixture.base64("alice"))).containsExactly("334 " + MailFixture.base64("Password:"));
			assertThat(client.smtp(MailFixture.base64(MailFixture.PASSWORD))).first().asString().startsWith("235 ");
			assertThat(mail.server.loginAttempts().getLast().service()).isEqualTo(service);
		}
	}

	@Test
	void theMxTakesNoLoginsButTls() throws Exception {
		try (RawClient client = secure(MailService.MX)) {
			assertThat(client.smtp("EHLO x.test")).noneMatch(line -> line.contains("AUTH"));
			assertThat(client.smtp("AUTH PLAIN " + MailFixture.plain("alice", MailFixture.PASSWORD))).first().asString().startsWith("502 ");
			assertThat(client.smtp("STARTTLS")).first().asString().startsWith("503 ");
		}
	}

	@Test
	void pipelinedCommandsAreAnsweredInOrder() throws Exception {
		try (RawClient client = mail.open(MailService.MX)) {
			client.reply();
			client.send("EHLO a.test\r\nMAIL FROM:<>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\nSubject: p\r\n\r\n.\r\nRSET\r\nNOOP\r\nQUIT\r\n");
			assertThat(client.reply()).last().isEqualTo("250 STARTTLS");
			assertThat(client.until("221")).extracting(line -> line.substring(0, 3)).containsExactly("250", "250", "354", "250", "250", "250", "221");
		}
		assertThat(inbox("alice")).hasSize(1);
	}

	@Test
	void aBareLineFeedDoesNotEndAMessage() throws Exception {
		try (RawClient client = mail.open(MailService.MX)) {
			client.reply();
			client.smtp("EHLO a.test");
			client.smtp("MAIL FROM:<x@a.test>");
			client.smtp("RCPT TO:<alice@example.test>");
			client.smtp("DATA");
			client.send("Subject: 1\r\n\r\nbody\n.\nMAIL FROM:<evil@a.test>\r\n.\rx\r\n.\r\n");
			assertThat(client.reply()).first().asString().startsWith("250 2.0.0");
			assertThat(client.smtp("NOOP")).containsExactly("250 2.0.0 OK");
		}
		assertThat(inbox("alice")).singleElement().satisfies(message -> assertThat(message.text()).endsWith("body\n.\nMAIL FROM:<evil@a.test>\r\n\rx\r\n"));
	}

	@Test
	void sizesAreBounded() throws Exception {
		try (RawClient client = mail.open(MailService.MX)) {
			client.reply();
			client.smtp("EHLO a.test");
			assertThat(client.smtp("MAIL FROM:<x@a.test> SIZE=100001")).containsExactly("552 5.3.4 too big");
			client.smtp("MAIL FROM:<x@a.test>");
			client.smtp("RCPT TO:<alice@example.test>");
			client.smtp("DATA");
			assertThat(client.smtp("x".repeat(100_001) + "\r\n.")).containsExactly("552 5.3.4 too big");
			assertThat(client.smtp("NOOP")).containsExactly("250 2.0.0 OK");
			client.send("x".repeat(20_000) + "\r\n");
			assertThat(client.drain()).isEqualTo("500 5.5.2 line too long\r\n");
		}
		assertThat(inbox("alice")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			MAIL FROM:<x@a.test>                | 503 5.5.1 EHLO first
			EHLO                                | 501 5.5.4 say who you are
			EHLO two words                      | 501 5.5.4 say who you are
			RCPT TO:<alice@example.test>        | 503 5.5.1 MAIL first
			DATA                                | 503 5.5.1 MAIL first
			STARTTLS now                        | 501 5.5.4 STARTTLS takes no argument
			VRFY alice                          | 252 2.5.0 cannot say, try to send
			EXPN all                            | 502 5.5.1 not here
			HELO me                             | 250 old.example.test
			BOGUS                               | 500 5.5.1 unknown command
			""")
	void outOfOrderOrUnknown(String command, String answer) throws Exception {
		try (RawClient client = mail.open(MailService.MX)) {
			client.reply();
			assertThat(client.smtp(command)).containsExactly(answer);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			MAIL FROM: <x@a.test>                  | 250
			MAIL from:<>                           | 250
			MAIL FROM:<@relay.test:x@a.test>       | 250
			MAIL FROM:<"odd @ local"@a.test>       | 250
			MAIL FROM:<x y@a.test>                 | 501
			MAIL FROM:x@a.test                     | 501
			MAIL FROM:<x@a.test                    | 501
			MAIL FROM:<x@a.test> BODY=BINARYMIME   | 501
			MAIL FROM:<x@a.test> SIZE=many         | 501
			MAIL FROM:<x@a.test> SMTPUTF8          | 555
			MAIL FROM:<x@a.test> AUTH=<>           | 555
			""")
	void senders(String command, String code) throws Exception {
		try (RawClient client = mail.open(MailService.MX)) {
			client.reply();
			client.smtp("EHLO a.test");
			assertThat(client.smtp(command)).first().asString().startsWith(code);
		}
	}

	@Test
	void postmasterIsAlwaysThere() throws Exception {
		try (RawClient client = mail.open(MailService.MX)) {
			client.reply();
			client.smtp("HELO a.test");
			client.smtp("MAIL FROM:<>");
			assertThat(client.smtp("RCPT TO:<postmaster>")).first().asString().startsWith("250");
			assertThat(client.smtp("RCPT TO:<Postmaster@example.test>")).first().asString().startsWith("250");
			client.smtp("DATA");
			client.smtp("Subject: help\r\n.");
		}
		assertThat(mail.server.postmaster().inbox().messages()).singleElement().asString().contains("uid=1");
	}
}
