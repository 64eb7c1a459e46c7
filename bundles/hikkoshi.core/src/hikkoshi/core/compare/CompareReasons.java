package hikkoshi.core.compare;

/// Reason ids of a comparison. What is lacking has one of its own for each extension that is known: `compare.lacks.` and the key of [Extensions].
public final class CompareReasons {
	/// Both say the same. ()
	public static final String SAME = "compare.same";
	/// Both have it, in different ways that harm nobody. ()
	public static final String DIFFERS = "compare.differs";
	/// Only the new side has it. ()
	public static final String GAINS = "compare.gains";
	/// The new side lacks it, in general words: what is said for an extension that is not known, and what to do about any. (feature, protocol)
	public static final String LACKS = "compare.lacks";
	/// One side's doors have not told. (side, protocol)
	public static final String SIDE_UNKNOWN = "compare.side-unknown";
	/// A login may show it. (feature, server key)
	public static final String BEHIND_LOGIN = "compare.behind-login";
	/// A door was never asked. (endpoint, address, server key)
	public static final String NOT_ASKED = "compare.not-asked";
	/// A door was asked too long ago. (endpoint, address, server key, when)
	public static final String STALE = "compare.stale";
	/// A door was asked and told nothing. (endpoint, address, server key, reason …)
	public static final String NOT_READ = "compare.not-read";
	/// No account of a server was looked at behind its login. (server key)
	public static final String NO_PROFILE = "compare.no-profile";
	/// The same, tried. (server key, reason …)
	public static final String PROFILE_NOT_READ = "compare.profile-not-read";
	/// Doors of one server have it, others do not. (feature, server key, doors with, doors without)
	public static final String DISAGREE = "compare.disagree";
	/// Doors of one server say it differently. (feature, server key, what each says)
	public static final String DISAGREE_VALUE = "compare.disagree-value";
	/// No endpoint for that protocol on the new side. (protocol)
	public static final String PROTOCOL_MISSING = "compare.protocol-missing";
	/// No such endpoint on the new side. (endpoint, endpoints for that protocol)
	public static final String ENDPOINT_MISSING = "compare.endpoint-missing";
	/// An older TLS. (old, new)
	public static final String TLS_OLDER = "compare.tls-older";
	/// Shorter messages. (old, new)
	public static final String SIZE_SMALLER = "compare.size-smaller";
	/// Shorter messages can be put into folders. (old, new)
	public static final String APPEND_SMALLER = "compare.append-smaller";
	/// POP3 keeps messages for a shorter time. (old, new)
	public static final String EXPIRE_SHORTER = "compare.expire-shorter";
	/// POP3 wants longer pauses. (old, new)
	public static final String DELAY_LONGER = "compare.delay-longer";
	/// Needed by addresses of the roster. (how many, one of them)
	public static final String SMTPUTF8_NEEDED = "compare.smtputf8-needed";
	/// A password cannot be used: only tokens. (mechanisms)
	public static final String TOKENS_ONLY = "compare.tokens-only";
	/// The mechanism is missing, the plain login command works. (mechanism)
	public static final String BY_COMMAND = "compare.by-command";
	/// The plain login command is off on the new side. ()
	public static final String LOGIN_DISABLED = "compare.login-disabled";
	/// Levels of folder names are separated differently. (old, new, folders whose names hold the new one)
	public static final String SEPARATOR = "compare.separator";
	/// Personal folders begin differently. (old, new)
	public static final String PREFIX = "compare.prefix";
	/// A kind of namespace is missing. (prefixes)
	public static final String NAMESPACE_MISSING = "compare.namespace-missing";
	/// No folder has that use. (use, folder on the old side)
	public static final String USE_MISSING = "compare.use-missing";
	/// Another folder has that use. (use, old, new)
	public static final String USE_ELSEWHERE = "compare.use-elsewhere";
	/// The mailbox will not fit. (user, used, limit)
	public static final String QUOTA_SMALLER = "compare.quota-smaller";
	/// Offered, but a session cannot switch it on. (extensions)
	public static final String NOT_ENABLED = "compare.not-enabled";
	/// Offered, but refused when asked. (commands)
	public static final String REFUSED = "compare.refused";

	/// The new side was not counted. (mailbox, server key)
	public static final String NOT_COUNTED = "compare.not-counted";
	/// Some folders were not counted. (mailbox, how many)
	public static final String COUNTED_PARTLY = "compare.counted-partly";
	/// Folders of the old side that the new one has not. (mailbox, how many, some of them)
	public static final String FOLDERS_MISSING = "compare.folders-missing";
	/// Folders that hold fewer messages than on the old side. (mailbox, how many, some of them with both numbers)
	public static final String MESSAGES_FEWER = "compare.messages-fewer";
	/// Messages longer than the new side takes. (mailbox, how many, limit, folders)
	public static final String MESSAGES_LONGER = "compare.messages-longer";

	private CompareReasons() {}
}
