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
	MALFORMED,
	/// Aliases that lead back to themselves, or on and on.
	ALIAS_LOOP,
	/// The certificate does not prove the name that was to be proven.
	UNTRUSTED,
	/// Somebody listens, and no TLS can be agreed on.
	NO_TLS,
	/// A web server that answers with an error or sends elsewhere.
	HTTP_ERROR,
	/// A web server that answers with something else than DNS, e.g. a page.
	NOT_DNS,
	/// An answer longer than any DNS message.
	TOO_LONG
}
