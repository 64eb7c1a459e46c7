package hikkoshi.ui.tests.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.core.secret.Vault;

/// Secure storage that no other test, and no person, shares.
public final class MemoryVault implements Vault {
	private final Map<CredentialId, String> kept = new ConcurrentHashMap<>();
	private volatile @Nullable Reason refusal;

	public Map<CredentialId, String> kept() {
		return kept;
	}

	/// Refuses from now on to keep anything.
	public void refuse(Reason why) {
		refusal = why;
	}

	@Override
	public Optional<Secret> find(CredentialId id) {
		return Optional.ofNullable(kept.get(id)).map(Secret::of);
	}

	@Override
	public void store(CredentialId id, Secret secret) throws IOException {
		Reason why = refusal;
		if (why != null) {
			throw new SecretException(why);
		}
		char[] revealed = secret.reveal();
		kept.put(id, new String(revealed));
		Arrays.fill(revealed, '\0');
	}

	@Override
	public void remove(CredentialId id) {
		kept.remove(id);
	}

	@Override
	public boolean writable() {
		return true;
	}

	@Override
	public List<CredentialId> known() {
		return new ArrayList<>(kept.keySet());
	}

	@Override
	public List<Reason> protection() {
		return List.of(Reason.of(SecretReasons.FILE, "/home/ann/.eclipse/org.eclipse.equinox.security/secure_storage", "rw-------"),
				Reason.of(SecretReasons.KEY_FILE, "/home/ann/.hikkoshi/vault.key", "rw-------"));
	}
}
