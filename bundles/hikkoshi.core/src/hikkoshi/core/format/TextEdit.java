package hikkoshi.core.format;

import java.util.Comparator;
import java.util.List;

/// A change of a text, as an editor's document applies it.
///
/// @param offset in characters of the text before any change
/// @param length characters that go
/// @param replacement characters that come
public record TextEdit(int offset, int length, String replacement) {
	public static TextEdit insert(int offset, String text) {
		return new TextEdit(offset, 0, text);
	}

	/// The text after all edits, which must not overlap; those at one place apply in the order of the list.
	public static String apply(String text, List<TextEdit> edits) {
		StringBuilder result = new StringBuilder(text.length() + edits.stream().mapToInt(edit -> edit.replacement.length() - edit.length).sum());
		int from = 0;
		for (TextEdit edit : edits.stream().sorted(Comparator.comparingInt(TextEdit::offset)).toList()) {
			if (edit.offset < from) {
				throw new IllegalArgumentException("edits overlap at " + edit.offset);
			}
			result.append(text, from, edit.offset).append(edit.replacement);
			from = edit.offset + edit.length;
		}
		return result.append(text, from, text.length()).toString();
	}

	/// The one edit that makes a text into another, as small as it can be; none when they are equal.
	public static List<TextEdit> difference(String before, String after) {
		int most = Math.min(before.length(), after.length());
		int head = 0;
		while (head < most && before.charAt(head) == after.charAt(head)) {
			head++;
		}
		int tail = 0;
		while (tail < most - head && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
			tail++;
		}
		return before.length() == after.length() && head == most ? List.of()
				: List.of(new TextEdit(head, before.length() - tail - head, after.substring(head, after.length() - tail)));
	}

	/// The same edits from the end of the text to its start, so that a document can apply one after the other.
	public static List<TextEdit> backwards(List<TextEdit> edits) {
		return edits.stream().sorted(Comparator.comparingInt(TextEdit::offset)).toList().reversed();
	}
}
