package hikkoshi.core.secret;

import java.io.IOException;
import java.util.Optional;

/// Service: where passwords come from. Core asks through this port and never knows whether a vault, a file or a person answers.
/// Safe for several threads; may block on a person only when the caller's edge says so.
public interface Secrets {
	/// @return a copy that the caller closes, or empty when there is none
	/// @throws IOException when the place could not be read; the message never holds a secret
	Optional<Secret> find(CredentialId id) throws IOException;

	/// Whether there is one, for who need not see it.
	///
	/// @throws IOException when the place could not be read
	default boolean knows(CredentialId id) throws IOException {
		Optional<Secret> secret = find(id);
		secret.ifPresent(Secret::close);
		return secret.isPresent();
	}

	/// Keeps a password.
	///
	/// @throws IOException when it could not be kept
	/// @throws UnsupportedOperationException when this place is read-only (see [#writable])
	void store(CredentialId id, Secret secret) throws IOException;

	/// Forgets a password; nothing happens when there was none.
	void remove(CredentialId id) throws IOException;

	boolean writable();

	/// Knows no password: for runs that need none.
	static Secrets none() {
		return new Secrets() {
			@Override
			public Optional<Secret> find(CredentialId id) {
				return Optional.empty();
			}

			@Override
			public void store(CredentialId id, Secret secret) {
				throw new UnsupportedOperationException("nothing is kept here");
			}

			@Override
			public void remove(CredentialId id) {
				// there is nothing to forget
			}

			@Override
			public boolean writable() {
				return false;
			}
		};
	}
}
