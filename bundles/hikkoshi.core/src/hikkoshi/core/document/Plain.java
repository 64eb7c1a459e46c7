package hikkoshi.core.document;

/// Text as a page may hold it: characters that steer instead of showing (controls, directions, lone surrogates) become visible code points, so that
/// no name can rewrite what stands beside it.
public final class Plain {
	private Plain() {}

	public static String of(String text) {
		if (text.codePoints().allMatch(Plain::shows)) {
			return text;
		}
		StringBuilder plain = new StringBuilder(text.length() + 16);
		text.codePoints().forEach(c -> {
			if (shows(c)) {
				plain.appendCodePoint(c);
			} else {
				plain.append("[U+").append(String.format("%04X", c)).append(']');
			}
		});
		return plain.toString();
	}

	/// The same for HTML and XML, between tags and in quoted attributes.
	static String markup(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		of(text).codePoints().forEach(c -> {
			switch (c) {
				case '&' -> escaped.append("&amp;");
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				case '"' -> escaped.append("&quot;");
				case '\'' -> escaped.append("&#39;");
				default -> escaped.appendCodePoint(c);
			}
		});
		return escaped.toString();
	}

	private static boolean shows(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE, Character.PRIVATE_USE,
					Character.UNASSIGNED -> false;
			default -> true;
		};
	}
}
