package hikkoshi.core.ledger;

import java.util.List;

import hikkoshi.core.plan.RecordSet;

/// One watched name and type.
///
/// @param deadline until when a cache may hold something else than the new answer
/// @param cells one for each server that was ever heard of in the newest looks, authoritative ones first
public record Entry(RecordSet.Key key, Deadline deadline, List<Cell> cells) {
	public Entry {
		cells = List.copyOf(cells);
	}

	/// Whether anything is known to change here.
	public boolean moves() {
		return !(deadline instanceof Deadline.Nothing);
	}
}
