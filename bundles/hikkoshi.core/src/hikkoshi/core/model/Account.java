package hikkoshi.core.model;

import java.net.InetAddress;

/// A login at one endpoint of one server, reached at one IP address: what the dual-account probes prove.
/// Its identity is (server, endpoint, address, user), never the e-mail address: the same address has an account on each side. What TLS must
/// prove is part of it, e.g. `account:old/mx-old/imap:993+tls@192.0.2.1=mail.old.example/ann`: proof of a login under another name or with
/// another security is proof of something else.
public record Account(Server server, Endpoint endpoint, InetAddress address, String user, EmailAddress mailbox) implements Target {
	@Override
	public Id id() {
		return new Id(idPrefix(server) + idDoor(endpoint) + "@" + IpText.of(address) + idProof(server) + user);
	}

	public Door door() {
		return new Door(server, endpoint, address);
	}

	/// How the ids of all accounts of a server begin.
	public static String idPrefix(Server server) {
		return "account:" + server.side().token() + "/" + server.key() + "/";
	}

	/// What stands in the ids of all accounts of a server between address and user: the name that TLS must prove, and how one logs in when not with a
	/// password of the account's own.
	public static String idProof(Server server) {
		return "=" + server.name() + server.authentication().idMethod() + "/";
	}

	/// How an endpoint stands in the ids of its accounts.
	public static String idDoor(Endpoint endpoint) {
		return endpoint.protocol().token() + ":" + endpoint.port() + "+" + endpoint.security().token();
	}
}
