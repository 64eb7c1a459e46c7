package hikkoshi.core.secret;

import hikkoshi.core.model.Account;

/// Whose password: a user at a server. Holds no secret.
///
/// @param server key of the server
public record CredentialId(String server, String user) {
	/// Whose secret lets into an account: its own user's, or that of the master who logs in for everybody.
	public static CredentialId of(Account account) {
		return new CredentialId(account.server().key(), account.server().authentication().secretUser(account.user()));
	}
}
