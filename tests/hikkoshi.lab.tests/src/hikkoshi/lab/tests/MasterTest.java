package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.Authentication.MasterUser.Form;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.CredentialId;

/// One administrator logs in to everybody's mailbox at a real Dovecot, and to submission at a Postfix that asks it.
@ExtendWith(WithLab.class)
class MasterTest {
	private static final String SOMEBODY = "u2@lab.test";
	private static final String NOBODY = "nobody@lab.test";

	private final Lab lab;

	MasterTest(Lab lab) throws Exception {
		this.lab = lab.with("mail");
	}

	static Stream<Form> forms() {
		return Stream.<Form>of(new Form.Separator("*"), new Form.AuthorizationId());
	}

	/// At all doors at once: Dovecot says no only after a while.
	private Map<Door, Evidence> login(Form form, String user, String secret) throws Exception {
		Authentication how = new MasterUser(lab.get("login.master"), form);
		Server server = lab.server("login", Side.NEW, how);
		CredentialId whose = new CredentialId("login", how.secretUser(user));
		return new Probing(lab, Probing.PATIENT, new OneSecret(whose, secret), lab.anchors()).atDoors(door -> lab.account(server, door, user), List.of(Door.values()));
	}

	@ParameterizedTest
	@MethodSource("forms")
	void opensEverybodysMailbox(Form form) throws Exception {
		login(form, SOMEBODY, lab.get("login.master-password")).forEach((door, evidence) -> {
			LoginTest.assertReason(evidence, Outcome.PASS, Reasons.LOGIN_OK_MASTER);
			assertThat(evidence.reason().args()).startsWith(door.protocol().name().toLowerCase(Locale.ROOT)).contains("admin");
			assertThat(LoginTest.text(evidence.facts())).doesNotContain("secret-");
		});
	}

	@ParameterizedTest
	@MethodSource("forms")
	void wrongPasswordOfTheMaster(Form form) throws Exception {
		login(form, SOMEBODY, "secret-own-2").forEach((_, evidence) -> LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.BAD_CREDENTIALS));
	}

	/// The master is let in, but the mailbox is not there: that must not pass for a proof of it. Only IMAP has a word for it (RFC 5530).
	@ParameterizedTest
	@MethodSource("forms")
	void mailboxThatDoesNotExist(Form form) throws Exception {
		login(form, NOBODY, lab.get("login.master-password")).forEach((door, evidence) -> {
			boolean isImap = door.protocol() == Protocol.IMAP;
			LoginTest.assertReason(evidence, Outcome.FAIL, isImap ? Reasons.LOGIN_REFUSED : Reasons.BAD_CREDENTIALS);
			assertThat(evidence.reason().args().getFirst()).contains(isImap ? "[AUTHORIZATIONFAILED]" : "failed");
		});
	}
}
