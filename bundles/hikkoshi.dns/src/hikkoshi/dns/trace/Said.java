package hikkoshi.dns.trace;

import java.net.Inet6Address;
import java.util.List;
import java.util.stream.Collectors;

import org.xbill.DNS.Flags;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.Reply;

/// What one address of one server of a zone said about the zone.
///
/// @param soa its answer to the question for the zone's SOA
/// @param ns … and for its NS
record Said(Name host, NameServer at, Reply soa, Reply ns) {
	/// Speaks for the zone.
	boolean isAuthoritative() {
		return soa.status() == DnsStatus.ANSWER && soa.has(Flags.AA);
	}

	boolean isSilent() {
		return !soa.answered();
	}

	/// A server that should speak for the zone, answers, and does not (RFC 1912, 2.8).
	boolean isLame() {
		return soa.answered() && !isAuthoritative();
	}

	/// Why it is lame.
	DnsStatus fault() {
		return soa.status() == DnsStatus.ANSWER || soa.status() == DnsStatus.NO_DATA || soa.status() == DnsStatus.NXDOMAIN ? DnsStatus.LAME : soa.status();
	}

	/// What a machine without IPv6 cannot reach is nobody's fault.
	boolean isExcused(boolean ipv6) {
		return !ipv6 && soa.status() == DnsStatus.UNREACHABLE && at.address() instanceof Inet6Address && !at.address().isLoopbackAddress();
	}

	/// The serial; empty without an answer from an authority.
	String serial() {
		return isAuthoritative() ? soa.records(Section.ANSWER).stream().filter(SOARecord.class::isInstance).map(each -> String.valueOf(((SOARecord) each).getSerial()))
				.findFirst().orElse("") : "";
	}

	/// The servers that it names itself; empty without an answer from an authority.
	String servers() {
		return isAuthoritative() && ns.status() == DnsStatus.ANSWER && ns.has(Flags.AA) ? servers(ns.records(Section.ANSWER), ns.query().name()) : "";
	}

	/// The names of the servers of a zone among some records, sorted.
	static String servers(List<Record> records, Name zone) {
		return records.stream().filter(each -> each instanceof NSRecord && each.getName().equals(zone)).map(each -> ((NSRecord) each).getTarget().canonicalize().toString(true))
				.distinct().sorted().collect(Collectors.joining(", "));
	}

	/// e.g. `ns1.example (192.0.2.1)`
	String who() {
		String name = host.toString(true);
		return (name.isEmpty() || name.equals(".") ? at.label() : name) + " (" + at.place() + ")";
	}
}
