package hikkoshi.mail.internal.discover;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// An answer of HTTP/1.1.
///
/// @param headers by lower-case name; several of one name in their order
final class HttpReply {
	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private final int status;
	private final Map<String, List<String>> headers;
	private final byte[] body;

	HttpReply(int status, Map<String, List<String>> headers, byte[] body) {
		this.status = status;
		this.headers = Map.copyOf(headers);
		this.body = body;
	}

	int status() {
		return status;
	}

	byte[] body() {
		return body;
	}

	boolean isRedirect() {
		return REDIRECTS.contains(status) && headers.containsKey("location");
	}

	/// The first of that name, or empty.
	String header(String name) {
		return headers(name).stream().findFirst().orElse("");
	}

	List<String> headers(String name) {
		return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
	}
}
