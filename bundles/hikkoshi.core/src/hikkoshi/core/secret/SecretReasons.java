package hikkoshi.core.secret;

/// What there is to say about secrets: how a vault protects them, why a table of passwords could not be used, why there is no access token.
/// The arguments stand in the comment, in order.
public final class SecretReasons {
	/// Where it lies. (file, its mode)
	public static final String FILE = "vault.file";
	/// Where it will lie. (file)
	public static final String NO_FILE = "vault.no-file";
	/// Encrypted by the system's keyring. (provider)
	public static final String KEYRING = "vault.keyring";
	/// Encrypted by a master password that a person types in the window. ()
	public static final String MASTER_PASSWORD = "vault.master-password";
	/// Encrypted by a key that lies in a file beside it. (file, its mode)
	public static final String KEY_FILE = "vault.key-file";
	/// Encrypted by the password of the file that `-eclipse.password` names. ()
	public static final String GIVEN_PASSWORD = "vault.given-password";
	/// Encrypted by a provider that we know nothing of. (provider)
	public static final String OTHER = "vault.other";
	/// Nothing could encrypt. ()
	public static final String NONE = "vault.none";
	/// Entries that this face cannot read. (how many, provider)
	public static final String ELSEWHERE = "vault.elsewhere";
	/// Entries in the clear. (how many)
	public static final String CLEAR = "vault.clear";

	/// A line that is no row of the table. ()
	public static final String IMPORT_LINE = "password.line";
	/// No password in it. (whose)
	public static final String IMPORT_EMPTY = "password.empty";
	/// Nobody of that name in the migration. (user, server key or side)
	public static final String IMPORT_UNKNOWN = "password.unknown";
	/// No such server. (as written)
	public static final String IMPORT_SERVER = "password.server";
	/// It does not say which side. (whose)
	public static final String IMPORT_SIDE = "password.side";
	/// Another password for the same account stands above. (user, server key, line)
	public static final String IMPORT_TWICE = "password.twice";

	/// The program could not be started. (program, the system's words)
	public static final String COMMAND_START = "token.command-start";
	/// The program ended with an error. (program, exit code, its last words)
	public static final String COMMAND_FAILED = "token.command-failed";
	/// The program did not end in time. (program, seconds)
	public static final String COMMAND_TIMEOUT = "token.command-timeout";
	/// The program printed no token. (program)
	public static final String COMMAND_OUTPUT = "token.command-output";
	/// No refresh token is known. (user, server key, host of the token endpoint)
	public static final String NO_GRANT = "token.no-grant";
	/// The token endpoint refuses the refresh token. (user, its error, its words)
	public static final String GRANT_REFUSED = "token.grant-refused";
	/// The token endpoint refuses this client. (client id, its error, its words)
	public static final String CLIENT_REFUSED = "token.client-refused";
	/// The token endpoint refuses for another reason. (host, its error, its words)
	public static final String TOKEN_REFUSED = "token.refused";
	/// The token endpoint cannot do it now. (host, HTTP status, its words)
	public static final String TOKEN_BUSY = "token.busy";
	/// DNS of this computer knows no address of the token endpoint. (host)
	public static final String TOKEN_NO_ADDRESS = "token.no-address";
	/// The token endpoint could not be reached, or did not answer in time. (host, reason id of the connection, its arguments)
	public static final String TOKEN_UNREACHABLE = "token.unreachable";
	/// The token endpoint's name is not proven; nothing was sent. (host, reason id of TLS, its arguments)
	public static final String TOKEN_TLS = "token.tls";
	/// The token endpoint answered something else than a token. (host, HTTP status, type of what came)
	public static final String TOKEN_ANSWER = "token.answer";
	/// Logged in, but a new refresh token came and could not be kept where the old one lies, which may be worthless now. (user, server key)
	public static final String NOT_KEPT = "token.not-kept";

	private SecretReasons() {}
}
