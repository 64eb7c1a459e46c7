package hikkoshi.core.format.roster;

import java.util.Arrays;

import hikkoshi.core.format.FaultKind;
import hikkoshi.core.secret.Secret;

/// Cuts a text into rows of cells, one row at a time, without making strings of what nobody asks for: passwords above all. With quotes it
/// follows RFC 4180, but a quotation mark within a bare cell is only a character. Blank lines, and comments where a dialect has them, are
/// skipped. A quote that is not closed spoils one row. For one thread.
final class CellReader {
	private static final int MAX_CELLS = 1_000;
	private static final int MAX_RESCUES = 100;
	private static final int PAUSE = 4_096;

	private final String text;
	private final char delimiter;
	private final boolean quotes;
	private final boolean comments;
	private final Collector found;

	private int at;
	private int line = 1;
	private int lineStart;
	private int rows;
	private int rescues;

	private int rowLine;
	private int count;
	private int[] starts = new int[16];
	private int[] ends = new int[16];
	private int[] lines = new int[16];
	private int[] columns = new int[16];
	private boolean[] quoted = new boolean[16];

	/// @param delimiter 0: a row is one cell
	/// @param quotes whether cells may stand in quotes
	/// @param comments whether lines that begin with `#` say nothing
	CellReader(String text, char delimiter, boolean quotes, boolean comments, Collector found) {
		this.text = text;
		this.delimiter = delimiter;
		this.quotes = quotes;
		this.comments = comments;
		this.found = found;
	}

	/// Goes to the next row.
	///
	/// @return false at the end, and when the rest is not read
	boolean next() throws InterruptedException {
		while (at < text.length()) {
			if (rows % PAUSE == 0 && Thread.interrupted()) {
				throw new InterruptedException();
			}
			if (isSkipped()) {
				skipLine();
				continue;
			}
			if (rows == Sheet.MAX_ROWS) {
				found.at(line, 1, FaultKind.CSV_ROWS, Sheet.MAX_ROWS);
				return false;
			}
			if (found.isEnough()) {
				return false;
			}
			if (row()) {
				rows++;
				return true;
			}
			if (++rescues >= MAX_RESCUES) {
				return false;
			}
		}
		return false;
	}

	/// Where the row begins.
	int line() {
		return rowLine;
	}

	int count() {
		return count;
	}

	int line(int cell) {
		return cell >= 0 && cell < count ? lines[cell] : rowLine;
	}

	int column(int cell) {
		return cell >= 0 && cell < count ? columns[cell] : 1;
	}

	/// Without quotes and the blanks around it; empty when there is no such cell.
	String value(int cell) {
		if (cell < 0 || cell >= count) {
			return "";
		}
		int start = starts[cell];
		int end = ends[cell];
		while (start < end && text.charAt(start) <= ' ') {
			start++;
		}
		while (end > start && text.charAt(end - 1) <= ' ') {
			end--;
		}
		String value = text.substring(start, end);
		return quoted[cell] && value.indexOf('"') >= 0 ? value.replace("\"\"", "\"") : value;
	}

	/// The characters of a cell, blanks around them too.
	char[] characters(int cell) {
		if (cell < 0 || cell >= count) {
			return new char[0];
		}
		char[] characters = new char[ends[cell] - starts[cell]];
		text.getChars(starts[cell], ends[cell], characters, 0);
		if (!quoted[cell] || text.indexOf('"', starts[cell], ends[cell]) < 0) {
			return characters;
		}
		int length = 0;
		for (int i = 0; i < characters.length; i++) {
			if (characters[i] == '"') {
				i++;
			}
			characters[length++] = i < characters.length ? characters[i] : '"';
		}
		char[] exact = Arrays.copyOf(characters, length);
		Arrays.fill(characters, '\0');
		return exact;
	}

	/// A password.
	Secret secret(int cell) {
		char[] characters = characters(cell);
		try {
			return Secret.of(characters);
		} finally {
			Arrays.fill(characters, '\0');
		}
	}

	private boolean isSkipped() {
		for (int i = at; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\r') {
				return true;
			}
			if (c != ' ' && (c != '\t' || delimiter == '\t')) {
				return comments && c == '#';
			}
		}
		return true;
	}

	private boolean row() {
		rowLine = line;
		count = 0;
		int begin = at;
		while (true) {
			int start = at;
			int column = start - lineStart + 1;
			if (quotes && start < text.length() && text.charAt(start) == '"') {
				int cellLine = line;
				if (!quoted(start, cellLine, column)) {
					return rescue(begin, cellLine);
				}
			} else {
				while (at < text.length() && !isEnd(text.charAt(at))) {
					at++;
				}
				cell(start, at, line, column, false);
			}
			if (at < text.length() && text.charAt(at) == delimiter && delimiter != '\0') {
				at++;
			} else {
				break;
			}
		}
		lineBreak();
		return true;
	}

	private boolean quoted(int start, int cellLine, int column) {
		at = start + 1;
		while (at < text.length()) {
			char c = text.charAt(at);
			if (c == '"') {
				if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
					at += 2;
					continue;
				}
				int end = at++;
				if (at == text.length() || isEnd(text.charAt(at))) {
					cell(start + 1, end, cellLine, column, true);
					return true;
				}
				found.refuse(rowLine, cellLine, column, FaultKind.CSV_AFTER_QUOTE, line);
				return false;
			}
			if (c == '\n' || c == '\r') {
				lineBreak();
			} else {
				at++;
			}
		}
		found.refuse(rowLine, cellLine, column, FaultKind.CSV_QUOTE);
		return false;
	}

	/// Goes on behind the line on which the row began.
	private boolean rescue(int begin, int cellLine) {
		at = begin;
		line = rowLine;
		lineStart = text.lastIndexOf('\n', begin - 1) + 1;
		do {
			skipLine();
		} while (line <= cellLine && at < text.length());
		return false;
	}

	private void cell(int start, int end, int cellLine, int column, boolean isQuoted) {
		if (count == MAX_CELLS) {
			return;
		}
		if (count == starts.length) {
			int size = 2 * count;
			starts = Arrays.copyOf(starts, size);
			ends = Arrays.copyOf(ends, size);
			lines = Arrays.copyOf(lines, size);
			columns = Arrays.copyOf(columns, size);
			quoted = Arrays.copyOf(quoted, size);
		}
		starts[count] = start;
		ends[count] = end;
		lines[count] = cellLine;
		columns[count] = column;
		quoted[count++] = isQuoted;
	}

	private boolean isEnd(char c) {
		return c == '\n' || c == '\r' || c == delimiter && delimiter != '\0';
	}

	private void skipLine() {
		while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
			at++;
		}
		lineBreak();
	}

	private void lineBreak() {
		if (at >= text.length()) {
			return;
		}
		if (text.charAt(at) == '\r') {
			at++;
		}
		if (at < text.length() && text.charAt(at) == '\n') {
			at++;
		}
		line++;
		lineStart = at;
	}
}
