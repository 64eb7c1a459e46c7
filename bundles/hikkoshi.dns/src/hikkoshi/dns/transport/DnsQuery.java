package hikkoshi.dns.transport;

import java.net.InetSocketAddress;

import org.xbill.DNS.Name;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsOptions;

/// One question to one server.
///
/// @param name absolute
/// @param type a type's number (RFC 1035, 3.2.2)
/// @param options how it is put; RD is never set towards authoritative servers
public record DnsQuery(Name name, int type, InetSocketAddress server, Carrier carrier, DnsOptions options) {
	private static final DnsOptions AUTHORITATIVE = DnsOptions.DEFAULT.withoutRecursion();

	/// @param recursion whether RD is set: never towards authoritative servers
	/// @param dnssec whether DO is set (RFC 3225)
	/// @param tcp over TCP at once, instead of UDP
	public DnsQuery(Name name, int type, InetSocketAddress server, boolean recursion, boolean dnssec, boolean tcp) {
		this(name, type, server, tcp ? Carrier.TCP : Carrier.UDP, new DnsOptions(recursion, dnssec, false, DnsOptions.EDNS_SIZE, false));
	}

	/// Over the transport of the server.
	public DnsQuery(Name name, int type, NameServer server, DnsOptions options) {
		this(name, type, new InetSocketAddress(server.address(), server.port()), Carrier.of(server, options.get()), options);
	}

	/// To a server that should know by itself.
	public static DnsQuery authoritative(Name name, int type, InetSocketAddress server) {
		return new DnsQuery(name, type, server, Carrier.UDP, AUTHORITATIVE);
	}

	/// To a server that should find out.
	public static DnsQuery recursive(Name name, int type, InetSocketAddress server) {
		return new DnsQuery(name, type, server, Carrier.UDP, DnsOptions.DEFAULT);
	}

	boolean recursion() {
		return options.recursionDesired();
	}

	boolean dnssec() {
		return options.dnssecOk();
	}
}
