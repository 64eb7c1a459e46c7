package hikkoshi.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;

/// Reads what looks at DNS left as evidence: those of `dns.watch`, and those of the probes that look at one type at the domain itself.
final class LookRows {
	/// Each with the type that it asks for.
	private static final Map<String, String> SINGLE = Map.of("dns.mx", "MX", "dns.a", "A", "dns.aaaa", "AAAA", "dns.ns", "NS", "dns.txt", "TXT");
	static final List<String> PROBES = List.of(WatchTable.PROBE, "dns.mx", "dns.a", "dns.aaaa", "dns.ns", "dns.txt");
	/// Whose data are names and numbers: case says nothing.
	private static final Set<String> CASELESS = Set.of("MX", "NS", "CNAME", "SRV", "A", "AAAA", "PTR", "SOA", "TLSA");
	private static final int SECONDS = 2;
	private static final long LONGEST_LOOK = 3600;

	private LookRows() {}

	/// From the beginning of a look to the moment by which its last answer had come: that of any look of the run, where the reason says so.
	static Duration took(Sighting sighting) {
		if (sighting.evidence().probe().equals(WatchTable.PROBE)) {
			List<String> args = sighting.evidence().reason().args();
			long seconds = args.size() > SECONDS ? WatchTable.number(args.get(SECONDS)) : -1;
			if (seconds >= 0 && seconds <= LONGEST_LOOK) {
				return Duration.ofSeconds(seconds);
			}
		}
		return sighting.evidence().took().isNegative() ? Duration.ZERO : sighting.evidence().took();
	}

	static List<WatchRow> of(Domain domain, Sighting sighting) {
		Facts facts = sighting.evidence().facts();
		if (sighting.evidence().probe().equals(WatchTable.PROBE)) {
			return WatchTable.read(facts);
		}
		String type = SINGLE.get(sighting.evidence().probe());
		return type != null && facts instanceof Facts.Table table ? single(new RecordSet.Key(domain.name().ascii() + ".", type), table) : List.of();
	}

	private static List<WatchRow> single(RecordSet.Key key, Facts.Table table) {
		List<WatchRow> rows = new ArrayList<>();
		for (List<String> cells : table.rows()) {
			String kind = cell(table, cells, "kind");
			boolean excused = kind.equals(WatchTable.NO_IPV6);
			Optional<DnsStatus> status = WatchTable.status(cell(table, cells, "status"));
			if (excused || kind.equals(Source.Kind.AUTHORITATIVE.token())) {
				rows.add(new WatchRow(new Source(Source.Kind.AUTHORITATIVE, cell(table, cells, "server"), cell(table, cells, "address")), excused, key,
						status.orElse(DnsStatus.MALFORMED), cell(table, cells, "flags"), WatchTable.number(cell(table, cells, "ttl")), cell(table, cells, "data"),
						WatchRow.How.DIRECT, null, 0));
			}
		}
		return rows;
	}

	private static String cell(Facts.Table table, List<String> row, String column) {
		int index = table.columns().indexOf(column);
		return index < 0 ? "" : row.get(index);
	}

	/// @param rows all of one source about one name and type, never none
	static Heard heard(List<WatchRow> rows, Instant first, Instant last) {
		WatchRow one = rows.getFirst();
		boolean spoke = rows.stream().allMatch(WatchRow::spoke);
		List<String> data = spoke ? rows.stream().map(row -> normal(one.key().type(), row.data())).filter(text -> !text.isEmpty()).distinct().sorted().toList() : List.of();
		long ttl = rows.stream().mapToLong(WatchRow::ttl).max().orElse(-1);
		Instant until = null;
		for (WatchRow row : rows) {
			Instant each = row.until();
			until = until == null || each != null && each.isAfter(until) ? each : until;
		}
		return new Heard(one.source(), one.excused(), one.key(), first, last, one.status(), data, ttl, one.how(), until);
	}

	/// Data that means the same reads the same.
	static String normal(String type, String data) {
		String text = data.strip();
		return CASELESS.contains(type) || text.startsWith("CNAME ") ? text.toLowerCase(Locale.ROOT).replaceFirst("^cname ", "CNAME ") : text;
	}
}
