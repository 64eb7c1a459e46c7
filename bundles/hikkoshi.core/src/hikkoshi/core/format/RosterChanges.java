package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Changes of many cells and rows at a time, as edits of the text: what [RosterEdit] does to one row of a file, for the table. Pure: the
/// document is only read.
public final class RosterChanges {
	/// More edits than that are better made as one.
	private static final int MOST_EDITS = 50;

	private RosterChanges() {}

	/// @param column of [FileKeys#COLUMNS] or of the file
	public record Cell(RosterLine row, String column, String value) {}

	/// Sets one column of many rows.
	public static List<TextEdit> set(RosterDocument document, Collection<RosterLine> rows, String column, String value) {
		return set(document, rows.stream().map(row -> new Cell(row, column, value)).toList());
	}

	/// Sets cells. A column of [FileKeys#COLUMNS] that the file lacks is added to every row, unless nothing would stand in it. Rows whose quotes
	/// are wrong stay as they are.
	public static List<TextEdit> set(RosterDocument document, List<Cell> cells) {
		List<String> headings = new ArrayList<>(document.headings());
		Set<String> added = new LinkedHashSet<>();
		Map<RosterLine, Map<Integer, String>> byRow = new LinkedHashMap<>();
		for (Cell cell : cells) {
			int index = headings.indexOf(cell.column());
			if (index < 0 && FileKeys.COLUMNS.contains(cell.column()) && !cell.value().isEmpty()) {
				index = headings.size();
				headings.add(cell.column());
				added.add(cell.column());
			}
			if (index >= 0 && !cell.row().isBroken() && document.indexOf(cell.row()) >= 0) {
				byRow.computeIfAbsent(cell.row(), row -> new LinkedHashMap<>()).put(index, cell.value());
			}
		}
		List<TextEdit> edits = new ArrayList<>();
		if (!added.isEmpty()) {
			Optional<RosterLine> header = document.header();
			header.ifPresent(line -> edits.add(TextEdit.insert(document.end(line), document.delimiter() + String.join(delimiter(document), added))));
			for (int i = 0; i < document.size(); i++) {
				if (!document.row(i).isBroken()) {
					byRow.computeIfAbsent(document.row(i), row -> new LinkedHashMap<>()).putIfAbsent(headings.size() - 1, "");
				}
			}
		}
		byRow.forEach((row, values) -> edits.addAll(row(document, row, values)));
		return sorted(edits);
	}

	private static List<TextEdit> row(RosterDocument document, RosterLine row, Map<Integer, String> values) {
		List<TextEdit> edits = new ArrayList<>();
		List<Csv.Cell> cells = document.spans(row);
		int start = document.start(row);
		StringBuilder behind = new StringBuilder();
		int last = values.keySet().stream().max(Comparator.naturalOrder()).orElse(-1);
		for (int i = cells.size(); i <= last; i++) {
			behind.append(document.delimiter()).append(RosterEdit.cell(document.delimiter(), values.getOrDefault(i, ""), false));
		}
		values.forEach((index, value) -> {
			if (index < cells.size() && !cells.get(index).value().equals(value)) {
				Csv.Cell cell = cells.get(index);
				boolean quoted = cell.end() > cell.start() && document.text(start + cell.start(), start + cell.start() + 1).equals("\"");
				edits.add(new TextEdit(start + cell.start(), cell.end() - cell.start(), RosterEdit.cell(document.delimiter(), value, quoted)));
			}
		});
		if (!behind.isEmpty()) {
			edits.add(TextEdit.insert(document.end(row), behind.toString()));
		}
		return edits;
	}

	/// Adds rows at the end, with a header where there is none.
	///
	/// @param rows column to value; columns of [FileKeys#COLUMNS] that the file lacks are added first where a row needs them
	public static List<TextEdit> append(RosterDocument document, List<Map<String, String>> rows) {
		if (rows.isEmpty()) {
			return List.of();
		}
		boolean isEmpty = document.header().isEmpty();
		List<String> headings = new ArrayList<>(isEmpty ? FileKeys.MAILBOX_COLUMNS : document.headings());
		Set<String> needed = new LinkedHashSet<>();
		for (Map<String, String> row : rows) {
			row.forEach((column, value) -> {
				if (!value.isEmpty() && FileKeys.COLUMNS.contains(column) && !headings.contains(column)) {
					needed.add(column);
				}
			});
		}
		headings.addAll(needed);
		List<TextEdit> edits = new ArrayList<>();
		String lineBreak = lineBreak(document);
		StringBuilder text = new StringBuilder();
		if (isEmpty) {
			text.append(String.join(delimiter(document), headings)).append(lineBreak);
		} else {
			if (!needed.isEmpty()) {
				document.header().ifPresent(line -> edits.add(TextEdit.insert(document.end(line), delimiter(document) + String.join(delimiter(document), needed))));
				for (int i = 0; i < document.size(); i++) {
					if (!document.row(i).isBroken()) {
						edits.add(TextEdit.insert(document.end(document.row(i)), delimiter(document).repeat(needed.size())));
					}
				}
			}
		}
		if (document.length() > 0 && !endsWithBreak(document)) {
			text.insert(0, lineBreak);
		}
		for (Map<String, String> row : rows) {
			// a column that stands twice is filled once
			Set<String> filled = new HashSet<>();
			// an only cell that is empty would be a blank line
			text.append(headings.size() == 1 && row.values().stream().allMatch(String::isEmpty) ? "\"\"" : String.join(delimiter(document), headings.stream()
					.map(column -> RosterEdit.cell(document.delimiter(), filled.add(column) ? row.getOrDefault(column, "") : "", false)).toList()))
					.append(lineBreak);
		}
		edits.add(TextEdit.insert(document.length(), text.toString()));
		return edits;
	}

	/// Removes rows with their line breaks.
	public static List<TextEdit> remove(RosterDocument document, Collection<RosterLine> rows) {
		Set<RosterLine> all = new HashSet<>(rows);
		List<TextEdit> edits = new ArrayList<>();
		for (RosterLine row : all) {
			int at = document.indexOf(row);
			if (at < 0) {
				continue;
			}
			int start = document.start(row);
			int end = document.end(row);
			if (end < document.length()) {
				end += isCrLf(document, end) ? 2 : 1;
			} else if (start > 0 && (at == 0 || !all.contains(document.row(at - 1)))) {
				start -= start > 1 && isCrLf(document, start - 2) ? 2 : 1;
			}
			edits.add(new TextEdit(start, end - start, ""));
		}
		return sorted(edits);
	}

	/// A header above rows that have none: as many columns as the first row has cells.
	public static List<TextEdit> header(RosterDocument document) {
		int count = document.header().map(row -> document.spans(row).size()).orElse(FileKeys.MAILBOX_COLUMNS.size());
		List<String> names = new ArrayList<>(FileKeys.MAILBOX_COLUMNS.subList(0, Math.min(count, FileKeys.MAILBOX_COLUMNS.size())));
		while (names.size() < count) {
			names.add("column_" + (names.size() + 1));
		}
		return List.of(TextEdit.insert(0, String.join(delimiter(document), names) + lineBreak(document)));
	}

	/// Many edits as one that spans them, which a text editor applies, shows and undoes at once; few stay as they are.
	public static List<TextEdit> joined(RosterDocument document, List<TextEdit> edits) {
		if (edits.size() <= MOST_EDITS) {
			return edits;
		}
		List<TextEdit> sorted = sorted(edits);
		int from = sorted.getFirst().offset();
		int to = sorted.getLast().offset() + sorted.getLast().length();
		String text = document.text(from, to);
		String after = TextEdit.apply(text, sorted.stream().map(edit -> new TextEdit(edit.offset() - from, edit.length(), edit.replacement())).toList());
		return List.of(new TextEdit(from, to - from, after));
	}

	private static List<TextEdit> sorted(List<TextEdit> edits) {
		return edits.stream().sorted(Comparator.comparingInt(TextEdit::offset)).toList();
	}

	private static String delimiter(RosterDocument document) {
		return String.valueOf(document.delimiter());
	}

	private static boolean endsWithBreak(RosterDocument document) {
		String last = document.text(document.length() - 1, document.length());
		return last.equals("\n") || last.equals("\r");
	}

	private static boolean isCrLf(RosterDocument document, int at) {
		return at + 2 <= document.length() && document.text(at, at + 2).equals("\r\n");
	}

	/// As the first line has it.
	private static String lineBreak(RosterDocument document) {
		if (document.header().isEmpty()) {
			return "\n";
		}
		int end = document.end(document.header().get());
		if (end == document.length()) {
			return "\n";
		}
		return isCrLf(document, end) ? "\r\n" : document.text(end, end + 1);
	}
}
