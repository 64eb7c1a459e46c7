package hikkoshi.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Leftovers of several domains as comma-separated values (RFC 4180), for a spreadsheet or a ticket. What a stranger's zone says must not become a formula there: a
/// cell that would begin one begins with an apostrophe.
public final class LeftoverCsv {
	private static final String FORMULA = "=+-@\t\r";
	private static final String LINE = "\r\n";

	private LeftoverCsv() {}

	/// @param byDomain rows by domain, in the order in which they are written
	public static String of(Map<String, List<Leftover>> byDomain) {
		StringBuilder text = new StringBuilder(line(header()));
		byDomain.forEach((domain, rows) -> rows.stream().sorted()
				.forEach(row -> text.append(line(List.of(domain, row.name(), row.type(), row.data(), row.leads(), change(row), row.when().token())))));
		return text.toString();
	}

	private static List<String> header() {
		List<String> header = new ArrayList<>(List.of("domain"));
		header.addAll(Leftover.COLUMNS);
		return header;
	}

	/// Words in place of signs: a program reads them as well as a person does.
	private static String change(Leftover row) {
		return switch (row.change()) {
			case "" -> "remove";
			case Leftover.FOLLOWS -> "follows";
			case Leftover.OPEN -> "decide";
			default -> row.change();
		};
	}

	private static String line(List<String> cells) {
		return cells.stream().map(LeftoverCsv::cell).collect(Collectors.joining(",")) + LINE;
	}

	private static String cell(String value) {
		String safe = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
		return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
	}
}
