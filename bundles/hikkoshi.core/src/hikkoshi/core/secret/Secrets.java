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

	/// Keeps a secret in the place of the one that [#find] gives, where that one lies: a token endpoint may exchange a refresh token for a new one.
	/// The old one stays until the new one is kept.
	///
	/// @return false when that place is read-only, so that the old one will be found again
	/// @throws IOException when it could not be kept
	default boolean replace(CredentialId id, Secret secret) throws IOException {
		if (writable()) {
			store(id, secret);
		}
		return writable();
	}

	/// The program that prints access tokens for the accounts of a server, where a person has named one; then it comes before whatever is kept.
	///
	/// @param server key of the server
	default Optional<TokenCommand> tokenCommand(String server) {
		return Optional.empty();
	}

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
