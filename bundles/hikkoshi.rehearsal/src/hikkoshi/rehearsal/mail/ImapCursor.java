package hikkoshi.rehearsal.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads one IMAP command that has come in whole, literals included as `{n}` CRLF and n characters (RFC 3501, 9). A character is a byte.
final class ImapCursor {

	/// The command does not follow the grammar; answered with BAD.
	static final class SyntaxException extends Exception {
		private static final long serialVersionUID = 1L;

		SyntaxException(String message) {
			super(message, null, false, false);
		}
	}

	/// A range of a sequence set; `*` is `Long.MAX_VALUE`.
	record Range(long low, long high) {

		boolean contains(long number) {
			return low <= number && number <= high;
		}
	}

	private static final int MOST_RANGES = 10_000;

	private final String text;
	private int at;

	ImapCursor(String text) {
		this.text = text;
	}

	boolean atEnd() {
		return at == text.length();
	}

	boolean next(char c) {
		return at < text.length() && text.charAt(at) == c;
	}

	boolean take(char c) {
		if (next(c)) {
			at++;
			return true;
		}
		return false;
	}

	/// Takes a word in any case, only if it stands here.
	boolean take(String word) {
		if (text.regionMatches(true, at, word, 0, word.length())) {
			at += word.length();
			return true;
		}
		return false;
	}

	void expect(char c) throws SyntaxException {
		if (!take(c)) {
			throw new SyntaxException(c == ' ' ? "a space is missing" : "'" + c + "' is missing");
		}
	}

	void space() throws SyntaxException {
		expect(' ');
	}

	void end() throws SyntaxException {
		if (!atEnd()) {
			throw new SyntaxException("too many arguments");
		}
	}

	private String run(String alsoAllowed) throws SyntaxException {
		int from = at;
		while (at < text.length() && (isAtom(text.charAt(at)) || alsoAllowed.indexOf(text.charAt(at)) >= 0)) {
			at++;
		}
		if (from == at) {
			throw new SyntaxException("a word is missing");
		}
		return text.substring(from, at);
	}

	private static boolean isAtom(char c) {
		return c > ' ' && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0;
	}

	String tag() throws SyntaxException {
		String tag = run("]");
		if (tag.indexOf('+') >= 0) {
			throw new SyntaxException("a tag has no +");
		}
		return tag;
	}

	String atom() throws SyntaxException {
		return run("");
	}

	/// A word in upper case.
	String keyword() throws SyntaxException {
		return run("").toUpperCase(Locale.ROOT);
	}

	/// The name of a FETCH item or a section: stops before a bracket.
	String itemName() {
		int from = at;
		while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
			at++;
		}
		return text.substring(from, at).toUpperCase(Locale.ROOT);
	}

	String astring() throws SyntaxException {
		return next('"') || next('{') ? string() : run("]");
	}

	/// A mailbox name with wildcards, as LIST takes it.
	String listMailbox() throws SyntaxException {
		return next('"') || next('{') ? string() : run("]%*");
	}

	String string() throws SyntaxException {
		if (next('{')) {
			return literal();
		}
		expect('"');
		StringBuilder value = new StringBuilder();
		while (at < text.length()) {
			char c = text.charAt(at++);
			if (c == '"') {
				return value.toString();
			}
			if (c == '\\' && at < text.length()) {
				c = text.charAt(at++);
			}
			if (c == '\r' || c == '\n') {
				break;
			}
			value.append(c);
		}
		throw new SyntaxException("a quoted string does not end");
	}

	String literal() throws SyntaxException {
		expect('{');
		long size = number();
		take('+');
		expect('}');
		expect('\r');
		expect('\n');
		if (size > text.length() - at) {
			throw new SyntaxException("a literal is too short");
		}
		String value = text.substring(at, at + (int) size);
		at += (int) size;
		return value;
	}

	long number() throws SyntaxException {
		int from = at;
		while (at < text.length() && at - from < 11 && Character.isDigit(text.charAt(at))) {
			at++;
		}
		if (from == at || at - from > 10) {
			throw new SyntaxException("a number is missing");
		}
		return Long.parseLong(text.substring(from, at));
	}

	List<Range> sequenceSet() throws SyntaxException {
		List<Range> ranges = new ArrayList<>();
		do {
			long first = sequenceNumber();
			long second = take(':') ? sequenceNumber() : first;
			ranges.add(new Range(Math.min(first, second), Math.max(first, second)));
		} while (take(',') && ranges.size() < MOST_RANGES);
		return List.copyOf(ranges);
	}

	private long sequenceNumber() throws SyntaxException {
		if (take('*')) {
			return Long.MAX_VALUE;
		}
		long number = number();
		if (number == 0) {
			throw new SyntaxException("messages are counted from 1");
		}
		return number;
	}

	/// A flag: an atom, with a backslash before it for those that IMAP defines.
	String flag() throws SyntaxException {
		return take('\\') ? "\\" + atom() : atom();
	}

	/// Flags in parentheses.
	List<String> flags() throws SyntaxException {
		List<String> flags = new ArrayList<>();
		expect('(');
		while (!take(')')) {
			if (!flags.isEmpty()) {
				space();
			}
			flags.add(flag());
		}
		return List.copyOf(flags);
	}

	/// What has not been read yet.
	String rest() {
		String rest = text.substring(at);
		at = text.length();
		return rest;
	}
}
