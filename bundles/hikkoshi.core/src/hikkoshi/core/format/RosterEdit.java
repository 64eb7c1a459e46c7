package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes of the text of `mailboxes.csv` as text edits: every other cell, its quotes, the order of columns, unknown columns and line breaks
/// stay as they are.
public final class RosterEdit {
	private RosterEdit() {}

	/// Sets one cell; a column of [FileKeys#COLUMNS] that is missing is added to every row.
	///
	/// @param line any line (1-based) of the row, e.g. that of a [Roster.Row]
	/// @return no edits when there is no such row, or nothing changes
	public static List<TextEdit> set(String text, int line, String column, String value) {
		Csv csv = Csv.parse(text, FaultList.ofFile(""));
		Optional<Csv.Row> row = row(csv, line);
		if (row.isEmpty()) {
			return List.of();
		}
		int index = column(csv, column);
		if (index < 0) {
			return FileKeys.COLUMNS.contains(column) ? addColumn(csv, row.get(), column, value) : List.of();
		}
		List<Csv.Cell> cells = row.get().cells();
		if (index >= cells.size()) {
			String missing = String.valueOf(csv.delimiter()).repeat(index - cells.size() + 1);
			return List.of(TextEdit.insert(row.get().end(), missing + cell(csv.delimiter(), value, false)));
		}
		Csv.Cell old = cells.get(index);
		if (old.value().equals(value)) {
			return List.of();
		}
		boolean quoted = old.end() > old.start() && text.charAt(old.start()) == '"';
		return List.of(new TextEdit(old.start(), old.end() - old.start(), cell(csv.delimiter(), value, quoted)));
	}

	/// Adds a row at the end, with a header where the text is empty.
	///
	/// @param cells column to value; columns that the file lacks are left out
	public static List<TextEdit> append(String text, Map<String, String> cells) {
		String before = text.isBlank() ? text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + MigrationTemplate.mailboxes() : text;
		Csv csv = Csv.parse(before, FaultList.ofFile(""));
		String lineBreak = lineBreak(before);
		List<String> row = new ArrayList<>();
		for (Csv.Cell heading : csv.rows().getFirst().cells()) {
			row.add(cell(csv.delimiter(), cells.getOrDefault(Roster.RosterColumns.name(heading.value()), ""), false));
		}
		String gap = before.endsWith("\n") || before.endsWith("\r") ? "" : lineBreak;
		return List.of(TextEdit.insert(text.length(),
				before.substring(text.length()) + gap + String.join(String.valueOf(csv.delimiter()), row) + lineBreak));
	}

	/// Removes a row with its line break. The header stays.
	public static List<TextEdit> remove(String text, int line) {
		Csv csv = Csv.parse(text, FaultList.ofFile(""));
		return row(csv, line).map(row -> List.of(removing(csv, row))).orElse(List.of());
	}

	/// Another value in a cell: written as it needs to be, and in quotes where the old one was.
	static TextEdit replacing(Csv csv, Csv.Cell cell, String value) {
		boolean quoted = cell.end() > cell.start() && csv.text().charAt(cell.start()) == '"';
		return new TextEdit(cell.start(), cell.end() - cell.start(), cell(csv.delimiter(), value, quoted));
	}

	/// A row away, with its line break.
	static TextEdit removing(Csv csv, Csv.Row row) {
		String text = csv.text();
		int start = row.start();
		int end = row.end();
		if (end < text.length()) {
			end += text.startsWith("\r\n", end) ? 2 : 1;
		} else if (start > 0) {
			start -= text.startsWith("\r\n", start - 2) ? 2 : 1;
		}
		return new TextEdit(start, end - start, "");
	}

	private static List<TextEdit> addColumn(Csv csv, Csv.Row row, String column, String value) {
		List<TextEdit> edits = new ArrayList<>();
		for (Csv.Row each : csv.rows()) {
			String added = each == csv.rows().getFirst() ? column : each == row ? cell(csv.delimiter(), value, false) : "";
			edits.add(TextEdit.insert(each.end(), csv.delimiter() + added));
		}
		return edits;
	}

	private static Optional<Csv.Row> row(Csv csv, int line) {
		Lines lines = Lines.of(csv.text());
		return csv.rows().stream().skip(1).filter(row -> lines.line(row.start()) <= line && line <= lines.line(row.end())).findFirst();
	}

	private static int column(Csv csv, String column) {
		List<Csv.Cell> header = csv.rows().isEmpty() ? List.of() : csv.rows().getFirst().cells();
		for (int i = 0; i < header.size(); i++) {
			if (Roster.RosterColumns.name(header.get(i).value()).equals(column)) {
				return i;
			}
		}
		return -1;
	}

	/// A value as a cell, in quotes where it must be.
	static String cell(char delimiter, String value, boolean quoted) {
		boolean needed = !value.isEmpty() && (value.charAt(0) <= ' ' || value.charAt(value.length() - 1) <= ' ' || !value.equals(value.strip()));
		for (int i = 0; i < value.length() && !needed; i++) {
			char c = value.charAt(i);
			needed = c == delimiter || c == '"' || c == '\n' || c == '\r';
		}
		return quoted || needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
	}

	static String lineBreak(String text) {
		int at = text.indexOf('\n');
		return at > 0 && text.charAt(at - 1) == '\r' ? "\r\n" : at < 0 && text.indexOf('\r') >= 0 ? "\r" : "\n";
	}
}
