package hikkoshi.mail.internal.capability;

import java.util.ArrayList;
import java.util.List;

/// A line of IMAP data as tokens (RFC 9051, 9): atoms, quoted strings and lists within lists. What is no proper IMAP is read as far as it goes, since a
/// server's slip must not hide the rest.
public sealed interface ImapData {
	/// Deeper than any answer is; what is below belongs to the list at that depth.
	int DEEPEST = 8;

	record Text(String text, boolean quoted) implements ImapData {}

	record Group(List<ImapData> items) implements ImapData {
		public Group {
			items = List.copyOf(items);
		}

		/// The texts directly in it.
		public List<String> texts() {
			return items.stream().filter(Text.class::isInstance).map(ImapData::text).toList();
		}
	}

	/// The text; empty for NIL and for a list.
	default String text() {
		return switch (this) {
			case Text(String text, boolean quoted) -> !quoted && text.equalsIgnoreCase("NIL") ? "" : text;
			case Group _ -> "";
		};
	}

	/// What a list holds; nothing for a text.
	default List<ImapData> list() {
		return switch (this) {
			case Text _ -> List.of();
			case Group(List<ImapData> items) -> items;
		};
	}

	static List<ImapData> parse(String line) {
		return new Parser(line).items(0);
	}

	/// For one line.
	final class Parser {
		private final String line;
		private int at;

		private Parser(String line) {
			this.line = line;
		}

		private List<ImapData> items(int depth) {
			List<ImapData> items = new ArrayList<>();
			while (at < line.length()) {
				char c = line.charAt(at);
				if (c == ' ') {
					at++;
				} else if (c == ')') {
					at++;
					if (depth > 0) {
						return items;
					}
				} else if (c == '(') {
					at++;
					if (depth < DEEPEST) {
						items.add(new Group(items(depth + 1)));
					}
				} else if (c == '"') {
					items.add(new Text(quoted(), true));
				} else {
					items.add(new Text(atom(), false));
				}
			}
			return items;
		}

		private String quoted() {
			StringBuilder text = new StringBuilder();
			for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
				if (line.charAt(at) == '\\' && at + 1 < line.length()) {
					at++;
				}
				text.append(line.charAt(at));
			}
			at++;
			return text.toString();
		}

		private String atom() {
			int from = at;
			while (at < line.length() && " ()\"".indexOf(line.charAt(at)) < 0) {
				at++;
			}
			return line.substring(from, at);
		}
	}
}
