package hikkoshi.core.compare;

import java.util.List;
import java.util.Locale;

/// Limits as servers say them: a number, and anything else (nothing, `0` of SIZE, `NEVER`) for none.
final class Sizes {
	private static final long KIB = 1024;

	private Sizes() {}

	static long least(List<String> values) {
		return values.stream().mapToLong(Sizes::limit).min().orElse(Long.MAX_VALUE);
	}

	static long most(List<String> values) {
		return values.stream().mapToLong(Sizes::limit).max().orElse(Long.MAX_VALUE);
	}

	private static long limit(String text) {
		return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
	}

	/// What SIZE says: zero or nothing means no fixed maximum (RFC 1870, 3).
	static List<String> sizes(List<String> values) {
		return values.stream().map(text -> text.equals("0") ? "" : text).toList();
	}

	/// e.g. `9.8 MiB (10240000 B)`, or `∞`.
	static String shown(long bytes) {
		if (bytes == Long.MAX_VALUE) {
			return "∞";
		}
		long[] units = { KIB * KIB * KIB, KIB * KIB, KIB };
		String[] names = { "GiB", "MiB", "KiB" };
		int unit = 0;
		while (unit < units.length - 1 && bytes < units[unit]) {
			unit++;
		}
		return String.format(Locale.ROOT, "%.1f %s (%d B)", (double) bytes / units[unit], names[unit], bytes);
	}
}
