package hikkoshi.workspace;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// Passwords that a person gave for one run only, before those of the vault. They live in memory until [#close] wipes them.
/// Safe for several threads.
public final class RunSecrets implements Secrets, AutoCloseable {
	private final Map<CredentialId, Secret> given = new HashMap<>();
	private final Secrets vault;

	public RunSecrets(Secrets vault) {
		this.vault = vault;
	}

	@Override
	public Optional<Secret> find(CredentialId id) throws IOException {
		synchronized (given) {
			Secret mine = given.get(id);
			if (mine != null) {
				char[] value = mine.reveal();
				try {
					return Optional.of(Secret.of(value));
				} finally {
					Arrays.fill(value, '\0');
				}
			}
		}
		return vault.find(id);
	}

	/// Keeps a password for this run.
	public void give(CredentialId id, Secret secret) {
		char[] value = secret.reveal();
		synchronized (given) {
			Secret before = given.put(id, Secret.of(value));
			if (before != null) {
				before.close();
			}
		}
		Arrays.fill(value, '\0');
	}

	/// Keeps a password in the vault, beyond this run.
	@Override
	public void store(CredentialId id, Secret secret) throws IOException {
		vault.store(id, secret);
	}

	@Override
	public void remove(CredentialId id) throws IOException {
		synchronized (given) {
			Secret before = given.remove(id);
			if (before != null) {
				before.close();
			}
		}
		vault.remove(id);
	}

	@Override
	public boolean writable() {
		return vault.writable();
	}

	@Override
	public void close() {
		synchronized (given) {
			given.values().forEach(Secret::close);
			given.clear();
		}
	}
}
