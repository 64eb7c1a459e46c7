package hikkoshi.dns.spf;

/// A term that RFC 7208, 12 does not know: the whole record is a permerror. The message is the term.
final class SpfSyntaxException extends Exception {
	private static final long serialVersionUID = 1;

	SpfSyntaxException(String term) {
		super(term, null, false, false);
	}

	String term() {
		return String.valueOf(getMessage());
	}
}
