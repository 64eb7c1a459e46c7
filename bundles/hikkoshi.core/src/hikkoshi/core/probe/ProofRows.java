package hikkoshi.core.probe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.ProofMatrix.Cell;
import hikkoshi.core.probe.ProofMatrix.Column;
import hikkoshi.core.probe.ProofMatrix.Row;

/// A [ProofMatrix] that is kept up to date with what is added to the log: only the rows that the news are about are made anew. Holds no facts, so that
/// the transcripts of tens of thousands of logins are not kept for it. For one thread.
public final class ProofRows {
	/// What proves an account; other probes look at more than that.
	private static final String LOGIN = ".login";

	private final List<Column> columns;
	private final List<Mailbox> mailboxes;
	/// By row and column: the logins that must be proven.
	private final List<List<List<Target.Id>>> doors = new ArrayList<>();
	/// In which rows an account stands: two addresses may share one.
	private final Map<Target.Id, int[]> places = new HashMap<>();
	private final Map<Target.Id, Sighting> known = new HashMap<>();
	private final List<Row> rows = new ArrayList<>();

	public ProofRows(Migration migration) {
		columns = columns(migration);
		mailboxes = migration.mailboxes();
		for (int i = 0; i < mailboxes.size(); i++) {
			Map<Column, List<Target.Id>> found = new LinkedHashMap<>();
			for (Side side : Side.values()) {
				for (Account account : migration.accounts(mailboxes.get(i), side)) {
					Target.Id id = account.id();
					found.computeIfAbsent(new Column(side, account.endpoint().protocol()), _ -> new ArrayList<>()).add(id);
					places.merge(id, new int[] {i}, ProofRows::joined);
				}
			}
			doors.add(columns.stream().map(column -> List.copyOf(found.getOrDefault(column, List.of()))).toList());
			rows.add(row(i));
		}
	}

	private static int[] joined(int[] some, int[] more) {
		int[] all = Arrays.copyOf(some, some.length + more.length);
		System.arraycopy(more, 0, all, some.length, more.length);
		return all;
	}

	private static List<Column> columns(Migration migration) {
		return migration.servers().stream()
				.flatMap(server -> server.endpoints().stream().filter(endpoint -> endpoint.protocol().hasLogin())
						.map(endpoint -> new Column(server.side(), endpoint.protocol())))
				.distinct().sorted(Comparator.comparing(Column::side).thenComparing(Column::protocol)).toList();
	}

	/// Takes what was seen, in any order; older words about an account give way.
	///
	/// @return the numbers of the rows that are others now
	public BitSet take(Collection<Sighting> news) {
		BitSet changed = new BitSet();
		for (Sighting sighting : news) {
			Evidence evidence = sighting.evidence();
			int[] at = evidence.probe().endsWith(LOGIN) ? places.get(evidence.target()) : null;
			if (at != null) {
				known.merge(evidence.target(), lean(sighting), (before, next) -> next.lastSeen().isBefore(before.lastSeen()) ? before : next);
				for (int row : at) {
					changed.set(row);
				}
			}
		}
		changed.stream().forEach(row -> rows.set(row, row(row)));
		return changed;
	}

	/// The rows in which some of these accounts stand.
	public BitSet rowsOf(Set<Target.Id> accounts) {
		BitSet found = new BitSet();
		for (Target.Id account : accounts) {
			int[] at = places.get(account);
			if (at != null) {
				for (int row : at) {
					found.set(row);
				}
			}
		}
		return found;
	}

	/// The logins of a cell.
	public List<Target.Id> logins(int row, int column) {
		return doors.get(row).get(column);
	}

	public List<Column> columns() {
		return columns;
	}

	public int size() {
		return rows.size();
	}

	public Row get(int row) {
		return rows.get(row);
	}

	/// As of now; what comes later does not change it.
	public ProofMatrix matrix() {
		return new ProofMatrix(columns, rows);
	}

	private static Sighting lean(Sighting sighting) {
		Evidence full = sighting.evidence();
		Evidence lean = new Evidence(full.probe(), full.target(), full.at(), full.took(), full.outcome(), full.reason(), Facts.NONE);
		return new Sighting(sighting.row(), lean, sighting.firstSeen(), sighting.lastSeen(), sighting.count());
	}

	private Row row(int index) {
		return new Row(mailboxes.get(index), doors.get(index).stream().map(this::cell).toList());
	}

	private Cell cell(List<Target.Id> logins) {
		List<Sighting> seen = logins.stream().map(known::get).filter(Objects::nonNull).toList();
		Instant oldest = seen.stream().map(Sighting::lastSeen).min(Comparator.naturalOrder()).orElse(null);
		return new Cell(logins.size(), logins.size() - seen.size(), seen.stream().reduce(ProofRows::worse).orElse(null), oldest);
	}

	private static Sighting worse(Sighting one, Sighting other) {
		int byOutcome = one.evidence().outcome().compareTo(other.evidence().outcome());
		if (byOutcome != 0) {
			return byOutcome > 0 ? one : other;
		}
		return one.lastSeen().isAfter(other.lastSeen()) ? other : one;
	}
}
