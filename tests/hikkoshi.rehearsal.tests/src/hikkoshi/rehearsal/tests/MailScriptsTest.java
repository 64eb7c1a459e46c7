package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.rehearsal.mail.Loopback;
import hikkoshi.testkit.ClosedPort;
import hikkoshi.testkit.MailFault;
import hikkoshi.testkit.MailProtocol;
import hikkoshi.testkit.MailScripts;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.Wait;

/// The fakes must do what they say, or the tests of the probes prove nothing.
@Timeout(60)
class MailScriptsTest {

	private static final InetAddress LOOPBACK = Loopback.address("127.0.0.1");
	private static final TlsKit TLS = new TlsKit("mail.example.test");

	private static ScriptedServer start(MailProtocol protocol, boolean implicitTls, MailFault fault) throws IOException {
		return ScriptedServer.start(MailScripts.of(protocol, implicitTls, fault, TLS));
	}

	private static RawClient connect(ScriptedServer server) throws IOException {
		return RawClient.connect(LOOPBACK, server.port());
	}

	private static String startTls(MailProtocol protocol) {
		return switch (protocol) {
		case IMAP -> "a1 STARTTLS";
		case POP3 -> "STLS";
		case SUBMISSION -> "STARTTLS";
		};
	}

	private static String login(MailProtocol protocol) {
		String plain = MailFixture.plain("u", "p");
		return switch (protocol) {
		case IMAP -> "a2 AUTHENTICATE PLAIN " + plain;
		case POP3, SUBMISSION -> "AUTH PLAIN " + plain;
		};
	}

	/// A client past the greeting, within TLS.
	private static RawClient secure(ScriptedServer server, MailProtocol protocol, boolean implicitTls) throws IOException {
		RawClient client = connect(server);
		if (implicitTls) {
			client.tls(TLS.ca().clientContext(), TLS.name());
			client.line();
		} else {
			client.line();
			client.ask(startTls(protocol));
			client.tls(TLS.ca().clientContext(), TLS.name());
		}
		return client;
	}

	static Stream<Arguments> everyDoor() {
		return Arrays.stream(MailProtocol.values()).flatMap(protocol -> Stream.of(Arguments.of(protocol, false), Arguments.of(protocol, true)));
	}

	static Stream<Arguments> everyScript() {
		return Arrays.stream(MailFault.values()).flatMap(fault -> everyDoor().map(door -> Arguments.of(door.get()[0], door.get()[1], fault)))
				.filter(each -> MailScripts.applies((MailProtocol) each.get()[0], (boolean) each.get()[1], (MailFault) each.get()[2]));
	}

	@ParameterizedTest
	@MethodSource("everyScript")
	void everyScriptStartsAndEndsWhenTheServerIsClosed(MailProtocol protocol, boolean implicitTls, MailFault fault) throws Exception {
		ScriptedServer server = start(protocol, implicitTls, fault);
		try (RawClient client = connect(server)) {
			Wait.until("the connection was seen", () -> !server.conversations().isEmpty());
			server.close();
			assertThat(client.drain()).isNotNull();
			assertThat(server.openConnections()).isZero();
			assertThat(server.conversations().getFirst().over()).isTrue();
		} catch (SocketException e) {
			assertThat(fault).as("a reset may be faster than the end of connecting").isEqualTo(MailFault.RESET_AT_ONCE);
		} finally {
			server.close();
		}
	}

	@Test
	void aFaultThatDoesNotExistIsRefused() {
		assertThatThrownBy(() -> MailScripts.of(MailProtocol.POP3, false, MailFault.PREAUTH, TLS)).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> MailScripts.of(MailProtocol.IMAP, true, MailFault.STARTTLS_MISSING, TLS)).isInstanceOf(IllegalArgumentException.class);
	}

	@ParameterizedTest
	@MethodSource("everyDoor")
	void withoutAFaultEveryWayToLogInWorks(MailProtocol protocol, boolean implicitTls) throws Exception {
		String user = MailFixture.base64("u");
		List<List<String>> ways = switch (protocol) {
		case IMAP -> List.of(List.of("x LOGIN u p"), List.of("x LOGIN \"u\" \"p\""), List.of("x LOGIN {1}", "u {1}"), List.of("x AUTHENTICATE PLAIN", "AHUAcA=="),
				List.of("x AUTHENTICATE PLAIN AHUAcA=="), List.of("x AUTHENTICATE LOGIN", user, user));
		case POP3 -> List.of(List.of("USER u", "PASS p"), List.of("AUTH PLAIN AHUAcA=="), List.of("AUTH PLAIN", "AHUAcA=="), List.of("AUTH LOGIN", user, user));
		case SUBMISSION -> List.of(List.of("AUTH PLAIN AHUAcA=="), List.of("AUTH PLAIN", "AHUAcA=="), List.of("AUTH LOGIN", user, user),
				List.of("AUTH LOGIN " + user, user));
		};
		for (List<String> way : ways) {
			try (ScriptedServer server = start(protocol, implicitTls, MailFault.NONE); RawClient client = secure(server, protocol, implicitTls)) {
				String last = "";
				for (String line : way) {
					last = client.ask(line);
				}
				assertThat(last).as("%s", way).matches("x OK .*|\\+OK Logged in|235 .*");
				assertThat(server.surprises()).isEmpty();
				assertThat(server.conversations().getFirst().secured()).isTrue();
				assertThat(server.conversations().getFirst().serverName()).isEqualTo("mail.example.test");
				assertThat(server.received()).contains(way.getLast());
				assertThat(server.clearText()).doesNotContain(way.getLast());
			}
		}
	}

	@ParameterizedTest
	@MethodSource("everyDoor")
	void answersToALogin(MailProtocol protocol, boolean implicitTls) throws Exception {
		assertThat(answer(protocol, implicitTls, MailFault.BAD_CREDENTIALS)).matches("a2 NO \\[AUTHENTICATIONFAILED].*|-ERR \\[AUTH].*|535 5.7.8.*");
		assertThat(answer(protocol, implicitTls, MailFault.BAD_CREDENTIALS_BARE)).matches("a2 NO L.*|-ERR I.*|535 I.*");
		assertThat(answer(protocol, implicitTls, MailFault.LOCKED)).matches("a2 NO \\[CONTACTADMIN].*|-ERR \\[SYS/PERM].*|525 5.7.13.*");
		assertThat(answer(protocol, implicitTls, MailFault.THROTTLED)).matches("a2 NO \\[LIMIT].*|-ERR \\[LOGIN-DELAY].*|454 4.7.0.*");
		assertThat(answer(protocol, implicitTls, MailFault.UNAVAILABLE)).matches("a2 NO \\[UNAVAILABLE].*|-ERR \\[SYS/TEMP].*|454 4.3.0.*");
		assertThat(answer(protocol, implicitTls, MailFault.GOODBYE)).matches("\\* BYE.*|<end>|421 .*");
		assertThat(answer(protocol, implicitTls, MailFault.NO_PLAIN)).matches("a2 NO Un.*|-ERR Un.*|504 .*");
	}

	private static String answer(MailProtocol protocol, boolean implicitTls, MailFault fault) throws IOException {
		try (ScriptedServer server = start(protocol, implicitTls, fault); RawClient client = secure(server, protocol, implicitTls)) {
			return client.ask(login(protocol));
		}
	}

	@ParameterizedTest
	@EnumSource
	void capabilitiesFitTheFault(MailProtocol protocol) throws Exception {
		assertThat(capabilities(protocol, MailFault.NONE)).contains(protocol == MailProtocol.POP3 ? "STLS" : "STARTTLS");
		assertThat(capabilities(protocol, MailFault.STARTTLS_MISSING)).doesNotContain("STARTTLS").doesNotContain("STLS").doesNotContain("XXXX");
		assertThat(capabilities(protocol, MailFault.STARTTLS_STRIPPED)).doesNotContain("STARTTLS").doesNotContain("STLS").contains("XXXX");
	}

	private static String capabilities(MailProtocol protocol, MailFault fault) throws IOException {
		try (ScriptedServer server = start(protocol, false, fault); RawClient client = connect(server)) {
			String greeting = client.line();
			List<String> lines = switch (protocol) {
			case IMAP -> client.imap("c CAPABILITY");
			case POP3 -> {
				client.send("CAPA\r\n");
				yield client.until(".");
			}
			case SUBMISSION -> client.smtp("EHLO x");
			};
			return greeting + lines;
		}
	}

	@ParameterizedTest
	@EnumSource
	void injectedAnswersStandBehindTheAgreement(MailProtocol protocol) throws Exception {
		try (ScriptedServer server = start(protocol, false, MailFault.RESPONSE_INJECTION); RawClient client = connect(server)) {
			client.line();
			assertThat(client.ask(startTls(protocol))).matches("a1 OK .*|\\+OK .*|220 .*");
			assertThat(client.line() + client.line()).contains(MailScripts.INJECTED);
		}
	}

	@ParameterizedTest
	@MethodSource("everyDoor")
	void badCertificatesFailForTheRightReason(MailProtocol protocol, boolean implicitTls) {
		assertThatThrownBy(() -> secure(start(protocol, implicitTls, MailFault.WRONG_NAME), protocol, implicitTls)).isInstanceOf(SSLException.class)
				.hasMessageContaining("mail.example.test");
		assertThatThrownBy(() -> secure(start(protocol, implicitTls, MailFault.EXPIRED), protocol, implicitTls))
				.hasRootCauseInstanceOf(CertificateExpiredException.class);
		assertThatThrownBy(() -> secure(start(protocol, implicitTls, MailFault.NOT_YET_VALID), protocol, implicitTls))
				.hasRootCauseInstanceOf(CertificateNotYetValidException.class);
		assertThatThrownBy(() -> secure(start(protocol, implicitTls, MailFault.SELF_SIGNED), protocol, implicitTls)).isInstanceOf(SSLException.class)
				.hasMessageContaining("unable to find valid certification path");
		assertThatThrownBy(() -> secure(start(protocol, implicitTls, MailFault.UNKNOWN_AUTHORITY), protocol, implicitTls)).isInstanceOf(SSLException.class);
		assertThatThrownBy(() -> secure(start(protocol, implicitTls, MailFault.HANDSHAKE_GARBAGE), protocol, implicitTls)).isInstanceOf(SSLException.class);
	}

	@Test
	void aFloodEndsWhenTheClientLeaves() throws Exception {
		try (ScriptedServer server = start(MailProtocol.IMAP, false, MailFault.ENDLESS_BANNER)) {
			RawClient client = connect(server);
			assertThat(client.bytes(100_000)).startsWith("* OK xxx");
			client.close();
			Wait.until("the flood ends", () -> server.conversations().getFirst().over());
			assertThat(server.conversations().getFirst().clientLeft()).isTrue();
			assertThat(server.conversations().getFirst().sent()).isLessThan(1L << 30);
		}
	}

	@Test
	void aResetIsAReset() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(Script.script().lines("hello").expect("now").reset()); RawClient client = connect(server)) {
			assertThat(client.line()).isEqualTo("hello");
			client.send("now\r\n");
			assertThatThrownBy(client::line).isInstanceOf(SocketException.class);
		}
	}

	@Test
	void aClosedPortRefuses() throws Exception {
		try (ClosedPort port = new ClosedPort()) {
			assertThatThrownBy(() -> RawClient.connect(LOOPBACK, port.port())).isInstanceOf(ConnectException.class);
		}
	}

	@Test
	void scriptsAreTakenInTurnAndSurprisesNoted() throws Exception {
		Script next = Script.script().lines("next").expect("(\\w+) (\\w+)").lines("${2} ${1} ${9}!");
		try (ScriptedServer server = ScriptedServer.start(Script.script().lines("first"), next)) {
			try (RawClient client = connect(server)) {
				assertThat(client.drain()).isEqualTo("first\r\n");
			}
			for (int i = 0; i < 2; i++) {
				try (RawClient client = connect(server)) {
					assertThat(client.line()).isEqualTo("next");
					assertThat(client.ask("HELLO World")).isEqualTo("World HELLO !");
				}
			}
			try (RawClient client = connect(server)) {
				client.line();
				assertThat(client.ask("?")).isEqualTo("<end>");
			}
			assertThat(server.surprises()).containsExactly("?");
			assertThat(server.conversations()).hasSize(4);
		}
	}

	@Test
	void waitingNamesWhatItWaitsFor() throws Exception {
		int[] calls = { 0 };
		Wait.until("third call", () -> ++calls[0] == 3);
		assertThat(calls[0]).isEqualTo(3);
	}
}
