package hikkoshi.ui.properties;

import java.util.List;

import hikkoshi.core.evidence.Facts;

/// A line of the Properties view.
///
/// @param category id of the group it stands in
/// @param more the whole of it, for the status line
/// @param below what the line can be opened to
record PropertyRow(String category, String name, String value, String more, List<Facts> below) {
	PropertyRow {
		below = List.copyOf(below);
	}

	PropertyRow(String category, String name, String value) {
		this(category, name, value, value, List.of());
	}
}
