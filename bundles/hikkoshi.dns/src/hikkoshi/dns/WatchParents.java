package hikkoshi.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Fan;
import hikkoshi.dns.delegation.Cut;
import hikkoshi.dns.transport.Reply;

/// What the servers of the zone above say about the delegation, and for how long caches may keep it: one address of each is asked, which costs a registry no more than a
/// few questions.
record WatchParents(DnsRun run, WatchRound round) {
	List<WatchRow> rows(Cut.Zone zone) throws IOException, InterruptedException {
		if (zone.apex().equals(Name.root) || !(run.delegation().zoneOf(new Name(zone.apex(), 1)) instanceof Cut.Zone parent)) {
			return List.of();
		}
		RecordSet.Key key = new RecordSet.Key(zone.apex().toString(), "NS");
		List<Callable<List<WatchRow>>> questions = new ArrayList<>();
		for (NameServer at : round.few(run.delegation().servers(parent))) {
			questions.add(() -> rows(zone, key, at, round.once(run, key, at, false)));
		}
		return questions.isEmpty() ? List.of() : Fan.out(questions).stream().flatMap(List::stream).toList();
	}

	private List<WatchRow> rows(Cut.Zone zone, RecordSet.Key key, NameServer at, Reply reply) {
		Set<String> names = new TreeSet<>();
		long ttl = -1;
		List<Record> all = Stream.of(Section.ANSWER, Section.AUTHORITY).flatMap(section -> reply.records(section).stream()).toList();
		for (Record record : all) {
			if (record instanceof NSRecord ns && ns.getName().equals(zone.apex())) {
				names.add(ns.getTarget().canonicalize().toString());
				ttl = Math.max(ttl, Records.ttl(record));
			}
		}
		for (Record record : reply.records(Section.ADDITIONAL)) {
			// glue is kept as long as it says, and leads to the server as well
			if ((record instanceof ARecord || record instanceof AAAARecord) && names.contains(record.getName().canonicalize().toString())) {
				ttl = Math.max(ttl, Records.ttl(record));
			}
		}
		DnsStatus status = names.isEmpty() ? reply.status() == DnsStatus.ANSWER ? DnsStatus.LAME : reply.status() : DnsStatus.ANSWER;
		return WatchTable.rows(new Source(Source.Kind.PARENT, at.label(), at.place()), false, key, status, String.join(" ", reply.flags()), ttl, List.copyOf(names),
				WatchRow.How.DIRECT, null, round.millis());
	}
}
