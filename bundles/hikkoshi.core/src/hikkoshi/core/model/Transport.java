package hikkoshi.core.model;

import java.util.Optional;

/// How questions travel to a DNS server.
public enum Transport {
	/// Datagrams, and TCP where an answer does not fit (RFC 1035, 4.2).
	UDP("udp", "udp", 53),
	/// RFC 7766
	TCP("tcp", "tcp", 53),
	/// DNS over TLS (RFC 7858)
	DOT("dot", "tls", 853),
	/// DNS over HTTPS (RFC 8484)
	DOH("doh", "https", 443);

	private final String token;
	private final String scheme;
	private final int port;

	Transport(String token, String scheme, int port) {
		this.token = token;
		this.scheme = scheme;
		this.port = port;
	}

	/// How files name it.
	public String token() {
		return token;
	}

	/// How a typed server begins, e.g. `tls` in `tls://192.0.2.53`.
	public String scheme() {
		return scheme;
	}

	public int port() {
		return port;
	}

	/// Whether a certificate can prove who answers.
	public boolean isEncrypted() {
		return this == DOT || this == DOH;
	}

	public static Optional<Transport> ofToken(String token) {
		for (Transport each : values()) {
			if (each.token.equals(token)) {
				return Optional.of(each);
			}
		}
		return Optional.empty();
	}
}
