package hikkoshi.workspace;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.TokenCommand;

/// Passwords that a person gave for one run only, before those of the vault. They live in memory until [#close] wipes them.
/// Safe for several threads.
public final class RunSecrets implements Secrets, AutoCloseable {
	private final Map<CredentialId, Secret> given = new HashMap<>();
	/// Those of them that the vault has, or will have.
	private final Set<CredentialId> remembered = new HashSet<>();
	private final Secrets vault;
	/// Held while something is written to the vault; taken before `given`.
	private final Object keeping = new Object();

	public RunSecrets(Secrets vault) {
		this.vault = vault;
	}

	@Override
	public Optional<Secret> find(CredentialId id) throws IOException {
		Optional<Secret> mine = mine(id);
		return mine.isPresent() ? mine : vault.find(id);
	}

	private Optional<Secret> mine(CredentialId id) {
		synchronized (given) {
			Secret mine = given.get(id);
			if (mine == null) {
				return Optional.empty();
			}
			char[] value = mine.reveal();
			try {
				return Optional.of(Secret.of(value));
			} finally {
				Arrays.fill(value, '\0');
			}
		}
	}

	@Override
	public Optional<TokenCommand> tokenCommand(String server) {
		return vault.tokenCommand(server);
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

	/// Puts what was given into the vault as well, each as it is by then. Blocks: the vault may ask for its own password.
	///
	/// @param ids those that the person wants kept; named before the run begins, so that what is exchanged meanwhile is not kept as it was
	public void remember(Set<CredentialId> ids) throws IOException {
		for (CredentialId id : ids) {
			synchronized (keeping) {
				Optional<Secret> secret = mine(id);
				if (secret.isPresent()) {
					try (Secret one = secret.get()) {
						vault.store(id, one);
					}
				}
			}
		}
	}

	/// Says what [#remember] will be called with.
	public void willRemember(Set<CredentialId> ids) {
		synchronized (given) {
			remembered.addAll(ids);
		}
	}

	/// In the place where it was found: what was given stays given, and is in the vault as well only where the person wanted that.
	@Override
	public boolean replace(CredentialId id, Secret secret) throws IOException {
		synchronized (keeping) {
			boolean ours;
			boolean kept;
			synchronized (given) {
				ours = given.containsKey(id);
				kept = remembered.contains(id);
			}
			if (!ours) {
				return vault.replace(id, secret);
			}
			give(id, secret);
			return kept && vault.replace(id, secret);
		}
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
