package hikkoshi.core.model;

/// An e-mail address (addr-spec of RFC 5322, RFC 6531 for non-ASCII local parts). The local part keeps its case, the domain does not.
public record EmailAddress(String localPart, DomainName domain) implements Comparable<EmailAddress> {
	private static final int MAX_LOCAL = 64;

	/// @throws IllegalArgumentException when the local part is empty, too long or holds white space, control or quoting characters
	public EmailAddress {
		if (localPart.isEmpty() || localPart.length() > MAX_LOCAL) {
			throw new IllegalArgumentException("local part of " + localPart.length() + " characters");
		}
		if (localPart.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "\"(),:;<>@[\\]".indexOf(c) >= 0)
				|| localPart.startsWith(".") || localPart.endsWith(".") || localPart.contains("..")) {
			throw new IllegalArgumentException("bad local part '" + localPart + "'");
		}
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
