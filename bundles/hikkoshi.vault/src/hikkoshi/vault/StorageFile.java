package hikkoshi.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.secret.SecretReasons;

/// The file of secure storage: where it lies, who may read it, and by what its entries are encrypted. Equinox creates it with the rights of any
/// other file; we take those of others away.
///
/// It is a properties file. Each value of it is `provider TAB data`; without a provider, the data are in the clear.
record StorageFile(Path path) {
	private static final String OURS = "/hikkoshi/";
	private static final String DEFAULT_PASSWORD = "default_password";
	private static final String WINDOW = "org.eclipse.equinox.security.ui.defaultpasswordprovider";
	private static final Set<String> KEYRINGS = Set.of("org.eclipse.equinox.security.linuxkeystoreintegrationjna",
			"org.eclipse.equinox.security.osxkeystoreintegration", "org.eclipse.equinox.security.windowspasswordprovider",
			"org.eclipse.equinox.security.windowspasswordprovider64bit");
	private static final long MOST = 200_000_000;

	/// Where Equinox looks for it: `-eclipse.keyring`, `ECLIPSE_KEYRING`, or its own folder in the home directory.
	static StorageFile standard(String[] arguments) {
		return new StorageFile(named(arguments, "-eclipse.keyring").or(() -> Optional.ofNullable(System.getenv("ECLIPSE_KEYRING")))
				.map(StorageFile::atHome).orElse(Path.of(home(), ".eclipse", "org.eclipse.equinox.security", "secure_storage")));
	}

	private static Optional<String> named(String[] arguments, String option) {
		for (int i = 0; i + 1 < arguments.length; i++) {
			if (option.equalsIgnoreCase(arguments[i])) {
				return Optional.of(arguments[i + 1]);
			}
		}
		return Optional.empty();
	}

	private static Path atHome(String path) {
		String home = "@user.home";
		return path.startsWith(home) ? Path.of(home(), path.substring(home.length())) : Path.of(path);
	}

	private static String home() {
		return System.getProperty("user.home", ".");
	}

	/// Takes away what others may do with it, where the system knows such rights.
	void shutOthersOut() throws IOException {
		if (Files.exists(path) && posix(path)) {
			Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
			if (rights.retainAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))) {
				Files.setPosixFilePermissions(path, rights);
			}
		}
	}

	/// A copy beside it, which only its owner may read; none when there is no file yet.
	Optional<Path> copied() throws IOException {
		if (!Files.exists(path)) {
			return Optional.empty();
		}
		shutOthersOut();
		Path copy = path.resolveSibling(path.getFileName() + ".before");
		return Optional.of(Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES));
	}

	void restore(Optional<Path> copy) throws IOException {
		if (copy.isPresent()) {
			Files.move(copy.get(), path, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	void forget(Optional<Path> copy) throws IOException {
		if (copy.isPresent()) {
			Files.deleteIfExists(copy.get());
		}
	}

	List<Reason> protection() {
		List<Reason> told = new ArrayList<>();
		told.add(Files.exists(path) ? Reason.of(SecretReasons.FILE, path, mode(path)) : Reason.of(SecretReasons.NO_FILE, path));
		Optional<String> now = Providers.inForce();
		told.add(now.map(StorageFile::by).orElse(Reason.of(SecretReasons.NONE)));
		providers().forEach((provider, entries) -> {
			if (provider.isEmpty()) {
				told.add(Reason.of(SecretReasons.CLEAR, entries));
			} else if (!Providers.isThere(provider)) {
				told.add(Reason.of(SecretReasons.ELSEWHERE, entries, provider));
			}
		});
		return told;
	}

	private static Reason by(String provider) {
		if (KEYRINGS.contains(provider)) {
			return Reason.of(SecretReasons.KEYRING, provider);
		}
		return switch (provider) {
			case WINDOW -> Reason.of(SecretReasons.MASTER_PASSWORD);
			case DEFAULT_PASSWORD -> Reason.of(SecretReasons.GIVEN_PASSWORD);
			case KeyFilePassword.ID -> {
				Path key = KeyFilePassword.file(System.getenv(), home());
				yield Reason.of(SecretReasons.KEY_FILE, key, mode(key));
			}
			default -> Reason.of(SecretReasons.OTHER, provider);
		};
	}

	/// How many of our entries each provider has encrypted; the empty one has none.
	Map<String, Integer> providers() {
		Map<String, Integer> counts = new TreeMap<>();
		Properties entries = new Properties();
		try {
			if (Files.isRegularFile(path) && Files.size(path) <= MOST) {
				try (InputStream in = Files.newInputStream(path)) {
					entries.load(in);
				}
			}
		} catch (IOException | IllegalArgumentException e) {
			// who cannot read the file cannot count in it either; reading a password says so
			return counts;
		}
		for (String key : entries.stringPropertyNames()) {
			if (key.startsWith(OURS)) {
				String value = entries.getProperty(key);
				int tab = value.indexOf('\t');
				counts.merge(tab < 0 ? "" : value.substring(0, tab).toLowerCase(Locale.ROOT), 1, Integer::sum);
			}
		}
		return counts;
	}

	/// As `ls` writes it; a dash where the system has no such rights or the file is not there.
	static String mode(Path file) {
		try {
			return posix(file) ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) : "-";
		} catch (IOException e) {
			return "-";
		}
	}

	private static boolean posix(Path file) {
		return file.getFileSystem().supportedFileAttributeViews().contains("posix");
	}
}
