package hikkoshi.core.document;

/// What a colour of a [Picture] means. Each has one for light paper and one for dark; they are told apart by people who see no red or no green, and by their
/// lightness (after Okabe and Ito).
public enum Ink {
	/// Behind everything.
	PAPER(0xffffff, 0x161b22),
	TEXT(0x1d2530, 0xe6eaf0),
	/// Words and lines of less weight.
	SOFT(0x5b6675, 0xa3aebd),
	/// Rules of the grid.
	RULE(0xdfe4ea, 0x323b48),
	/// A time about which nothing is known.
	VEIL(0xeceff3, 0x252d38),
	/// The old side, and answers that lead there.
	OLD(0xc55a00, 0xf0913f),
	/// The new side.
	NEW(0x0068a8, 0x5db7ee),
	/// Neither.
	OTHER(0x8d4f8a, 0xd691d2),
	/// Silence, where there should be an answer.
	SILENT(0x9aa4b1, 0x6d7887),
	/// A moment that a person chose.
	MARK(0x1d2530, 0xe6eaf0);

	private final int light;
	private final int dark;

	Ink(int light, int dark) {
		this.light = light;
		this.dark = dark;
	}

	/// As 0xRRGGBB.
	public int rgb(boolean isDark) {
		return isDark ? dark : light;
	}
}
