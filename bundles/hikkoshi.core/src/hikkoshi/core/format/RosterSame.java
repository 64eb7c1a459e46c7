package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.EmailAddress;

/// Which rows are the same ones as before an edit: by their address, or else by their place. A window holds on to them.
///
/// @param rows all, in their order
/// @param gone of the old ones those that are none of them
/// @param come those that are new
record RosterSame(List<RosterLine> rows, List<RosterLine> gone, List<RosterLine> come) {
	static RosterSame of(List<RosterLine> old, List<RosterLine> fresh, @Nullable RosterLine header) {
		Map<EmailAddress, RosterLine> byAddress = new HashMap<>();
		for (RosterLine each : old) {
			Roster.Row row = each.row;
			if (row != null) {
				byAddress.put(row.address(), each);
			}
		}
		Map<RosterLine, RosterLine> kept = new LinkedHashMap<>();
		Set<RosterLine> left = new LinkedHashSet<>(old);
		List<RosterLine> open = new ArrayList<>();
		for (RosterLine each : fresh) {
			Roster.Row row = each.row;
			RosterLine same = row == null ? null : byAddress.remove(row.address());
			if (same != null) {
				kept.put(each, same);
				left.remove(same);
			} else if (each != header) {
				open.add(each);
			}
		}
		if (left.size() == open.size()) {
			List<RosterLine> rest = List.copyOf(left);
			for (int i = 0; i < open.size(); i++) {
				kept.put(open.get(i), rest.get(i));
			}
			left.clear();
			open.clear();
		}
		List<RosterLine> rows = new ArrayList<>();
		for (RosterLine row : fresh) {
			RosterLine same = kept.get(row);
			if (same != null) {
				take(same, row);
			}
			rows.add(same == null ? row : same);
		}
		left.forEach(row -> row.gone = true);
		return new RosterSame(rows, List.copyOf(left), open);
	}

	private static void take(RosterLine same, RosterLine row) {
		same.start = row.start;
		same.breaks = row.breaks;
		same.behind = false;
		same.length = row.length;
		same.own = row.own;
		same.row = row.row;
		same.listed = false;
		same.stray = row.stray;
		same.strayLines = row.strayLines;
		same.unclosed = row.unclosed;
	}
}
