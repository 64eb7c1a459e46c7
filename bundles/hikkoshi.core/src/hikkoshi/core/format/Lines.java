package hikkoshi.core.format;

import java.util.Arrays;

/// Where the lines of a text begin, in UTF-16 characters as an editor counts. A line ends with LF, CR or CRLF.
final class Lines {
	private final int[] starts;

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
		int at = Arrays.binarySearch(starts, offset);
		return at >= 0 ? at + 1 : -at - 1;
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
