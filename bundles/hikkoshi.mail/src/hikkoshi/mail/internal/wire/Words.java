package hikkoshi.mail.internal.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes a server's words fit to be kept: no secret, no control character, never long.
///
/// A hostile server can send a password back, in clear or in the form in which it was sent; every known form is replaced. Terminal
/// escapes and bidirectional overrides are written out as `\\u001b`.
///
/// One per connection, for one thread. Closing it wipes the forms.
public final class Words implements AutoCloseable {
	/// The most characters of one text that are kept.
	public static final int MOST = 200;
	/// What stands in the place of a secret.
	public static final String MASK = "••••";
	/// A secret shorter than this is replaced only where it stands alone: masking each `a` would tell more than it hides.
	private static final int SHORT = 4;

	private final List<char[]> secrets = new ArrayList<>();

	/// Adds a form of a secret; the array is wiped on [#close].
	public void hide(char[] form) {
		if (form.length > 0) {
			secrets.add(form);
		}
	}

	/// The text as it may be kept.
	public String keep(String text) {
		String masked = text;
		for (char[] secret : secrets) {
			masked = mask(masked, secret);
		}
		return clean(masked);
	}

	/// Escapes and cuts a text that holds no secret.
	public static String clean(String text) {
		boolean plain = text.length() <= MOST;
		for (int i = 0; plain && i < text.length(); i++) {
			char c = text.charAt(i);
			plain = c >= ' ' && c < 0x7f;
		}
		return plain ? text : escape(text);
	}

	private static String escape(String text) {
		StringBuilder out = new StringBuilder(Math.min(text.length(), MOST) + 8);
		int[] points = text.codePoints().limit(MOST + 1L).toArray();
		for (int i = 0; i < points.length; i++) {
			if (out.length() >= MOST) {
				return out.append('…').toString();
			}
			int point = points[i];
			switch (Character.getType(point)) {
				case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
						Character.UNASSIGNED, Character.PRIVATE_USE -> out.append(String.format("\\u%04x", point));
				default -> out.appendCodePoint(point);
			}
		}
		return out.toString();
	}

	private static String mask(String text, char[] secret) {
		StringBuilder out = null;
		int from = 0;
		for (int at = 0; at + secret.length <= text.length();) {
			if (standsAt(text, at, secret)) {
				out = out == null ? new StringBuilder() : out;
				out.append(text, from, at).append(MASK);
				at += secret.length;
				from = at;
			} else {
				at++;
			}
		}
		return out == null ? text : out.append(text, from, text.length()).toString();
	}

	private static boolean standsAt(String text, int at, char[] secret) {
		for (int i = 0; i < secret.length; i++) {
			if (Character.toLowerCase(text.charAt(at + i)) != Character.toLowerCase(secret[i])) {
				return false;
			}
		}
		int end = at + secret.length;
		return secret.length >= SHORT
				|| (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
						&& (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
	}

	@Override
	public void close() {
		secrets.forEach(form -> Arrays.fill(form, '\0'));
		secrets.clear();
	}
}
