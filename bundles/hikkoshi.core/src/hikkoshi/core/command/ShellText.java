package hikkoshi.core.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Words as a POSIX shell takes them (POSIX.1-2024, Shell Command Language, 2.2): what is quoted means itself, whatever it holds.
final class ShellText {
	private static final String PLAIN = "-_./:@%+,=";

	private ShellText() {}

	static String line(List<String> words) {
		return words.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
	}

	/// One word. In single quotes nothing is special but the single quote itself. Control and direction characters are written out, as the terminal that
	/// the text is pasted into would obey them before any shell reads it: as octal escapes behind `$'` (2.2.4, known to dash since 0.5.13, bash, zsh, ksh).
	static String quoted(String word) {
		if (word.codePoints().anyMatch(ShellText::isUnsafe)) {
			StringBuilder text = new StringBuilder("$'");
			word.codePoints().forEach(c -> {
				if (isUnsafe(c)) {
					for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
						text.append(String.format("\\%03o", b & 0xff));
					}
				} else if (c == '\'' || c == '\\') {
					text.append('\\').appendCodePoint(c);
				} else {
					text.appendCodePoint(c);
				}
			});
			return text.append('\'').toString();
		}
		return !word.isEmpty() && word.codePoints().allMatch(ShellText::isPlain) ? word : "'" + word.replace("'", "'\\''") + "'";
	}

	/// Behind `#`: what might end the line is left out.
	static String comment(String text) {
		StringBuilder line = new StringBuilder("# ");
		text.codePoints().forEach(c -> line.appendCodePoint(isUnsafe(c) ? '␣' : c));
		return line.toString();
	}

	private static boolean isPlain(int c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0;
	}

	private static boolean isUnsafe(int c) {
		return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029;
	}
}
