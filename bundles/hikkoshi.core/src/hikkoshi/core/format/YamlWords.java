package hikkoshi.core.format;

import java.util.regex.Pattern;

import hikkoshi.core.format.YamlNode.Kind;

/// What plain scalars mean (core schema, YAML 1.2.2 section 10.3.2), and how a value is written so that it means the same again.
final class YamlWords {
	private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
	private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
	private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
	private static final Pattern FLOAT =
			Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
	/// What YAML 1.1 readers, which are still common, take for something else than text: yes, no, numbers with underscores, 12:30, dates.
	private static final Pattern OTHERWISE_OLD = Pattern.compile("(?i)y|n|yes|no|on|off|=|<<|[-+0-9.][-+0-9_.:,eExXoObBA-Fa-f]*|[0-9]{4}-.*");
	/// Which no reader takes for a number, and everybody writes without quotes.
	private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
	private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

	private YamlWords() {}

	static Kind kind(String plain) {
		if (NULL.matcher(plain).matches()) {
			return Kind.NULL;
		}
		if (BOOLEAN.matcher(plain).matches()) {
			return Kind.BOOLEAN;
		}
		if (INTEGER.matcher(plain).matches()) {
			return Kind.INTEGER;
		}
		return FLOAT.matcher(plain).matches() ? Kind.FLOAT : Kind.TEXT;
	}

	/// Text on one line, plain where that is safe in block and flow context and for readers of YAML 1.1 too.
	static String text(String value) {
		if (isPlain(value)) {
			return value;
		}
		return isPrintable(value) && value.indexOf('\'') < 0 && value.indexOf('\\') >= 0 ? singleQuoted(value) : doubleQuoted(value);
	}

	static boolean isPrintable(String value) {
		return value.codePoints().allMatch(YamlWords::isPrintable);
	}

	/// Without line breaks, and without what an editor shows as nothing.
	private static boolean isPrintable(int c) {
		return c >= ' ' && c < 0x7f || c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029 && Character.getType(c) != Character.FORMAT
				|| c >= 0xe000 && c <= 0xfffd && c != 0xfeff || c >= 0x10000 && Character.getType(c) != Character.FORMAT;
	}

	private static boolean isPlain(String value) {
		if (value.isEmpty() || !isPrintable(value) || kind(value) != Kind.TEXT || OTHERWISE_OLD.matcher(value).matches() && !IPV4.matcher(value).matches()
				|| INDICATORS.indexOf(value.charAt(0)) >= 0 || isSpace(value.charAt(0)) || isSpace(value.charAt(value.length() - 1))) {
			return false;
		}
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			char next = i + 1 < value.length() ? value.charAt(i + 1) : ' ';
			if (",[]{}\"".indexOf(c) >= 0 || c == ':' && !Character.isLetterOrDigit(next) || c == '#' && i > 0 && isSpace(value.charAt(i - 1))) {
				return false;
			}
		}
		return !value.startsWith("...");
	}

	private static boolean isSpace(char c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c);
	}

	static String singleQuoted(String value) {
		return '\'' + value.replace("'", "''") + '\'';
	}

	static String doubleQuoted(String value) {
		StringBuilder quoted = new StringBuilder("\"");
		value.codePoints().forEach(c -> {
			switch (c) {
				case '"' -> quoted.append("\\\"");
				case '\\' -> quoted.append("\\\\");
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				default -> {
					if (isPrintable(c)) {
						quoted.appendCodePoint(c);
					} else {
						quoted.append(c <= 0xff ? String.format("\\x%02x", c) : c <= 0xffff ? String.format("\\u%04x", c) : String.format("\\U%08x", c));
					}
				}
			}
		});
		return quoted.append('"').toString();
	}
}
