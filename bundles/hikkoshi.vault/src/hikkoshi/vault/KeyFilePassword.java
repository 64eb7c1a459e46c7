package hikkoshi.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.crypto.spec.PBEKeySpec;

import org.eclipse.equinox.security.storage.provider.IPreferencesContainer;
import org.eclipse.equinox.security.storage.provider.PasswordProvider;
import org.jspecify.annotations.Nullable;

/// The password of secure storage where neither a keyring nor a person gives one: a random key in a file with mode 0600, made on first use at
/// `~/.hikkoshi/vault.key` (`HIKKOSHI_STATE`), or any file that `HIKKOSHI_KEY_FILE` names. It protects as well as the file's mode does, and no
/// better: who may read both files may read the passwords.
public final class KeyFilePassword extends PasswordProvider {
	static final String ID = "hikkoshi.vault.keyfile";
	private static final int KEY_BYTES = 32;
	private static final int LEAST = 16;
	private static final int MOST = 4_096;
	private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

	private final Path file;

	/// For the extension registry.
	public KeyFilePassword() {
		this(file(System.getenv(), System.getProperty("user.home", ".")));
	}

	KeyFilePassword(Path file) {
		this.file = file;
	}

	static Path file(Map<String, String> environment, String home) {
		String named = environment.getOrDefault("HIKKOSHI_KEY_FILE", "");
		String state = environment.getOrDefault("HIKKOSHI_STATE", "");
		return !named.isEmpty() ? Path.of(named) : (state.isEmpty() ? Path.of(home, ".hikkoshi") : Path.of(state)).resolve("vault.key");
	}

	/// @return null when there is no usable key: secure storage then says that it has no password
	@Override
	public @Nullable PBEKeySpec getPassword(@Nullable IPreferencesContainer container, int passwordType) {
		try {
			if (!Files.exists(file) && (passwordType & CREATE_NEW_PASSWORD) != 0) {
				create();
			}
			return read().orElse(null);
		} catch (IOException e) {
			return null;
		}
	}

	private Optional<PBEKeySpec> read() throws IOException {
		if (!isPrivate(file) || Files.size(file) > MOST) {
			return Optional.empty();
		}
		byte[] bytes = Files.readAllBytes(file);
		char[] key = new char[bytes.length];
		int length = 0;
		for (byte b : bytes) {
			if (b > ' ') {
				key[length++] = (char) b;
			}
		}
		char[] exact = Arrays.copyOf(key, length);
		try {
			return length < LEAST ? Optional.empty() : Optional.of(new PBEKeySpec(exact));
		} finally {
			Arrays.fill(bytes, (byte) 0);
			Arrays.fill(key, '\0');
			Arrays.fill(exact, '\0');
		}
	}

	private void create() throws IOException {
		byte[] random = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(random);
		byte[] text = Base64.getEncoder().withoutPadding().encode(random);
		boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] rights = posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)} : new FileAttribute<?>[0];
		Path folder = file.toAbsolutePath().getParent();
		if (folder != null) {
			Files.createDirectories(folder);
		}
		try (var out = Files.newByteChannel(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights)) {
			out.write(StandardCharsets.US_ASCII.encode(new String(text, StandardCharsets.US_ASCII)));
		} catch (FileAlreadyExistsException e) {
			// another command was first: its key counts
		} finally {
			Arrays.fill(random, (byte) 0);
			Arrays.fill(text, (byte) 0);
		}
	}

	/// Whether nobody but the owner may read or change it; a key that others know is none.
	static boolean isPrivate(Path file) throws IOException {
		if (!Files.isReadable(file)) {
			return false;
		}
		return !file.getFileSystem().supportedFileAttributeViews().contains("posix") || OWNER.containsAll(Files.getPosixFilePermissions(file));
	}
}
