package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.CertificatePin;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way in which a real server, or what stands in its place, can fail a login has its own reason.
@ExtendWith(WithLab.class)
class LoginFailureTest {
	private static final String WRONG = "not-the-password";

	private final Lab lab;

	LoginFailureTest(Lab lab) {
		this.lab = lab;
	}

	static Stream<Arguments> doors() {
		return Stream.of(Side.values()).flatMap(side -> Stream.of(Door.values()).map(door -> Arguments.of(side, door)));
	}

	@ParameterizedTest
	@MethodSource("doors")
	void wrongPassword(Side side, Door door) throws Exception {
		Evidence evidence = new Probing(lab, Probing.PATIENT, wrongPasswords(), lab.anchors()).one(lab.account(side, door, 3));
		LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.BAD_CREDENTIALS);
		assertThat(LoginTest.text(evidence.facts()) + evidence.reason()).doesNotContain(WRONG);
	}

	@ParameterizedTest
	@EnumSource
	void unknownUser(Door door) throws Exception {
		Account someone = lab.account(Side.NEW, door, 1);
		Account nobody = new Account(someone.server(), someone.endpoint(), someone.address(), "nobody@lab.test", someone.mailbox());
		LoginTest.assertReason(new Probing(lab, Probing.PATIENT, wrongPasswords(), lab.anchors()).one(nobody), Outcome.FAIL, Reasons.BAD_CREDENTIALS);
	}

	@Test
	void noPasswordKnown() throws Exception {
		Account someone = lab.account(Side.NEW, Door.IMAPS, 1);
		Account nobody = new Account(someone.server(), someone.endpoint(), someone.address(), "nobody@lab.test", someone.mailbox());
		LoginTest.assertReason(Probing.of(lab, Probing.PATIENT).one(nobody), Outcome.UNKNOWN, Reasons.NO_SECRET);
	}

	@ParameterizedTest
	@EnumSource
	void certificateForAnotherName(Door door) throws Exception {
		Evidence evidence = probe(at("wrong", door));
		LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.TLS_NAME_MISMATCH);
		assertThat(evidence.reason().args().getFirst()).isEqualTo("old.lab.test");
		assertThat(evidence.reason().args().get(1)).contains("elsewhere.lab.test");
	}

	@ParameterizedTest
	@EnumSource
	void expiredCertificate(Door door) throws Exception {
		LoginTest.assertReason(probe(at("expired", door)), Outcome.FAIL, Reasons.TLS_EXPIRED);
	}

	/// Works today, and must not be found out by the users the day after tomorrow.
	@ParameterizedTest
	@EnumSource
	void certificateThatEndsSoon(Door door) throws Exception {
		LoginTest.assertReason(probe(at("soon", door)), Outcome.WARN, "tls.ends-soon");
	}

	@ParameterizedTest
	@EnumSource
	void selfSignedCertificate(Door door) throws Exception {
		LoginTest.assertReason(probe(at("self", door)), Outcome.FAIL, Reasons.TLS_SELF_SIGNED);
	}

	@ParameterizedTest
	@EnumSource
	void unknownAuthority(Door door) throws Exception {
		Evidence evidence = new Probing(lab, Probing.PATIENT, lab.secrets(), List.of()).one(lab.account(Side.OLD, door, 1));
		LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.TLS_UNTRUSTED);
	}

	@ParameterizedTest
	@EnumSource
	void pinOpensForThatCertificateOnly(Door door) throws Exception {
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(lab.certificate("self").getEncoded());
		CertificatePin pin = new CertificatePin(HexFormat.of().formatHex(digest));
		Account plain = at("self", door);
		LoginTest.assertReason(probe(pinned(plain, pin)), Outcome.PASS, Reasons.LOGIN_OK);
		LoginTest.assertReason(probe(pinned(at("expired", door), pin)), Outcome.FAIL, Reasons.TLS_PIN_MISMATCH);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void starttlsStripped(Door door) throws Exception {
		LoginTest.assertReason(probe(lab.faulty("strip-" + door.key(), door)), Outcome.FAIL, Reasons.STARTTLS_MISSING);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAPS", "POP3S", "SUBMISSIONS"})
	void clearTextWhereTlsIsExpected(Door door) throws Exception {
		String plain = door.key().substring(0, door.key().length() - 1);
		Account account = lab.account(Side.OLD, door.at(lab.port("old." + plain)), lab.address("old.address"), "u1", 1, List.of());
		LoginTest.assertReason(probe(account), Outcome.FAIL, Reasons.TLS_PLAINTEXT);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void neverLogsInWithoutTls(Door door) throws Exception {
		Endpoint endpoint = new Endpoint(door.protocol(), lab.port("old." + door.key()), Security.NONE);
		Account account = lab.account(Side.OLD, endpoint, lab.address("old.address"), "u1", 1, List.of());
		LoginTest.assertReason(probe(account), Outcome.FAIL, Reasons.LOGIN_CLEARTEXT);
	}

	@ParameterizedTest
	@EnumSource
	void silentServer(Door door) throws Exception {
		LoginTest.assertReason(Probing.of(lab, Probing.SHORT_WAITS).one(lab.faulty("silent", door)), Outcome.UNKNOWN, Reasons.READ_TIMEOUT);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void serverThatDrips(Door door) throws Exception {
		LoginTest.assertReason(Probing.of(lab, Probing.SHORT_PROBES).one(lab.faulty("drip", door)), Outcome.UNKNOWN, Reasons.TOO_SLOW);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void endlessBanner(Door door) throws Exception {
		LoginTest.assertReason(probe(lab.faulty("flood", door)), Outcome.FAIL, Reasons.OVERSIZED);
	}

	@ParameterizedTest
	@EnumSource
	void connectionReset(Door door) throws Exception {
		LoginTest.assertReason(probe(lab.faulty("reset", door)), Outcome.UNKNOWN, Reasons.RESET);
	}

	@ParameterizedTest
	@EnumSource
	void connectionRefused(Door door) throws Exception {
		LoginTest.assertReason(probe(lab.faulty("refused", door)), Outcome.FAIL, Reasons.REFUSED);
	}

	@ParameterizedTest
	@EnumSource(names = {"IMAP", "POP3", "SUBMISSION"})
	void anotherProtocol(Door door) throws Exception {
		LoginTest.assertReason(probe(lab.faulty("http", door)), Outcome.FAIL, Reasons.NOT_PROTOCOL);
	}

	/// A real server of another mail protocol at the port.
	@Test
	void imapWherePop3IsExpected() throws Exception {
		Endpoint endpoint = new Endpoint(Protocol.POP3, lab.port("old.imaps"), Security.TLS);
		Account account = lab.account(Side.OLD, endpoint, lab.address("old.address"), "u1", 1, List.of());
		LoginTest.assertReason(probe(account), Outcome.FAIL, Reasons.NOT_PROTOCOL);
	}

	/// Wrong cells in a spreadsheet must not lock out a company.
	@Test
	void stopsTryingPasswordsAtAServerThatRefusesThem() throws Exception {
		List<Account> accounts = new ArrayList<>();
		for (int i = 1; i <= 12; i++) {
			Account one = lab.account(Side.NEW, Door.IMAPS, 1);
			accounts.add(new Account(one.server(), one.endpoint(), one.address(), "stranger" + i + "@lab.test", one.mailbox()));
		}
		var policy = Probing.policy(4, 3, Duration.ofSeconds(30), Duration.ofSeconds(60));
		List<Evidence> found = new Probing(lab, policy, wrongPasswords(), lab.anchors()).all(accounts);
		Map<String, Long> counts = found.stream().map(each -> each.reason().id())
				.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(counts).isEqualTo(Map.of(Reasons.BAD_CREDENTIALS, 3L, Reasons.LOCKOUT_GUARD, 9L));
	}

	private Account at(String certificate, Door door) {
		return lab.account(Side.OLD, door, lab.address(certificate + ".address"), 1);
	}

	private Account pinned(Account account, CertificatePin pin) {
		return lab.account(Side.OLD, account.endpoint(), account.address(), account.user(), 1, List.of(pin));
	}

	private Evidence probe(Account account) throws Exception {
		return Probing.of(lab, Probing.PATIENT).one(account);
	}

	private static Secrets wrongPasswords() {
		return new Secrets() {
			@Override
			public Optional<Secret> find(CredentialId id) {
				return Optional.of(Secret.of(WRONG));
			}

			@Override
			public void store(CredentialId id, Secret secret) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void remove(CredentialId id) {
				throw new UnsupportedOperationException();
			}

			@Override
			public boolean writable() {
				return false;
			}
		};
	}
}
