package hikkoshi.core.model;

import java.net.InetAddress;
import java.util.List;

/// A mail host of one side.
///
/// @param key what files and evidence call it, unique within the migration
/// @param name what TLS must prove (SNI and certificate); never resolved to connect: connections go to [#addresses]
/// @param addresses IPv4 and IPv6 addresses, all of which must work
/// @param pins certificates accepted by a person's word; empty means verification by name and chain, always
/// @param authentication how its mailboxes log in
public record Server(
		String key, Side side, DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints, List<CertificatePin> pins,
		Authentication authentication)
		implements Target {
	public Server {
		addresses = List.copyOf(addresses);
		endpoints = List.copyOf(endpoints);
		pins = List.copyOf(pins);
	}

	/// With a password for each account.
	public Server(String key, Side side, DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints, List<CertificatePin> pins) {
		this(key, side, name, addresses, endpoints, pins, Authentication.PASSWORD);
	}

	@Override
	public Id id() {
		return new Id("server:" + side.token() + "/" + key);
	}
}
