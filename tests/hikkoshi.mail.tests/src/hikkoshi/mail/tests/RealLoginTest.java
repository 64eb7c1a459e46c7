package hikkoshi.mail.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.rehearsal.mail.LoginAttempt;
import hikkoshi.rehearsal.mail.Loopback;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// The probes on the embedded servers: what works, works on every protocol, security and address family.
class RealLoginTest {
	private final ThrowAwayCa ca = ThrowAwayCa.create("Rehearsal", Instant.now());
	private MailServer server;

	@BeforeEach
	void start() throws IOException {
		server = MailServer.start(MailServerSettings.of(Bench.NAME, Set.of("example.test"), ca.issue(List.of(Bench.NAME), Validity.around(Instant.now()))));
		server.addAccount(Bench.USER, "anna@example.test", Bench.PASSWORD.toCharArray());
		server.addAccount("利用者", "riyousha@example.test", "パスワード".toCharArray());
	}

	@AfterEach
	void stop() {
		server.close();
	}

	static Stream<Arguments> doors() {
		List<Arguments> doors = new ArrayList<>();
		for (InetAddress address : Loopback.addresses()) {
			doors.add(Arguments.of(Protocol.IMAP, Security.TLS, MailService.IMAPS, address));
			doors.add(Arguments.of(Protocol.IMAP, Security.STARTTLS, MailService.IMAP, address));
			doors.add(Arguments.of(Protocol.POP3, Security.TLS, MailService.POP3S, address));
			doors.add(Arguments.of(Protocol.POP3, Security.STARTTLS, MailService.POP3, address));
			doors.add(Arguments.of(Protocol.SUBMISSION, Security.TLS, MailService.SUBMISSIONS, address));
			doors.add(Arguments.of(Protocol.SUBMISSION, Security.STARTTLS, MailService.SUBMISSION, address));
		}
		return doors.stream();
	}

	private Bench bench(Protocol protocol, Security security, MailService service) {
		return new Bench().at(protocol, security, server.port(service)).trust(ca.certificate());
	}

	@ParameterizedTest
	@MethodSource("doors")
	void aLoginIsProven(Protocol protocol, Security security, MailService service, InetAddress address) throws Exception {
		Finding finding = bench(protocol, security, service).address(address).examine();

		assertThat(finding.reason()).as(Bench.everything(finding)).isEqualTo(Reason.of(Reasons.LOGIN_OK, protocol.token(), "TLSv1.3", "PLAIN"));
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(server.loginAttempts()).extracting(LoginAttempt::user, LoginAttempt::accepted)
				.containsExactly(org.assertj.core.api.Assertions.tuple(Bench.USER, true));
		assertThat(Bench.fact(finding, "phase.tls")).contains("TLSv1.3");
		assertThat(Bench.fact(finding, "tls.certificate-name")).contains(Bench.NAME);
		assertThat(Bench.fact(finding, "phase.banner")).isPresent();
		assertThat(Bench.dialogue(finding)).anyMatch(line -> line.startsWith("C: ")).anyMatch(line -> line.startsWith("S: "));
	}

	@ParameterizedTest
	@MethodSource("doors")
	void namesAndPasswordsInJapanese(Protocol protocol, Security security, MailService service, InetAddress address) throws Exception {
		Finding finding = bench(protocol, security, service).address(address).user("利用者").password("パスワード").examine();

		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
	}

	@ParameterizedTest
	@MethodSource("doors")
	void aWrongPasswordIsTheServersWord(Protocol protocol, Security security, MailService service, InetAddress address) throws Exception {
		Finding finding = bench(protocol, security, service).address(address).password("wrong horse battery").examine();

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(Reasons.BAD_CREDENTIALS);
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(finding.reason().args().getFirst()).isNotEmpty();
		assertThat(server.loginAttempts()).as("asked once, never again").hasSize(1);
		assertThat(Bench.everything(finding)).doesNotContain("wrong horse battery");
	}

	@Test
	void whatIsBehindTheLoginIsLookedAt() throws Exception {
		Finding imap = bench(Protocol.IMAP, Security.TLS, MailService.IMAPS).examine();
		Finding pop3 = bench(Protocol.POP3, Security.TLS, MailService.POP3S).examine();

		assertThat(Bench.fact(imap, "imap.messages")).contains("0");
		assertThat(Bench.fact(imap, "imap.uidvalidity")).hasValueSatisfying(value -> assertThat(value).containsOnlyDigits());
		assertThat(Bench.fact(pop3, "pop3.messages")).contains("0");
		assertThat(Bench.fact(pop3, "pop3.bytes")).contains("0");
	}
}
