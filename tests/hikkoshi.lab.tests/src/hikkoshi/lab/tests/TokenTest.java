package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

	/// Each server with the mechanism that is taken there.
	static Stream<Arguments> doors() {
		return Stream.concat(Arrays.stream(Door.values()).map(door -> Arguments.of("login", door, "OAUTHBEARER")),
				Arrays.stream(Door.values()).filter(door -> door != Door.SUBMISSIONS).map(door -> Arguments.of("xoauth2", door, "XOAUTH2")));
	}

	private Evidence login(String key, Door door, String user, String token) throws Exception {
		Server server = lab.server(key, Side.NEW, TOKEN);
		Evidence evidence = new Probing(lab, Probing.PATIENT, new OneSecret(new CredentialId(key, user), token), lab.anchors())
				.one(lab.account(server, door, user));
		assertThat(LoginTest.text(evidence.facts()) + evidence.reason()).doesNotContain(token).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
		return evidence;
	}

	@ParameterizedTest
	@MethodSource("doors")
	void opens(String key, Door door, String mechanism) throws Exception {
		for (String token : List.of(tokens.hs256(USER, HOUR), tokens.rs256(USER, HOUR))) {
			Evidence evidence = login(key, door, USER, token);
			LoginTest.assertReason(evidence, Outcome.PASS, Reasons.LOGIN_OK);
			assertThat(evidence.reason().args()).endsWith(mechanism);
		}
	}

	@ParameterizedTest
	@MethodSource("doors")
	void expired(String key, Door door, String mechanism) throws Exception {
		Evidence evidence = login(key, door, USER, tokens.hs256(USER, HOUR.negated()));
		LoginTest.assertReason(evidence, Outcome.FAIL, Reasons.BAD_TOKEN);
		assertThat(evidence.reason().args().getFirst()).isEqualTo(mechanism.equals("XOAUTH2") ? "401" : "invalid_token");
	}

	@ParameterizedTest
	@EnumSource
	void otherWaysToBeRefused(Door door) throws Exception {
		for (String token : List.of(tokens.forged(USER, HOUR), tokens.stranger(USER, HOUR), tokens.hs256("u2@lab.test", HOUR), "no-such.jwt-at.all-here")) {
			LoginTest.assertReason(login("login", door, USER, token), Outcome.FAIL, Reasons.BAD_TOKEN);
		}
	}

	/// A token that is good, for a mailbox that is not there: Dovecot hangs up without a word, which says nothing about either.
	@ParameterizedTest
	@EnumSource(names = {"IMAPS", "POP3S"})
	void mailboxThatDoesNotExist(Door door) throws Exception {
		Evidence evidence = login("login", door, "nobody@lab.test", tokens.hs256("nobody@lab.test", HOUR));
		LoginTest.assertReason(evidence, Outcome.UNKNOWN, Reasons.CLOSED);
	}

	/// The token is never sent where no mechanism for it is offered.
	@Test
	void serverThatKnowsNoTokens() throws Exception {
		LoginTest.assertReason(login("new", Door.IMAPS, USER, tokens.hs256(USER, HOUR)), Outcome.FAIL, Reasons.NO_OAUTH);
	}
}
