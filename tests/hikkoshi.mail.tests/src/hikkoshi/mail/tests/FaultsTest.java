package hikkoshi.mail.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.testkit.MailFault;
import hikkoshi.testkit.MailProtocol;
import hikkoshi.testkit.MailScripts;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Every way in which a server can be wrong, in every protocol and with both kinds of TLS, is told from every other.
class FaultsTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final Duration SHORT = Duration.ofMillis(300);
	/// Within TLS the handshake has to fit in before the dripping begins.
	private static final Duration DRIPPING_TLS = Duration.ofSeconds(2);
	private static final Duration DRIPPING = Duration.ofMillis(500);
	/// What the kernel may have taken from a flood before the probe hung up: far below the gigabyte that was offered.
	private static final long FLOOD_SEEN = 32L << 20;

	static Stream<Arguments> all() {
		List<Arguments> all = new ArrayList<>();
		for (MailFault fault : MailFault.values()) {
			for (MailProtocol protocol : MailProtocol.values()) {
				for (boolean implicit : new boolean[] { true, false }) {
					if (MailScripts.applies(protocol, implicit, fault)) {
						all.add(Arguments.of(fault, protocol, implicit));
					}
				}
			}
		}
		return all.stream();
	}

	@ParameterizedTest(name = "{0} {1} implicit TLS {2}")
	@MethodSource("all")
	void isToldApart(MailFault fault, MailProtocol protocol, boolean implicit) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(protocol, implicit, fault, TLS))) {
			Bench bench = new Bench().at(Protocol.valueOf(protocol.name()), implicit ? Security.TLS : Security.STARTTLS, server.port()).trust(TLS.anchor());
			switch (fault) {
				case SILENT, HANDSHAKE_SILENT, SILENT_LOGIN -> bench.readTimeout(SHORT);
				case DRIP -> bench.probeTimeout(implicit ? DRIPPING_TLS : DRIPPING);
				default -> {
				}
			}

			Finding finding = bench.examine();

			String seen = Bench.everything(finding);
			assertThat(finding.reason().id()).as(seen).isEqualTo(expected(fault, protocol, implicit));
			assertThat(finding.outcome()).isEqualTo(outcome(finding.reason().id()));
			assertThat(server.surprises()).as("commands that no server knows").isEmpty();
			assertThat(server.clearText()).doesNotContain(Bench.PASSWORD).doesNotContain(Secrets64.plain()).doesNotContain(Secrets64.password());
			assertThat(seen).doesNotContain(Bench.PASSWORD).doesNotContain(Secrets64.plain()).doesNotContain(Secrets64.password());
			assertThat(seen).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
			assertThat(server.conversations()).singleElement().satisfies(one -> assertThat(one.sent()).isLessThan(FLOOD_SEEN));
		}
	}

	private static String expected(MailFault fault, MailProtocol protocol, boolean implicit) {
		return switch (fault) {
			case NONE -> Reasons.LOGIN_OK;
			case SILENT, HANDSHAKE_SILENT, SILENT_LOGIN -> Reasons.READ_TIMEOUT;
			case DRIP -> Reasons.TOO_SLOW;
			case ENDLESS_BANNER, ENDLESS_LINES -> Reasons.OVERSIZED;
			case HTTP, BINARY -> Reasons.NOT_PROTOCOL;
			case CLOSED_AT_ONCE -> Reasons.CLOSED;
			case RESET_AT_ONCE, RESET_ON_CAPABILITIES, HANDSHAKE_RESET, RESET_ON_LOGIN -> Reasons.RESET;
			case BUSY_GREETING -> Reasons.THROTTLED;
			case UNWELCOME -> Outcomes.TURNED_AWAY;
			case PREAUTH -> Reasons.PREAUTH;
			case STARTTLS_MISSING, STARTTLS_STRIPPED -> Reasons.STARTTLS_MISSING;
			case STARTTLS_REFUSED -> Reasons.STARTTLS_REFUSED;
			case STARTTLS_THEN_CLEAR, RESPONSE_INJECTION -> Reasons.STARTTLS_INJECTION;
			case HANDSHAKE_GARBAGE -> implicit ? Reasons.TLS_PLAINTEXT : Reasons.STARTTLS_INJECTION;
			case WRONG_NAME -> Reasons.TLS_NAME_MISMATCH;
			case EXPIRED -> Reasons.TLS_EXPIRED;
			case NOT_YET_VALID -> Reasons.TLS_NOT_YET_VALID;
			case SELF_SIGNED -> Reasons.TLS_SELF_SIGNED;
			case UNKNOWN_AUTHORITY -> Reasons.TLS_UNTRUSTED;
			case NO_PLAIN -> Reasons.NO_MECHANISM;
			case BAD_CREDENTIALS, BAD_CREDENTIALS_BARE -> Reasons.BAD_CREDENTIALS;
			case LOCKED -> Reasons.ACCOUNT_LOCKED;
			// RFC 2449, 8.1.1: the pause between logins is of one mailbox
			case THROTTLED -> protocol == MailProtocol.POP3 ? Reasons.MAILBOX_BUSY : Reasons.THROTTLED;
			case IN_USE -> Reasons.MAILBOX_BUSY;
			case UNAVAILABLE -> Reasons.SERVER_BUSY;
			case GOODBYE -> protocol == MailProtocol.POP3 ? Reasons.CLOSED : Reasons.THROTTLED;
		};
	}

	/// What the table of [Outcomes] promises, written down a second time.
	private static Outcome outcome(String reason) {
		return switch (reason) {
			case Reasons.LOGIN_OK -> Outcome.PASS;
			case Reasons.READ_TIMEOUT, Reasons.TOO_SLOW, Reasons.CLOSED, Reasons.RESET, Reasons.THROTTLED, Reasons.SERVER_BUSY, Reasons.MAILBOX_BUSY -> Outcome.UNKNOWN;
			default -> Outcome.FAIL;
		};
	}
}
