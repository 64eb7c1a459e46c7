package hikkoshi.core.ledger;

/// Where an answer stands in the move. The order is that of how much a person must care, least first.
public enum Standing {
	/// As it always was, and nothing says that it is to change.
	SAME,
	/// What is wanted.
	NEW,
	/// No answer that could be judged.
	NONE,
	/// Neither what was there before nor what is wanted.
	OTHER,
	/// Some of both.
	MIXED,
	/// What was there before.
	OLD;

	/// Whether a cache with such an answer leads mail or people somewhere else than wanted.
	public boolean isLate() {
		return this == OLD || this == MIXED || this == OTHER;
	}
}
