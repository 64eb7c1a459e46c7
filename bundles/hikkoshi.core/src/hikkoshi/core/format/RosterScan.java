package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads rows out of the middle of a text that is being edited: where they are, not what they say. For one thread, between two edits.
final class RosterScan {
	private final GapText text;
	private final List<Csv.Row> found = new ArrayList<>();
	private final Csv.Reader reader;
	private boolean goesOn = true;

	/// A row of the text.
	///
	/// @param start offset in the text
	/// @param stray where a bad quote was given up, as an offset; -1 in a good row
	record Span(int start, int end, int stray) {
		boolean isBroken() {
			return stray >= 0;
		}
	}

	RosterScan(GapText text, char delimiter) {
		this.text = text;
		reader = new Csv.Reader(text, delimiter, FaultList.ofFile(""), found::add);
	}

	/// The row that begins at an offset; empty for a blank line.
	///
	/// @param start the beginning of a line
	Optional<Span> row(int start) {
		goesOn = reader.row(start);
		if (!found.isEmpty()) {
			Csv.Row row = found.removeFirst();
			return Optional.of(new Span(row.start(), row.end(), -1));
		}
		if (reader.reach() < 0) {
			return Optional.empty();
		}
		int end = reader.at();
		end -= end > start && text.charAt(end - 1) == '\n' ? 1 : 0;
		end -= end > start && text.charAt(end - 1) == '\r' ? 1 : 0;
		return Optional.of(new Span(start, end, reader.reach()));
	}

	/// Behind what has been read, at the beginning of a line.
	int at() {
		return reader.at();
	}

	/// Whether there were not too many bad quotes to read on.
	boolean goesOn() {
		return goesOn;
	}
}
