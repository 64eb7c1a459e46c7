package hikkoshi.dns;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.transport.Reply;

/// Who answers the questions of a discovery.
sealed interface Finder {
	Resolved find(Name name, int type) throws IOException, InterruptedException;

	/// The authoritative servers, found by delegation.
	record Authorities(DnsRun run) implements Finder {
		@Override
		public Resolved find(Name name, int type) throws IOException, InterruptedException {
			return run.delegation().resolve(name, type);
		}
	}

	/// Caching resolvers, in the order in which they are listed: the next one where one cannot tell.
	record Resolvers(DnsRun run, List<NameServer> servers) implements Finder {
		private static final Set<DnsStatus> TELLING = Set.of(DnsStatus.ANSWER, DnsStatus.NO_DATA, DnsStatus.NXDOMAIN);

		@Override
		public Resolved find(Name name, int type) throws IOException, InterruptedException {
			Resolved last = new Resolved(DnsStatus.SERVFAIL, false, name, List.of(), "", List.of(), 0, 0, "no resolver");
			for (NameServer server : servers) {
				Reply reply = run.ask(name, type, server, true);
				last = resolved(name, type, server, reply);
				if (TELLING.contains(reply.status()) && reply.has(Flags.RA) | reply.has(Flags.AA)) {
					return last;
				}
			}
			return last.known() ? new Resolved(DnsStatus.LAME, false, name, List.of(), last.place(), last.flags(), last.millis(), last.bytes(), "no recursion") : last;
		}

		private static Resolved resolved(Name name, int type, NameServer server, Reply reply) {
			List<Record> relevant = Records.relevant(reply.records(Section.ANSWER), name, type);
			List<Record> found = relevant.stream().filter(record -> record.getType() == type).toList();
			Set<Name> renamed = relevant.stream().filter(CNAMERecord.class::isInstance).map(Record::getName).collect(Collectors.toSet());
			Name end = found.isEmpty()
					? relevant.stream().filter(CNAMERecord.class::isInstance).map(record -> ((CNAMERecord) record).getTarget()).filter(target -> !renamed.contains(target)).findFirst()
							.orElse(name)
					: found.getFirst().getName();
			return new Resolved(reply.status(), !renamed.isEmpty(), end.canonicalize(), found, server.place(), reply.flags(), reply.took().toMillis(), reply.bytes(), reply.detail());
		}
	}
}
