package hikkoshi.mail.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;

/// A question of HTTP/1.1 (RFC 9112) without cookies, one per connection. What is sent stands in no journal but for the path.
public final class HttpRequest {
	private static final int MOST_HEADERS = 100;
	private static final int MOST_INTERIM = 4;
	private static final String XML = "text/xml, application/xml";

	public static final HttpRequest GET = new HttpRequest("GET", XML, "", new byte[0], new byte[0]);

	private final String method;
	private final String accepted;
	private final String type;
	private final byte[] body;
	private final byte[] authorization;

	private HttpRequest(String method, String accepted, String type, byte[] body, byte[] authorization) {
		this.method = method;
		this.accepted = accepted;
		this.type = type;
		this.body = body;
		this.authorization = authorization;
	}

	public static HttpRequest post(String xml) {
		return new HttpRequest("POST", XML, "text/xml; charset=utf-8", xml.getBytes(StandardCharsets.UTF_8), new byte[0]);
	}

	/// A form, answered with JSON.
	///
	/// @param body `application/x-www-form-urlencoded`; wiping it stays the caller's duty
	/// @param authorization the value of that header, or empty; wiping it stays the caller's duty
	public static HttpRequest form(byte[] body, byte[] authorization) {
		return new HttpRequest("POST", "application/json", "application/x-www-form-urlencoded", body, authorization);
	}

	public HttpReply ask(Wire wire, Journal journal, String authority, String path) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.CAPABILITIES);
		wire.newReply();
		wire.send(path, bytes(authority, path));
		for (int i = 0; i <= MOST_INTERIM; i++) {
			int status = status(wire.line(), journal);
			Map<String, List<String>> headers = headers(wire, journal);
			if (status >= 200) {
				return new HttpReply(status, headers, content(wire, journal, status, headers));
			}
		}
		throw new Stop(Reasons.PROTOCOL_ERROR, journal.phase().token(), "1xx");
	}

	private byte[] bytes(String authority, String path) {
		byte[] head = ascii(method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nUser-Agent: Hikkoshi\r\nAccept: " + accepted
				+ "\r\nAccept-Encoding: identity\r\nConnection: close\r\n" + (authorization.length == 0 ? "" : "Authorization: "));
		byte[] rest = ascii((authorization.length == 0 ? "" : "\r\n")
				+ (type.isEmpty() ? "" : "Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n") + "\r\n");
		ByteBuffer all = ByteBuffer.allocate(head.length + authorization.length + rest.length + body.length);
		return all.put(head).put(authorization).put(rest).put(body).array();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static int status(String line, Journal journal) throws Stop {
		if (!line.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
			throw new Stop(Reasons.NOT_PROTOCOL, "http", journal.keep(line));
		}
		return Integer.parseInt(line.substring(9, 12));
	}

	private static Map<String, List<String>> headers(Wire wire, Journal journal) throws Stop, IOException, InterruptedException {
		Map<String, List<String>> headers = new HashMap<>();
		int count = 0;
		for (String line = wire.line(); !line.isEmpty(); line = wire.line()) {
			int colon = line.indexOf(':');
			if (colon <= 0 || ++count > MOST_HEADERS) {
				throw new Stop(Reasons.PROTOCOL_ERROR, journal.phase().token(), journal.keep(line));
			}
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(line.substring(colon + 1).strip());
		}
		return headers;
	}

	/// RFC 9112, 6.3.
	private static byte[] content(Wire wire, Journal journal, int status, Map<String, List<String>> headers) throws Stop, IOException, InterruptedException {
		if (status == 204 || status == 304) {
			return new byte[0];
		}
		List<String> codings = headers.getOrDefault("transfer-encoding", List.of());
		if (!codings.isEmpty()) {
			if (!codings.getLast().toLowerCase(Locale.ROOT).endsWith("chunked")) {
				throw new Stop(Reasons.PROTOCOL_ERROR, journal.phase().token(), journal.keep(codings.getLast()));
			}
			return chunks(wire, journal);
		}
		List<String> lengths = headers.getOrDefault("content-length", List.of()).stream().distinct().toList();
		if (lengths.isEmpty()) {
			return bounded(wire.bytes(Wire.TOTAL), journal);
		}
		if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
			throw new Stop(Reasons.PROTOCOL_ERROR, journal.phase().token(), journal.keep(String.join(", ", lengths)));
		}
		long length = Long.parseLong(lengths.getFirst());
		if (length >= Wire.TOTAL) {
			throw tooLong(journal);
		}
		byte[] body = wire.bytes((int) length);
		if (body.length < length) {
			throw new Stop(Reasons.CLOSED, journal.phase().token());
		}
		return body;
	}

	private static byte[] chunks(Wire wire, Journal journal) throws Stop, IOException, InterruptedException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		while (true) {
			wire.newReply();
			String size = wire.line().split(";", 2)[0].strip();
			if (!size.matches("[0-9a-fA-F]{1,7}")) {
				throw new Stop(Reasons.PROTOCOL_ERROR, journal.phase().token(), journal.keep(size));
			}
			int length = Integer.parseInt(size, 16);
			if (length == 0) {
				return body.toByteArray();
			}
			if (length + body.size() >= Wire.TOTAL) {
				throw tooLong(journal);
			}
			byte[] chunk = wire.bytes(length);
			if (chunk.length < length) {
				throw new Stop(Reasons.CLOSED, journal.phase().token());
			}
			body.writeBytes(chunk);
			wire.line();
		}
	}

	private static byte[] bounded(byte[] body, Journal journal) throws Stop {
		if (body.length >= Wire.TOTAL) {
			throw tooLong(journal);
		}
		return body;
	}

	private static Stop tooLong(Journal journal) {
		return new Stop(Reasons.OVERSIZED, journal.phase().token(), Wire.TOTAL);
	}
}
