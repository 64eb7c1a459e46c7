package hikkoshi.core.probe;

/// What can be said about an address by asking a server, with RCPT TO and no mail, whether it receives for it. The arguments stand in the comment, in
/// order; none of them differs from one look to the next while the server says the same.
public final class PresenceReasons {
	/// The probe that asks.
	public static final String PROBE = "smtp.recipient";

	/// Accepted, while a random address of the same domain was not. (server's words)
	public static final String RECEIVES = "presence.receives";
	/// It exists, but its mailbox is full (RFC 3463: X.2.2). (server's words)
	public static final String FULL = "presence.full";
	/// A random address was accepted, as it should be where a catch-all is. (server's words)
	public static final String CATCH_ALL = "presence.catch-all";

	/// No such address there. (server's words)
	public static final String MISSING = "presence.missing";
	/// There should be a catch-all, and a random address is refused. (server's words)
	public static final String NO_CATCH_ALL = "presence.no-catch-all";
	/// The server does not hold the domain: it would have to relay. (domain, server's words)
	public static final String NOT_LOCAL = "presence.not-local";
	/// The local part is not ASCII and the server cannot take such an address (RFC 6531). ()
	public static final String NO_SMTPUTF8 = "presence.no-smtputf8";
	/// It exists and takes no mail (RFC 3463: X.2.1). (server's words)
	public static final String DISABLED = "presence.disabled";

	/// A random address is accepted too: the answer tells nothing. (server's words to the random address)
	public static final String ACCEPTS_ALL = "presence.accepts-all";
	/// Accepted, but whether a random address would be could not be found out. (server's words to the random address)
	public static final String NO_CONTROL = "presence.no-control";
	/// 252: the server does not say. (server's words)
	public static final String CANNOT_VERIFY = "presence.cannot-verify";
	/// Greylisted: who asks again later is told. (server's words)
	public static final String GREYLISTED = "presence.greylisted";
	/// Not now, for another reason. (server's words)
	public static final String LATER = "presence.later";
	/// Refused for who asks, not for who is asked for. (server's words)
	public static final String POLICY = "presence.policy";
	/// The empty sender was refused, so no address could be asked for. (server's words)
	public static final String NULL_SENDER = "presence.null-sender";
	/// Refused in words that nobody here understands. (server's words)
	public static final String REFUSED = "presence.refused";
	/// Not asked: this door has failed more than once in this run. (place, the reason of that)
	public static final String DOOR_SHUT = "presence.door-shut";

	/// Said of the roster, not by a probe: alive on OLD and missing on NEW. (address, the reason on NEW)
	public static final String FORGOTTEN = "presence.forgotten";

	private PresenceReasons() {}
}
