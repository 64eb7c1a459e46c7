package hikkoshi.ui.properties;

/// A line of the Properties view.
///
/// @param category id of the group it stands in
/// @param more the whole of it, for the status line
record PropertyRow(String category, String name, String value, String more) {
	PropertyRow(String category, String name, String value) {
		this(category, name, value, value);
	}
}
