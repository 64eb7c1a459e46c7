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
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
				if (count == starts.length) {
					starts = Arrays.copyOf(starts, 2 * count);
				}
				starts[count++] = i + 1;
			}
		}
		return new Lines(Arrays.copyOf(starts, count));
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
