package hikkoshi.core.model;

import java.util.Locale;
import java.util.Optional;

/// The mail protocols an endpoint can speak.
public enum Protocol {
	/// IMAP4rev1/rev2 (RFC 3501, RFC 9051).
	IMAP(143, 993),
	/// POP3 (RFC 1939).
	POP3(110, 995),
	/// Message submission with AUTH (RFC 6409, RFC 8314).
	SUBMISSION(587, 465),
	/// Relaying between servers on port 25 (RFC 5321): no login.
	SMTP(25, 25);

	private final int plainPort;
	private final int tlsPort;

	Protocol(int plainPort, int tlsPort) {
		this.plainPort = plainPort;
		this.tlsPort = tlsPort;
	}

	/// Whether a mailbox's owner logs in over this protocol; those endpoints must be proven for every account.
	public boolean hasLogin() {
		return this != SMTP;
	}

	/// The registered port for this protocol with that security.
	public int defaultPort(Security security) {
		return security == Security.TLS ? tlsPort : plainPort;
	}

	/// The word used in files and on the command line, e.g. `imap`.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<Protocol> of(String token) {
		for (Protocol p : values()) {
			if (p.token().equals(token)) {
				return Optional.of(p);
			}
		}
		return Optional.empty();
	}
}
