package hikkoshi.core.format;

import java.util.List;
import java.util.Optional;

/// A piece of a YAML text: what it says, and exactly where. Offsets are in characters of the text; `end` is behind the last character that
/// belongs to the piece, so that comments and blank lines which follow it are not part of it.
public sealed interface YamlNode {
	int start();

	int end();

	/// A single value. An omitted value (`key:`) is a plain one of no length.
	///
	/// @param value what it says, without quotes and escapes
	record Scalar(String value, Style style, int start, int end) implements YamlNode {
		/// What a plain scalar means by the core schema of YAML 1.2; every other style is text.
		public Kind kind() {
			return style == Style.PLAIN ? YamlWords.kind(value) : Kind.TEXT;
		}
	}

	/// @param flow `[a, b]` in contrast to one `- a` per line
	record Sequence(List<YamlNode> items, boolean flow, int start, int end) implements YamlNode {
		public Sequence {
			items = List.copyOf(items);
		}
	}

	/// @param flow `{a: b}` in contrast to one `a: b` per line
	record Mapping(List<Entry> entries, boolean flow, int start, int end) implements YamlNode {
		public Mapping {
			entries = List.copyOf(entries);
		}

		/// The first entry with that key.
		public Optional<Entry> entry(String key) {
			return entries.stream().filter(entry -> entry.key().value().equals(key)).findFirst();
		}
	}

	/// @param colon offset of the colon between key and value
	record Entry(Scalar key, int colon, YamlNode value) {
		int end() {
			return Math.max(colon + 1, value.end());
		}
	}

	enum Style {
		PLAIN,
		SINGLE_QUOTED,
		DOUBLE_QUOTED,
		LITERAL,
		FOLDED;

		boolean isBlock() {
			return this == LITERAL || this == FOLDED;
		}
	}

	enum Kind {
		TEXT,
		INTEGER,
		FLOAT,
		BOOLEAN,
		NULL
	}

	default boolean isNull() {
		return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
	}
}
