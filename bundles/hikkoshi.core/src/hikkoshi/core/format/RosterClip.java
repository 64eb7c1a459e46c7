package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Cells that come from a spreadsheet through the clipboard: tab-separated, or CSV. Where the first line names our columns the others are
/// told apart by it; a column of passwords is left behind, since they stand in no file.
///
/// @param columns by name, where the first line has them; empty when the cells have no names
/// @param rows as many cells as there are columns where these are named
/// @param secrets headings of columns that were left behind
/// @param isCut whether there were more rows than a roster may have
public record RosterClip(List<String> columns, List<List<String>> rows, List<String> secrets, boolean isCut) {
	/// Characters that are looked at.
	private static final int MAX_LENGTH = 50_000_000;

	public RosterClip {
		columns = List.copyOf(columns);
		rows = rows.stream().map(List::copyOf).toList();
		secrets = List.copyOf(secrets);
	}

	public static RosterClip parse(String text) {
		List<Csv.Row> read = new ArrayList<>();
		String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
		FaultList faults = FaultList.ofFile("");
		Csv.scan(bounded, faults, read::add);
		boolean isCut = bounded.length() < text.length() || read.size() == Csv.MAX_ROWS;
		List<List<String>> rows = new ArrayList<>();
		for (Csv.Row row : read) {
			rows.add(row.values());
		}
		if (rows.isEmpty() || rows.getFirst().stream().anyMatch(cell -> cell.indexOf('@') >= 0)
				|| rows.getFirst().stream().map(Roster.RosterColumns::name).noneMatch("address"::equals)) {
			return new RosterClip(List.of(), rows, List.of(), isCut);
		}
		return named(rows.getFirst(), rows.subList(1, rows.size()), isCut);
	}

	private static RosterClip named(List<String> header, List<List<String>> rows, boolean isCut) {
		List<Integer> kept = new ArrayList<>();
		List<String> columns = new ArrayList<>();
		List<String> secrets = new ArrayList<>();
		for (int i = 0; i < header.size(); i++) {
			String name = Roster.RosterColumns.name(header.get(i));
			if (NearWords.isSecret(header.get(i)) && !FileKeys.COLUMNS.contains(name)) {
				secrets.add(FaultList.plain(header.get(i)));
			} else if (!columns.contains(name)) {
				columns.add(name);
				kept.add(i);
			}
		}
		List<List<String>> chosen = new ArrayList<>();
		for (List<String> row : rows) {
			chosen.add(kept.stream().map(i -> i < row.size() ? row.get(i) : "").toList());
		}
		return new RosterClip(columns, chosen, secrets, isCut);
	}

	/// As new rows, column to value.
	///
	/// @param order of the columns where the cells have no names; cells beyond it are left out
	public List<Map<String, String>> asRows(List<String> order) {
		List<String> names = columns.isEmpty() ? order : columns;
		List<Map<String, String>> all = new ArrayList<>();
		for (List<String> row : rows) {
			Map<String, String> cells = new LinkedHashMap<>();
			for (int i = 0; i < Math.min(names.size(), row.size()); i++) {
				cells.put(names.get(i), row.get(i));
			}
			all.add(cells);
		}
		return all;
	}

	/// Rows as a spreadsheet takes them: tab-separated, quoted where needed.
	public static String write(List<List<String>> rows) {
		StringBuilder text = new StringBuilder();
		rows.forEach(row -> text.append(String.join("\t", row.stream().map(cell -> RosterEdit.cell('\t', cell, false)).toList())).append('\n'));
		return text.toString();
	}
}
