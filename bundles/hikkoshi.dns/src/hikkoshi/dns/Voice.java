package hikkoshi.dns;

import java.net.Inet6Address;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.Reply;

/// What one server said about a name and type.
///
/// @param server its name, or a resolver's label
/// @param at its address; null when its name leads to none
/// @param reply null when it could not be asked
record Voice(String server, @Nullable NameServer at, DnsStatus status, @Nullable Reply reply, int type) {
	static Voice authoritative(String host, NameServer at, Reply reply, int type) {
		boolean says = reply.status() == DnsStatus.ANSWER || reply.status() == DnsStatus.NO_DATA || reply.status() == DnsStatus.NXDOMAIN;
		return new Voice(host, at, says && !reply.has(Flags.AA) ? DnsStatus.LAME : reply.status(), reply, type);
	}

	static Voice resolver(NameServer at, Reply reply, int type) {
		return new Voice(at.label(), at, reply.status(), reply, type);
	}

	static Voice nowhere(String host, DnsStatus why, int type) {
		return new Voice(host, null, why, null, type);
	}

	String place() {
		return at == null ? "" : at.place();
	}

	/// Said yes or no, as one who knows.
	boolean spoke() {
		return at != null && (status == DnsStatus.ANSWER || status == DnsStatus.NO_DATA || status == DnsStatus.NXDOMAIN);
	}

	/// Said nothing that could be used.
	boolean silent() {
		return at == null || switch (status) {
			case TIMEOUT, UNREACHABLE, MISMATCHED, MALFORMED, UNTRUSTED, NO_TLS, HTTP_ERROR, NOT_DNS, TOO_LONG -> true;
			case ANSWER, NO_DATA, NXDOMAIN, SERVFAIL, REFUSED, FORMERR, NOTIMP, OTHER_RCODE, LAME, ALIAS_LOOP -> false;
		};
	}

	boolean unreachableIpv6() {
		return at != null && status == DnsStatus.UNREACHABLE && at.address() instanceof Inet6Address && !at.address().isLoopbackAddress();
	}

	List<Record> records() {
		return reply == null || status != DnsStatus.ANSWER ? List.of() : Records.relevant(reply.records(Section.ANSWER), reply.query().name(), type);
	}

	/// The system's words where the status alone says too little, in brackets.
	String detail() {
		return reply == null || reply.detail().isEmpty() ? "" : " (" + reply.detail() + ")";
	}

	List<String> data() {
		return records().stream().map(each -> Records.data(each, type)).distinct().toList();
	}

	/// Seconds for which a cache may keep what was said; for a "no" by RFC 2308, 5. 0 when there is nothing to keep.
	long ttl() {
		if (status == DnsStatus.ANSWER) {
			return records().stream().mapToLong(Records::ttl).max().orElse(0);
		}
		return reply == null ? 0 : reply.records(Section.AUTHORITY).stream().filter(SOARecord.class::isInstance)
				.mapToLong(soa -> Math.min(Records.ttl(soa), ((SOARecord) soa).getMinimum())).max().orElse(0);
	}

	/// e.g. `ns1.example (192.0.2.1)`
	String name() {
		return at == null ? server : server + " (" + at.place() + ")";
	}
}
