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
/// @param clientNames what mail programs are told
public record Server(
		String key, Side side, DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints, List<CertificatePin> pins,
		Authentication authentication, ClientNames clientNames)
		implements Target {
	public Server {
		addresses = List.copyOf(addresses);
		endpoints = List.copyOf(endpoints);
		pins = List.copyOf(pins);
	}

	/// Without names of their own for mail programs.
	public Server(String key, Side side, DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints, List<CertificatePin> pins,
			Authentication authentication) {
		this(key, side, name, addresses, endpoints, pins, authentication, ClientNames.NONE);
	}

	/// With a password for each account.
	public Server(String key, Side side, DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints, List<CertificatePin> pins) {
		this(key, side, name, addresses, endpoints, pins, Authentication.PASSWORD);
	}

	/// The name that people's mail programs are told while the move lasts.
	public DomainName setupName() {
		DomainName setup = clientNames.setup();
		return setup == null ? name : setup;
	}

	/// The same machine, asked to prove another name. Its pins do not count: they stand for the name that Hikkoshi itself uses.
	public Server under(DomainName other) {
		return new Server(key, side, other, addresses, endpoints, List.of(), authentication, clientNames);
	}

	@Override
	public Id id() {
		return new Id("server:" + side.token() + "/" + key);
	}
}
