package hikkoshi.core.tests.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import hikkoshi.core.format.YamlValue;
import hikkoshi.core.format.YamlValue.Entries;
import hikkoshi.core.format.YamlValue.Field;
import hikkoshi.core.format.YamlValue.Items;

/// Writes the same value in as many ways as people do: block and flow, three kinds of quotes, literal blocks, comments everywhere, blank
/// lines, any indentation, CRLF. Each comment is numbered, `#c1`, so that a test can tell which one is gone.
final class RandomYaml {
	private static final List<String> TEXTS = List.of("mail.old.example", "a b", "it's", "say \"hi\"", "#no comment", "a # b", "x: y", "- dash",
			"yes", "123", "1.5", "null", "~", "true", "", " lead", "trail ", "日本語", "a,b", "[x]", "{y}", "2001:db8::1", "imap:993/tls", "tab\there",
			"line1\nline2", "100%", "@at", "`tick`", "*star", "&amp", "!bang", "|pipe", ">gt", "%pct", "?q", "back\\slash", "emoji \uD83D\uDE00 x", "0x1f",
			"2026-12-01", "12:30", "e\u0301", "...", "---", "a\u0007b", "\u2028", "key:", "end\n");
	private final Random random;
	private final String lineBreak;
	private final StringBuilder out = new StringBuilder();
	private int comments;

	RandomYaml(Random random) {
		this.random = random;
		this.lineBreak = random.nextInt(5) == 0 ? "\r\n" : "\n";
	}

	String text() {
		return TEXTS.get(random.nextInt(TEXTS.size()));
	}

	YamlValue value(int depth) {
		int kind = random.nextInt(depth <= 0 ? 5 : 9);
		return switch (kind) {
			case 0 -> YamlValue.number(random.nextInt(70_000));
			case 1 -> new YamlValue.Word(List.of("true", "false", "null", "1.5").get(random.nextInt(4)));
			case 2, 3, 4 -> YamlValue.text(text());
			case 5, 6 -> {
				List<YamlValue> items = new ArrayList<>();
				for (int i = random.nextInt(4); i > 0; i--) {
					items.add(value(depth - 1));
				}
				yield new Items(items);
			}
			default -> entries(depth, random.nextInt(4));
		};
	}

	Entries entries(int depth, int count) {
		Set<String> keys = new LinkedHashSet<>();
		while (keys.size() < count) {
			keys.add(random.nextInt(6) == 0 ? oneLine(text()) + random.nextInt(9) : "key-" + random.nextInt(50));
		}
		return new Entries(keys.stream().map(key -> new Field(key, value(depth - 1))).toList());
	}

	private static String oneLine(String text) {
		return text.replaceAll("[\\n\\u2028\\u0007\\t]", "");
	}

	/// A whole file with a mapping at its root.
	String file(Entries root) {
		commentLines("");
		if (root.fields().isEmpty()) {
			out.append("{}");
		} else {
			entries(root, "");
		}
		if (out.charAt(out.length() - 1) != '\n' && random.nextInt(4) > 0) {
			out.append(lineBreak);
		}
		if (out.charAt(out.length() - 1) == '\n') {
			commentLines("");
		}
		return out.toString();
	}

	private void entries(Entries entries, String indent) {
		boolean first = true;
		for (Field field : entries.fields()) {
			if (!first) {
				endLine();
				commentLines(indent);
				out.append(indent);
			}
			first = false;
			out.append(scalar(field.key(), true, false)).append(random.nextInt(12) == 0 ? " :" : ":");
			below(field.value(), indent, random.nextInt(3) == 0);
		}
	}

	private void items(Items items, String indent) {
		boolean first = true;
		for (YamlValue item : items.items()) {
			if (!first) {
				endLine();
				commentLines(indent);
				out.append(indent);
			}
			first = false;
			out.append('-');
			if (isBlock(item) && random.nextInt(5) > 0) {
				String gap = " ".repeat(1 + random.nextInt(3));
				out.append(gap);
				block(item, indent + " " + gap);
			} else {
				below(item, indent, false);
			}
		}
	}

	private boolean isBlock(YamlValue value) {
		return value instanceof Items(List<YamlValue> items) && !items.isEmpty() || value instanceof Entries(List<Field> fields) && !fields.isEmpty();
	}

	private void block(YamlValue value, String indent) {
		if (value instanceof Items items) {
			items(items, indent);
		} else if (value instanceof Entries entries) {
			entries(entries, indent);
		}
	}

	/// Behind a key or a dash.
	///
	/// @param same whether a list may begin at the column of its key
	private void below(YamlValue value, String indent, boolean same) {
		if (isBlock(value) && random.nextInt(4) > 0) {
			endLine();
			String deeper = same && value instanceof Items ? indent : indent + " ".repeat(1 + random.nextInt(4));
			commentLines(deeper);
			out.append(deeper);
			block(value, deeper);
		} else if (value instanceof YamlValue.Text(String text) && text.endsWith("\n") && !text.isBlank() && random.nextBoolean()) {
			out.append(random.nextBoolean() ? " |" : " >").append(lineBreak);
			String deeper = indent + "  ";
			out.append(deeper).append(text.strip());
		} else {
			String inline = flow(value, indent + "  ");
			out.append(inline.isEmpty() ? "" : " ").append(inline);
		}
	}

	private String flow(YamlValue value, String indent) {
		return switch (value) {
			case YamlValue.Text(String text) -> scalar(text, false, false);
			case YamlValue.Word(String plain) -> plain.equals("null") ? List.of("null", "~", "").get(random.nextInt(3)) : plain;
			case Items(List<YamlValue> items) ->
				"[" + gap(indent) + String.join("," + gap(indent), items.stream().map(i -> inFlow(i, indent)).toList()) + gap(indent) + "]";
			case Entries(List<Field> fields) -> "{" + gap(indent) + String.join("," + gap(indent),
					fields.stream().map(f -> scalar(f.key(), true, true) + ": " + inFlow(f.value(), indent)).toList()) + gap(indent) + "}";
		};
	}

	private String inFlow(YamlValue value, String indent) {
		return switch (value) {
			case YamlValue.Text(String text) -> scalar(text, false, true);
			case YamlValue.Word(String plain) -> plain;
			case Items _, Entries _ -> flow(value, indent);
		};
	}

	private String gap(String indent) {
		return switch (random.nextInt(8)) {
			case 0 -> " # " + comment() + lineBreak + indent;
			case 1 -> lineBreak + indent;
			case 2 -> "";
			default -> " ";
		};
	}

	private String scalar(String text, boolean key, boolean flow) {
		boolean plain = text.matches("[a-z日][a-z0-9日本語.-]*( [a-z]+)*") && !Set.of("null", "true", "yes").contains(text);
		boolean printable = text.codePoints().noneMatch(c -> c < ' ' || c == 0x2028);
		int style = random.nextInt(3);
		if (plain && style != 1) {
			return text;
		}
		if (printable && style == 0) {
			return "'" + text.replace("'", "''") + "'";
		}
		StringBuilder quoted = new StringBuilder("\"");
		text.codePoints().forEach(c -> quoted.append(c == '"' || c == '\\' ? "\\" + (char) c : c < ' ' || c == 0x2028 ? String.format("\\u%04x", c)
				: Character.toString(c)));
		return quoted.append('"').toString();
	}

	private void endLine() {
		if (random.nextInt(6) == 0 && !endsInBlockScalar()) {
			out.append(" # ").append(comment());
		}
		out.append(lineBreak);
	}

	/// In a block scalar a `#` is text.
	private boolean endsInBlockScalar() {
		int lineStart = out.lastIndexOf("\n") + 1;
		int above = lineStart < 2 ? 0 : out.lastIndexOf("\n", lineStart - 2) + 1;
		String line = lineStart == 0 ? "" : out.substring(above, lineStart).stripTrailing();
		return line.endsWith(" |") || line.endsWith(" >");
	}

	private void commentLines(String indent) {
		while (random.nextInt(6) == 0) {
			if (random.nextBoolean()) {
				out.append(indent).append("# ").append(comment());
			}
			out.append(lineBreak);
		}
	}

	private String comment() {
		return "#c" + ++comments + ";";
	}
}
