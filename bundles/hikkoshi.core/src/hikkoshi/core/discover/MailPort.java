package hikkoshi.core.discover;

import java.util.List;

import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Security;

/// A port to knock at, and what is expected there. What is *found* there may be something else.
///
/// @param port 1 to 65535
public record MailPort(int port, Speech speech, Security security) {
	/// The registered ones: RFC 5321, RFC 6409, RFC 8314, RFC 1939, RFC 9051, RFC 5804.
	public static final List<MailPort> REGISTERED = List.of(
			new MailPort(25, Speech.SMTP, Security.STARTTLS),
			new MailPort(465, Speech.SUBMISSION, Security.TLS),
			new MailPort(587, Speech.SUBMISSION, Security.STARTTLS),
			new MailPort(110, Speech.POP3, Security.STARTTLS),
			new MailPort(995, Speech.POP3, Security.TLS),
			new MailPort(143, Speech.IMAP, Security.STARTTLS),
			new MailPort(993, Speech.IMAP, Security.TLS),
			new MailPort(4190, Speech.SIEVE, Security.STARTTLS));

	/// @throws IllegalArgumentException when the port is out of range
	public MailPort {
		if (port < 1 || port > Endpoint.MAX_PORT) {
			throw new IllegalArgumentException("port " + port + " is not in 1.." + Endpoint.MAX_PORT);
		}
	}

	/// Reads e.g. `imap:1143/starttls`, as `migration.yaml` writes endpoints.
	///
	/// @throws IllegalArgumentException when it is something else
	public static MailPort parse(String text) {
		int colon = text.indexOf(':');
		int slash = text.indexOf('/');
		if (colon < 0 || slash < colon) {
			throw new IllegalArgumentException("not protocol:port/security");
		}
		Speech speech = Speech.of(text.substring(0, colon)).orElseThrow(() -> new IllegalArgumentException("no such protocol"));
		Security security = Security.of(text.substring(slash + 1)).orElseThrow(() -> new IllegalArgumentException("no such security"));
		return new MailPort(Integer.parseInt(text.substring(colon + 1, slash)), speech, security);
	}

	@Override
	public String toString() {
		return speech.token() + ":" + port + "/" + security.token();
	}
}
