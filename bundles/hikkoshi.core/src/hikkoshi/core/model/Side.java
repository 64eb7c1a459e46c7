package hikkoshi.core.model;

import java.util.Locale;

/// The two ends of a migration: where mail is moved from, and where to.
public enum Side {
	OLD,
	NEW;

	/// The word used in files and on the command line: `old` or `new`.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public Side other() {
		return this == OLD ? NEW : OLD;
	}
}
