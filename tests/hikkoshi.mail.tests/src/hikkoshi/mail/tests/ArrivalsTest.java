package hikkoshi.mail.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.rehearsal.mail.MailFolder;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// What came into a mailbox since the last look, at a server that behaves.
class ArrivalsTest {
	private static final String CANARY = "abcdefghijklmnopqrstuvwxyz";

	private MailServer server;
	private ThrowAwayCa ca;

	@BeforeEach
	void start() throws Exception {
		ca = ThrowAwayCa.create("Rehearsal", Instant.now());
		server = MailServer.start(MailServerSettings.of(Bench.NAME, Set.of("example.test"), ca.issue(List.of(Bench.NAME), Validity.around(Instant.now()))));
		server.addAccount(Bench.USER, "anna@example.test", Bench.PASSWORD.toCharArray());
	}

	@AfterEach
	void stop() {
		server.close();
	}

	private Finding look(Protocol protocol, Finding... before) throws Exception {
		MailService service = protocol == Protocol.IMAP ? MailService.IMAPS : MailService.POP3S;
		return new Bench().at(protocol, Security.TLS, server.port(service)).trust(ca.certificate()).arrivals(Optional.ofNullable(before.length == 0 ? null : before[0]));
	}

	private MailFolder inbox() {
		return server.store(Bench.USER).orElseThrow().inbox();
	}

	private static void deliver(MailFolder folder, String sender, String... more) {
		String message = "Return-Path: <bob@" + sender + ">\r\nReceived: from " + sender + " (" + sender + " [198.51.100.7])\r\n\tby " + Bench.NAME
				+ " with ESMTPS id q; Tue, 24 Nov 2026 12:00:00 +0000\r\nFrom: Bob <bob@" + sender + ">\r\n" + String.join("", more)
				+ "Subject: nobody's business\r\n\r\nThe body is nobody's business either.\r\n";
		folder.append(message.getBytes(StandardCharsets.US_ASCII), Instant.now(), Set.of());
	}

	private static ArrivalFacts facts(Finding finding) {
		return ArrivalFacts.in(finding.facts()).orElseThrow(() -> new AssertionError(Bench.everything(finding)));
	}

	private static List<String> senders(Finding finding) {
		return facts(finding).arrivals().stream().map(arrival -> arrival.sender().name()).toList();
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = {"IMAP", "POP3"})
	void onlyWhatIsNewIsNew(Protocol protocol) throws Exception {
		deliver(inbox(), "before.example");
		Finding first = look(protocol);
		assertThat(first.reason().id()).as(Bench.everything(first)).isEqualTo(ArrivalReasons.BEGAN);
		assertThat(first.reason().args().getFirst()).isEqualTo("1");
		assertThat(facts(first).arrivals()).isEmpty();

		Finding quiet = look(protocol, first);
		assertThat(quiet.reason().id()).isEqualTo(ArrivalReasons.QUIET);
		assertThat(facts(quiet).marks()).isEqualTo(facts(first).marks());

		deliver(inbox(), "one.example");
		deliver(inbox(), "two.example", "X-Hikkoshi-Canary: " + CANARY + "\r\n");
		Finding two = look(protocol, quiet);
		assertThat(two.outcome()).isEqualTo(Outcome.PASS);
		assertThat(two.reason().id()).isEqualTo(ArrivalReasons.NEW);
		assertThat(two.reason().args()).startsWith("2", "1");
		assertThat(senders(two)).containsExactly("one.example", "two.example");
		assertThat(facts(two).arrivals()).extracting(Arrival::canary).containsExactly("", CANARY);
		assertThat(facts(two).arrivals()).allSatisfy(arrival -> assertThat(arrival.received()).isEqualTo(Instant.parse("2026-11-24T12:00:00Z")));
		assertThat(Bench.everything(two)).doesNotContain("business");
		assertThat(look(protocol, two).reason().id()).isEqualTo(ArrivalReasons.QUIET);

		assertThat(inbox().messages()).as("nothing was changed").hasSize(3).allSatisfy(message -> assertThat(message.flags()).isEmpty());
	}

	@ParameterizedTest
	@EnumSource(value = Protocol.class, names = {"IMAP", "POP3"})
	void aFloodIsReadInRounds(Protocol protocol) throws Exception {
		Finding last = look(protocol);
		for (int i = 0; i < 600; i++) {
			deliver(inbox(), "n" + i + ".example");
		}
		int seen = 0;
		for (String expected : List.of(ArrivalReasons.MORE, ArrivalReasons.MORE, ArrivalReasons.NEW, ArrivalReasons.QUIET)) {
			last = look(protocol, last);
			assertThat(last.reason().id()).as(last.reason().toString()).isEqualTo(expected);
			for (String sender : senders(last)) {
				assertThat(sender).isEqualTo("n" + seen++ + ".example");
			}
		}
		assertThat(seen).isEqualTo(600);
	}

	@Test
	void whatCameAndWentIsNotSilent() throws Exception {
		Finding first = look(Protocol.IMAP);
		deliver(inbox(), "gone.example");
		deliver(inbox(), "stays.example");
		inbox().remove(List.of(inbox().messages().getFirst().uid()));
		Finding unseen = look(Protocol.IMAP, first);
		assertThat(unseen.reason().id()).isEqualTo(ArrivalReasons.UNSEEN);
		assertThat(unseen.reason().args()).startsWith("1", "1");
		assertThat(unseen.outcome()).isEqualTo(Outcome.WARN);
		assertThat(senders(unseen)).containsExactly("stays.example");
	}

	@Test
	void theJunkFolderIsWatchedAndNoticedWhenItIsMade() throws Exception {
		Finding first = look(Protocol.IMAP);
		assertThat(server.store(Bench.USER).orElseThrow().create("Junk")).isTrue();
		deliver(server.store(Bench.USER).orElseThrow().folder("Junk").orElseThrow(), "spam.example");
		Finding made = look(Protocol.IMAP, first);
		assertThat(senders(made)).as(made.reason().toString()).containsExactly("spam.example");
		assertThat(facts(made).arrivals().getFirst().folder()).isEqualTo("Junk");
		deliver(server.store(Bench.USER).orElseThrow().folder("Junk").orElseThrow(), "more.example");
		Finding more = look(Protocol.IMAP, made);
		assertThat(senders(more)).containsExactly("more.example");
		server.store(Bench.USER).orElseThrow().delete("Junk");
		Finding gone = look(Protocol.IMAP, more);
		assertThat(gone.reason().id()).isEqualTo(ArrivalReasons.NO_FOLDER);
		assertThat(look(Protocol.IMAP, gone).reason().id()).isEqualTo(ArrivalReasons.QUIET);
	}

	@Test
	void numbersThatBeginAnewAreAHole() throws Exception {
		deliver(inbox(), "old.example");
		Finding first = look(Protocol.IMAP);
		server.removeAccount(Bench.USER);
		server.addAccount(Bench.USER, "anna@example.test", Bench.PASSWORD.toCharArray());
		deliver(inbox(), "restored.example");
		Finding hole = look(Protocol.IMAP, first);
		assertThat(hole.reason().id()).isEqualTo(ArrivalReasons.HOLE);
		assertThat(hole.reason().args()).startsWith("INBOX", "uidvalidity", "1");
		assertThat(hole.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(senders(hole)).containsExactly("restored.example");
		assertThat(look(Protocol.IMAP, hole).reason().id()).isEqualTo(ArrivalReasons.QUIET);
	}

	@Test
	void aMaildropThatWasEmptiedAndOneThatLostItsIds() throws Exception {
		deliver(inbox(), "a.example");
		deliver(inbox(), "b.example");
		Finding first = look(Protocol.POP3);
		inbox().remove(inbox().messages().stream().map(message -> message.uid()).toList());
		deliver(inbox(), "c.example");
		Finding after = look(Protocol.POP3, first);
		assertThat(after.reason().id()).isEqualTo(ArrivalReasons.NEW);
		assertThat(senders(after)).containsExactly("c.example");

		for (int i = 0; i < 300; i++) {
			deliver(inbox(), "n" + i + ".example");
		}
		Finding all = look(Protocol.POP3, look(Protocol.POP3, after));
		server.removeAccount(Bench.USER);
		server.addAccount(Bench.USER, "anna@example.test", Bench.PASSWORD.toCharArray());
		for (int i = 0; i < 150; i++) {
			deliver(inbox(), "m" + i + ".example");
		}
		Finding hole = look(Protocol.POP3, all);
		assertThat(hole.reason().id()).as(hole.reason().toString()).isEqualTo(ArrivalReasons.HOLE);
		assertThat(hole.reason().args()).startsWith("INBOX", "uidl", "100");
		assertThat(look(Protocol.POP3, hole).reason().id()).isEqualTo(ArrivalReasons.QUIET);
	}
}
