package hikkoshi.core.document;

import java.util.List;

/// A drawing as data: whoever shows it (SVG in a report, the window, PDF) paints the same shapes, so that all agree.
///
/// @param title what it shows
/// @param description the same in words, for those who do not see it
public record Picture(int width, int height, String title, String description, List<Shape> shapes) {
	/// Of the letters, in the picture's units.
	public static final int TEXT = 11;

	public Picture {
		shapes = List.copyOf(shapes);
	}

	/// How wide a text is at most in common fonts.
	public static double width(String text) {
		return text.codePoints().mapToDouble(c -> c < 0x2e80 ? TEXT * 0.58 : TEXT).sum();
	}
}
