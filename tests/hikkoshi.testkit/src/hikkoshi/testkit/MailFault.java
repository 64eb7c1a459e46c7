package hikkoshi.testkit;

/// One way in which a mail server can be wrong, or right. [MailScripts] plays it in each protocol.
public enum MailFault {
	/// No fault: TLS as asked for, and every login is accepted. The control that proves the script itself.
	NONE(Stage.LOGIN),

	/// Accepts the connection and says nothing.
	SILENT(Stage.CONNECT),
	/// Sends a byte of the greeting at a time, slowly and for ever.
	DRIP(Stage.CONNECT),
	/// A gigabyte of greeting without a line end.
	ENDLESS_BANNER(Stage.CONNECT),
	/// A gigabyte of short lines before the protocol begins.
	ENDLESS_LINES(Stage.CONNECT),
	/// Answers as a web server.
	HTTP(Stage.CONNECT),
	/// Bytes that are no text, control characters and escape sequences among them.
	BINARY(Stage.CONNECT),
	CLOSED_AT_ONCE(Stage.CONNECT),
	RESET_AT_ONCE(Stage.CONNECT),
	/// Greets properly with "not now": BYE, -ERR, 421.
	BUSY_GREETING(Stage.CONNECT),
	/// Refuses for good in its greeting: BYE without a code, -ERR, 554.
	UNWELCOME(Stage.CONNECT),
	/// IMAP only: greets as logged in already, so that no STARTTLS can follow (RFC 9051, 11.1: TLS cannot be had, go away).
	PREAUTH(Stage.CONNECT),
	/// Ends the connection when asked what it can do.
	RESET_ON_CAPABILITIES(Stage.CONNECT),

	/// Does not offer STARTTLS.
	STARTTLS_MISSING(Stage.STARTTLS),
	/// Someone on the way has overwritten the word STARTTLS with X's, as some firewalls do.
	STARTTLS_STRIPPED(Stage.STARTTLS),
	/// Offers STARTTLS and refuses it.
	STARTTLS_REFUSED(Stage.STARTTLS),
	/// Agrees to STARTTLS and goes on in clear text.
	STARTTLS_THEN_CLEAR(Stage.STARTTLS),
	/// Someone on the way has added clear-text answers behind the agreement to STARTTLS (CVE-2011-0411 and its kin): they must not be believed within TLS.
	RESPONSE_INJECTION(Stage.STARTTLS),

	/// Says nothing in the TLS handshake.
	HANDSHAKE_SILENT(Stage.TLS),
	/// Bytes that are no TLS.
	HANDSHAKE_GARBAGE(Stage.TLS),
	HANDSHAKE_RESET(Stage.TLS),
	WRONG_NAME(Stage.TLS),
	EXPIRED(Stage.TLS),
	NOT_YET_VALID(Stage.TLS),
	SELF_SIGNED(Stage.TLS),
	UNKNOWN_AUTHORITY(Stage.TLS),

	/// Only GSSAPI is offered.
	NO_PLAIN(Stage.LOGIN),
	/// Wrong user or password, said with the code meant for it: [AUTHENTICATIONFAILED], [AUTH], 535 5.7.8.
	BAD_CREDENTIALS(Stage.LOGIN),
	/// The same in words only.
	BAD_CREDENTIALS_BARE(Stage.LOGIN),
	/// The account is locked or disabled: [CONTACTADMIN], [SYS/PERM], 525 5.7.13.
	LOCKED(Stage.LOGIN),
	/// Too many logins: [LIMIT], [LOGIN-DELAY], 454 4.7.0.
	THROTTLED(Stage.LOGIN),
	/// Another session has the mailbox: [INUSE], [IN-USE], 450 4.2.1.
	IN_USE(Stage.LOGIN),
	/// The password store is down: [UNAVAILABLE], [SYS/TEMP], 454 4.3.0.
	UNAVAILABLE(Stage.LOGIN),
	/// Ends the session instead of answering the login: BYE, close, 421.
	GOODBYE(Stage.LOGIN),
	/// Does not answer the login.
	SILENT_LOGIN(Stage.LOGIN),
	RESET_ON_LOGIN(Stage.LOGIN);

	/// Where in a session it shows.
	public enum Stage {
		CONNECT, STARTTLS, TLS, LOGIN
	}

	private final Stage stage;

	MailFault(Stage stage) {
		this.stage = stage;
	}

	public Stage stage() {
		return stage;
	}
}
