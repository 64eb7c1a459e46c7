package hikkoshi.rehearsal.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// A message or a part of one, as far as IMAP's FETCH needs it: header, body, and the parts of a multipart (RFC 2046). Tolerant: what is malformed is a leaf.
///
/// @param header with the empty line that ends it; empty when there is none
/// @param body everything after it
/// @param children parts of a multipart, or the message within a message/rfc822
record MimePart(String header, String body, String type, String subtype, List<MimePart> children) {

	private static final int DEEPEST = 20;
	private static final int MOST_PARTS = 1_000;
	private static final Pattern TYPE = Pattern.compile("\\s*([!-.0-~]+)/([!-:<-~]+).*", Pattern.DOTALL);
	private static final Pattern PARAMETER = Pattern.compile(";\\s*([!-:<>-~]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([!-:<-~]+))", Pattern.DOTALL);

	/// A header field: its name as written, its value unfolded.
	record Field(String name, String value) {
	}

	static MimePart parse(byte[] bytes) {
		return parse(new String(bytes, StandardCharsets.ISO_8859_1), 0);
	}

	private static MimePart parse(String text, int depth) {
		int split = headerEnd(text);
		String header = text.substring(0, split);
		String body = text.substring(split);
		String contentType = value(header, "Content-Type");
		Matcher matcher = TYPE.matcher(contentType == null ? "text/plain" : contentType);
		boolean known = matcher.matches();
		String type = known ? matcher.group(1).toUpperCase(Locale.ROOT) : "TEXT";
		String subtype = known ? matcher.group(2).toUpperCase(Locale.ROOT) : "PLAIN";
		List<MimePart> children = List.of();
		if (depth < DEEPEST && type.equals("MULTIPART")) {
			children = multipart(body, parameter(contentType, "boundary"), depth);
		} else if (depth < DEEPEST && type.equals("MESSAGE") && subtype.equals("RFC822")) {
			children = List.of(parse(body, depth + 1));
		}
		return new MimePart(header, body, type, subtype, children);
	}

	private static int headerEnd(String text) {
		if (text.startsWith("\r\n")) {
			return 2;
		}
		int end = text.indexOf("\r\n\r\n");
		return end < 0 ? text.length() : end + 4;
	}

	private static List<MimePart> multipart(String body, @Nullable String boundary, int depth) {
		if (boundary == null || boundary.isEmpty()) {
			return List.of();
		}
		List<MimePart> parts = new ArrayList<>();
		String delimiter = "--" + boundary;
		int from = -1;
		int line = 0;
		while (line >= 0 && line < body.length() && parts.size() < MOST_PARTS) {
			int next = body.indexOf("\r\n", line);
			if (body.startsWith(delimiter, line)) {
				if (from >= 0) {
					// the line end before a boundary belongs to the boundary
					parts.add(parse(body.substring(from, Math.max(from, line - 2)), depth + 1));
				}
				if (body.startsWith("--", line + delimiter.length())) {
					return List.copyOf(parts);
				}
				from = next < 0 ? body.length() : next + 2;
			}
			line = next < 0 ? -1 : next + 2;
		}
		if (from >= 0 && from < body.length() && parts.size() < MOST_PARTS) {
			parts.add(parse(body.substring(from), depth + 1));
		}
		return List.copyOf(parts);
	}

	/// All fields of the header, in order.
	List<Field> fields() {
		return fields(header);
	}

	private static List<Field> fields(String header) {
		List<Field> fields = new ArrayList<>();
		for (String raw : rawFields(header)) {
			int colon = raw.indexOf(':');
			if (colon > 0) {
				fields.add(new Field(raw.substring(0, colon).trim(), raw.substring(colon + 1).replaceAll("\r?\n(?=[ \t])", "").trim()));
			}
		}
		return fields;
	}

	/// Each field as it stands, with its folded lines and line ends.
	static List<String> rawFields(String header) {
		List<String> fields = new ArrayList<>();
		StringBuilder field = new StringBuilder();
		int at = 0;
		while (at < header.length()) {
			int next = header.indexOf('\n', at);
			String line = header.substring(at, next < 0 ? header.length() : next + 1);
			at += line.length();
			boolean continued = line.startsWith(" ") || line.startsWith("\t");
			if (!continued && !field.isEmpty()) {
				fields.add(field.toString());
				field.setLength(0);
			}
			if (!line.isBlank()) {
				field.append(line);
			}
		}
		if (!field.isEmpty()) {
			fields.add(field.toString());
		}
		return fields;
	}

	@Nullable String value(String name) {
		return value(header, name);
	}

	private static @Nullable String value(String header, String name) {
		for (Field field : fields(header)) {
			if (field.name().equalsIgnoreCase(name)) {
				return field.value();
			}
		}
		return null;
	}

	/// The parameters of a field such as Content-Type: name, value, name, value.
	static List<String> parameters(@Nullable String field) {
		List<String> parameters = new ArrayList<>();
		Matcher matcher = PARAMETER.matcher(field == null ? "" : field);
		while (matcher.find()) {
			parameters.add(matcher.group(1));
			parameters.add(matcher.group(2) != null ? matcher.group(2).replaceAll("\\\\(.)", "$1") : matcher.group(3));
		}
		return List.copyOf(parameters);
	}

	static @Nullable String parameter(@Nullable String field, String name) {
		List<String> parameters = parameters(field);
		for (int i = 0; i < parameters.size(); i += 2) {
			if (parameters.get(i).equalsIgnoreCase(name)) {
				return parameters.get(i + 1);
			}
		}
		return null;
	}
}
