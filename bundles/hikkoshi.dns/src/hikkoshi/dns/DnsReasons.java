package hikkoshi.dns;

import hikkoshi.core.evidence.Outcome;

/// Reason ids of the DNS probes. Arguments, unless said otherwise: (domain, answer of the authoritative servers, highest TTL at them in
/// seconds, type, what else there is to say). So a change of data or TTL at an authoritative server is new evidence, while the TTLs that
/// count down at resolvers are not.
enum DnsReasons {
	/// All authoritative servers give the same records.
	ANSWER("dns.answer", Outcome.PASS),
	/// … but these resolvers answer something else, as caches may.
	RESOLVERS_DIFFER("dns.resolvers-differ", Outcome.PASS),
	/// The name exists, records of this type do not.
	NO_DATA("dns.no-data", Outcome.PASS),
	NO_DATA_RESOLVERS_DIFFER("dns.no-data.resolvers-differ", Outcome.PASS),
	/// The name is an alias; the answer is what stands behind it.
	ALIAS("dns.alias", Outcome.WARN),
	/// The same records under different TTLs.
	TTLS_DIFFER("dns.ttls-differ", Outcome.WARN),
	/// Some addresses of servers are silent, no server as a whole is.
	ADDRESS_SILENT("dns.address-silent", Outcome.WARN),
	/// Some authoritative servers are silent.
	SOME_SILENT("dns.some-silent", Outcome.UNKNOWN),
	/// All are silent.
	SILENT("dns.silent", Outcome.UNKNOWN),
	/// The way from the root broke off. (domain, zone, 0, type, what each server there did)
	DELEGATION("dns.delegation", Outcome.UNKNOWN),
	/// The name does not exist.
	NXDOMAIN("dns.nxdomain", Outcome.FAIL),
	/// Authoritative servers give different records.
	DISAGREE("dns.disagree", Outcome.FAIL),
	/// Servers that should be authoritative and are not.
	LAME("dns.lame", Outcome.FAIL),
	/// Servers in the delegation whose names have no address.
	NO_ADDRESS("dns.server-without-address", Outcome.FAIL),
	/// Authoritative servers that refuse.
	REFUSED("dns.refused", Outcome.FAIL),
	/// Authoritative servers that fail.
	SERVFAIL("dns.servfail", Outcome.FAIL),
	/// All authoritative servers give the same MX, and each host has addresses.
	MX_ANSWER("dns.mx.answer", Outcome.PASS),
	MX_RESOLVERS_DIFFER("dns.mx.resolvers-differ", Outcome.PASS),
	/// No MX: mail goes to the domain's own address (RFC 5321, 5.1).
	MX_IMPLICIT("dns.mx.implicit", Outcome.WARN),
	/// The domain says that it takes no mail (RFC 7505).
	MX_NULL("dns.mx.null", Outcome.WARN),
	/// An MX names an alias (RFC 5321, 5.1; RFC 2181, 10.3).
	MX_ALIAS("dns.mx.alias", Outcome.WARN),
	/// Some MX hosts have no address.
	MX_SOME_NO_ADDRESS("dns.mx.some-no-address", Outcome.WARN),
	/// No MX host has an address.
	MX_NO_ADDRESS("dns.mx.no-address", Outcome.FAIL),
	/// Whether an MX host has addresses could not be found out.
	MX_ADDRESS_UNKNOWN("dns.mx.address-unknown", Outcome.UNKNOWN),
	/// The zone's own NS are not those of its delegation.
	NS_DIFFER("dns.ns.delegation-differs", Outcome.WARN),
	/// Authoritative servers hold different versions of the zone.
	SOA_SERIALS("dns.soa.serials-differ", Outcome.WARN),
	/// Of a look at everything watched: (domain, digest of the answers, seconds it took at most, what stands out, how many records). All agree.
	WATCH_AGREE("dns.watch.agree", Outcome.PASS),
	/// Servers give different answers about these records.
	WATCH_DIFFER("dns.watch.differ", Outcome.WARN),
	/// These servers gave no answer.
	WATCH_UNHEARD("dns.watch.unheard", Outcome.UNKNOWN),
	/// No authoritative server was found.
	WATCH_NOBODY("dns.watch.nobody", Outcome.UNKNOWN);

	private final String id;
	private final Outcome outcome;

	DnsReasons(String id, Outcome outcome) {
		this.id = id;
		this.outcome = outcome;
	}

	String id() {
		return id;
	}

	Outcome outcome() {
		return outcome;
	}
}
