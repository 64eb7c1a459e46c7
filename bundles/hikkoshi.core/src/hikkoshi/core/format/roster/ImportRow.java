package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FileKeys;
import hikkoshi.core.model.EmailAddress;

/// What becomes of one row of an imported file. Holds no password. Immutable.
///
/// What is added is said by the row of the file, and made into cells when somebody looks: an import keeps 50,000 of these, a window shows 40.
public final class ImportRow {
	private final int index;
	private final SheetRow row;
	private final Outcome outcome;
	private final List<CellChange> changes;
	private final List<Fault> faults;
	private final int rosterLine;

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
			return "import.outcome." + name().toLowerCase(Locale.ROOT);
		}
	}

	/// A cell of `mailboxes.csv` before and after.
	public record CellChange(String column, String before, String after) {}

	/// @param changes of a row that is changed
	ImportRow(int index, SheetRow row, Outcome outcome, List<CellChange> changes, List<Fault> faults, int rosterLine) {
		this.index = index;
		this.row = row;
		this.outcome = outcome;
		this.changes = List.copyOf(changes);
		this.faults = List.copyOf(faults);
		this.rosterLine = rosterLine;
	}

	/// Its place in [RosterImport#rows], from 0.
	public int index() {
		return index;
	}

	/// Where it stands in the imported file, 1-based.
	public int line() {
		return row.line();
	}

	/// Null when the row has none that can be read.
	public @Nullable EmailAddress address() {
		return row instanceof SheetRow.Entry entry ? entry.address() : null;
	}

	/// A word of the column `kind`; empty when the file does not say it.
	public String kind() {
		return row instanceof SheetRow.Entry entry ? text(entry.kind()) : "";
	}

	public Outcome outcome() {
		return outcome;
	}

	/// What changes: of an added row its cells that are not empty (with empty old values), of a changed one those that get another value.
	public List<CellChange> cells() {
		if (outcome != Outcome.ADDED) {
			return changes;
		}
		String[] texts = texts();
		List<CellChange> cells = new ArrayList<>();
		for (int i = 0; i < texts.length; i++) {
			if (!texts[i].isEmpty()) {
				cells.add(new CellChange(FileKeys.COLUMNS.get(i), "", texts[i]));
			}
		}
		return List.copyOf(cells);
	}

	/// The cells of a row that is added, in the order of [FileKeys#COLUMNS].
	String[] texts() {
		String[] texts = new String[FileKeys.COLUMNS.size()];
		if (!(row instanceof SheetRow.Entry entry)) {
			Arrays.fill(texts, "");
			return texts;
		}
		String address = entry.address().toString();
		boolean isMailbox = entry.recipient().isEmpty();
		String oldUser = text(entry.oldUser());
		String newUser = text(entry.newUser());
		int i = 0;
		texts[i++] = address;
		// an empty cell means the address
		texts[i++] = isMailbox && !oldUser.equals(address) ? oldUser : "";
		texts[i++] = isMailbox && !newUser.equals(address) ? newUser : "";
		texts[i++] = text(entry.wave());
		texts[i++] = text(entry.note());
		texts[i++] = isMailbox ? "" : text(entry.kind());
		texts[i] = text(entry.goesTo());
		return texts;
	}

	private static String text(@Nullable String said) {
		return said == null ? "" : said;
	}

	/// Why it is refused, or what a person should look at.
	public List<Fault> faults() {
		return faults;
	}

	/// Where `mailboxes.csv` lists the address, 1-based; 0 when it does not.
	public int rosterLine() {
		return rosterLine;
	}

	/// Whether it would change a file.
	public boolean isEffective() {
		return outcome == Outcome.ADDED || outcome == Outcome.CHANGED;
	}

	@Override
	public String toString() {
		return "ImportRow[" + line() + ", " + outcome + ", " + cells() + ", " + faults + "]";
	}
}
