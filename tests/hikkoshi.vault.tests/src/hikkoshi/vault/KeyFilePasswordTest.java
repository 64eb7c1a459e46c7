package hikkoshi.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import javax.crypto.spec.PBEKeySpec;

import org.eclipse.equinox.security.storage.provider.PasswordProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilePasswordTest {
	@TempDir
	Path folder;

	private Path file() {
		return folder.resolve("state/vault.key");
	}

	private @Nullable PBEKeySpec ask(int type) {
		return new KeyFilePassword(file()).getPassword(null, type);
	}

	@Test
	void aKeyIsMadeOnceAndForItsOwnerOnly() throws Exception {
		PBEKeySpec first = ask(PasswordProvider.CREATE_NEW_PASSWORD);
		assertThat(first).isNotNull();
		assertThat(first.getPassword().length).isGreaterThanOrEqualTo(43);
		assertThat(ask(0)).isNotNull().satisfies(again -> assertThat(again.getPassword()).isEqualTo(first.getPassword()));
		assertThat(ask(PasswordProvider.CREATE_NEW_PASSWORD)).isNotNull().satisfies(again -> assertThat(again.getPassword()).isEqualTo(first.getPassword()));
		if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
			assertThat(StorageFile.mode(file())).isEqualTo("rw-------");
		}
	}

	/// A new key would make all that is kept unreadable, and nobody would know why.
	@Test
	void aLostKeyIsNotReplacedWhenSomethingIsEncryptedWithIt() {
		assertThat(ask(0)).isNull();
		assertThat(file()).doesNotExist();
	}

	@Test
	void aKeyThatOthersMayReadIsNone() throws Exception {
		assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
		ask(PasswordProvider.CREATE_NEW_PASSWORD);
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
		assertThat(ask(0)).isNull();
		assertThat(ask(PasswordProvider.CREATE_NEW_PASSWORD)).isNull();
	}

	@Test
	void aShortOrHugeKeyIsNone() throws Exception {
		ask(PasswordProvider.CREATE_NEW_PASSWORD);
		Files.writeString(file(), "short");
		assertThat(ask(0)).isNull();
		Files.writeString(file(), "x".repeat(5_000));
		assertThat(ask(0)).isNull();
	}

	@Test
	void theEnvironmentSaysWhereItLies() {
		assertThat(KeyFilePassword.file(Map.of(), "/home/ann")).isEqualTo(Path.of("/home/ann/.hikkoshi/vault.key"));
		assertThat(KeyFilePassword.file(Map.of("HIKKOSHI_STATE", "/s"), "/home/ann")).isEqualTo(Path.of("/s/vault.key"));
		assertThat(KeyFilePassword.file(Map.of("HIKKOSHI_STATE", "/s", "HIKKOSHI_KEY_FILE", "/k"), "/home/ann")).isEqualTo(Path.of("/k"));
	}
}
