package hikkoshi.workspace.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.equinox.security.storage.EncodingUtils;
import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// Passwords in Equinox secure storage, encrypted, at `/hikkoshi/<server>/<user>`. Blocks: the storage may ask a person for its master
/// password. Safe for several threads.
public final class EquinoxSecrets implements Secrets {
	private static final String ROOT = "/hikkoshi/";
	private static final String PASSWORD = "password";

	private final Supplier<@Nullable ISecurePreferences> storage;

	/// The user's own default storage.
	public EquinoxSecrets() {
		this(SecurePreferencesFactory::getDefault);
	}

	EquinoxSecrets(Supplier<@Nullable ISecurePreferences> storage) {
		this.storage = storage;
	}

	/// Over another storage than the default one.
	public static EquinoxSecrets in(ISecurePreferences storage) {
		return new EquinoxSecrets(() -> storage);
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
		ISecurePreferences root = root();
		char[] value = secret.reveal();
		try {
			// secure storage takes strings only: this copy is beyond our reach, the arrays are not
			root.node(path(id)).put(PASSWORD, new String(value), true);
			root.flush();
		} catch (StorageException e) {
			throw failure("write", id, e);
		} finally {
			Arrays.fill(value, '\0');
		}
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
