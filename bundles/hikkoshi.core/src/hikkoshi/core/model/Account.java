package hikkoshi.core.model;

import java.net.InetAddress;

/// A login at one endpoint of one server, reached at one IP address: what the dual-account probes prove.
/// Its identity is (server, endpoint, address, user), never the e-mail address: the same address has an account on each side.
public record Account(Server server, Endpoint endpoint, InetAddress address, String user, EmailAddress mailbox) implements Target {
	@Override
	public Id id() {
		return new Id("account:" + server.side().token() + "/" + server.key() + "/" + endpoint.protocol().token() + ":"
				+ endpoint.port() + "@" + IpText.of(address) + "/" + user);
	}
}
