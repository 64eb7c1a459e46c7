package hikkoshi.core.probe;

/// How a DNS server answered. None of these is "failed".
public enum DnsStatus {
	/// Records of the type asked for (or a CNAME that leads to them).
	ANSWER,
	/// The name exists, the type does not (NODATA, RFC 2308).
	NO_DATA,
	/// The name does not exist.
	NXDOMAIN,
	SERVFAIL,
	REFUSED,
	FORMERR,
	NOTIMP,
	/// Another RCODE.
	OTHER_RCODE,
	/// A server that should be authoritative and answers without AA, or with a referral (RFC 1912, 2.8).
	LAME,
	/// No datagram or TCP answer in time.
	TIMEOUT,
	/// ICMP or TCP says nobody is there.
	UNREACHABLE,
	/// Only answers to other questions came (wrong id or question): spoofing, or a broken server.
	MISMATCHED,
	/// Bytes that are no DNS message.
	MALFORMED
}
