package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;

/// What a YAML text says, without how and where it says it: for edits, and to compare two texts.
public sealed interface YamlValue {
	record Text(String value) implements YamlValue {}

	/// However it is written: `~`, `null`, or not at all.
	Word NOTHING = new Word("null");

	/// A number, true, false as it is written, or [#NOTHING].
	record Word(String plain) implements YamlValue {}

	record Items(List<YamlValue> items) implements YamlValue {
		public Items {
			items = List.copyOf(items);
		}
	}

	record Entries(List<Field> fields) implements YamlValue {
		public Entries {
			fields = List.copyOf(fields);
		}

		public Entries with(String key, YamlValue value) {
			List<Field> more = new ArrayList<>(fields);
			more.add(new Field(key, value));
			return new Entries(more);
		}

		public Entries with(String key, String text) {
			return with(key, text(text));
		}
	}

	record Field(String key, YamlValue value) {
		/// The key at the indent, its value behind it or below it.
		String block(String indent, String lineBreak) {
			String deeper = indent + "  ";
			return YamlWords.text(key) + ":" + (value.isShort() ? " " + value.line() : lineBreak + deeper + value.block(deeper, lineBreak));
		}
	}

	static YamlValue text(String value) {
		return new Text(value);
	}

	static YamlValue number(long number) {
		return new Word(String.valueOf(number));
	}

	static Items texts(List<String> texts) {
		return new Items(texts.stream().map(YamlValue::text).toList());
	}

	/// A mapping to which [Entries#with] adds.
	static Entries entries() {
		return new Entries(List.of());
	}

	static YamlValue of(YamlNode node) {
		return switch (node) {
			case Scalar scalar -> switch (scalar.kind()) {
				case TEXT -> new Text(scalar.value());
				case NULL -> NOTHING;
				case INTEGER, FLOAT, BOOLEAN -> new Word(scalar.value());
			};
			case Sequence sequence -> new Items(sequence.items().stream().map(YamlValue::of).toList());
			case Mapping mapping -> new Entries(mapping.entries().stream().map(e -> new Field(e.key().value(), of(e.value()))).toList());
		};
	}

	private boolean isSingle() {
		return switch (this) {
			case Text _, Word _ -> true;
			case Items _, Entries _ -> false;
		};
	}

	/// Whether it is written in one line even where lines may be used: single values, lists of them, and what is empty.
	default boolean isShort() {
		return switch (this) {
			case Text _, Word _ -> true;
			case Items(List<YamlValue> items) -> items.stream().allMatch(YamlValue::isSingle);
			case Entries(List<Field> fields) -> fields.isEmpty();
		};
	}

	/// In one line.
	default String line() {
		return switch (this) {
			case Text(String value) -> YamlWords.text(value);
			case Word(String plain) -> plain;
			case Items(List<YamlValue> items) -> "[" + String.join(", ", items.stream().map(YamlValue::line).toList()) + "]";
			case Entries(List<Field> fields) ->
				"{" + String.join(", ", fields.stream().map(f -> YamlWords.text(f.key()) + ": " + f.value().line()).toList()) + "}";
		};
	}

	/// In several lines, to stand where the first begins; the others are indented with `indent`.
	default String block(String indent, String lineBreak) {
		if (isShort()) {
			return line();
		}
		String between = lineBreak + indent;
		return switch (this) {
			case Text _, Word _ -> line();
			case Items(List<YamlValue> items) ->
				String.join(between, items.stream().map(item -> "- " + item.block(indent + "  ", lineBreak)).toList());
			case Entries(List<Field> fields) ->
				String.join(between, fields.stream().map(f -> f.block(indent, lineBreak)).toList());
		};
	}
}
