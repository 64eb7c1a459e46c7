package hikkoshi.lab.tests;

import java.util.Locale;

import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;

/// The six doors at which a mailbox's owner logs in.
enum Door {
	IMAP(Protocol.IMAP, Security.STARTTLS),
	IMAPS(Protocol.IMAP, Security.TLS),
	POP3(Protocol.POP3, Security.STARTTLS),
	POP3S(Protocol.POP3, Security.TLS),
	SUBMISSION(Protocol.SUBMISSION, Security.STARTTLS),
	SUBMISSIONS(Protocol.SUBMISSION, Security.TLS);

	private final Protocol protocol;
	private final Security security;

	Door(Protocol protocol, Security security) {
		this.protocol = protocol;
		this.security = security;
	}

	String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	Protocol protocol() {
		return protocol;
	}

	Endpoint at(int port) {
		return new Endpoint(protocol, port, security);
	}
}
