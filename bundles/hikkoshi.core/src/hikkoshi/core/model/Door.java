package hikkoshi.core.model;

import java.net.InetAddress;

/// An endpoint of a server at one of its addresses: what can be asked without logging in (greeting, capabilities, certificate).
public record Door(Server server, Endpoint endpoint, InetAddress address) implements Target {
	/// e.g. `door:old/mx-old/imap:993+tls@192.0.2.1=mail.old.example`
	@Override
	public Id id() {
		return new Id("door:" + place());
	}

	/// What the ids of everything behind this door have in common.
	String place() {
		return server.side().token() + "/" + server.key() + "/" + Account.idDoor(endpoint) + "@" + IpText.of(address) + "=" + server.name();
	}
}
