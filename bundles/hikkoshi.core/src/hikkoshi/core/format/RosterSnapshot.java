package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The rows of a [RosterDocument] at one moment, for a thread that sorts and filters them. Ends at once, with an exception, when it is
/// interrupted.
public final class RosterSnapshot {
	private static final int CHECK = 256;

	private final String text;
	private final char delimiter;
	private final List<String> headings;
	private final RosterLine[] rows;
	private final int[] starts;
	private final int[] ends;
	private final boolean[] faulty;

	/// @param sort the column to sort by; empty for the order of the file
	/// @param filter what any cell must hold, whatever its case; empty for all rows
	public record Query(String sort, boolean descending, String filter, boolean onlyFaulty) {
		public static final Query ALL = new Query("", false, "", false);

		/// Whether the rows are those of the file in its order.
		public boolean isAll() {
			return sort.isEmpty() && filter.isEmpty() && !onlyFaulty;
		}
	}

	private record Keyed(String key, RosterLine row) {}

	RosterSnapshot(String text, char delimiter, List<String> headings, RosterLine[] rows, int[] starts, int[] ends, boolean[] faulty) {
		this.text = text;
		this.delimiter = delimiter;
		this.headings = headings;
		this.rows = rows;
		this.starts = starts;
		this.ends = ends;
		this.faulty = faulty;
	}

	/// Rows that are asked for, in that order; equal ones in the order of the file.
	///
	/// @throws InterruptedException when the thread is interrupted
	public List<RosterLine> rows(Query query) throws InterruptedException {
		int column = headings.indexOf(query.sort());
		String wanted = query.filter().toLowerCase(Locale.ROOT);
		List<Keyed> found = new ArrayList<>();
		for (int i = 0; i < rows.length; i++) {
			if (i % CHECK == 0 && Thread.interrupted()) {
				throw new InterruptedException();
			}
			if (query.onlyFaulty() && !faulty[i]) {
				continue;
			}
			String line = text.substring(starts[i], ends[i]);
			if (!wanted.isEmpty() && !line.toLowerCase(Locale.ROOT).contains(wanted) && !cells(line).stream().anyMatch(cell -> cell.contains(wanted))) {
				continue;
			}
			found.add(new Keyed(query.sort().isEmpty() ? "" : key(line, column), rows[i]));
		}
		if (!query.sort().isEmpty()) {
			Comparator<Keyed> order = Comparator.comparing(Keyed::key);
			Keyed[] sorted = found.toArray(Keyed[]::new);
			Arrays.sort(sorted, query.descending() ? order.reversed() : order);
			found = List.of(sorted);
		}
		return found.stream().map(Keyed::row).toList();
	}

	private String key(String line, int column) {
		List<String> cells = cells(line);
		return column >= 0 && column < cells.size() ? cells.get(column) : "";
	}

	private List<String> cells(String line) {
		List<String> cells = new ArrayList<>();
		new Csv.Reader(line, delimiter, FaultList.ofFile(""),
				row -> row.values().forEach(cell -> cells.add(cell.strip().toLowerCase(Locale.ROOT)))).row(0);
		return cells;
	}
}
