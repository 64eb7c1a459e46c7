package hikkoshi.core.secret;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The fields of one flat JSON object (RFC 8259), as token endpoints (RFC 6749, 5) and mail servers (RFC 7628, 3.2.2) send it: texts, numbers
/// and words by their names; what is nested is passed over. May hold a token: never prints itself.
///
/// The text comes from a stranger: it is bounded, and nothing in it can make reading slow or deep.
public final class JsonFields {
	/// Knows nothing.
	public static final JsonFields NONE = new JsonFields(Map.of());
	private static final int MOST = 100_000;
	private static final int DEEPEST = 50;

	private final Map<String, String> fields;

	private JsonFields(Map<String, String> fields) {
		this.fields = fields;
	}

	/// @return empty when the text is no JSON object or beyond all bounds
	public static Optional<JsonFields> read(String text) {
		if (text.length() > MOST) {
			return Optional.empty();
		}
		try {
			return Optional.of(new JsonFields(new Reader(text).object()));
		} catch (Broken e) {
			return Optional.empty();
		}
	}

	/// A field that holds text, or a number or word as it stands; the first one of that name.
	public Optional<String> text(String name) {
		return Optional.ofNullable(fields.get(name));
	}

	/// A whole number that is not negative.
	public Optional<Long> number(String name) {
		return text(name).filter(value -> value.matches("[0-9]{1,15}")).map(Long::valueOf);
	}

	@Override
	public String toString() {
		return "JsonFields" + fields.keySet();
	}

	private static final class Broken extends Exception {
		private static final long serialVersionUID = 1;

		Broken() {
			super("no JSON", null, false, false);
		}
	}

	private static final class Reader {
		private final String text;
		private int at;

		Reader(String text) {
			this.text = text;
		}

		Map<String, String> object() throws Broken {
			Map<String, String> fields = new HashMap<>();
			take('{');
			for (boolean more = peek() != '}'; more;) {
				String name = string();
				take(':');
				char first = peek();
				if (first == '"') {
					fields.putIfAbsent(name, string());
				} else if (first == '{' || first == '[') {
					skip();
				} else {
					fields.putIfAbsent(name, word());
				}
				more = peek() == ',';
				if (more) {
					at++;
				}
			}
			take('}');
			return fields;
		}

		/// Something nested, by its brackets alone.
		private void skip() throws Broken {
			int depth = 0;
			do {
				switch (peek()) {
					case '{', '[' -> {
						at++;
						depth++;
					}
					case '}', ']' -> {
						at++;
						depth--;
					}
					case '"' -> string();
					default -> at++;
				}
				if (depth > DEEPEST) {
					throw new Broken();
				}
			} while (depth > 0);
		}

		private String word() throws Broken {
			int from = at;
			while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
				at++;
			}
			if (from == at) {
				throw new Broken();
			}
			return text.substring(from, at);
		}

		private String string() throws Broken {
			take('"');
			StringBuilder out = new StringBuilder();
			while (true) {
				char c = next();
				switch (c) {
					case '"' -> {
						return out.toString();
					}
					case '\\' -> out.append(escaped());
					default -> out.append(c);
				}
			}
		}

		private char escaped() throws Broken {
			char c = next();
			return switch (c) {
				case '"', '\\', '/' -> c;
				case 'b' -> '\b';
				case 'f' -> '\f';
				case 'n' -> '\n';
				case 'r' -> '\r';
				case 't' -> '\t';
				case 'u' -> {
					int code = 0;
					for (int i = 0; i < 4; i++) {
						int digit = Character.digit(next(), 16);
						if (digit < 0) {
							throw new Broken();
						}
						code = code * 16 + digit;
					}
					yield (char) code;
				}
				default -> throw new Broken();
			};
		}

		private char next() throws Broken {
			if (at >= text.length()) {
				throw new Broken();
			}
			return text.charAt(at++);
		}

		/// The next character that is no blank.
		private char peek() throws Broken {
			while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
				at++;
			}
			if (at >= text.length()) {
				throw new Broken();
			}
			return text.charAt(at);
		}

		private void take(char wanted) throws Broken {
			if (peek() != wanted) {
				throw new Broken();
			}
			at++;
		}
	}
}
