package hikkoshi.core.evidence;

/// What walking the chain of an evidence log showed.
public sealed interface Verification {
	/// Every row carries the hash of the one before. `head` is the hash of the last row, in hex: write it down elsewhere and the whole
	/// past is pinned.
	record Intact(long rows, String head) implements Verification {}

	/// @param row number of the first row that does not fit
	/// @param reason what is wrong with it
	record Broken(long row, Reason reason) implements Verification {}
}
