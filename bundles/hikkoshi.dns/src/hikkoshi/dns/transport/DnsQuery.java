package hikkoshi.dns.transport;

import java.net.InetSocketAddress;

import org.xbill.DNS.Name;

/// One question to one server.
///
/// @param name absolute
/// @param type a type's number (RFC 1035, 3.2.2)
/// @param recursion whether RD is set: never towards authoritative servers
/// @param dnssec whether DO is set (RFC 3225)
/// @param tcp over TCP at once
public record DnsQuery(Name name, int type, InetSocketAddress server, boolean recursion, boolean dnssec, boolean tcp) {
	/// To a server that should know by itself.
	public static DnsQuery authoritative(Name name, int type, InetSocketAddress server) {
		return new DnsQuery(name, type, server, false, false, false);
	}

	/// To a server that should find out.
	public static DnsQuery recursive(Name name, int type, InetSocketAddress server) {
		return new DnsQuery(name, type, server, true, false, false);
	}
}
