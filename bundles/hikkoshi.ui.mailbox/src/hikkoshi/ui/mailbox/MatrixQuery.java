package hikkoshi.ui.mailbox;

import java.util.Set;

/// What a person wants to see of the matrix, and in which order. Immutable.
///
/// @param text words that must all occur in address, wave or reason, in any case
/// @param closed keys of the groups of which only the heading is shown
record MatrixQuery(String text, boolean unsafeOnly, Grouping grouping, Sort sort, Set<String> closed) {
	static final MatrixQuery ALL = new MatrixQuery("", false, Grouping.NONE, Sort.WORST_FIRST, Set.of());

	MatrixQuery {
		closed = Set.copyOf(closed);
	}

	/// What mailboxes are put together by.
	enum Grouping {
		NONE("none"),
		DOMAIN("domain"),
		WAVE("wave"),
		OLD_SERVER("old-server"),
		NEW_SERVER("new-server");

		private final String token;

		Grouping(String token) {
			this.token = token;
		}

		String token() {
			return token;
		}
	}

	/// What is compared; the rest of the order is by address.
	enum Key {
		WORST,
		MAILBOX,
		WAVE,
		CELL,
		WHY
	}

	/// @param cell which column of the matrix; 0 for the other keys
	record Sort(Key key, int cell, boolean reversed) {
		static final Sort WORST_FIRST = new Sort(Key.WORST, 0, false);

		/// The same twice turns it round, a third time goes back to the worst first.
		Sort next(Key key, int cell) {
			if (key != this.key || cell != this.cell) {
				return new Sort(key, cell, false);
			}
			return reversed ? WORST_FIRST : new Sort(key, cell, true);
		}
	}

	MatrixQuery filtered(String nextText, boolean nextUnsafe) {
		return new MatrixQuery(nextText, nextUnsafe, grouping, sort, closed);
	}

	MatrixQuery grouped(Grouping next) {
		return new MatrixQuery(text, unsafeOnly, next, sort, Set.of());
	}

	MatrixQuery sorted(Sort next) {
		return new MatrixQuery(text, unsafeOnly, grouping, next, closed);
	}

	MatrixQuery closing(Set<String> next) {
		return new MatrixQuery(text, unsafeOnly, grouping, sort, next);
	}
}
