package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

import hikkoshi.dns.delegation.Resolved;

/// The zone that holds it all. Agreement of its servers is what `dns.ns` and `dns.soa` look at.
final class ZoneChecks {
	/// RFC 2308, 5 advises one to three hours; more makes a name that was asked for too early stay away for long.
	private static final long LONGEST_NEGATIVE = 10_800;
	private static final int V4_NETWORK = 3;
	private static final int V6_NETWORK = 6;

	private ZoneChecks() {}

	/// Zonemaster DELEGATION01; RFC 1034, 4.1.
	static Verdict count(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Name> hosts = servers(subject, dns);
		return hosts.isEmpty() ? Verdict.moot(subject, "NS") : hosts.size() == 1 ? Verdict.warn("audit.ns.count.one", subject.domain().name(), MxChecks.names(hosts))
				: Verdict.pass("audit.ns.count.ok", subject.domain().name(), MxChecks.names(hosts));
	}

	/// Zonemaster DELEGATION05; RFC 2181, 10.3.
	static Verdict alias(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Name> hosts = servers(subject, dns);
		List<Name> aliases = new ArrayList<>();
		for (Name host : hosts) {
			if (dns.known(host, Type.A).alias()) {
				aliases.add(host);
			}
		}
		return hosts.isEmpty() ? Verdict.moot(subject, "NS") : aliases.isEmpty() ? Verdict.pass("audit.ns.alias.ok", subject.domain().name())
				: Verdict.fail("audit.ns.alias.alias", subject.domain().name(), MxChecks.names(aliases));
	}

	/// Zonemaster CONNECTIVITY03; RFC 2182, 3.1.
	static Verdict networks(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Name> hosts = servers(subject, dns);
		if (hosts.size() < 2) {
			return Verdict.moot(subject, "NS");
		}
		Set<String> networks = new TreeSet<>();
		for (Name host : hosts) {
			dns.addresses(host).forEach(address -> networks.add(network(address)));
		}
		return networks.size() > 1 ? Verdict.pass("audit.ns.networks.ok", subject.domain().name(), networks.size())
				: Verdict.warn("audit.ns.networks.one", subject.domain().name(), MxChecks.names(hosts));
	}

	private static String network(InetAddress address) {
		byte[] bytes = address.getAddress();
		return Arrays.toString(Arrays.copyOf(bytes, address instanceof Inet6Address ? V6_NETWORK : V4_NETWORK));
	}

	/// An alias at the apex hides MX and everything else (RFC 1034, 3.6.2).
	static Verdict apexAlias(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Resolved answer = dns.known(subject.name(), Type.CNAME);
		return answer.records().isEmpty() ? Verdict.pass("audit.apex.cname.ok", subject.domain().name())
				: Verdict.fail("audit.apex.cname.alias", subject.domain().name(), answer.records().getFirst().rdataToString());
	}

	static Verdict negativeTtl(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<SOARecord> soa = dns.records(subject.name(), Type.SOA, SOARecord.class);
		if (soa.isEmpty()) {
			return Verdict.moot(subject, "SOA");
		}
		long seconds = Math.min(soa.getFirst().getTTL(), soa.getFirst().getMinimum());
		return seconds <= LONGEST_NEGATIVE ? Verdict.pass("audit.soa.negative-ttl.ok", subject.domain().name(), seconds)
				: Verdict.warn("audit.soa.negative-ttl.long", subject.domain().name(), seconds, LONGEST_NEGATIVE);
	}

	private static List<Name> servers(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		return dns.records(subject.name(), Type.NS, NSRecord.class).stream().map(NSRecord::getTarget).sorted().toList();
	}
}
