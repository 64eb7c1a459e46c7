package hikkoshi.mail.internal.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// An answer of HTTP/1.1.
///
/// @param headers by lower-case name; several of one name in their order
public final class HttpReply {
	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private final int status;
	private final Map<String, List<String>> headers;
	private final byte[] body;

	HttpReply(int status, Map<String, List<String>> headers, byte[] body) {
		this.status = status;
		this.headers = Map.copyOf(headers);
		this.body = body;
	}

	public int status() {
		return status;
	}

	public byte[] body() {
		return body;
	}

	public boolean isRedirect() {
		return REDIRECTS.contains(status) && headers.containsKey("location");
	}

	/// The first of that name, or empty.
	public String header(String name) {
		return headers(name).stream().findFirst().orElse("");
	}

	public List<String> headers(String name) {
		return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
	}
}
