package hikkoshi.core.model;

import java.net.InetAddress;

/// A DNS server to ask by address.
///
/// @param label what people call it, e.g. `Quad9`; may be its address
/// @param transport how questions travel
/// @param tlsName what its certificate must prove; empty means opportunistic for DoT (anybody may answer, RFC 7858, 4.1), and that the address itself
///        is to be proven for DoH
/// @param path of DoH; empty for others
public record NameServer(String label, InetAddress address, int port, Transport transport, String tlsName, String path) {
	public static final int DNS_PORT = 53;
	/// What RFC 8484 shows and nearly everybody uses.
	public static final String DOH_PATH = "/dns-query";
	private static final String AFTER_SCHEME = "://";
	private static final int LONGEST_PATH = 1_000;

	/// Over UDP.
	public NameServer(String label, InetAddress address, int port) {
		this(label, address, port, Transport.UDP, "", "");
	}

	/// Reads [#place]: an address, with `#port` when it is not the usual one; before it `tcp://`, or `tls://` or `https://` with the name that the
	/// certificate must prove and an `@`. What is asked is the address, never the name, so that nothing is asked behind the person's back.
	///
	/// @throws IllegalArgumentException when it is no address, or the port is out of range
	public static NameServer parse(String place) {
		int scheme = place.indexOf(AFTER_SCHEME);
		Transport transport = scheme < 0 ? Transport.UDP : transport(place.substring(0, scheme));
		String rest = scheme < 0 ? place : place.substring(scheme + AFTER_SCHEME.length());
		String path = "";
		int slash = rest.indexOf('/');
		if (transport == Transport.DOH) {
			path = slash < 0 ? DOH_PATH : path(rest.substring(slash));
			rest = slash < 0 ? rest : rest.substring(0, slash);
		}
		String name = "";
		int at = rest.indexOf('@');
		if (at >= 0) {
			if (!transport.isEncrypted()) {
				throw new IllegalArgumentException("a name to prove, and nothing that proves it");
			}
			name = tlsName(rest.substring(0, at));
			rest = rest.substring(at + 1);
		}
		int hash = rest.indexOf('#');
		String address = hash < 0 ? rest : rest.substring(0, hash);
		int port = hash < 0 ? transport.port() : Integer.parseInt(rest.substring(hash + 1));
		if (port < 1 || port > Endpoint.MAX_PORT) {
			throw new IllegalArgumentException("port " + port + " is not in 1.." + Endpoint.MAX_PORT);
		}
		return new NameServer(transport == Transport.UDP ? address : place, InetAddress.ofLiteral(address), port, transport, name, path);
	}

	private static Transport transport(String scheme) {
		for (Transport each : Transport.values()) {
			if (each.scheme().equals(scheme) || each.token().equals(scheme)) {
				return each;
			}
		}
		throw new IllegalArgumentException("no transport " + scheme);
	}

	/// A name that a certificate can prove, or an address: in ASCII.
	///
	/// @throws IllegalArgumentException when it is none
	public static String tlsName(String text) {
		try {
			return IpText.of(InetAddress.ofLiteral(text));
		} catch (IllegalArgumentException _) {
			return DomainName.parse(text).ascii();
		}
	}

	/// The path of a URL as it goes over the wire.
	///
	/// @throws IllegalArgumentException when it is none
	public static String path(String text) {
		if (!text.startsWith("/") || text.length() > LONGEST_PATH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"<>\\^`{|}#?".indexOf(c) < 0)) {
			throw new IllegalArgumentException("'" + text + "' is no path of a URL");
		}
		return text;
	}

	/// The same server asked another way; the usual port of that way where the port was usual.
	public NameServer over(Transport other) {
		if (other == transport) {
			return this;
		}
		return new NameServer(label, address, port == transport.port() ? other.port() : port, other, other.isEncrypted() ? tlsName : "",
				other == Transport.DOH ? path.isEmpty() ? DOH_PATH : path : "");
	}

	/// e.g. `192.0.2.53`, `192.0.2.53#5300` when the port is not 53 (dig's way), `tls://dns.example@192.0.2.53`, `https://dns.example@192.0.2.53/dns-query`
	public String place() {
		String where = IpText.of(address) + (port == transport.port() ? "" : "#" + port);
		return transport == Transport.UDP ? where : transport.scheme() + AFTER_SCHEME + (tlsName.isEmpty() ? "" : tlsName + "@") + where + path;
	}
}
