package hikkoshi.core.probe;

/// Reason ids that more than one room must agree on: the kinds of failure of a connection and a login, which are never collapsed into
/// "failed". Ids of a single probe stay with that probe. The arguments stand in the comment, in order.
public final class Reasons {
	/// Login proven. (protocol, TLS version, mechanism)
	public static final String LOGIN_OK = "login.ok";
	/// The host refused the TCP connection (RST on connect). (address, port)
	public static final String REFUSED = "connect.refused";
	/// No answer to the TCP handshake in time. (address, port, seconds)
	public static final String CONNECT_TIMEOUT = "connect.timeout";
	/// No route, network or host unreachable. (address, system's words)
	public static final String UNREACHABLE = "connect.unreachable";
	/// Connected, then silence. (phase, seconds)
	public static final String READ_TIMEOUT = "read.timeout";
	/// The overall limit of the probe passed while bytes still trickled in. (phase, seconds, bytes received)
	public static final String TOO_SLOW = "read.too-slow";
	/// The peer reset the connection. (phase)
	public static final String RESET = "connect.reset";
	/// The peer closed the connection without a word. (phase)
	public static final String CLOSED = "connect.closed";
	/// A line or reply beyond every bound. (phase, limit in bytes)
	public static final String OVERSIZED = "read.oversized";
	/// Something answered, but not in this protocol. (protocol, first words)
	public static final String NOT_PROTOCOL = "protocol.other";
	/// The answer broke the protocol's rules. (phase, words)
	public static final String PROTOCOL_ERROR = "protocol.error";
	/// The certificate is valid for other names only. (expected name, names in it)
	public static final String TLS_NAME_MISMATCH = "tls.name-mismatch";
	/// No trusted authority signed it. (subject, issuer)
	public static final String TLS_UNTRUSTED = "tls.untrusted";
	/// Signed by itself. (subject)
	public static final String TLS_SELF_SIGNED = "tls.self-signed";
	/// Its validity has ended. (subject, not after)
	public static final String TLS_EXPIRED = "tls.expired";
	/// Its validity has not begun. (subject, not before)
	public static final String TLS_NOT_YET_VALID = "tls.not-yet-valid";
	/// A pin is set and the certificate is another one. (SHA-256 seen)
	public static final String TLS_PIN_MISMATCH = "tls.pin-mismatch";
	/// The handshake failed for another reason. (alert or words)
	public static final String TLS_HANDSHAKE = "tls.handshake";
	/// The server speaks clear text where TLS was expected from the first byte. (first words)
	public static final String TLS_PLAINTEXT = "tls.plaintext";
	/// STARTTLS is not offered: not supported, or stripped on the way. (capabilities seen)
	public static final String STARTTLS_MISSING = "starttls.missing";
	/// STARTTLS was offered and then refused. (server's words)
	public static final String STARTTLS_REFUSED = "starttls.refused";
	/// Bytes came in clear text behind the answer to STARTTLS: an injection attempt or a broken proxy. (bytes)
	public static final String STARTTLS_INJECTION = "starttls.injection";
	/// The endpoint has no TLS, and a password is never sent in the clear. ()
	public static final String LOGIN_CLEARTEXT = "login.cleartext";
	/// None of the offered mechanisms can be used. (offered)
	public static final String NO_MECHANISM = "login.no-mechanism";
	/// User or password refused. (server's words)
	public static final String BAD_CREDENTIALS = "login.bad-credentials";
	/// The master's login for a mailbox was accepted. (protocol, TLS version, mechanism, master user)
	public static final String LOGIN_OK_MASTER = "login.ok-master";
	/// None of the offered mechanisms can say whose mailbox a master wants. (offered)
	public static final String NO_AUTHORIZATION_ID = "login.no-authorization-id";
	/// Neither OAUTHBEARER nor XOAUTH2 is offered. (offered)
	public static final String NO_OAUTH = "login.no-oauth";
	/// The access token was refused. (the server's status, its words)
	public static final String BAD_TOKEN = "login.bad-token";
	/// The account is locked, disabled or expired. (server's words)
	public static final String ACCOUNT_LOCKED = "login.locked";
	/// Too many logins or connections; try later. (server's words)
	public static final String THROTTLED = "login.throttled";
	/// The server cannot do it now. (server's words)
	public static final String SERVER_BUSY = "server.busy";
	/// This mailbox cannot be opened now, others can: another session has it (`[INUSE]`, RFC 5530; `[IN-USE]`, RFC 2449), or it was opened a moment ago
	/// (`[LOGIN-DELAY]`). (server's words)
	public static final String MAILBOX_BUSY = "mailbox.busy";
	/// The server refused the login without saying why. (server's words)
	public static final String LOGIN_REFUSED = "login.refused";
	/// The greeting says the session is already logged in (IMAP PREAUTH): it proves nothing about the password. ()
	public static final String PREAUTH = "login.preauth";
	/// No password is known for the account. (user, server key)
	public static final String NO_SECRET = "login.no-secret";
	/// Not tried: the run's lockout guard has shut this server's logins. (server key, failures)
	public static final String LOCKOUT_GUARD = "guard.lockout";
	/// Not tried: this account's password has been refused before in this run. (user, server key)
	public static final String ACCOUNT_GUARD = "guard.account";
	/// Not tried: a master's login was refused for so many mailboxes before it was ever accepted. (master user, server key, refusals)
	public static final String MASTER_GUARD = "guard.master";
	/// An exception that the probe has no word for. (class, message)
	public static final String UNEXPECTED = "probe.unexpected";

	private Reasons() {}
}
