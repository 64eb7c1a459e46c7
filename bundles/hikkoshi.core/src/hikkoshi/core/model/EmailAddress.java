package hikkoshi.core.model;

/// An e-mail address (addr-spec of RFC 5322, RFC 6531 for non-ASCII local parts). The local part keeps its case, the domain does not.
public record EmailAddress(String localPart, DomainName domain) implements Comparable<EmailAddress> {
	private static final int MAX_LOCAL = 64;

	/// @throws IllegalArgumentException when the local part is empty, too long or holds white space, control or quoting characters
	public EmailAddress {
		if (localPart.isEmpty() || localPart.length() > MAX_LOCAL) {
			throw new IllegalArgumentException("local part of " + localPart.length() + " characters");
		}
		if (!isDotAtom(localPart)) {
			throw new IllegalArgumentException("bad local part '" + localPart + "'");
		}
	}

	/// By hand: rosters have them by the hundred thousand.
	private static boolean isDotAtom(String text) {
		char before = '.';
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c <= ' ' || c == 0x7f || c == '.' && before == '.' || !Character.isLetterOrDigit(c) && "\"(),:;<>@[\\]".indexOf(c) >= 0) {
				return false;
			}
			before = c;
		}
		return before != '.';
	}

	/// @throws IllegalArgumentException when it is no address
	public static EmailAddress parse(String text) {
		String bare = text.strip();
		int at = bare.lastIndexOf('@');
		if (at < 0) {
			throw new IllegalArgumentException("no '@'");
		}
		return new EmailAddress(bare.substring(0, at), DomainName.parse(bare.substring(at + 1)));
	}

	@Override
	public int compareTo(EmailAddress other) {
		int byDomain = domain.compareTo(other.domain);
		return byDomain != 0 ? byDomain : localPart.compareTo(other.localPart);
	}

	@Override
	public String toString() {
		return localPart + "@" + domain;
	}
}
