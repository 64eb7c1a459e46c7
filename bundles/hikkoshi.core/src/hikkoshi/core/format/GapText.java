package hikkoshi.core.format;

import java.util.Arrays;

/// A text that is changed where a person types: an edit costs what it moves, not what the text is long. For one thread.
final class GapText implements CharSequence {
	private static final int ROOM = 1_024;

	private char[] chars;
	private int gap;
	private int gapEnd;

	GapText(String text) {
		chars = new char[text.length() + ROOM];
		gapEnd = ROOM;
		text.getChars(0, text.length(), chars, ROOM);
	}

	@Override
	public int length() {
		return chars.length - (gapEnd - gap);
	}

	@Override
	public char charAt(int index) {
		return chars[index < gap ? index : index + gapEnd - gap];
	}

	@Override
	public String subSequence(int from, int to) {
		if (to <= gap) {
			return new String(chars, from, to - from);
		}
		if (from >= gap) {
			return new String(chars, from + gapEnd - gap, to - from);
		}
		return new String(chars, from, gap - from) + new String(chars, gapEnd, to - gap);
	}

	void replace(int offset, int length, String text) {
		move(offset);
		gapEnd += length;
		if (gapEnd - gap < text.length()) {
			int room = text.length() + Math.max(ROOM, length() / 8);
			char[] wider = Arrays.copyOf(chars, length() + room);
			int tail = chars.length - gapEnd;
			System.arraycopy(chars, gapEnd, wider, wider.length - tail, tail);
			chars = wider;
			gapEnd = wider.length - tail;
		}
		text.getChars(0, text.length(), chars, gap);
		gap += text.length();
	}

	private void move(int to) {
		int moved = Math.abs(to - gap);
		if (to < gap) {
			System.arraycopy(chars, to, chars, gapEnd - moved, moved);
			gapEnd -= moved;
		} else {
			System.arraycopy(chars, gapEnd, chars, gap, moved);
			gapEnd += moved;
		}
		gap = to;
	}

	/// Whether a line ends with the character at that place: LF, or CR without LF behind it; as [Lines] counts.
	boolean isBreak(int index) {
		if (index < 0 || index >= length()) {
			return false;
		}
		char c = charAt(index);
		return c == '\n' || c == '\r' && (index + 1 == length() || charAt(index + 1) != '\n');
	}

	/// Line breaks in a part of the text.
	int breaks(int from, int to) {
		int breaks = 0;
		for (int i = from; i < to; i++) {
			breaks += isBreak(i) ? 1 : 0;
		}
		return breaks;
	}

	@Override
	public String toString() {
		return subSequence(0, length());
	}
}
