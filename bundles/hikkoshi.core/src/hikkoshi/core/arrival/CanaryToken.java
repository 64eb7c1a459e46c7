package hikkoshi.core.arrival;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of one canary, by which it is known again on either side: 26 letters and digits that nobody guesses (128 random bits in base 32).
public record CanaryToken(String text) {
	/// The header field that carries it.
	public static final String HEADER = "X-Hikkoshi-Canary";
	private static final Pattern FORM = Pattern.compile("[a-z2-7]{26}");
	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
	private static final int LENGTH = 26;

	/// @throws IllegalArgumentException when it is none
	public CanaryToken {
		if (!FORM.matcher(text).matches()) {
			throw new IllegalArgumentException("no token of a canary");
		}
	}

	/// A new one.
	public static CanaryToken invent(SecureRandom random) {
		StringBuilder text = new StringBuilder(LENGTH);
		for (int i = 0; i < LENGTH; i++) {
			text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
		}
		return new CanaryToken(text.toString());
	}

	/// What a header or a table says; empty when it is no token.
	public static Optional<CanaryToken> parse(String text) {
		String bare = text.strip();
		return FORM.matcher(bare).matches() ? Optional.of(new CanaryToken(bare)) : Optional.empty();
	}

	@Override
	public String toString() {
		return text;
	}
}
