package hikkoshi.mail.internal.login;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.mail.internal.wire.Trust;

/// What each reason means for a login or a door: FAIL is what a person must mend at the server, the account or the plan; UNKNOWN is what could not
/// be found out and may be another time.
///
/// | outcome | reasons |
/// |---|---|
/// | PASS | `login.ok`, `login.ok-master`, `door.ok`, `profile.ok`, `contents.ok`, `local.new` |
/// | WARN | `tls.ends-soon` (all else proven), `door.clear`, `token.not-kept`, `contents.longer`, `contents.full`, `local.old` |
/// | UNKNOWN | only in part, or not said: `contents.partly`, `local.accepted`, `local.unknown` |
/// | UNKNOWN | no answer: `connect.timeout`, `connect.unreachable`, `read.timeout`, `read.too-slow` |
/// | UNKNOWN | broken off without a word: `connect.reset`, `connect.closed` |
/// | UNKNOWN | not now: `server.busy`, `mailbox.busy`, `login.throttled` |
/// | UNKNOWN | not tried: `login.no-secret`, all other `token.…`, `guard.lockout`, `guard.account` |
/// | UNKNOWN | no word for it: `probe.unexpected`, and any id that is not in this table |
/// | FAIL | nobody there: `connect.refused` |
/// | FAIL | not what the plan says: `protocol.other`, `protocol.error`, `read.oversized`, `connection.turned-away`, `contents.refused` |
/// | FAIL | all of `tls.…` but `tls.ends-soon` |
/// | FAIL | `starttls.missing`, `starttls.refused`, `starttls.injection` |
/// | FAIL | `login.no-authorization-id`, `login.no-oauth`, `login.bad-token` |
/// | FAIL | `login.cleartext`, `login.no-mechanism`, `login.bad-credentials`, `login.locked`, `login.refused`, `login.preauth`, `login.no-mailbox` |
public final class Outcomes {
	/// The greeting turned us away for good. (server's words)
	public static final String TURNED_AWAY = "connection.turned-away";
	/// Logged in, but there is no mailbox behind the login. (server's words)
	public static final String NO_MAILBOX = "login.no-mailbox";

	/// The door answers within TLS to a proven name. (protocol, TLS version, number of features)
	public static final String DOOR_OK = "door.ok";
	/// The door answers, but is meant to be used without TLS. (protocol, number of features)
	public static final String DOOR_CLEAR = "door.clear";

	/// What is behind the login was read. (folders, separator)
	public static final String PROFILE_OK = "profile.ok";
	/// What lies in the account was counted. (folders, messages)
	public static final String CONTENTS_OK = "contents.ok";
	/// The same, but not of every folder. (folders, messages, folders not counted)
	public static final String CONTENTS_PARTLY = "contents.partly";
	/// There are messages longer than the new side takes. (messages, bytes allowed, a folder)
	public static final String CONTENTS_LONGER = "contents.longer";
	/// The quota is nearly used up: mail will bounce. (KiB used, KiB allowed)
	public static final String CONTENTS_FULL = "contents.full";
	/// The server would not list the folders. (its words)
	public static final String CONTENTS_REFUSED = "contents.refused";

	/// The old server keeps the domain to itself when its own users send. (domain, server key, its words)
	public static final String LOCAL_OLD = "local.old";
	/// The new server does, as it should. (domain, server key, its words)
	public static final String LOCAL_NEW = "local.new";
	/// The server takes an address of the domain that cannot exist: it passes mail on, or has a catch-all. (domain, server key)
	public static final String LOCAL_ACCEPTED = "local.accepted";
	/// The server did not say. (domain, its words)
	public static final String LOCAL_UNKNOWN = "local.unknown";

	private Outcomes() {}

	public static Outcome of(String reason) {
		return switch (reason) {
			case Reasons.LOGIN_OK, Reasons.LOGIN_OK_MASTER, DOOR_OK, PROFILE_OK, CONTENTS_OK, LOCAL_NEW -> Outcome.PASS;
			case Trust.ENDS_SOON, DOOR_CLEAR, SecretReasons.NOT_KEPT, CONTENTS_LONGER, CONTENTS_FULL, LOCAL_OLD -> Outcome.WARN;
			case Reasons.REFUSED, Reasons.NOT_PROTOCOL, Reasons.PROTOCOL_ERROR, Reasons.OVERSIZED, TURNED_AWAY, CONTENTS_REFUSED -> Outcome.FAIL;
			case Reasons.TLS_NAME_MISMATCH, Reasons.TLS_UNTRUSTED, Reasons.TLS_SELF_SIGNED, Reasons.TLS_EXPIRED, Reasons.TLS_NOT_YET_VALID,
					Reasons.TLS_PIN_MISMATCH, Reasons.TLS_HANDSHAKE, Reasons.TLS_PLAINTEXT -> Outcome.FAIL;
			case Reasons.STARTTLS_MISSING, Reasons.STARTTLS_REFUSED, Reasons.STARTTLS_INJECTION -> Outcome.FAIL;
			case Reasons.LOGIN_CLEARTEXT, Reasons.NO_MECHANISM, Reasons.BAD_CREDENTIALS, Reasons.ACCOUNT_LOCKED, Reasons.LOGIN_REFUSED,
					Reasons.PREAUTH, NO_MAILBOX, Reasons.NO_AUTHORIZATION_ID, Reasons.NO_OAUTH, Reasons.BAD_TOKEN -> Outcome.FAIL;
			default -> Outcome.UNKNOWN;
		};
	}
}
