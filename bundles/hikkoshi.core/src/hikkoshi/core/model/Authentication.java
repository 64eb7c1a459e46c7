package hikkoshi.core.model;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/// How the mailboxes of a server log in. Holds no secret: passwords, refresh tokens and the command that prints a token live in `Secrets` or
/// in a person's settings, never in a file of the project (who opens a stranger's project must not run the stranger's commands).
public sealed interface Authentication {
	Authentication PASSWORD = new Password();

	/// Each account with its own password.
	record Password() implements Authentication {}

	/// One administrator logs in as everybody.
	///
	/// @param user the master's own login name; its password is the one asked for, under this name
	/// @param form how the server is told whose mailbox is meant
	record MasterUser(String user, Form form) implements Authentication {
		/// How a master says whose mailbox it wants.
		public sealed interface Form {
			/// `user*master` as login name, e.g. Dovecot's `auth_master_user_separator`.
			record Separator(String characters) implements Form {}

			/// The authorization identity of SASL (RFC 4422, 3.4.1; RFC 4616), e.g. Cyrus and Dovecot.
			record AuthorizationId() implements Form {}
		}
	}

	/// An OAuth 2.0 access token in place of a password: OAUTHBEARER (RFC 7628) or XOAUTH2, whichever the server offers.
	///
	/// @param refresh how an access token is got from a refresh token (RFC 6749, 6); null when a person's command prints the token
	record OAuth(@Nullable Refresh refresh) implements Authentication {
		/// @param scope empty for that of the first grant
		public record Refresh(URI tokenEndpoint, String clientId, String scope) {}
	}

	/// Under which login name of the server the secret of an account is kept: the master's, or the account's own.
	default String secretUser(String user) {
		return switch (this) {
			case Password _, OAuth _ -> user;
			case MasterUser master -> master.user();
		};
	}

	/// What it adds to the id of an account (see [Account]): nothing for a password. Whose token it was, and from where, the server cannot tell: all
	/// access tokens are one method. A slash would end it, and stands as `%2f`.
	default String idMethod() {
		return switch (this) {
			case Password _ -> "";
			case MasterUser(String master, MasterUser.Form.Separator(String characters)) -> "~master=" + escaped(characters + master);
			case MasterUser(String master, MasterUser.Form.AuthorizationId()) -> "~authzid=" + escaped(master);
			case OAuth _ -> "~oauth2";
		};
	}

	private static String escaped(String text) {
		return text.replace("%", "%25").replace("/", "%2f");
	}
}
