package hikkoshi.core.model;

import java.net.InetAddress;

/// A DNS server to ask by address.
///
/// @param label what people call it, e.g. `Quad9`; may be its address
public record NameServer(String label, InetAddress address, int port) {
	public static final int DNS_PORT = 53;

	/// Reads [#place]: an address, with `#port` when it is not 53. Never a name, so that nothing is asked behind the person's back.
	///
	/// @throws IllegalArgumentException when it is no address, or the port is out of range
	public static NameServer parse(String place) {
		int hash = place.indexOf('#');
		String address = hash < 0 ? place : place.substring(0, hash);
		int port = hash < 0 ? DNS_PORT : Integer.parseInt(place.substring(hash + 1));
		if (port < 1 || port > Endpoint.MAX_PORT) {
			throw new IllegalArgumentException("port " + port + " is not in 1.." + Endpoint.MAX_PORT);
		}
		return new NameServer(address, InetAddress.ofLiteral(address), port);
	}

	/// e.g. `192.0.2.53` or `192.0.2.53#5300` when the port is not 53 (dig's way)
	public String place() {
		return IpText.of(address) + (port == DNS_PORT ? "" : "#" + port);
	}
}
