package hikkoshi.core.secret;

import hikkoshi.core.model.Account;

/// Whose password: a user at a server. Holds no secret.
///
/// @param server key of the server
public record CredentialId(String server, String user) {
	/// Under which user's name of a server the secret of an OAuth 2.0 client is kept.
	public static String client(String clientId) {
		return "oauth2-client:" + clientId;
	}

	/// Whose secret lets into an account: its own user's, or that of the master who logs in for everybody.
	public static CredentialId of(Account account) {
		return new CredentialId(account.server().key(), account.server().authentication().secretUser(account.user()));
	}
}
