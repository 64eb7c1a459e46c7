package hikkoshi.core.format.roster;

import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.model.EmailAddress;

/// What becomes of one row of an imported file. Holds no password.
///
/// @param index its place in [RosterImport#rows], from 0
/// @param line where it stands in the imported file, 1-based
/// @param address null when the row has none that can be read
/// @param kind a word of the column `kind`; empty when the file does not say it
/// @param cells what changes: of an added row its cells that are not empty (with empty old values), of a changed one those that get another value
/// @param faults why it is refused, or what a person should look at
/// @param rosterLine where `mailboxes.csv` lists the address, 1-based; 0 when it does not
public record ImportRow(int index, int line, @Nullable EmailAddress address, String kind, Outcome outcome, List<CellChange> cells, List<Fault> faults,
		int rosterLine) {
	/// What an import does with a row.
	public enum Outcome {
		/// The address is new.
		ADDED,
		/// The address is listed, but something about it is new.
		CHANGED,
		/// The file says nothing new.
		SAME,
		/// It cannot be taken.
		REFUSED;

		/// The id of its words.
		public String id() {
			return "import.outcome." + name().toLowerCase(java.util.Locale.ROOT);
		}
	}

	/// A cell of `mailboxes.csv` before and after.
	public record CellChange(String column, String before, String after) {}

	public ImportRow {
		cells = List.copyOf(cells);
		faults = List.copyOf(faults);
	}

	/// Whether it would change a file.
	public boolean isEffective() {
		return outcome == Outcome.ADDED || outcome == Outcome.CHANGED;
	}
}
