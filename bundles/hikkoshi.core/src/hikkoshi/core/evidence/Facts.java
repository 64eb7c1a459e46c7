package hikkoshi.core.evidence;

import java.util.List;

/// The data behind a finding: never widgets, never sentences. The screen and the reports choose how to show it by type.
/// Column and key names are ids (`dns.ttl`, `phase.connect`), values are data or a server's own words.
public sealed interface Facts {
	Facts NONE = new Text("");

	/// Rows of equal length under columns.
	record Table(List<String> columns, List<List<String>> rows) implements Facts {
		/// @throws IllegalArgumentException when a row has not one cell per column
		public Table {
			columns = List.copyOf(columns);
			rows = rows.stream().map(List::copyOf).toList();
			for (List<String> row : rows) {
				if (row.size() != columns.size()) {
					throw new IllegalArgumentException("row of " + row.size() + " cells under " + columns.size() + " columns");
				}
			}
		}
	}

	/// A key with a value and details below it, e.g. the phases of a connection.
	record Tree(String key, String value, List<Tree> children) implements Facts {
		public Tree {
			children = List.copyOf(children);
		}

		public static Tree of(String key, Object value, Tree... children) {
			return new Tree(key, String.valueOf(value), List.of(children));
		}
	}

	/// Plain text, e.g. a masked transcript.
	record Text(String text) implements Facts {}
}
