package hikkoshi.core.format.roster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes cells; a password goes through it as characters that are wiped, never as a String. Quotes as RFC 4180 has it where the form has quotes.
final class ExportSink {
	private final OutputStream out;
	private final char delimiter;
	private final boolean quotes;
	private final boolean guards;
	private boolean isBegun;
	private int guarded;
	private long bytes;

	ExportSink(OutputStream out, char delimiter, boolean quotes, boolean guards) {
		this.out = out;
		this.delimiter = delimiter;
		this.quotes = quotes;
		this.guards = guards;
	}

	void cell(String text) throws IOException {
		cell(text.toCharArray());
	}

	/// @param text is wiped
	void cell(char[] text) throws IOException {
		if (isBegun) {
			plain(new char[] {delimiter});
		}
		isBegun = true;
		char[] safe = text;
		if (guards && Guard.isDangerous(text)) {
			guarded++;
			safe = new char[text.length + 1];
			safe[0] = '\'';
			System.arraycopy(text, 0, safe, 1, text.length);
			Arrays.fill(text, '\0');
		}
		plain(quotes && isSpecial(safe) ? quoted(safe) : safe);
	}

	void end(String lineBreak) throws IOException {
		plain(lineBreak.toCharArray());
		isBegun = false;
	}

	int guarded() {
		return guarded;
	}

	long bytes() {
		return bytes;
	}

	/// Whether a form without quotes cannot hold it.
	static boolean fits(char[] text, char delimiter) {
		for (char c : text) {
			if (c == delimiter || c == '\n' || c == '\r') {
				return false;
			}
		}
		return true;
	}

	private boolean isSpecial(char[] text) {
		for (char c : text) {
			if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
				return true;
			}
		}
		return text.length > 0 && (text[0] <= ' ' || text[text.length - 1] <= ' ');
	}

	private static char[] quoted(char[] text) {
		char[] quoted = new char[2 * text.length + 2];
		int length = 0;
		quoted[length++] = '"';
		for (char c : text) {
			if (c == '"') {
				quoted[length++] = '"';
			}
			quoted[length++] = c;
		}
		quoted[length++] = '"';
		char[] exact = Arrays.copyOf(quoted, length);
		Arrays.fill(quoted, '\0');
		Arrays.fill(text, '\0');
		return exact;
	}

	private void plain(char[] text) throws IOException {
		ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
		out.write(encoded.array(), encoded.arrayOffset(), encoded.limit());
		bytes += encoded.limit();
		Arrays.fill(encoded.array(), (byte) 0);
		Arrays.fill(text, '\0');
	}
}
