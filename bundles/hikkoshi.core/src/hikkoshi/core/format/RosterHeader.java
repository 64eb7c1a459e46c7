package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.format.Roster.RosterColumns;

/// What the first row of `mailboxes.csv` says about the others.
///
/// @param columns empty when without them nothing can be read
/// @param headings the names of the cells in the order of the file, as [FileKeys#COLUMNS] has them where it knows them
/// @param faults of the header, as if it stood in line 1
record RosterHeader(Optional<RosterColumns> columns, List<String> headings, List<Fault> faults) {
	/// Of a text without rows.
	static final RosterHeader NONE = new RosterHeader(Optional.empty(), List.of(), List.of());

	RosterHeader {
		headings = List.copyOf(headings);
		faults = List.copyOf(faults);
	}

	/// @param row that can be read
	static RosterHeader of(String row, char delimiter) {
		FaultList faults = new FaultList(MigrationProject.MAILBOXES_FILE, Lines.of(row));
		List<Csv.Row> rows = new ArrayList<>();
		new Csv.Reader(row, delimiter, faults, rows::add).row(0);
		Optional<RosterColumns> columns = RosterColumns.of(rows.getFirst(), faults);
		return new RosterHeader(columns, rows.getFirst().values().stream().map(RosterColumns::name).toList(), faults.asFound());
	}
}
