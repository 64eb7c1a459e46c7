package hikkoshi.core.format;

import java.util.Arrays;

/// Where the lines of a text begin, in UTF-16 characters as an editor counts. A line ends with LF, CR or CRLF.
final class Lines {
	private final int[] starts;
	/// Where the last question was answered: the next one mostly is about the same line or the one below. Harmless between threads.
	private int recent;

	private Lines(int[] starts) {
		this.starts = starts;
	}

	static Lines of(String text) {
		int[] starts = new int[16];
		int count = 1;
		int lf = next(text, '\n', 0);
		int cr = next(text, '\r', 0);
		while (lf < text.length() || cr < text.length()) {
			int end = Math.min(lf, cr);
			// of CRLF the line feed ends the line
			boolean isFirstOfTwo = cr + 1 == lf && lf < text.length();
			if (end == lf || !isFirstOfTwo) {
				if (count == starts.length) {
					starts = Arrays.copyOf(starts, 2 * count);
				}
				starts[count++] = end + 1;
			}
			lf = end == lf ? next(text, '\n', end + 1) : lf;
			cr = end == cr ? next(text, '\r', end + 1) : cr;
		}
		return new Lines(Arrays.copyOf(starts, count));
	}

	/// The length when there is none.
	private static int next(String text, char c, int from) {
		int at = text.indexOf(c, from);
		return at < 0 ? text.length() : at;
	}

	int count() {
		return starts.length;
	}

	/// 1-based.
	int line(int offset) {
		int hint = recent;
		for (int line = hint; line < Math.min(hint + 3, starts.length); line++) {
			if (starts[line] <= offset && (line + 1 == starts.length || offset < starts[line + 1])) {
				recent = line;
				return line + 1;
			}
		}
		int at = Arrays.binarySearch(starts, offset);
		int line = at >= 0 ? at : -at - 2;
		recent = line;
		return line + 1;
	}

	/// 1-based.
	int column(int offset) {
		return offset - starts[line(offset) - 1] + 1;
	}

	/// @param line 1-based
	int start(int line) {
		return starts[line - 1];
	}
}
