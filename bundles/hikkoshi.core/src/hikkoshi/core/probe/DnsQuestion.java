package hikkoshi.core.probe;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Transport;

/// One question to one server, over the server's transport.
///
/// @param name as a person typed it; IDN allowed, read as absolute
/// @param type e.g. `MX`, or `TYPE65280` (RFC 3597)
public record DnsQuestion(String name, String type, NameServer server, DnsOptions options) {
	/// @param tcp ask over TCP at once, instead of UDP with TCP after truncation
	public DnsQuestion(String name, String type, NameServer server, boolean tcp, boolean recursionDesired, boolean dnssecOk) {
		this(name, type, tcp ? server.over(Transport.TCP) : server, new DnsOptions(recursionDesired, dnssecOk, false, DnsOptions.EDNS_SIZE, false));
	}
}
