package hikkoshi.core.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.probe.DnsAnswer;

/// How two answers differ, record by record: order and the case of names say nothing.
///
/// @param rows what differs first
public record AnswerDiff(DnsAnswer left, DnsAnswer right, List<Row> rows) {
	public AnswerDiff {
		rows = List.copyOf(rows);
	}

	public enum Kind {
		LEFT_ONLY,
		RIGHT_ONLY,
		/// The same record under another TTL.
		TTL,
		SAME
	}

	/// @param leftTtl seconds; null where there is no such record
	/// @param rightTtl likewise
	public record Row(Kind kind, Section section, String name, String type, String data, @Nullable Long leftTtl, @Nullable Long rightTtl) {}

	public enum Section {
		ANSWER,
		AUTHORITY,
		ADDITIONAL
	}

	private record Key(Section section, String name, String type, String data) {}

	public static AnswerDiff of(DnsAnswer left, DnsAnswer right) {
		Map<Key, DnsAnswer.Rr> before = records(left);
		Map<Key, DnsAnswer.Rr> after = records(right);
		List<Row> rows = new ArrayList<>();
		before.forEach((key, rr) -> {
			DnsAnswer.Rr other = after.remove(key);
			rows.add(new Row(other == null ? Kind.LEFT_ONLY : other.ttl() == rr.ttl() ? Kind.SAME : Kind.TTL, key.section(), rr.name(), rr.type(), rr.data(), rr.ttl(),
					other == null ? null : other.ttl()));
		});
		after.forEach((key, rr) -> rows.add(new Row(Kind.RIGHT_ONLY, key.section(), rr.name(), rr.type(), rr.data(), null, rr.ttl())));
		rows.sort(Comparator.comparing((Row row) -> row.kind() == Kind.SAME).thenComparing(Row::section).thenComparing(Row::name).thenComparing(Row::type).thenComparing(Row::data));
		return new AnswerDiff(left, right, rows);
	}

	private static Map<Key, DnsAnswer.Rr> records(DnsAnswer answer) {
		Map<Key, DnsAnswer.Rr> records = new LinkedHashMap<>();
		answer.answer().forEach(rr -> records.putIfAbsent(key(Section.ANSWER, rr), rr));
		answer.authority().forEach(rr -> records.putIfAbsent(key(Section.AUTHORITY, rr), rr));
		answer.additional().forEach(rr -> records.putIfAbsent(key(Section.ADDITIONAL, rr), rr));
		return records;
	}

	/// In texts and keys case matters; in names it does not (RFC 4343).
	private static Key key(Section section, DnsAnswer.Rr rr) {
		String data = switch (rr.type()) {
			case "NS", "CNAME", "SOA", "MX", "PTR", "SRV", "DNAME" -> rr.data().toLowerCase(Locale.ROOT);
			default -> rr.data();
		};
		return new Key(section, rr.name().toLowerCase(Locale.ROOT), rr.type(), data);
	}

	/// Whether both say the same: status and records, TTLs aside.
	public boolean isSame() {
		return left.status() == right.status() && rows.stream().allMatch(row -> row.kind() == Kind.SAME || row.kind() == Kind.TTL);
	}

	public long count(Kind kind) {
		return rows.stream().filter(row -> row.kind() == kind).count();
	}
}
