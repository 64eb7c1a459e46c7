package hikkoshi.core.model;

import java.net.InetAddress;

/// A port at an address of a host that is being discovered: is something open there, and what.
///
/// @param name what TLS is asked for (SNI)
/// @param port 1 to 65535
public record HostPort(DomainName name, InetAddress address, int port) implements Target {
	/// e.g. `port:192.0.2.1:993=mail.example.org`
	@Override
	public Id id() {
		return new Id("port:" + IpText.withPort(address, port) + "=" + name);
	}
}
