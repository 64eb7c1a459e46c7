package hikkoshi.core.model;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/// An e-mail address (addr-spec of RFC 5322, RFC 6531 for non-ASCII local parts). The local part keeps its case, the domain does not.
///
/// Held as one text and not as two parts: rosters have addresses by the hundred thousand, and what they are asked for is the whole of it, its
/// hash and whether they are equal.
public final class EmailAddress implements Comparable<EmailAddress> {
	private static final int MAX_LOCAL = 64;
	/// ASCII characters that a dot-atom holds; the dots are looked at by themselves.
	private static final boolean[] ATOM = atom();

	/// The local part, `@` and the domain in its ASCII form.
	private final String text;
	private final DomainName domain;

	/// @throws IllegalArgumentException when the local part is empty, too long or holds white space, control or quoting characters
	public EmailAddress(String localPart, DomainName domain) {
		this(localPart + "@" + domain.ascii(), localPart.length(), domain);
	}

	private EmailAddress(String text, int at, DomainName domain) {
		if (at <= 0 || at > MAX_LOCAL) {
			throw new IllegalArgumentException("local part of " + Math.max(at, 0) + " characters");
		}
		if (!isDotAtom(text, at)) {
			throw new IllegalArgumentException("bad local part '" + text.substring(0, at) + "'");
		}
		this.text = text;
		this.domain = domain;
	}

	/// An address of which the domain has been read before: where the text holds the domain as its ASCII form, nothing is copied.
	///
	/// @param text of which the part behind its last `@` means the domain
	/// @throws IllegalArgumentException when it is no address
	public static EmailAddress of(String text, DomainName domain) {
		int at = text.lastIndexOf('@');
		boolean isPlain = text.length() - at - 1 == domain.ascii().length() && text.endsWith(domain.ascii());
		return isPlain ? new EmailAddress(text, at, domain) : new EmailAddress(text.substring(0, Math.max(at, 0)), domain);
	}

	/// @throws IllegalArgumentException when it is no address
	public static EmailAddress parse(String text) {
		String bare = text.strip();
		int at = bare.lastIndexOf('@');
		if (at < 0) {
			throw new IllegalArgumentException("no '@'");
		}
		return of(bare, DomainName.parse(bare.substring(at + 1)));
	}

	/// By hand: rosters have them by the hundred thousand.
	private static boolean isDotAtom(String text, int end) {
		char before = '.';
		for (int i = 0; i < end; i++) {
			char c = text.charAt(i);
			if (c < ATOM.length && !ATOM[c] || c == '.' && before == '.') {
				return false;
			}
			before = c;
		}
		return before != '.';
	}

	private static boolean[] atom() {
		boolean[] atom = new boolean[0x80];
		Arrays.fill(atom, ' ' + 1, 0x7f, true);
		"\"(),:;<>@[\\]".chars().forEach(c -> atom[c] = false);
		return atom;
	}

	public String localPart() {
		return text.substring(0, text.length() - domain.ascii().length() - 1);
	}

	public DomainName domain() {
		return domain;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EmailAddress address && text.equals(address.text);
	}

	@Override
	public int hashCode() {
		return text.hashCode();
	}

	@Override
	public int compareTo(EmailAddress other) {
		int byDomain = domain.compareTo(other.domain);
		return byDomain != 0 ? byDomain : localPart().compareTo(other.localPart());
	}

	@Override
	public String toString() {
		return text;
	}
}
