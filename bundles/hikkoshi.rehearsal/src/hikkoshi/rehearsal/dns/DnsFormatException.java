package hikkoshi.rehearsal.dns;

/// Bytes that are no DNS message.
public final class DnsFormatException extends Exception {

	private static final long serialVersionUID = 1L;

	DnsFormatException(String message) {
		super(message, null, false, false);
	}
}
