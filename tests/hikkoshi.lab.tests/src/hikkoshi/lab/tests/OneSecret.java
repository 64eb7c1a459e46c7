package hikkoshi.lab.tests;

import java.util.Optional;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// Knows the secret of one user at one server, and nothing else.
record OneSecret(CredentialId whose, String secret) implements Secrets {
	@Override
	public Optional<Secret> find(CredentialId id) {
		return id.equals(whose) ? Optional.of(Secret.of(secret)) : Optional.empty();
	}

	@Override
	public void store(CredentialId id, Secret unused) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void remove(CredentialId id) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean writable() {
		return false;
	}

	@Override
	public String toString() {
		return "OneSecret[" + whose + "]";
	}
}
