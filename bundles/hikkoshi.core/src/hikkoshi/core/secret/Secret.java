package hikkoshi.core.secret;

import java.util.Arrays;

/// A password in memory. Never prints itself; the characters are wiped on [#close].
public final class Secret implements AutoCloseable {
	private final char[] value;

	private Secret(char[] value) {
		this.value = value;
	}

	/// Copies the characters; wiping the argument stays the caller's duty.
	public static Secret of(char[] value) {
		return new Secret(value.clone());
	}

	public static Secret of(String value) {
		return new Secret(value.toCharArray());
	}

	/// A copy of the characters for the one who must send them; wipe it after use.
	public char[] reveal() {
		return value.clone();
	}

	/// Whether two secrets are equal, in constant time for equal lengths.
	public boolean sameAs(Secret other) {
		int difference = value.length ^ other.value.length;
		for (int i = 0; i < Math.min(value.length, other.value.length); i++) {
			difference |= value[i] ^ other.value[i];
		}
		return difference == 0;
	}

	@Override
	public void close() {
		Arrays.fill(value, '\0');
	}

	@Override
	public String toString() {
		return "Secret[masked]";
	}
}
