package hikkoshi.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;

/// One look at everything that is watched of a domain, for the TTL ledger. It judges only whether all servers were heard and agree; what is old and what new, and until
/// when, the ledger works out.
final class WatchProbe implements Probe<Domain> {
	private static final int FEW = 5;

	@Override
	public String id() {
		return WatchTable.PROBE;
	}

	@Override
	public Class<Domain> target() {
		return Domain.class;
	}

	/// It asks a hundred questions and more, and only says something when asked again and again.
	@Override
	public boolean isRoutine() {
		return false;
	}

	@Override
	public Finding examine(Domain domain, ProbeContext context) throws IOException, InterruptedException {
		long begun = System.nanoTime();
		WatchRound round = new WatchRound(domain, context, begun);
		List<WatchRow> rows = round.call();
		long seconds = coarse(Duration.ofNanos(System.nanoTime() - begun));
		if (rows.isEmpty()) {
			return finding(DnsReasons.WATCH_NOBODY, domain, rows, seconds, round.end(), 0);
		}
		Set<String> unheard = new TreeSet<>();
		Map<RecordSet.Key, Map<Source, Set<String>>> said = new TreeMap<>((one, other) -> (one.name() + one.type()).compareTo(other.name() + other.type()));
		for (WatchRow row : rows) {
			if (row.source().kind() == Source.Kind.AUTHORITATIVE && !row.excused()) {
				if (row.spoke()) {
					said.computeIfAbsent(row.key(), _ -> new TreeMap<>()).computeIfAbsent(row.source(), _ -> new TreeSet<>()).add(row.ttl() + " " + row.data());
				} else {
					unheard.add(row.source().place() + " " + row.status());
				}
			}
		}
		if (!unheard.isEmpty()) {
			return finding(DnsReasons.WATCH_UNHEARD, domain, rows, seconds, few(unheard), said.size());
		}
		Set<String> differ = said.entrySet().stream().filter(each -> each.getValue().values().stream().distinct().count() > 1)
				.map(each -> each.getKey().name() + " " + each.getKey().type()).collect(Collectors.toCollection(TreeSet::new));
		return finding(differ.isEmpty() ? DnsReasons.WATCH_AGREE : DnsReasons.WATCH_DIFFER, domain, rows, seconds, few(differ), said.size());
	}

	private static String few(Set<String> all) {
		return all.stream().limit(FEW).collect(Collectors.joining(", ")) + (all.size() > FEW ? ", … +" + (all.size() - FEW) : "");
	}

	private static Finding finding(DnsReasons reason, Domain domain, List<WatchRow> rows, long seconds, String what, int records) {
		Facts facts = WatchTable.of(rows);
		return new Finding(reason.outcome(), Reason.of(reason.id(), domain.name().ascii(), WatchTable.digest(rows), seconds, what, records), facts);
	}

	/// Powers of two, so that looks that differ in nothing else count as equal.
	private static long coarse(Duration took) {
		long seconds = 1;
		while (seconds < took.toSeconds() + 1) {
			seconds *= 2;
		}
		return seconds;
	}
}
