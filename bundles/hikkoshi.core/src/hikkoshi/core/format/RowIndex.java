package hikkoshi.core.format;

import java.util.List;

/// The rows of a text in their order, with places that move by themselves: those behind the last change are counted from the end, so that an
/// edit touches no row but its own. For one thread.
final class RowIndex {
	private RosterLine[] rows = new RosterLine[64];
	private int gap;
	private int gapEnd = rows.length;
	private int length;
	private int breaks;

	/// The text has become longer or shorter at the gap.
	void text(int length, int breaks) {
		this.length = length;
		this.breaks = breaks;
	}

	int breaks() {
		return breaks;
	}

	int size() {
		return rows.length - (gapEnd - gap);
	}

	RosterLine get(int index) {
		return rows[index < gap ? index : index + gapEnd - gap];
	}

	int start(RosterLine row) {
		return row.behind ? length - row.start : row.start;
	}

	int end(RosterLine row) {
		return start(row) + row.length;
	}

	/// Of its first character, 1-based.
	int line(RosterLine row) {
		return (row.behind ? breaks - row.breaks : row.breaks) + 1;
	}

	/// The last row that begins before an offset; -1 when none does.
	int before(int offset) {
		int low = 0;
		int high = size() - 1;
		while (low <= high) {
			int middle = low + high >>> 1;
			if (start(get(middle)) < offset) {
				low = middle + 1;
			} else {
				high = middle - 1;
			}
		}
		return high;
	}

	int indexOf(RosterLine row) {
		return row.gone ? -1 : before(start(row) + 1);
	}

	/// Opens the gap behind so many rows: those before it are counted from the start of the text, the others from its end.
	void open(int at) {
		while (gap > at) {
			RosterLine row = rows[--gap];
			rows[--gapEnd] = row;
			row.start = length - row.start;
			row.breaks = breaks - row.breaks;
			row.behind = true;
		}
		while (gap < at) {
			RosterLine row = rows[gapEnd++];
			rows[gap++] = row;
			row.start = length - row.start;
			row.breaks = breaks - row.breaks;
			row.behind = false;
		}
	}

	/// Takes the rows before the gap away, down to so many.
	void cut(int size) {
		gap = size;
	}

	/// Puts rows before the gap.
	void put(List<RosterLine> added) {
		if (gapEnd - gap < added.size()) {
			int tail = rows.length - gapEnd;
			RosterLine[] wider = new RosterLine[size() + added.size() + size() / 8 + 64];
			System.arraycopy(rows, 0, wider, 0, gap);
			System.arraycopy(rows, gapEnd, wider, wider.length - tail, tail);
			rows = wider;
			gapEnd = wider.length - tail;
		}
		for (RosterLine row : added) {
			rows[gap++] = row;
		}
	}
}
