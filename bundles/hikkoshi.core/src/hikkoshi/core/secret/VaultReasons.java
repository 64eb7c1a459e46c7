package hikkoshi.core.secret;

/// What there is to say about a vault's protection. The arguments stand in the comment, in order.
public final class VaultReasons {
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

	private VaultReasons() {}
}
