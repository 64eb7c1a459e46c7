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

	/// Getting an access token from a token endpoint is not built yet. (server key, host)
	public static final String NO_REFRESH = "token.no-refresh";

	private SecretReasons() {}
}
