package hikkoshi.core.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;

/// The facts of `dns.watch`, written and read. Rows that cannot be understood are left out: whoever they are of counts as silent.
public final class WatchTable {
	/// The probe that writes such tables. Its reasons begin with (domain, digest of everything that counts, seconds from the probe's beginning to its
	/// last answer).
	public static final String PROBE = "dns.watch";
	public static final List<String> COLUMNS =
			List.of("kind", "server", "address", "name", "type", "status", "flags", "ttl", "data", "how", "until", "ms");
	/// An authoritative server's address that this machine has no way to; the server answered at another.
	public static final String NO_IPV6 = "no-ipv6";

	/// A server may send thousands of records; no more than these are kept of one answer.
	private static final int MOST = 100;
	private static final int DIGEST = 12;

	private WatchTable() {}

	public static Facts.Table of(List<WatchRow> rows) {
		return new Facts.Table(COLUMNS, rows.stream().map(WatchTable::cells).toList());
	}

	/// The rows of one answer: one per record, or one that says why there is none.
	///
	/// @param data presentation form of each record
	public static List<WatchRow> rows(Source source, boolean excused, RecordSet.Key key, DnsStatus status, String flags, long ttl, List<String> data, WatchRow.How how,
			@Nullable Instant until, long millis) {
		List<String> kept = data.isEmpty() ? List.of("") : data.stream().limit(MOST).toList();
		return kept.stream().map(each -> new WatchRow(source, excused, key, status, flags, ttl, each, how, until, millis)).toList();
	}

	/// Of everything that makes one look differ from another: not what counts down.
	public static String digest(List<WatchRow> rows) {
		StringBuilder text = new StringBuilder();
		rows.stream().map(row -> {
			boolean cache = row.source().kind() == Source.Kind.RESOLVER;
			return String.join("\t", row.excused() ? NO_IPV6 : row.source().kind().token(), row.source().server(), row.source().address(), row.key().name(), row.key().type(),
					cache && !row.spoke() ? "" : row.status().name(), cache ? "" : String.valueOf(row.ttl()), row.data());
		}).sorted().forEach(line -> text.append(line).append('\n'));
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, DIGEST);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	private static List<String> cells(WatchRow row) {
		Instant until = row.until();
		return List.of(row.excused() ? NO_IPV6 : row.source().kind().token(), row.source().server(), row.source().address(), row.key().name(), row.key().type(),
				row.status().name(), row.flags(), row.ttl() < 0 ? "" : String.valueOf(row.ttl()), row.data(), row.how().token(),
				until == null ? "" : until.toString(), String.valueOf(row.millis()));
	}

	public static List<WatchRow> read(Facts facts) {
		if (!(facts instanceof Facts.Table table) || !table.columns().equals(COLUMNS)) {
			return List.of();
		}
		List<WatchRow> rows = new ArrayList<>();
		for (List<String> cells : table.rows()) {
			read(cells).ifPresent(rows::add);
		}
		return rows;
	}

	private static Optional<WatchRow> read(List<String> cells) {
		Optional<Source.Kind> kind = kind(cells.get(0));
		Optional<WatchRow.How> how = how(cells.get(9));
		Optional<DnsStatus> status = status(cells.get(5));
		if (kind.isEmpty() || how.isEmpty() || status.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new WatchRow(new Source(kind.get(), cells.get(1), cells.get(2)), cells.get(0).equals(NO_IPV6),
				new RecordSet.Key(cells.get(3), cells.get(4)), status.get(), cells.get(6), number(cells.get(7)), cells.get(8), how.get(), instant(cells.get(10)),
				Math.max(0, number(cells.get(11)))));
	}

	private static Optional<Source.Kind> kind(String token) {
		if (token.equals(NO_IPV6)) {
			return Optional.of(Source.Kind.AUTHORITATIVE);
		}
		for (Source.Kind kind : Source.Kind.values()) {
			if (kind.token().equals(token)) {
				return Optional.of(kind);
			}
		}
		return Optional.empty();
	}

	private static Optional<WatchRow.How> how(String token) {
		for (WatchRow.How how : WatchRow.How.values()) {
			if (how.token().equals(token)) {
				return Optional.of(how);
			}
		}
		return Optional.empty();
	}

	static Optional<DnsStatus> status(String name) {
		for (DnsStatus status : DnsStatus.values()) {
			if (status.name().equals(name)) {
				return Optional.of(status);
			}
		}
		return Optional.empty();
	}

	static long number(String text) {
		try {
			return Long.parseLong(text);
		} catch (NumberFormatException e) {
			return -1;
		}
	}

	private static @Nullable Instant instant(String text) {
		try {
			return text.isEmpty() ? null : Instant.parse(text);
		} catch (DateTimeException e) {
			return null;
		}
	}
}
