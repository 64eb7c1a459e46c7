package hikkoshi.ui.inventory.wizard;

import java.util.List;

import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;

/// Usual sets of endpoints, so that nobody types ports. SMTP on port 25 belongs to each: that is where the world delivers to.
enum Preset {
	TLS(List.of(on(Protocol.IMAP, Security.TLS), on(Protocol.POP3, Security.TLS), on(Protocol.SUBMISSION, Security.TLS), smtp())),
	STARTTLS(List.of(on(Protocol.IMAP, Security.STARTTLS), on(Protocol.POP3, Security.STARTTLS),
			on(Protocol.SUBMISSION, Security.STARTTLS), smtp())),
	IMAP_TLS(List.of(on(Protocol.IMAP, Security.TLS), on(Protocol.SUBMISSION, Security.TLS), smtp())),
	IMAP_TLS_SUBMISSION_STARTTLS(List.of(on(Protocol.IMAP, Security.TLS), on(Protocol.SUBMISSION, Security.STARTTLS), smtp()));

	private final List<Endpoint> endpoints;

	Preset(List<Endpoint> endpoints) {
		this.endpoints = endpoints;
	}

	List<Endpoint> endpoints() {
		return endpoints;
	}

	private static Endpoint on(Protocol protocol, Security security) {
		return new Endpoint(protocol, protocol.defaultPort(security), security);
	}

	private static Endpoint smtp() {
		return new Endpoint(Protocol.SMTP, Protocol.SMTP.defaultPort(Security.STARTTLS), Security.STARTTLS);
	}
}
