package hikkoshi.core.document;

/// What a [Picture] is made of, in its own units (one is about a pixel), from the upper left corner. Painted in their order.
public sealed interface Shape {
	/// Which point of a text is given.
	enum Anchor {
		START,
		MIDDLE,
		END
	}

	/// Told apart without colours.
	enum Form {
		DISC,
		SQUARE,
		RING
	}

	/// A filled rectangle.
	///
	/// @param tip what it stands for, in words; empty for none
	record Box(double x, double y, double width, double height, Ink ink, String tip) implements Shape {}

	record Line(double x1, double y1, double x2, double y2, Ink ink, boolean isDashed) implements Shape {}

	/// @param size from its middle to its edge
	record Dot(double x, double y, double size, Form form, Ink ink, String tip) implements Shape {}

	/// One line of words.
	///
	/// @param y of its base line
	record Text(double x, double y, String words, Anchor anchor, Ink ink) implements Shape {}
}
