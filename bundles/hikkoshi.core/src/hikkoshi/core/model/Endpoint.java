package hikkoshi.core.model;

/// A door of a server: protocol, port and security. The addresses and the name belong to the [Server].
///
/// @param port 1 to 65535
public record Endpoint(Protocol protocol, int port, Security security) {
	public static final int MAX_PORT = 65_535;

	/// @throws IllegalArgumentException when the port is out of range
	public Endpoint {
		if (port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException("port " + port + " is not in 1.." + MAX_PORT);
		}
	}

	/// e.g. `imap:993/tls`
	@Override
	public String toString() {
		return protocol.token() + ":" + port + "/" + security.token();
	}
}
