package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/// Many changes of the text of `mailboxes.csv` at once, in one pass: like [RosterEdit], whatever is not changed stays as it is.
public final class RosterMerge {
	private final String text;
	private final Csv csv;
	private final Map<Integer, Map<String, String>> changes = new HashMap<>();
	private final List<String[]> added = new ArrayList<>();
	/// Whether something stands in them, in the order of [FileKeys#COLUMNS].
	private final boolean[] needed = new boolean[FileKeys.COLUMNS.size()];

	/// @param text of `mailboxes.csv`; a blank one gets a header when rows are added
	public RosterMerge(String text) {
		this.text = text;
		csv = Csv.parse(text, FaultList.ofFile(""));
	}

	/// Sets a cell. A column of [FileKeys#COLUMNS] that is missing is added when it gets a value.
	///
	/// @param line of the row's address, as a [Roster.Row] has it
	public void set(int line, String column, String value) {
		changes.computeIfAbsent(line, l -> new HashMap<>()).put(column, value);
		need(column, value);
	}

	/// Adds a row at the end.
	///
	/// @param cells in the order of [FileKeys#COLUMNS]
	public void add(String... cells) {
		if (cells.length != FileKeys.COLUMNS.size()) {
			throw new IllegalArgumentException(cells.length + " cells");
		}
		added.add(cells);
		for (int i = 0; i < cells.length; i++) {
			needed[i] |= !cells[i].isEmpty();
		}
	}

	private void need(String column, String value) {
		int index = FileKeys.COLUMNS.indexOf(column);
		if (index >= 0 && !value.isEmpty()) {
			needed[index] = true;
		}
	}

	/// Columns that must be there and are not.
	private List<String> lacking(List<String> header) {
		return IntStream.range(0, needed.length).filter(i -> needed[i]).mapToObj(FileKeys.COLUMNS::get).filter(column -> !header.contains(column)).toList();
	}

	/// All changes, for a document or [TextEdit#apply]; none when nothing changes.
	public List<TextEdit> edits() {
		if (csv.rows().isEmpty()) {
			return added.isEmpty() ? List.of() : List.of(anew());
		}
		List<String> header = csv.rows().getFirst().values().stream().map(Roster.RosterColumns::name).toList();
		List<String> more = lacking(header);
		List<TextEdit> edits = new ArrayList<>();
		if (!more.isEmpty() || !changes.isEmpty()) {
			rows(header, more, edits);
		}
		if (!added.isEmpty()) {
			List<String> columns = new ArrayList<>(header);
			columns.addAll(more);
			edits.add(TextEdit.insert(text.length(), appended(columns)));
		}
		return edits;
	}

	private TextEdit anew() {
		List<String> columns = new ArrayList<>(FileKeys.MAILBOX_COLUMNS);
		columns.addAll(lacking(columns));
		String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
		StringBuilder rows = new StringBuilder(gap).append(String.join(",", columns)).append('\n');
		append(rows, columns, ',', "\n");
		return TextEdit.insert(text.length(), rows.toString());
	}

	private String appended(List<String> columns) {
		String lineBreak = RosterEdit.lineBreak(text);
		StringBuilder rows = new StringBuilder(text.endsWith("\n") || text.endsWith("\r") ? "" : lineBreak);
		append(rows, columns, csv.delimiter(), lineBreak);
		return rows.toString();
	}

	private void append(StringBuilder rows, List<String> columns, char delimiter, String lineBreak) {
		int[] places = columns.stream().mapToInt(FileKeys.COLUMNS::indexOf).toArray();
		// of two columns with one name only the first counts
		for (int i = 0; i < places.length; i++) {
			int place = places[i];
			if (place >= 0 && Arrays.stream(places, 0, i).anyMatch(before -> before == place)) {
				places[i] = -1;
			}
		}
		rows.ensureCapacity(rows.length() + added.size() * 64);
		for (String[] row : added) {
			for (int i = 0; i < places.length; i++) {
				if (i > 0) {
					rows.append(delimiter);
				}
				if (places[i] >= 0 && !row[places[i]].isEmpty()) {
					rows.append(RosterEdit.cell(delimiter, row[places[i]], false));
				}
			}
			rows.append(lineBreak);
		}
	}

	private void rows(List<String> header, List<String> more, List<TextEdit> edits) {
		Lines lines = Lines.of(text);
		int address = header.indexOf("address");
		for (Csv.Row row : csv.rows()) {
			boolean isHeader = row == csv.rows().getFirst();
			Map<String, String> changed = isHeader ? null : changes.get(lines.line(row.place(address)));
			if (changed != null) {
				cells(row, header, changed, edits);
			}
			if (!more.isEmpty() && row.count() == header.size()) {
				edits.add(TextEdit.insert(row.end(), end(more, isHeader, changed)));
			}
		}
	}

	private void cells(Csv.Row row, List<String> header, Map<String, String> changed, List<TextEdit> edits) {
		Set<String> seen = new LinkedHashSet<>();
		for (int i = 0; i < Math.min(header.size(), row.count()); i++) {
			String value = changed.get(header.get(i));
			Csv.Cell old = row.cell(i);
			if (value != null && seen.add(header.get(i)) && !old.value().equals(value)) {
				boolean isQuoted = old.end() > old.start() && text.charAt(old.start()) == '"';
				edits.add(new TextEdit(old.start(), old.end() - old.start(), RosterEdit.cell(csv.delimiter(), value, isQuoted)));
			}
		}
	}

	private String end(List<String> more, boolean isHeader, @Nullable Map<String, String> changed) {
		StringBuilder end = new StringBuilder();
		for (String column : more) {
			String value = isHeader ? column : changed == null ? "" : changed.getOrDefault(column, "");
			end.append(csv.delimiter()).append(RosterEdit.cell(csv.delimiter(), value, false));
		}
		return end.toString();
	}
}
