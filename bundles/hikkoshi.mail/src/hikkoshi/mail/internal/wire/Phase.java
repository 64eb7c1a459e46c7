package hikkoshi.mail.internal.wire;

import java.util.Locale;

/// The stages of a connection, in the order in which it passes them (TLS comes first or after STARTTLS).
public enum Phase {
	CONNECT,
	TLS,
	BANNER,
	CAPABILITIES,
	STARTTLS,
	LOGIN,
	MAILBOX,
	/// Asking whether an address exists.
	RECIPIENT,
	/// Handing over a message.
	MESSAGE,
	GOODBYE;

	/// The word used in reasons, e.g. `banner`.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	/// The key used in facts, e.g. `phase.banner`.
	public String key() {
		return "phase." + token();
	}
}
