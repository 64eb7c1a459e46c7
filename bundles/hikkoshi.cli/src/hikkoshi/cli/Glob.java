package hikkoshi.cli;

import java.util.Locale;

/// A pattern with `*` and `?` over addresses. Takes linear memory and no more than the product of both lengths in time, whatever a person writes.
final class Glob {
	private final String pattern;

	Glob(String pattern) {
		this.pattern = pattern.toLowerCase(Locale.ROOT);
	}

	boolean matches(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		int p = 0;
		int t = 0;
		int star = -1;
		int mark = 0;
		while (t < lower.length()) {
			if (p < pattern.length() && pattern.charAt(p) == '*') {
				star = p++;
				mark = t;
			} else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == lower.charAt(t))) {
				p++;
				t++;
			} else if (star >= 0) {
				p = star + 1;
				t = ++mark;
			} else {
				return false;
			}
		}
		while (p < pattern.length() && pattern.charAt(p) == '*') {
			p++;
		}
		return p == pattern.length();
	}
}
