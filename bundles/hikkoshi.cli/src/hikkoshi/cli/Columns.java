package hikkoshi.cli;

import java.util.ArrayList;
import java.util.List;

/// Text in aligned columns, for a terminal: knows that East Asian characters take two cells.
final class Columns {
	private static final String GAP = "  ";
	private final List<List<String>> rows = new ArrayList<>();

	Columns row(String... cells) {
		rows.add(List.of(cells));
		return this;
	}

	Columns row(List<String> cells) {
		rows.add(List.copyOf(cells));
		return this;
	}

	List<String> lines() {
		int columns = rows.stream().mapToInt(List::size).max().orElse(0);
		int[] widths = new int[columns];
		for (List<String> row : rows) {
			for (int i = 0; i < row.size(); i++) {
				widths[i] = Math.max(widths[i], width(row.get(i)));
			}
		}
		return rows.stream().map(row -> line(row, widths)).toList();
	}

	private static String line(List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < row.size(); i++) {
			line.append(row.get(i));
			if (i < row.size() - 1) {
				line.append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
			}
		}
		return line.toString().stripTrailing();
	}

	/// Cells that a text takes on a terminal (UAX #11, by block: wide and full-width characters take two).
	static int width(String text) {
		return text.codePoints().map(c -> {
			if (Character.getType(c) == Character.NON_SPACING_MARK) {
				return 0;
			}
			return isWide(c) ? 2 : 1;
		}).sum();
	}

	private static boolean isWide(int c) {
		return c >= 0x1100 && c <= 0x115f || c >= 0x2e80 && c <= 0xa4cf || c >= 0xac00 && c <= 0xd7a3 || c >= 0xf900 && c <= 0xfaff
				|| c >= 0xfe30 && c <= 0xfe6f || c >= 0xff00 && c <= 0xff60 || c >= 0xffe0 && c <= 0xffe6 || c >= 0x1f300 && c <= 0x1faff
				|| c >= 0x20000 && c <= 0x3fffd;
	}
}
