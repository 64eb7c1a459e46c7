package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.lab.tests.Headless.Ran;
import hikkoshi.testkit.MemorySecrets;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.TokenIssuer;

/// From a refresh token in secure storage to the doors of a real Dovecot and Postfix: a token endpoint gives access tokens that Dovecot validates by itself.
@ExtendWith(WithLab.class)
class TokenRefreshTest {
	private static final Duration HOUR = Duration.ofHours(1);
	private static final String USER = "u1@lab.test";
	private static final String FIRST = "refresh-of-u1";
	private static final TlsKit WEB = new TlsKit("localhost");

	private final Lab lab;
	private final Tokens tokens;
	private final List<String> secrets = new ArrayList<>(List.of(FIRST));

	@TempDir
	Path folder;

	TokenRefreshTest(Lab lab) throws Exception {
		this.lab = lab.with("mail");
		tokens = Tokens.of(lab);
	}

	private String door(Door door) {
		return "'%s:%d/%s'".formatted(door.protocol().name().toLowerCase(Locale.ROOT), lab.port("login." + door.key()), door.key().endsWith("s") ? "tls" : "starttls");
	}

	private Headless project(TokenIssuer issuer, MemorySecrets vault) throws Exception {
		String doors = String.join(", ", Stream.of(Door.values()).map(this::door).toList());
		Headless project = Headless.project(folder.resolve("move"), lab, """
				servers:
				  old:
				    - {key: old, name: old.lab.test, addresses: [%s], endpoints: ['imap:%d/tls']}
				  new:
				    - {key: login, name: login.lab.test, addresses: [%s], endpoints: [%s], auth: {method: oauth2, client-id: hikkoshi-lab, token-endpoint: '%s'}}
				domains: [lab.test]
				policy:
				  logins-per-second: 0
				""".formatted(lab.get("old.address"), lab.port("old.imaps"), lab.get("login.address"), doors, issuer.uri()), "address,old_user,new_user\n" + USER + ",u1," + USER + "\n");
		String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(WEB.anchor().getEncoded()) + "\n-----END CERTIFICATE-----\n";
		Files.writeString(project.folder().resolve("ca.pem"), pem, StandardOpenOption.APPEND);
		return project.keeping(vault);
	}

	/// The issuer's next answer.
	private void gives(TokenIssuer issuer, String access, String refresh) {
		secrets.add(access);
		secrets.add(refresh);
		issuer.next(200, "application/json", "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + access + "\",\"refresh_token\":\"" + refresh + "\"}");
	}

	private Ran probe(Headless project) throws Exception {
		Ran ran = project.run("probe", "--side", "new");
		for (String secret : secrets) {
			assertThat(ran.out() + ran.err()).doesNotContain(secret);
			try (Stream<Path> files = Files.walk(project.folder())) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(secret);
				}
			}
		}
		return ran;
	}

	@Test
	void oneRefreshOpensEveryDoorAndTheNextRunUsesTheNewRefreshToken() throws Exception {
		try (TokenIssuer issuer = TokenIssuer.start(WEB.good())) {
			String place = lab.get("login.name") + " " + issuer.uri();
			MemorySecrets vault = new MemorySecrets().with(place, USER, FIRST);
			Headless project = project(issuer, vault);
			gives(issuer, tokens.hs256(USER, HOUR), "second-refresh-of-u1");
			Ran first = probe(project);
			assertThat(first.code()).as(first.out() + first.err()).isZero();
			assertThat(first.out()).contains("OAUTHBEARER");
			assertThat(issuer.requests()).as("six doors").singleElement().satisfies(request -> {
				assertThat(request.form()).containsEntry("grant_type", "refresh_token").containsEntry("refresh_token", FIRST).containsEntry("client_id", "hikkoshi-lab");
			});
			assertThat(vault.value(place, USER)).contains("second-refresh-of-u1");

			gives(issuer, tokens.rs256(USER, HOUR), "third-refresh-of-u1");
			Ran second = probe(project);
			assertThat(second.code()).as(second.out() + second.err()).isZero();
			assertThat(issuer.requests()).hasSize(2);
			assertThat(issuer.requests().getLast().form()).containsEntry("refresh_token", "second-refresh-of-u1");
			assertThat(vault.value(place, USER)).contains("third-refresh-of-u1");
		}
	}

	/// The issuer is content and Dovecot is not: the refusal is the server's, no other door is tried, and the new refresh token is kept all the same.
	@Test
	void anAccessTokenThatDovecotRefuses() throws Exception {
		try (TokenIssuer issuer = TokenIssuer.start(WEB.good())) {
			String place = lab.get("login.name") + " " + issuer.uri();
			MemorySecrets vault = new MemorySecrets().with(place, USER, FIRST);
			Headless project = project(issuer, vault);
			gives(issuer, tokens.forged(USER, HOUR), "second-refresh-of-u1");
			Ran ran = probe(project);
			assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(2);
			assertThat(ran.out()).contains("refused the access token").contains("not known 5, failed 1");
			assertThat(issuer.requests().getFirst().form()).containsEntry("refresh_token", FIRST);
			assertThat(vault.value(place, USER)).contains("second-refresh-of-u1");
		}
	}

	/// A refresh token that was taken back: nobody is logged in anywhere, and what was kept stays.
	@Test
	void aRefreshTokenThatWasTakenBack() throws Exception {
		try (TokenIssuer issuer = TokenIssuer.start(WEB.good()).knows("another")) {
			String place = lab.get("login.name") + " " + issuer.uri();
			MemorySecrets vault = new MemorySecrets().with(place, USER, FIRST);
			Ran ran = probe(project(issuer, vault));
			assertThat(ran.code()).as(ran.out() + ran.err()).isNotZero();
			assertThat(ran.out()).contains("Token has been expired or revoked.");
			assertThat(vault.value(place, USER)).contains(FIRST);
		}
	}
}
