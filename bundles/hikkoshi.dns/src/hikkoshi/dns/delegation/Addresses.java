package hikkoshi.dns.delegation;

import java.net.InetAddress;
import java.util.List;

import hikkoshi.core.probe.DnsStatus;

/// A host's addresses by the word of its authoritative servers.
///
/// @param status ANSWER when there is any; else the more telling of what A and AAAA gave
/// @param detail why there is none; else empty
public record Addresses(DnsStatus status, List<InetAddress> addresses, String detail) {
	/// Nothing was asked since glue had everything.
	static final Addresses NOT_ASKED = new Addresses(DnsStatus.ANSWER, List.of(), "");

	public Addresses {
		addresses = List.copyOf(addresses);
	}
}
