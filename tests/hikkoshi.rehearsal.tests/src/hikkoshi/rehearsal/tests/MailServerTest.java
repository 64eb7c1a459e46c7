package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.rehearsal.mail.Loopback;
import hikkoshi.rehearsal.mail.MailLimits;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;
import hikkoshi.testkit.Wait;

@Timeout(60)
class MailServerTest {

	@ParameterizedTest
	@EnumSource
	void everyServiceAnswersOnEveryAddress(MailService service) throws Exception {
		try (MailFixture mail = new MailFixture()) {
			for (InetAddress address : mail.server.addresses()) {
				try (RawClient client = mail.open(service, address)) {
					assertThat(client.line()).matches("(\\* OK|\\+OK|220) .*");
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void closingEndsEveryConnectionAtOnce(MailService service) throws Exception {
		List<RawClient> clients = new ArrayList<>();
		MailFixture mail = new MailFixture();
		for (int i = 0; i < 20; i++) {
			clients.add(mail.greeted(service));
			// these hang in the middle of a TLS handshake, or before their first command
			clients.add(RawClient.connect(MailFixture.FOUR, mail.server.port(service)));
		}
		int port = mail.server.port(service);

		mail.close();

		for (RawClient client : clients) {
			assertThat(client.drain()).isNotNull();
			client.close();
		}
		assertThat(mail.server.connections()).isZero();
		assertThatThrownBy(() -> RawClient.connect(MailFixture.FOUR, port)).isInstanceOf(ConnectException.class);
	}

	@Test
	void aSilentClientIsSentAway() throws Exception {
		try (MailFixture mail = new MailFixture(settings -> settings.withLimits(MailLimits.standard().withIdle(Duration.ofMillis(200))));
				RawClient imap = mail.greeted(MailService.IMAP);
				RawClient pop = mail.greeted(MailService.POP3);
				RawClient smtp = mail.greeted(MailService.MX)) {
			assertThat(imap.drain()).isEqualTo("* BYE idle for too long\r\n");
			assertThat(pop.drain()).isEqualTo("-ERR idle for too long\r\n");
			assertThat(smtp.drain()).isEqualTo("421 4.4.2 old.example.test idle for too long\r\n");
		}
	}

	@Test
	void aClientThatNeverReadsIsEndedByTheSessionsLimit() throws Exception {
		try (MailFixture mail = new MailFixture(settings -> settings.withLimits(MailLimits.standard().withSession(Duration.ofMillis(500))))) {
			mail.server.store("alice").orElseThrow().inbox().append(new byte[20_000_000], MailFixture.NOW, Set.of());
			try (RawClient client = mail.imap()) {
				client.send("a SELECT INBOX\r\nb FETCH 1 BODY[]\r\n");
				Wait.until("the session is ended", () -> mail.server.connections() == 0);
			} catch (IOException e) {
				// on a busy machine the limit may strike before the login is through: the session must be gone all the same
				Wait.until("the session is ended", () -> mail.server.connections() == 0);
			}
		}
	}

	@Test
	void certificatesThatShouldNotPassDoNot() throws Exception {
		Instant now = Instant.now();
		try (MailFixture wrongName = new MailFixture(); RawClient client = RawClient.connect(MailFixture.FOUR, wrongName.server.port(MailService.IMAPS))) {
			assertThatThrownBy(() -> client.tls(wrongName.ca.clientContext(), "other.example.test")).isInstanceOf(SSLException.class)
					.hasMessageContaining("other.example.test");
		}
		ThrowAwayCa ca = ThrowAwayCa.create("Expiry", now);
		try (MailFixture mail = new MailFixture(settings -> new MailServerSettings(settings.hostName(), settings.domains(),
				settings.addresses(), settings.services(), ca.issue(List.of(MailFixture.NAME), Validity.expired(now)), settings.limits(), settings.clock(), '.'));
				RawClient client = RawClient.connect(MailFixture.FOUR, mail.server.port(MailService.IMAPS))) {
			assertThatThrownBy(() -> client.tls(ca.clientContext(), MailFixture.NAME)).isInstanceOf(SSLException.class)
					.hasRootCauseInstanceOf(CertificateExpiredException.class);
		}
	}

	@Test
	void onlyLoopback() {
		assertThatThrownBy(() -> Loopback.address("192.0.2.1")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> new MailFixture(settings -> settings.withAddresses(List.of(InetAddress.ofLiteral("0.0.0.0")))))
				.isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> new MailFixture(settings -> settings.withAddresses(List.of()))).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void accountsAreUnique() throws Exception {
		try (MailFixture mail = new MailFixture()) {
			assertThatThrownBy(() -> mail.server.addAccount("alice", "a2@example.test", "x".toCharArray())).isInstanceOf(IllegalStateException.class);
			assertThatThrownBy(() -> mail.server.addAccount("alice2", "ALICE@example.test", "x".toCharArray())).isInstanceOf(IllegalStateException.class);
			mail.server.addAlias("sales@example.test", "alice");
			assertThat(mail.server.users()).containsExactlyInAnyOrder("alice", "bob@example.test");
			assertThat(mail.server.store("nobody")).isEmpty();
		}
	}
}
