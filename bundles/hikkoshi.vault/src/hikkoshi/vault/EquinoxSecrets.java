package hikkoshi.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.equinox.security.storage.EncodingUtils;
import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;
import org.eclipse.osgi.service.environment.EnvironmentInfo;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.secret.SecretReasons;

/// Passwords in Equinox secure storage, encrypted, at `/hikkoshi/<server>/<user>`. Blocks: the storage may ask a person for its master
/// password. Safe for several threads.
public final class EquinoxSecrets implements Vault {
	private static final String ROOT = "/hikkoshi/";
	private static final String PASSWORD = "password";
	/// No server has this name.
	private static final String TRIAL = "*";
	private static final Pattern ESCAPE = Pattern.compile("%([0-9a-f]{4})");

	private final Supplier<@Nullable ISecurePreferences> storage;
	private final StorageFile file;

	/// The user's own default storage.
	public EquinoxSecrets(EnvironmentInfo environment) {
		this(SecurePreferencesFactory::getDefault, StorageFile.standard(environment.getNonFrameworkArgs()));
	}

	EquinoxSecrets(Supplier<@Nullable ISecurePreferences> storage, StorageFile file) {
		this.storage = storage;
		this.file = file;
	}

	/// Over another storage than the default one.
	///
	/// @param file where that storage lies
	public static EquinoxSecrets in(ISecurePreferences storage, Path file) {
		return new EquinoxSecrets(() -> storage, new StorageFile(file));
	}

	@Override
	public synchronized List<CredentialId> known() throws IOException {
		ISecurePreferences root = root();
		List<CredentialId> known = new ArrayList<>();
		if (root.nodeExists(ROOT.substring(0, ROOT.length() - 1))) {
			ISecurePreferences ours = root.node(ROOT.substring(0, ROOT.length() - 1));
			for (String server : ours.childrenNames()) {
				for (String user : ours.node(server).childrenNames()) {
					known.add(new CredentialId(text(server), text(user)));
				}
			}
		}
		return known;
	}

	@Override
	public List<Reason> protection() {
		return file.protection();
	}

	@Override
	public synchronized Optional<Secret> find(CredentialId id) throws IOException {
		ISecurePreferences root = root();
		if (!root.nodeExists(path(id))) {
			return Optional.empty();
		}
		try {
			String value = root.node(path(id)).get(PASSWORD, null);
			return value == null ? Optional.empty() : Optional.of(secret(value));
		} catch (StorageException e) {
			throw failure("read", id, e);
		}
	}

	@Override
	public synchronized void store(CredentialId id, Secret secret) throws IOException {
		put(root(), id, secret);
		flush(root());
	}

	/// The old value is worth nothing once the new one was given out, and the new one is lost when it cannot be kept: whether anything encrypts is tried
	/// on another entry first, and a file that cannot be written stays what it was.
	@Override
	public synchronized boolean replace(CredentialId id, Secret secret) throws IOException {
		ISecurePreferences root = root();
		CredentialId trial = new CredentialId(TRIAL, TRIAL);
		try (Secret word = Secret.of(TRIAL)) {
			put(root, trial, word);
		} finally {
			root.node(path(trial)).parent().removeNode();
		}
		put(root, id, secret);
		Optional<Path> copy = file.copied();
		try {
			flush(root);
			return true;
		} catch (IOException e) {
			file.restore(copy);
			throw e;
		} finally {
			file.forget(copy);
		}
	}

	private void put(ISecurePreferences root, CredentialId id, Secret secret) throws IOException {
		char[] value = secret.reveal();
		try {
			// secure storage takes strings only: this copy is beyond our reach, the arrays are not
			ISecurePreferences node = root.node(path(id));
			node.put(PASSWORD, new String(value), true);
			// without a window, Equinox keeps in the clear what no provider has a password for, and only says so on standard error
			if (!node.isEncrypted(PASSWORD)) {
				node.removeNode();
				throw new SecretException(Reason.of(SecretReasons.NONE));
			}
		} catch (StorageException e) {
			throw failure("write", id, e);
		} finally {
			Arrays.fill(value, '\0');
		}
	}

	private void flush(ISecurePreferences root) throws IOException {
		root.flush();
		file.shutOthersOut();
	}

	@Override
	public synchronized void remove(CredentialId id) throws IOException {
		ISecurePreferences root = root();
		if (root.nodeExists(path(id))) {
			root.node(path(id)).removeNode();
			root.flush();
		}
	}

	@Override
	public boolean writable() {
		return true;
	}

	private ISecurePreferences root() throws IOException {
		ISecurePreferences root = storage.get();
		if (root == null) {
			throw new IOException("secure storage is not available: its file could not be opened");
		}
		return root;
	}

	private static Secret secret(String value) {
		char[] characters = value.toCharArray();
		try {
			return Secret.of(characters);
		} finally {
			Arrays.fill(characters, '\0');
		}
	}

	/// A node's name back as it was.
	private static String text(String segment) {
		return ESCAPE.matcher(EncodingUtils.decodeSlashes(segment)).replaceAll(escape ->
				Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
	}

	/// Names the account and the kind of failure, never a value.
	private static IOException failure(String verb, CredentialId id, StorageException e) {
		return new IOException("secure storage could not " + verb + " the password of " + id.user() + " at " + id.server() + " (code "
				+ e.getErrorCode() + "): " + e.getMessage(), e);
	}

	private static String path(CredentialId id) {
		return ROOT + segment(id.server()) + "/" + segment(id.user());
	}

	/// Secure storage names are printable ASCII without slashes; a user name may be anything.
	private static String segment(String text) {
		StringBuilder safe = new StringBuilder();
		text.chars().forEach(c -> {
			if (c > ' ' && c < 0x7f && c != '%') {
				safe.append((char) c);
			} else {
				safe.append('%').append(String.format("%04x", c));
			}
		});
		return EncodingUtils.encodeSlashes(safe.toString());
	}
}
