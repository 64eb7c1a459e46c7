package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.CredentialId;

/// Access tokens at real Dovecots, one of which knows only the older of the two mechanisms, and at Postfix.
@ExtendWith(WithLab.class)
class TokenTest {
	private static final Authentication TOKEN = new Authentication.OAuth(null);
	private static final Duration HOUR = Duration.ofHours(1);
	private static final String USER = "u1@lab.test";

	private final Lab lab;
	private final Tokens tokens;

	TokenTest(Lab lab) throws Exception {
		this.lab = lab.with("mail");
		tokens = Tokens.of(lab);
	}

	/// At all doors of a server at once.
	private Map<Door, Evidence> login(String key, String user, String token) throws Exception {
		Server server = lab.server(key, Side.NEW, TOKEN);
		List<Door> doors = Arrays.stream(Door.values()).filter(door -> !key.equals("xoauth2") || door != Door.SUBMISSIONS).toList();
		Map<Door, Evidence> found = new Probing(lab, Probing.PATIENT, new OneSecret(new CredentialId(key, user), token), lab.anchors())
				.atDoors(door -> lab.account(server, door, user), doors);
		found.values().forEach(evidence -> assertThat(LoginTest.text(evidence.facts()) + evidence.reason()).doesNotContain(token)
				.doesNotContain(token.substring(token.lastIndexOf('.') + 1)));
		return found;
	}

	/// Each server with the mechanism that is taken there.
	@ParameterizedTest
	@CsvSource({"login, OAUTHBEARER", "xoauth2, XOAUTH2"})
	void opens(String key, String mechanism) throws Exception {
		for (String token : List.of(tokens.hs256(USER, HOUR), tokens.rs256(USER, HOUR))) {
			login(key, USER, token).values().forEach(evidence -> {
				LoginTest.assertReason(evidence, Outcome.PASS, Reasons.LOGIN_OK);
				assertThat(evidence.reason().args()).contains(mechanism);
			});
		}
	}

	/// Neither mechanism's answer says that the token has expired; what it says is told.
	@ParameterizedTest
	@CsvSource({"login, invalid_token", "xoauth2, 401"})
	void expired(String key, String status) throws Exception {
		login(key, USER, tokens.hs256(USER, HOUR.negated())).values().forEach(evidence -> {
			LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.BAD_TOKEN);
			assertThat(evidence.reason().args().getFirst()).isEqualTo(status);
		});
	}

	@Test
	void otherWaysToBeRefused() throws Exception {
		for (String token : List.of(tokens.forged(USER, HOUR), tokens.stranger(USER, HOUR), tokens.hs256("u2@lab.test", HOUR), "no-such.jwt-at.all-here")) {
			login("login", USER, token).values().forEach(evidence -> LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.BAD_TOKEN));
		}
	}

	/// A token that is good, for a mailbox that is not there: Dovecot hangs up without a word, which says nothing about either.
	@Test
	void mailboxThatDoesNotExist() throws Exception {
		Map<Door, Evidence> found = login("login", "nobody@lab.test", tokens.hs256("nobody@lab.test", HOUR));
		for (Door door : List.of(Door.IMAP, Door.IMAPS, Door.POP3, Door.POP3S)) {
			LoginTest.assertReason(Objects.requireNonNull(found.get(door)), Outcome.UNKNOWN, Reasons.CLOSED);
		}
	}

	/// The token is never sent where no mechanism for it is offered.
	@Test
	void serverThatKnowsNoTokens() throws Exception {
		login("new", USER, tokens.hs256(USER, HOUR)).values().forEach(evidence -> LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.NO_OAUTH));
	}
}
