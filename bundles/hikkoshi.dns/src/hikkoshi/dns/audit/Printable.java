package hikkoshi.dns.audit;

/// A stranger's text, cut and without what could move a cursor.
final class Printable {
	private static final int LONGEST = 160;

	private Printable() {}

	/// @param text a character for each byte, as DNS gives it
	static String of(String text) {
		StringBuilder out = new StringBuilder();
		text.chars().limit(LONGEST).forEach(c -> out.append(c >= ' ' && c < 0x7f ? (char) c : '\ufffd'));
		return text.length() > LONGEST ? out.append('…').toString() : out.toString();
	}
}
