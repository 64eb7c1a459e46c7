package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Arrays;
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

	/// A row as a view of the text, which must not change meanwhile: cells become strings when they are asked for, since most rows are asked
	/// for few of theirs.
	static final class Row {
		private final CharSequence text;
		private final int start;
		private final int end;
		/// Of each cell where it begins and where it ends, with its quotes.
		private final int[] bounds;

		Row(CharSequence text, int start, int end, int[] bounds) {
			this.text = text;
			this.start = start;
			this.end = end;
			this.bounds = bounds;
		}

		int start() {
			return start;
		}

		/// Offset of the line break behind it, or the length of the text.
		int end() {
			return end;
		}

		/// How many cells it has.
		int count() {
			return bounds.length / 2;
		}

		List<Cell> cells() {
			List<Cell> cells = new ArrayList<>(count());
			for (int i = 0; i < count(); i++) {
				cells.add(cell(i));
			}
			return cells;
		}

		/// @param column one that it has
		Cell cell(int column) {
			return new Cell(value(column), bounds[2 * column], bounds[2 * column + 1]);
		}

		List<String> values() {
			List<String> values = new ArrayList<>(count());
			for (int i = 0; i < count(); i++) {
				values.add(value(i));
			}
			return values;
		}

		/// Without quotes. Empty when the row is too short.
		String value(int column) {
			if (column < 0 || column >= count()) {
				return "";
			}
			int from = bounds[2 * column];
			int to = bounds[2 * column + 1];
			if (from == to) {
				return "";
			}
			return text.charAt(from) != '"' ? text.subSequence(from, to).toString()
					: text.subSequence(from + 1, to - 1).toString().replace("\"\"", "\"");
		}

		int place(int column) {
			return column >= 0 && column < count() ? bounds[2 * column] : start;
		}
	}

	/// @param value without quotes
	/// @param start where it begins in the text, with its quotes
	/// @param end behind it, with its quotes
	record Cell(String value, int start, int end) {}

	/// What the header says about the rest.
	///
	/// @param reach how far the text was looked at to find out
	record Head(char delimiter, int reach) {}

	static Csv parse(String text, FaultList faults) {
		List<Row> rows = new ArrayList<>();
		scan(text, faults, rows::add);
		return new Csv(text, head(text).delimiter(), rows);
	}

	/// Without keeping the rows: the sink takes one after the other.
	static void scan(String text, FaultList faults, Consumer<Row> sink) {
		new Reader(text, head(text).delimiter(), faults, sink).read();
	}

	static Head head(CharSequence text) {
		int comma = 0;
		int semicolon = 0;
		int tab = 0;
		boolean quoted = false;
		boolean begun = false;
		int i = 0;
		for (; i < text.length(); i++) {
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
		return new Head(comma >= semicolon && comma >= tab ? ',' : semicolon >= tab ? ';' : '\t', i);
	}

	/// Reads row by row; also single ones out of the middle of a text that changes ([RosterDocument]).
	static final class Reader {
		private final CharSequence text;
		private final char delimiter;
		private final FaultList faults;
		private final Consumer<Row> sink;
		private int rows;
		private int at;
		private int rescues;
		private int reach = -1;
		/// Of the cells of the row that is read.
		private int[] bounds = new int[16];
		private int count;

		Reader(CharSequence text, char delimiter, FaultList faults, Consumer<Row> sink) {
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

		/// Behind what has been read, at the beginning of a line.
		int at() {
			return at;
		}

		/// Where a quote that is not closed as it should be was given up; -1 unless the last row had one. The end of the text when none closes it.
		int reach() {
			return reach;
		}

		/// The sink gets no row when the line is blank, or when its quotes are wrong.
		///
		/// @param start the beginning of a line
		/// @return whether to go on
		boolean row(int start) {
			at = start;
			reach = -1;
			count = 0;
			while (true) {
				int begin = at;
				if (at < text.length() && text.charAt(at) == '"') {
					if (!quoted(begin)) {
						return rescue(begin);
					}
				} else {
					bare(begin);
				}
				if (at < text.length() && text.charAt(at) == delimiter) {
					at++;
				} else {
					break;
				}
			}
			if (!isBlank(start)) {
				rows++;
				sink.accept(new Row(text, start, at, Arrays.copyOf(bounds, count)));
			}
			lineBreak();
			return true;
		}

		/// One cell without quotes that holds nothing but blanks.
		private boolean isBlank(int start) {
			return count == 2 && (start == at || text.charAt(start) != '"' && text.subSequence(start, at).toString().isBlank());
		}

		private void bare(int begin) {
			boolean quote = false;
			int end = begin;
			while (end < text.length()) {
				char c = text.charAt(end);
				if (isEnd(c)) {
					break;
				}
				quote |= c == '"';
				end++;
			}
			at = end;
			if (quote) {
				faults.at(begin, FaultKind.CSV_QUOTE_IN_TEXT);
			}
			cell(begin);
		}

		/// @return false when the quote that opens at `begin` is not closed as it should; `at` is then where that was seen
		private boolean quoted(int begin) {
			at = begin + 1;
			while (at < text.length()) {
				int quote = quote();
				if (quote < 0) {
					break;
				}
				at = quote + 1;
				if (at < text.length() && text.charAt(at) == '"') {
					at++;
					continue;
				}
				if (at == text.length() || isEnd(text.charAt(at))) {
					cell(begin);
					return true;
				}
				faults.at(begin, FaultKind.CSV_AFTER_QUOTE, faults.line(at));
				reach = at;
				return false;
			}
			faults.at(begin, FaultKind.CSV_QUOTE);
			reach = text.length();
			return false;
		}

		private void cell(int begin) {
			if (count > 2 * MAX_CELLS) {
				return;
			}
			if (count == bounds.length) {
				bounds = Arrays.copyOf(bounds, 2 * count);
			}
			bounds[count++] = begin;
			bounds[count++] = at;
		}

		private int quote() {
			if (text instanceof String string) {
				return string.indexOf('"', at);
			}
			for (int i = at; i < text.length(); i++) {
				if (text.charAt(i) == '"') {
					return i;
				}
			}
			return -1;
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
