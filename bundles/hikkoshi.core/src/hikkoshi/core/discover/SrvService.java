package hikkoshi.core.discover;

import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.Security;

/// What an SRV record of a mail service speaks of (RFC 6186, 3; RFC 8314, 5.1; RFC 5804, 1.8).
///
/// @param label without its underscore
public record SrvService(String label, Speech speech, Security security) {
	/// Names without "s" may still offer STARTTLS, and must not be used without (RFC 8314, 4.1).
	public static final List<SrvService> ALL = List.of(
			new SrvService("imaps", Speech.IMAP, Security.TLS),
			new SrvService("imap", Speech.IMAP, Security.STARTTLS),
			new SrvService("pop3s", Speech.POP3, Security.TLS),
			new SrvService("pop3", Speech.POP3, Security.STARTTLS),
			new SrvService("submissions", Speech.SUBMISSION, Security.TLS),
			new SrvService("submission", Speech.SUBMISSION, Security.STARTTLS),
			new SrvService("sieve", Speech.SIEVE, Security.STARTTLS));
	/// Where Exchange's set-up document is, not a mail service itself.
	public static final String AUTODISCOVER = "autodiscover";

	public static Optional<SrvService> of(String label) {
		return ALL.stream().filter(service -> service.label.equals(label)).findFirst();
	}
}
