package hikkoshi.core.format;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// A row of a [RosterDocument] that a window can hold on to: it stays the same object while its text and its place change, and until it is
/// removed. Says nothing by itself; ask the document.
public final class RosterLine {
	/// From the start of the text, or from its end where [#behind].
	int start;
	/// Line breaks before it; from the end of the text where [#behind].
	int breaks;
	boolean behind;
	int length;
	/// Line breaks between it and where its bad quote was given up.
	int strayLines;
	/// Where its bad quote was given up, as a distance from its start; 0 in a row that can be read.
	int stray;
	/// Whether any quote closes the bad one.
	boolean unclosed;
	/// What is wrong with it by itself, as if it stood in line 1.
	List<Fault> own = List.of();
	/// As if it stood in line 1; null when it cannot be used.
	Roster.@Nullable Row row;
	/// Whether it is the first with its address.
	boolean listed;
	Fault.@Nullable Severity worst;
	boolean gone;

	RosterLine() {}

	boolean isBroken() {
		return stray > 0;
	}
}
