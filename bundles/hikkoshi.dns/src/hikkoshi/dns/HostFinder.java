package hikkoshi.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.Fan;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.delegation.Resolved;

/// Where hosts are, as facts of a discovery. Names are lower case and escaped as in a zone file: they come from strangers.
record HostFinder(Finder finder) {
	/// More than one host needs, and a bound for a trap.
	private static final int MOST_RECORDS = 16;

	static HostFinder of(ProbeContext context) throws IOException, InterruptedException {
		DnsRun run = DnsRun.of(context);
		Reach reach = Reach.of(context);
		return new HostFinder(reach.options().resolvers().isEmpty() ? new Finder.Authorities(run) : new Finder.Resolvers(run, reach.options().resolvers()));
	}

	static String text(Name name) {
		return name.canonicalize().toString(true);
	}

	/// Addresses of hosts, all at once, in the order of the hosts.
	///
	/// @param quiet whether a host about which nobody can tell is no news, e.g. a guess
	List<DnsFact> addresses(List<Name> hosts, boolean quiet) throws IOException, InterruptedException {
		List<Callable<List<DnsFact>>> questions = new ArrayList<>();
		for (Name host : hosts) {
			questions.add(() -> address(host, quiet));
		}
		return questions.isEmpty() ? List.of() : Fan.out(questions).stream().flatMap(List::stream).toList();
	}

	private List<DnsFact> address(Name host, boolean quiet) throws IOException, InterruptedException {
		Resolved a = finder.find(host, Type.A);
		Resolved aaaa = a.status() == DnsStatus.NXDOMAIN ? a : finder.find(host, Type.AAAA);
		List<DnsFact> facts = new ArrayList<>();
		Resolved alias = a.alias() ? a : aaaa;
		String end = text(alias.alias() ? alias.owner() : host);
		if (alias.alias() && !end.equals(text(host))) {
			facts.add(DnsFact.alias(text(host), end));
		}
		addresses(a).forEach(data -> facts.add(DnsFact.address(end, data)));
		addresses(aaaa).forEach(data -> facts.add(DnsFact.address(end, data)));
		for (Resolved each : a == aaaa ? List.of(a) : List.of(a, aaaa)) {
			if (!each.known() && !quiet) {
				facts.add(DnsFact.unknown(text(host), each.status().name()));
			}
		}
		return facts;
	}

	private static List<String> addresses(Resolved resolved) {
		return resolved.records().stream().map(Records::text).sorted().distinct().limit(MOST_RECORDS).toList();
	}

	/// The records of one name and type, or that nobody could tell.
	static boolean unknown(Resolved resolved, String name, List<DnsFact> facts) {
		if (!resolved.known()) {
			facts.add(DnsFact.unknown(name, resolved.status().name()));
		}
		return !resolved.known();
	}

	static List<Record> some(Resolved resolved) {
		return resolved.records().stream().limit(MOST_RECORDS).toList();
	}
}
