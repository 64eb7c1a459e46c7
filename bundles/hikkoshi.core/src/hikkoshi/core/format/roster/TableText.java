package hikkoshi.core.format.roster;

import java.util.List;
import java.util.stream.Collectors;

/// Rows of a view as text for a spreadsheet or a mail. What servers have said stands in them: a cell that a spreadsheet would take for a formula gets an
/// apostrophe in front (CWE-1236), and control and direction characters become spaces, so that no cell breaks its row.
public enum TableText {
	/// RFC 4180, with a line feed at the end of each row.
	CSV(','),
	/// Cells between tabs: what a spreadsheet takes from the clipboard.
	TABS('\t');

	private final char delimiter;

	TableText(char delimiter) {
		this.delimiter = delimiter;
	}

	public String write(List<List<String>> rows) {
		return rows.stream().map(row -> row.stream().map(this::cell).collect(Collectors.joining(String.valueOf(delimiter)))).collect(Collectors.joining("\n", "", "\n"));
	}

	private String cell(String value) {
		String line = Guard.close(value.replaceAll("[\\p{Cntrl}\u0080-\u009f\u2028-\u202e\u2066-\u2069]+", " ").strip());
		return line.indexOf(delimiter) >= 0 || line.indexOf('"') >= 0 ? '"' + line.replace("\"", "\"\"") + '"' : line;
	}
}
