package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.format.YamlNode.Entry;
import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.format.YamlValue.Entries;
import hikkoshi.core.format.YamlValue.Field;
import hikkoshi.core.format.YamlValue.Items;
import hikkoshi.core.format.YamlValue.Text;

/// Where to cut and what to sew in. Knows layout only; whether the result is right is tried out by [YamlEdit].
final class YamlSurgery {
	private final YamlDocument yaml;
	private final String text;
	private final String lineBreak;

	YamlSurgery(YamlDocument yaml) {
		this.yaml = yaml;
		this.text = yaml.text();
		this.lineBreak = text.contains("\r\n") ? "\r\n" : "\n";
	}

	List<TextEdit> set(YamlPath path, YamlValue value) {
		Optional<YamlNode> old = yaml.at(path);
		if (old.isPresent()) {
			return replace(path, old.get(), value);
		}
		if (path.isRoot()) {
			String gap = text.isEmpty() || text.endsWith("\n") ? "" : lineBreak;
			return List.of(TextEdit.insert(text.length(), gap + value.block("", lineBreak) + lineBreak));
		}
		if (!(path.last() instanceof String key)) {
			return List.of();
		}
		Field field = new Field(key, value);
		YamlPath parent = path.parent();
		Optional<YamlNode> around = yaml.at(parent);
		if (around.isEmpty() || around.get().isNull()) {
			return set(parent, new Entries(List.of(field)));
		}
		return around.get() instanceof Mapping mapping ? add(mapping, field) : List.of();
	}

	private List<TextEdit> add(Mapping mapping, Field field) {
		String line = YamlWords.text(field.key()) + ": " + field.value().line();
		if (mapping.entries().isEmpty()) {
			return List.of(TextEdit.insert(mapping.start() + 1, line));
		}
		int end = mapping.entries().getLast().end();
		if (mapping.flow()) {
			return List.of(TextEdit.insert(end, ", " + line));
		}
		String indent = indent(mapping.start());
		return List.of(TextEdit.insert(lineEnd(end), lineBreak + indent + field.block(indent, lineBreak)));
	}

	private List<TextEdit> replace(YamlPath path, YamlNode old, YamlValue value) {
		boolean inFlow = isInFlow(path);
		if (isBlock(old)) {
			if (!isBlockValue(value)) {
				return shorten(path, old, value);
			}
			// only a list may begin in the column of its key
			boolean shift = value instanceof Entries && !path.isRoot() && path.last() instanceof String
					&& indent(old.start()).equals(indent(entry(path).key().start()));
			String more = shift ? "  " : "";
			return List.of(new TextEdit(old.start(), old.end() - old.start(), more + value.block(indent(old.start()) + more, lineBreak)));
		}
		if (inFlow || !isBlockValue(value)) {
			String line = value instanceof Text(String words) && old instanceof Scalar scalar ? quotedLike(scalar, words) : value.line();
			String space = old.start() == old.end() ? " " : "";
			return List.of(new TextEdit(old.start(), old.end() - old.start(), space + line));
		}
		Object last = path.isRoot() ? 0 : path.last();
		if (last instanceof Integer) {
			String space = old.start() == old.end() && !path.isRoot() ? " " : "";
			String lines = space + value.block(indent(old.start()) + space, lineBreak);
			return List.of(new TextEdit(old.start(), old.end() - old.start(), lines));
		}
		// a comment behind the key stays there: the value goes below
		String indent = indent(entry(path).key().start()) + "  ";
		List<TextEdit> edits = new ArrayList<>();
		if (old.end() > old.start()) {
			edits.add(new TextEdit(entry(path).colon() + 1, old.end() - entry(path).colon() - 1, ""));
		}
		edits.add(TextEdit.insert(lineEnd(old.end()), lineBreak + indent + value.block(indent, lineBreak)));
		return edits;
	}

	/// In place of a block of lines, a value that needs one line only.
	private List<TextEdit> shorten(YamlPath path, YamlNode old, YamlValue value) {
		if (path.isRoot() || path.last() instanceof Integer) {
			return List.of(new TextEdit(old.start(), old.end() - old.start(), value.line()));
		}
		int colon = entry(path).colon() + 1;
		List<TextEdit> edits = new ArrayList<>();
		edits.add(TextEdit.insert(colon, " " + value.line()));
		edits.add(lines(old.start(), old.end()));
		return edits;
	}

	List<TextEdit> insert(YamlPath path, Sequence list, int index, YamlValue item) {
		boolean bare = list.flow() && text.substring(list.start() + 1, Math.max(list.start() + 1, list.end() - 1)).isBlank();
		if (bare && !isInFlow(path) && isBlockValue(item)) {
			return replace(path, list, new Items(List.of(item)));
		}
		if (list.flow()) {
			if (index > 0) {
				return List.of(TextEdit.insert(list.items().get(index - 1).end(), ", " + item.line()));
			}
			return list.items().isEmpty() ? List.of(TextEdit.insert(list.start() + 1, item.line()))
					: List.of(TextEdit.insert(list.items().getFirst().start(), item.line() + ", "));
		}
		String indent = indent(list.start());
		String lines = "- " + item.block(indent + "  ", lineBreak);
		if (index > 0) {
			return List.of(TextEdit.insert(lineEnd(list.items().get(index - 1).end()), lineBreak + indent + lines));
		}
		if (isFirstInLine(list.start())) {
			return List.of(TextEdit.insert(aboveComments(list.start()), indent + lines + lineBreak));
		}
		return List.of(TextEdit.insert(list.start(), lines + lineBreak + indent));
	}

	List<TextEdit> remove(YamlPath path) {
		YamlPath parent = path.parent();
		YamlNode around = yaml.at(parent).orElseThrow();
		return switch (around) {
			case Sequence list -> {
				int index = (Integer) path.last();
				int size = list.items().size();
				if (size == 1) {
					yield list.flow() ? removeOnly(spans(list).getFirst()) : replace(parent, list, new Items(List.of()));
				}
				yield list.flow() ? removeInFlow(spans(list), index)
						: removeInBlock(dash(list, index), list.items().get(index).end(), index + 1 < size ? dash(list, index + 1) : -1);
			}
			case Mapping mapping -> {
				int index = mapping.entries().indexOf(mapping.entry((String) path.last()).orElseThrow());
				int size = mapping.entries().size();
				if (size == 1) {
					yield mapping.flow() ? removeOnly(spans(mapping).getFirst()) : replace(parent, mapping, new Entries(List.of()));
				}
				Entry entry = mapping.entries().get(index);
				yield mapping.flow() ? removeInFlow(spans(mapping), index)
						: removeInBlock(entry.key().start(), entry.end(), index + 1 < size ? mapping.entries().get(index + 1).key().start() : -1);
			}
			case Scalar _ -> List.of();
		};
	}

	/// The lines of an item, with the comments directly above them, to the end of another list; nothing where one of both shares its lines.
	List<TextEdit> move(YamlPath item, YamlPath to) {
		Sequence from = (Sequence) yaml.at(item.parent()).orElseThrow();
		int index = (Integer) item.last();
		int dash = dash(from, index);
		Optional<YamlNode> target = yaml.at(to);
		boolean fits = !from.flow() && isFirstInLine(dash) && item.parent().last() instanceof String && target.isPresent()
				&& to.last() instanceof String && !isInFlow(to);
		if (!fits) {
			return List.of();
		}
		YamlNode old = target.get();
		boolean bare = !(old instanceof Sequence list) || list.items().isEmpty();
		if (!bare && (!isBlock(old) || !isFirstInLine(old.start())) || bare && old.start() < entry(to).colon()) {
			return List.of();
		}
		int first = aboveComments(dash);
		int last = lineEnd(from.items().get(index).end());
		String indent = bare ? indent(entry(to).key().start()) + "  " : indent(old.start());
		String lines = indented(text.substring(lineStart(first), last), indent(dash), indent);
		List<TextEdit> edits = new ArrayList<>();
		if (from.items().size() == 1) {
			edits.add(TextEdit.insert(entry(item.parent()).colon() + 1, " []"));
		}
		edits.add(lines(first, last));
		if (bare && old.end() > old.start()) {
			edits.add(new TextEdit(entry(to).colon() + 1, old.end() - entry(to).colon() - 1, ""));
		}
		edits.add(TextEdit.insert(lineEnd(old.end()), lineBreak + lines));
		return edits;
	}

	/// The same lines further in or out; a line that is less far in than the block stays, and the trial finds out whether that is right.
	private String indented(String block, String now, String wanted) {
		if (now.equals(wanted)) {
			return block;
		}
		StringBuilder moved = new StringBuilder();
		for (String line : block.split("(?<=\n)")) {
			moved.append(line.startsWith(now) ? wanted + line.substring(now.length()) : line);
		}
		return moved.toString();
	}

	private record Span(int start, int end) {}

	private static List<Span> spans(Sequence list) {
		return list.items().stream().map(item -> new Span(item.start(), item.end())).toList();
	}

	private static List<Span> spans(Mapping mapping) {
		return mapping.entries().stream().map(entry -> new Span(entry.key().start(), entry.end())).toList();
	}

	/// From between brackets, with the comma that may follow.
	private List<TextEdit> removeOnly(Span span) {
		int next = behindComments(span.end());
		TextEdit edit = new TextEdit(span.start(), span.end() - span.start(), "");
		return next < text.length() && text.charAt(next) == ',' ? List.of(edit, new TextEdit(next, 1, "")) : List.of(edit);
	}

	private List<TextEdit> removeInFlow(List<Span> spans, int index) {
		Span span = spans.get(index);
		if (index + 1 < spans.size()) {
			int to = behindComments(span.end()) + 1;
			while (to < text.length() && text.charAt(to) == ' ') {
				to++;
			}
			return List.of(new TextEdit(span.start(), to - span.start(), ""));
		}
		int comma = behindComments(spans.get(index - 1).end());
		if (text.substring(comma + 1, span.start()).isBlank()) {
			return List.of(new TextEdit(comma, span.end() - comma, ""));
		}
		return List.of(new TextEdit(comma, 1, ""), new TextEdit(span.start(), span.end() - span.start(), ""));
	}

	/// @param next where the next sibling begins, or -1
	private List<TextEdit> removeInBlock(int start, int end, int next) {
		if (isFirstInLine(start)) {
			return List.of(lines(start, end));
		}
		if (next >= 0 && text.substring(end, next).isBlank()) {
			return List.of(new TextEdit(start, next - start, ""));
		}
		return List.of(new TextEdit(start, end - start, ""));
	}

	/// The whole lines from one place to another.
	private TextEdit lines(int start, int end) {
		int from = lineStart(start);
		int to = lineEnd(end);
		if (to < text.length()) {
			to += text.startsWith("\r\n", to) ? 2 : 1;
		} else if (from > 0) {
			from -= text.startsWith("\r\n", from - 2) ? 2 : 1;
		}
		return new TextEdit(from, to - from, "");
	}

	private Entry entry(YamlPath path) {
		return ((Mapping) yaml.at(path.parent()).orElseThrow()).entry((String) path.last()).orElseThrow();
	}

	private boolean isInFlow(YamlPath path) {
		for (YamlPath p = path; !p.isRoot();) {
			p = p.parent();
			if (yaml.at(p).filter(node -> node instanceof Sequence s && s.flow() || node instanceof Mapping m && m.flow()).isPresent()) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBlock(YamlNode node) {
		return switch (node) {
			case Scalar _ -> false;
			case Sequence list -> !list.flow();
			case Mapping mapping -> !mapping.flow();
		};
	}

	/// Whether a value is written in several lines where that is possible.
	private static boolean isBlockValue(YamlValue value) {
		return !value.isShort();
	}

	private static String quotedLike(Scalar old, String words) {
		return switch (old.style()) {
			case SINGLE_QUOTED -> YamlWords.isPrintable(words) ? YamlWords.singleQuoted(words) : YamlWords.doubleQuoted(words);
			case DOUBLE_QUOTED -> YamlWords.doubleQuoted(words);
			case PLAIN, LITERAL, FOLDED -> YamlWords.text(words);
		};
	}

	/// Where the `-` of an item stands. An item always ends behind its dash, even an empty one.
	private int dash(Sequence list, int index) {
		return index == 0 ? list.start() : behindComments(list.items().get(index - 1).end());
	}

	/// The first character that is neither white space nor in a comment.
	private int behindComments(int from) {
		int at = from;
		while (at < text.length()) {
			char c = text.charAt(at);
			if (c == '#') {
				at = lineEnd(at);
			} else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
				at++;
			} else {
				break;
			}
		}
		return at;
	}

	private int lineStart(int offset) {
		int at = offset;
		while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
			at--;
		}
		return at;
	}

	/// Of the line break, or the end of the text.
	private int lineEnd(int offset) {
		int at = offset;
		while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
			at++;
		}
		return at;
	}

	private boolean isFirstInLine(int offset) {
		return text.substring(lineStart(offset), offset).isBlank();
	}

	/// As many blanks as there are characters before it in its line.
	private String indent(int offset) {
		return " ".repeat(offset - lineStart(offset));
	}

	/// The start of the line, or of the comment lines directly above it that are indented alike.
	private int aboveComments(int offset) {
		String mark = indent(offset) + "#";
		int line = lineStart(offset);
		while (line > 0) {
			int above = lineStart(line - (text.startsWith("\r\n", line - 2) ? 2 : 1));
			if (!text.startsWith(mark, above)) {
				break;
			}
			line = above;
		}
		return line;
	}
}
