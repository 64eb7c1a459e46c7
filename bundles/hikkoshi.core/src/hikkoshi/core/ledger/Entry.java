package hikkoshi.core.ledger;

import java.util.List;
import java.util.Map;

import hikkoshi.core.plan.RecordSet;

/// One watched name and type.
///
/// @param deadline until when a cache may hold something else than the new answer
/// @param cells one for each server of the newest looks, authoritative ones first
/// @param lines the time-line of each of them, oldest first
public record Entry(RecordSet.Key key, Deadline deadline, List<Cell> cells, Map<Source, List<Span>> lines) {
	public Entry {
		cells = List.copyOf(cells);
		lines = Map.copyOf(lines);
	}

	/// Whether anything is known to change here.
	public boolean moves() {
		return !(deadline instanceof Deadline.Nothing);
	}
}
