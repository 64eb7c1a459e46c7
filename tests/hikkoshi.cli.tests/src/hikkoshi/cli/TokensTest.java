package hikkoshi.cli;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.model.Migration;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.core.text.Phrases;
import hikkoshi.testkit.MemorySecrets;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.TokenIssuer;

/// Access tokens for headless commands: from a program that the command line or the environment names, and from a token endpoint.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class TokensTest {
	private static final TlsKit TLS = new TlsKit("localhost");

	@TempDir
	Path folder;

	private final MemorySecrets vault = new MemorySecrets();
	private final Keeping commands = new Keeping(vault);
	private ScriptedServer server;

	@BeforeEach
	void open() throws IOException {
		Rules rules = new Rules();
		for (String token : new String[] {"tok-of-ann", "access-1", "access-2"}) {
			String message = "n,a=ann,\1auth=Bearer " + token + "\1\1";
			rules.on("(\\S+) AUTHENTICATE OAUTHBEARER \\Q" + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)) + "\\E",
					script().lines("${1} OK in"));
		}
		server = ScriptedServer.start(script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=OAUTHBEARER] ready").serve(rules
				.on("(\\S+) AUTHENTICATE .*", script().lines("${1} NO [AUTHENTICATIONFAILED] no"))
				.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 7)", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close())));
	}

	@AfterEach
	void close() {
		server.close();
	}

	private Path project(String auth) throws IOException {
		Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(encoded()) + "\n-----END CERTIFICATE-----\n");
		Files.writeString(folder.resolve("mailboxes.csv"), "address,old_user,new_user,wave,note\nann@example.org,ann,ann,,\n");
		Files.writeString(folder.resolve("migration.yaml"), """
				format: hikkoshi/1
				name: Tokens
				servers:
				  old:
				    - key: mx-old
				      name: localhost
				      addresses: ["127.0.0.1"]
				      endpoints: [imap:%d/tls]
				      auth: %s
				  new:
				    - key: new
				      name: new.example
				      addresses: ["127.0.0.1"]
				      endpoints: [imap:993/tls]
				domains:
				  - {name: example.org, wave: main, old: mx-old, new: new}
				trust: [ca.pem]
				""".formatted(server.port(), auth));
		return folder;
	}

	private static byte[] encoded() {
		try {
			return TLS.anchor().getEncoded();
		} catch (CertificateEncodingException e) {
			throw new AssertionError(e);
		}
	}

	private int probe(String... more) {
		String[] line = {"probe", "-p", folder.toString(), "--side", "old"};
		String[] all = Arrays.copyOf(line, line.length + more.length);
		System.arraycopy(more, 0, all, line.length, more.length);
		return commands.run(all);
	}

	@Test
	void aProgramOnTheCommandLineGivesTheToken() throws IOException {
		project("oauth2");
		assertThat(probe("--token-command", "mx-old=/bin/sh -c 'echo tok-of-$HIKKOSHI_USER'")).as(commands.said()).isZero();
		assertThat(commands.out()).contains("OAUTHBEARER").doesNotContain("tok-of");
		assertThat(commands.run("exist", "-p", folder.toString(), "--side", "old", "--token-command", "mx-old=/bin/sh -c 'echo tok-of-$HIKKOSHI_USER'"))
				.as("a mailbox whose token a program knows is logged in to: " + commands.said()).isZero();
		assertThat(probe("--token-command", "mx-old=/bin/false")).isEqualTo(3);
		assertThat(commands.out()).contains("/bin/false", "exit code 1");
	}

	@Test
	void whatIsNoProgramForThatServerIsSaid() throws IOException {
		project("oauth2");
		assertThat(probe("--token-command", "nowhere=/bin/x")).isEqualTo(64);
		assertThat(commands.err()).contains("nowhere", "mx-old");
		assertThat(probe("--token-command", "new=/bin/x")).isEqualTo(64);
		assertThat(commands.err()).contains("auth: oauth2");
		assertThat(probe("--token-command", "mx-old=/bin/x \"s3cret")).isEqualTo(64);
		assertThat(commands.err()).contains("quotation").doesNotContain("s3cret");
		assertThat(probe("--token-command", "/bin/x")).isEqualTo(64);
	}

	@Test
	void theEnvironmentNamesOneByTheServersKey() throws Exception {
		Migration migration = MigrationFiles.load(project("oauth2")).migration().orElseThrow();
		Phrases words = Words.of(Locale.ENGLISH);
		Map<String, String> environment = Map.of("HIKKOSHI_TOKEN_COMMAND_MX_OLD", "/opt/token --mail", "HIKKOSHI_TOKEN_COMMAND_NEW", "/opt/other");
		assertThat(new TokenPrograms(environment, List.of()).of(migration, words)).as("where tokens are wanted").isEqualTo(
				Map.of("mx-old", TokenCommand.parse("/opt/token --mail").orElseThrow()));
		assertThat(new TokenPrograms(environment, List.of("mx-old=mine")).of(migration, words)).as("the command line wins").isEqualTo(
				Map.of("mx-old", TokenCommand.parse("mine").orElseThrow()));
	}

	@Test
	void aNewRefreshTokenTakesTheOldOnesPlaceInSecureStorage() throws IOException {
		try (TokenIssuer issuer = TokenIssuer.start(TLS.good()).knows("first").rotating()) {
			project("{method: oauth2, client-id: c, token-endpoint: '" + issuer.uri() + "'}");
			vault.with("localhost " + issuer.uri(), "ann", "first");
			assertThat(probe()).as(commands.said()).isZero();
			assertThat(vault.value("localhost " + issuer.uri(), "ann")).contains("refresh-1");
			assertThat(probe()).as(commands.said()).isZero();
			assertThat(issuer.requests()).hasSize(2);
		}
	}

	/// A file of passwords cannot take the new one, and it is not put elsewhere behind the person's back.
	@Test
	void aRefreshTokenOfAFileIsExchangedLoudly() throws IOException {
		try (TokenIssuer issuer = TokenIssuer.start(TLS.good()).knows("first").rotating()) {
			project("{method: oauth2, client-id: c, token-endpoint: '" + issuer.uri() + "'}");
			Path file = Files.writeString(folder.resolveSibling(folder.getFileName() + ".csv"), "mx-old,ann,first\n");
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
			try {
				assertThat(probe("--passwords", file.toString())).as(commands.said()).isEqualTo(1);
				assertThat(commands.out()).contains("could not be kept").doesNotContain("refresh-1");
				assertThat(vault.known()).isEmpty();
			} finally {
				Files.delete(file);
			}
		}
	}
}
