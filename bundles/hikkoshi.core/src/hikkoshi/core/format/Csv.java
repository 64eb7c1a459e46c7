package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Comma-separated values (RFC 4180) with the exact place of every cell. The delimiter is the one of comma, semicolon and tab that the
/// header holds most often outside quotes. Bounded in rows; a stray quote spoils one row, not the rest of the file.
///
/// @param rows with the header, without blank lines
record Csv(String text, char delimiter, List<Row> rows) {
	/// Rows that are read; the rest is a fault.
	static final int MAX_ROWS = 250_000;
	/// Cells of a row that are kept; the row is wrong anyway.
	private static final int MAX_CELLS = 1_000;
	private static final int MAX_RESCUES = 100;

	Csv {
		rows = List.copyOf(rows);
	}

	/// @param end offset of the line break behind it, or the length of the text
	record Row(List<Cell> cells, int start, int end) {
		Row {
			cells = List.copyOf(cells);
		}

		/// Empty when the row is too short.
		String value(int column) {
			return column >= 0 && column < cells.size() ? cells.get(column).value() : "";
		}

		int place(int column) {
			return column >= 0 && column < cells.size() ? cells.get(column).start() : start;
		}
	}

	/// @param value without quotes
	/// @param start where it begins in the text, with its quotes
	/// @param end behind it, with its quotes
	record Cell(String value, int start, int end) {}

	static Csv parse(String text, FaultList faults) {
		List<Row> rows = new ArrayList<>();
		scan(text, faults, rows::add);
		return new Csv(text, delimiter(text), rows);
	}

	/// Without keeping the rows: the sink takes one after the other.
	static void scan(String text, FaultList faults, Consumer<Row> sink) {
		new Reader(text, delimiter(text), faults, sink).read();
	}

	private static char delimiter(String text) {
		int comma = 0;
		int semicolon = 0;
		int tab = 0;
		boolean quoted = false;
		boolean begun = false;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"') {
				quoted = !quoted;
			} else if (!quoted) {
				if (c == '\n' || c == '\r') {
					if (begun) {
						break;
					}
				} else {
					begun |= c != ' ';
					comma += c == ',' ? 1 : 0;
					semicolon += c == ';' ? 1 : 0;
					tab += c == '\t' ? 1 : 0;
				}
			}
		}
		return comma >= semicolon && comma >= tab ? ',' : semicolon >= tab ? ';' : '\t';
	}

	private static final class Reader {
		private final String text;
		private final char delimiter;
		private final FaultList faults;
		private final Consumer<Row> sink;
		private int rows;
		private int at;
		private int rescues;

		Reader(String text, char delimiter, FaultList faults, Consumer<Row> sink) {
			this.text = text;
			this.delimiter = delimiter;
			this.faults = faults;
			this.sink = sink;
		}

		void read() {
			while (at < text.length()) {
				if (rows == MAX_ROWS) {
					faults.at(at, FaultKind.CSV_ROWS, MAX_ROWS);
					return;
				}
				if (!row(at)) {
					return;
				}
			}
		}

		/// @return whether to go on
		private boolean row(int start) {
			List<Cell> cells = new ArrayList<>();
			while (true) {
				int begin = at;
				if (at < text.length() && text.charAt(at) == '"') {
					if (!quoted(cells, begin)) {
						return rescue(begin);
					}
				} else {
					bare(cells, begin);
				}
				if (at < text.length() && text.charAt(at) == delimiter) {
					at++;
				} else {
					break;
				}
			}
			boolean blank = cells.size() == 1 && cells.getFirst().value().isBlank() && cells.getFirst().start() + cells.getFirst().value().length() == at;
			if (!blank) {
				rows++;
				sink.accept(new Row(cells, start, at));
			}
			lineBreak();
			return true;
		}

		private void bare(List<Cell> cells, int begin) {
			boolean quote = false;
			while (at < text.length() && !isEnd(text.charAt(at))) {
				quote |= text.charAt(at) == '"';
				at++;
			}
			if (quote) {
				faults.at(begin, FaultKind.CSV_QUOTE_IN_TEXT);
			}
			if (cells.size() <= MAX_CELLS) {
				cells.add(new Cell(text.substring(begin, at), begin, at));
			}
		}

		/// @return false when the quote that opens at `begin` is not closed as it should; `at` is then where that was seen
		private boolean quoted(List<Cell> cells, int begin) {
			StringBuilder value = new StringBuilder();
			at = begin + 1;
			while (at < text.length()) {
				int quote = text.indexOf('"', at);
				if (quote < 0) {
					break;
				}
				value.append(text, at, quote);
				at = quote + 1;
				if (at < text.length() && text.charAt(at) == '"') {
					value.append('"');
					at++;
					continue;
				}
				if (at == text.length() || isEnd(text.charAt(at))) {
					if (cells.size() <= MAX_CELLS) {
						cells.add(new Cell(value.toString(), begin, at));
					}
					return true;
				}
				faults.at(begin, FaultKind.CSV_AFTER_QUOTE, faults.line(at));
				return false;
			}
			faults.at(begin, FaultKind.CSV_QUOTE);
			return false;
		}

		/// Goes on behind the line on which the bad quote opened. The number of rescues bounds the time.
		private boolean rescue(int begin) {
			at = begin;
			while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
				at++;
			}
			lineBreak();
			return ++rescues < MAX_RESCUES;
		}

		private boolean isEnd(char c) {
			return c == delimiter || c == '\n' || c == '\r';
		}

		private void lineBreak() {
			if (at < text.length() && text.charAt(at) == '\r') {
				at++;
			}
			if (at < text.length() && text.charAt(at) == '\n') {
				at++;
			}
		}
	}
}
