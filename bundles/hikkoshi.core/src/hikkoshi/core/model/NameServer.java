package hikkoshi.core.model;

import java.net.InetAddress;

/// A DNS server to ask by address.
///
/// @param label what people call it, e.g. `Quad9`; may be its address
public record NameServer(String label, InetAddress address, int port) {
	public static final int DNS_PORT = 53;

	/// e.g. `192.0.2.53` or `192.0.2.53#5300` when the port is not 53 (dig's way)
	public String place() {
		return address.getHostAddress() + (port == DNS_PORT ? "" : "#" + port);
	}
}
