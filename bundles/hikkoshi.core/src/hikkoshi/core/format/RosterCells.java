package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Roster.RosterColumns;
import hikkoshi.core.format.RosterDocument.CellFault;
import hikkoshi.core.model.Side;

/// Finds the cell that a fault is about.
final class RosterCells {
	private static final int SIDE_ARGUMENT = 1;

	private RosterCells() {}

	static List<CellFault> place(RosterDocument document, RosterLine row, @Nullable RosterColumns columns, List<Fault> faults) {
		if (faults.isEmpty()) {
			return List.of();
		}
		List<Csv.Cell> cells = document.spans(row);
		Lines lines = Lines.of(document.text(document.start(row), document.end(row)));
		List<CellFault> placed = new ArrayList<>();
		for (Fault fault : faults) {
			placed.add(new CellFault(account(fault, columns).orElseGet(() -> cell(fault, document.line(row), cells, lines)), fault));
		}
		return placed;
	}

	/// An account stands in the file where its address does; in the table the user's cell says more.
	private static Optional<Integer> account(Fault fault, @Nullable RosterColumns columns) {
		FaultKind kind = FaultKind.of(fault).orElse(null);
		if (columns == null || kind != FaultKind.ACCOUNT_DUPLICATE && kind != FaultKind.ACCOUNT_DUPLICATE_CASE) {
			return Optional.empty();
		}
		int cell = fault.reason().args().get(SIDE_ARGUMENT).equals(Side.OLD.token()) ? columns.oldUser() : columns.newUser();
		return Optional.of(cell < 0 ? columns.address() : cell);
	}

	private static int cell(Fault fault, int line, List<Csv.Cell> cells, Lines lines) {
		if (fault.line() < line || FaultKind.of(fault).filter(kind -> kind == FaultKind.CSV_CELLS).isPresent()) {
			return -1;
		}
		int offset = lines.start(fault.line() - line + 1) + fault.column() - 1;
		for (int i = cells.size() - 1; i >= 0; i--) {
			if (cells.get(i).start() <= offset) {
				return i;
			}
		}
		return -1;
	}
}
