package hikkoshi.core.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The header of a message as fields (RFC 5322, 2.2), unfolded. What comes from a stranger may be anything: lines without a name are passed over, and both
/// the number of fields and the length of each are bounded.
record HeaderFields(List<Field> fields) {
	/// Characters of a header that are read; what is beyond is not looked at.
	static final int MOST = 100 * 1024;
	private static final int MOST_FIELDS = 500;
	private static final int MOST_VALUE = 8 * 1024;

	/// @param name in the case in which it was written
	/// @param value unfolded, without surrounding blanks
	record Field(String name, String value) {}

	HeaderFields {
		fields = List.copyOf(fields);
	}

	/// @param text lines with CRLF or LF; ends at an empty line
	static HeaderFields parse(String text) {
		List<Field> fields = new ArrayList<>();
		String name = "";
		StringBuilder value = new StringBuilder();
		int end = Math.min(text.length(), MOST);
		for (int at = 0; at < end && fields.size() < MOST_FIELDS;) {
			int feed = text.indexOf('\n', at);
			int next = feed < 0 || feed >= end ? end : feed;
			int stop = next > at && text.charAt(next - 1) == '\r' ? next - 1 : next;
			if (stop == at) {
				break;
			}
			char first = text.charAt(at);
			if (first == ' ' || first == '\t') {
				append(value, text, at, stop);
			} else {
				add(fields, name, value);
				int colon = text.indexOf(':', at);
				boolean named = colon > at && colon < stop;
				name = named ? text.substring(at, colon).strip() : "";
				value.setLength(0);
				append(value, text, named ? colon + 1 : stop, stop);
			}
			at = next + 1;
		}
		add(fields, name, value);
		return new HeaderFields(fields);
	}

	private static void append(StringBuilder value, String text, int from, int to) {
		value.append(text, from, Math.min(to, from + Math.max(0, MOST_VALUE - value.length())));
	}

	private static void add(List<Field> fields, String name, StringBuilder value) {
		if (!name.isEmpty()) {
			fields.add(new Field(name, value.toString().strip()));
		}
	}

	Optional<String> first(String name) {
		return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).findFirst();
	}

	List<String> all(String name) {
		return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).toList();
	}
}
