package hikkoshi.core.document;

import java.util.List;

/// What a [Document] is made of. Texts are plain: whoever writes them escapes them.
public sealed interface Block {
	/// How loud a [Notice] is.
	enum Tone {
		NOTE,
		WARNING
	}

	/// The heading of a section.
	record Heading(String text) implements Block {}

	/// The heading of a part of a section.
	record Subheading(String text) implements Block {}

	record Paragraph(String text) implements Block {}

	/// What must not be overlooked.
	record Notice(Tone tone, String text) implements Block {}

	/// Labels with their values, below one another.
	record Fields(String caption, List<Field> fields) implements Block {
		public Fields {
			fields = List.copyOf(fields);
		}
	}

	/// @param isLiteral whether people have to type or compare the value character by character
	record Field(String label, String value, boolean isLiteral) {}

	/// What to do, in this order.
	record Steps(List<String> steps) implements Block {
		public Steps {
			steps = List.copyOf(steps);
		}
	}

	/// Rows under headings.
	record Grid(List<String> columns, List<List<String>> rows) implements Block {
		/// @throws IllegalArgumentException when a row has not one cell per column
		public Grid {
			columns = List.copyOf(columns);
			rows = rows.stream().map(List::copyOf).toList();
			for (List<String> row : rows) {
				if (row.size() != columns.size()) {
					throw new IllegalArgumentException("row of " + row.size() + " cells under " + columns.size() + " columns");
				}
			}
		}
	}

	/// A drawing, with its description below.
	record Figure(Picture picture) implements Block {}
}
