package hikkoshi.rehearsal.dns;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A domain name, always absolute (RFC 1035, 2.3). Equal without regard to case, but keeps the case it was written in.
///
/// @param labels leftmost first, a character a byte; none for the root
public record DnsName(List<String> labels) {

	public static final DnsName ROOT = new DnsName(List.of());
	private static final int LONGEST = 255;
	private static final int LONGEST_LABEL = 63;

	public DnsName {
		labels = List.copyOf(labels);
		int length = 1;
		for (String label : labels) {
			int bytes = label.getBytes(StandardCharsets.ISO_8859_1).length;
			if (bytes == 0 || bytes > LONGEST_LABEL) {
				throw new IllegalArgumentException("a label has 1 to 63 bytes");
			}
			length += bytes + 1;
		}
		if (length > LONGEST) {
			throw new IllegalArgumentException("a name has at most 255 bytes");
		}
	}

	/// A name from text, with or without the final dot. No escapes: names of rehearsals and tests need none.
	public static DnsName of(String text) {
		String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
		return bare.isEmpty() ? ROOT : new DnsName(List.of(bare.split("\\.", -1)));
	}

	public boolean isRoot() {
		return labels.isEmpty();
	}

	/// The name without its leftmost label; the root's parent is the root.
	public DnsName parent() {
		return isRoot() ? this : new DnsName(labels.subList(1, labels.size()));
	}

	/// Whether this is `other` or lies below it.
	public boolean isWithin(DnsName other) {
		int extra = labels.size() - other.labels.size();
		return extra >= 0 && key(labels.subList(extra, labels.size())).equals(key(other.labels));
	}

	/// `label` put in front.
	public DnsName child(String label) {
		return new DnsName(Stream.concat(Stream.of(label), labels.stream()).toList());
	}

	private static String key(List<String> labels) {
		return String.join(".", labels).toLowerCase(Locale.ROOT) + "/" + labels.size();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof DnsName(List<String> others) && key(labels).equals(key(others));
	}

	@Override
	public int hashCode() {
		return key(labels).hashCode();
	}

	/// Presentation form with the final dot; bytes that would mislead are written `\ddd` (RFC 1035, 5.1).
	@Override
	public String toString() {
		return labels.stream().map(DnsName::escaped).collect(Collectors.joining(".")) + ".";
	}

	private static String escaped(String label) {
		StringBuilder out = new StringBuilder();
		for (char c : label.toCharArray()) {
			if (c == '.' || c == '\\') {
				out.append('\\').append(c);
			} else if (c <= ' ' || c >= 0x7f) {
				out.append(String.format(Locale.ROOT, "\\%03d", (int) c));
			} else {
				out.append(c);
			}
		}
		return out.toString();
	}
}
