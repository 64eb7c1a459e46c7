package hikkoshi.cli;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// A place of passwords that a headless run only reads.
interface ReadOnlySecrets extends Secrets {
	@Override
	default void store(CredentialId id, Secret secret) {
		throw new UnsupportedOperationException("headless commands keep no passwords");
	}

	@Override
	default void remove(CredentialId id) {
		throw new UnsupportedOperationException("headless commands keep no passwords");
	}

	@Override
	default boolean writable() {
		return false;
	}
}
