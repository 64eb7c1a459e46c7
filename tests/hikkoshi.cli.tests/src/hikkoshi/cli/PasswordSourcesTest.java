package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.text.Phrases;

class PasswordSourcesTest {
	private static final Phrases WORDS = Words.of(Locale.ENGLISH);
	private static final CredentialId ANN = new CredentialId("mx-old", "ann@example.org");

	@TempDir
	Path folder;

	private Path file(String content, String mode) throws IOException {
		Path file = folder.resolve("passwords.csv");
		Files.writeString(file, content);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
	}

	private static String reveal(Secret secret) {
		return new String(secret.reveal());
	}

	@Test
	void aProtectedFileIsRead() throws Exception {
		PasswordFile passwords = PasswordFile.read(file("# old side\nmx-old,ann@example.org,\"s,e\"\"c\"\nmx-new,bob,パス\n", "rw-------"), WORDS);
		assertThat(passwords.find(ANN)).map(PasswordSourcesTest::reveal).contains("s,e\"c");
		assertThat(passwords.find(new CredentialId("mx-new", "bob"))).map(PasswordSourcesTest::reveal).contains("パス");
		assertThat(passwords.find(new CredentialId("mx-new", "ann@example.org"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw----"})
	void aFileThatOthersMayReadIsRefused(String mode) throws Exception {
		Path file = file("mx-old,ann@example.org,secret\n", mode);
		assertThatThrownBy(() -> PasswordFile.read(file, WORDS)).isInstanceOf(CommandFailure.class).hasMessageContaining("chmod 600");
	}

	@ParameterizedTest
	@ValueSource(strings = {"mx-old,ann,secret,more\n", "mx-old,ann\n", ",ann,secret\n", "mx-old,ann,\n", "mx-old,ann,\"secret\n", "mx-old,ann,\"secret\"x\n"})
	void aBadLineIsNamedWithoutItsContent(String content) throws Exception {
		Path file = file("mx-old,carl,first\n" + content, "rw-------");
		assertThatThrownBy(() -> PasswordFile.read(file, WORDS)).isInstanceOf(CommandFailure.class).hasMessageContaining("line 2")
				.hasMessageNotContaining("secret").hasMessageNotContaining("first").hasNoCause();
	}

	@Test
	void theSameAccountTwiceIsRefused() throws Exception {
		Path file = file("mx-old,ann,one\nmx-old,ann,two\n", "rw-------");
		assertThatThrownBy(() -> PasswordFile.read(file, WORDS)).isInstanceOf(CommandFailure.class).hasMessageContaining("listed twice")
				.hasMessageNotContaining("two,").hasMessageNotContaining("one,");
	}

	@Test
	void aMissingFileSaysSo() {
		assertThatThrownBy(() -> PasswordFile.read(folder.resolve("none.csv"), WORDS)).isInstanceOf(CommandFailure.class)
				.hasMessageContaining("none.csv");
	}

	@Test
	void theEnvironmentIsAskedByServerAndUser() {
		EnvironmentPasswords environment = new EnvironmentPasswords(Map.of("HIKKOSHI_PASSWORD_MX_OLD__ANN_EXAMPLE_ORG", "secret"));
		assertThat(environment.find(ANN)).map(PasswordSourcesTest::reveal).contains("secret");
		assertThat(environment.find(new CredentialId("mx-new", "ann@example.org"))).isEmpty();
		assertThat(environment.writable()).isFalse();
	}

	@Test
	void theFirstSourceThatKnowsWins() throws Exception {
		SecretChain chain = new SecretChain(List.of(new EnvironmentPasswords(Map.of()),
				new EnvironmentPasswords(Map.of(EnvironmentPasswords.variable(ANN), "second")),
				new EnvironmentPasswords(Map.of(EnvironmentPasswords.variable(ANN), "third"))));
		assertThat(chain.find(ANN)).map(PasswordSourcesTest::reveal).contains("second");
	}
}
