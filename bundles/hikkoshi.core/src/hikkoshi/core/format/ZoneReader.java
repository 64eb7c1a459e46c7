package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.ZoneEntry.Kind;
import hikkoshi.core.format.ZoneEntry.Places;
import hikkoshi.core.format.ZoneEntry.Span;
import hikkoshi.core.format.ZoneEntry.Wrong;

/// Divides a master file into its entries (RFC 1035, 5.1; `$TTL` RFC 2308, 4). What is wrong with one does not hide those behind it. Used once.
final class ZoneReader {
	/// For a record without TTL where no `$TTL` is in force.
	static final long DEFAULT_TTL = 3_600;
	/// The longest record of all, split into strings, needs fewer; an open parenthesis must not swallow the rest of the zone.
	private static final int MOST_LINES = 1_000;
	private static final long MOST_TTL = Integer.MAX_VALUE;
	private static final Set<String> CLASSES = Set.of("IN", "CH", "HS", "CS", "ANY", "NONE");

	private final String text;
	private final List<ZoneEntry> entries = new ArrayList<>();
	private String origin;
	private @Nullable String lastOwner;
	private long defaultTtl = DEFAULT_TTL;
	private List<Span> words = new ArrayList<>();
	private int firstParenthesis;
	private int contentEnd;
	private @Nullable Wrong wrong;

	/// @param origin absolute
	ZoneReader(String text, String origin) {
		this.text = text;
		this.origin = origin;
	}

	List<ZoneEntry> read() {
		int at = text.startsWith("\uFEFF") ? 1 : 0;
		while (at < text.length()) {
			int end = words(at);
			if (!words.isEmpty() || wrong != null) {
				boolean blank = text.charAt(at) == ' ' || text.charAt(at) == '\t';
				entries.add(!blank && text.charAt(at) == '$' ? directive(at, end) : record(at, end, blank));
			}
			at = end;
		}
		return entries;
	}

	/// Finds the words of the entry that begins here.
	///
	/// @return behind the end of its last line
	private int words(int start) {
		words = new ArrayList<>();
		wrong = null;
		firstParenthesis = -1;
		contentEnd = start;
		int depth = 0;
		int lines = 0;
		int firstLine = -1;
		int at = start;
		while (at < text.length()) {
			char c = text.charAt(at);
			if (c == '\n' || c == '\r') {
				at += c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n' ? 2 : 1;
				lines++;
				firstLine = firstLine < 0 ? at : firstLine;
				if (depth == 0) {
					return at;
				}
				if (lines > MOST_LINES) {
					break;
				}
			} else if (c == ';') {
				at = lineEnd(at);
			} else if (c == '(' || c == ')') {
				firstParenthesis = firstParenthesis < 0 ? at : firstParenthesis;
				depth += c == '(' ? 1 : -1;
				if (depth < 0 || depth > 1) {
					say(FaultKind.ZONE_PARENTHESIS, at, String.valueOf(c));
					depth = Math.clamp(depth, 0, 1);
				}
				contentEnd = ++at;
			} else if (c == ' ' || c == '\t') {
				at++;
			} else {
				int from = at;
				at = c == '"' ? quoted(at) : word(at);
				words.add(new Span(from, at));
				contentEnd = at;
			}
		}
		if (depth > 0) {
			wrong = null;
			say(FaultKind.ZONE_UNCLOSED, firstParenthesis, "(");
			int end = firstLine < 0 ? text.length() : firstLine;
			words.removeIf(word -> word.from() >= end);
			contentEnd = words.isEmpty() ? firstParenthesis + 1 : Math.max(words.getLast().to(), firstParenthesis < end ? firstParenthesis + 1 : 0);
			return end;
		}
		return text.length();
	}

	private void say(FaultKind kind, int at, String argument) {
		if (wrong == null) {
			wrong = new Wrong(kind, at, argument);
		}
	}

	private int lineEnd(int from) {
		int at = from;
		while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
			at++;
		}
		return at;
	}

	private int quoted(int from) {
		int at = from + 1;
		while (at < text.length()) {
			char c = text.charAt(at);
			if (c == '"') {
				return at + 1;
			}
			if (c == '\n' || c == '\r') {
				break;
			}
			at += c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n' && text.charAt(at + 1) != '\r' ? 2 : 1;
		}
		say(FaultKind.ZONE_UNCLOSED, from, "\"");
		return at;
	}

	private int word(int from) {
		int at = from;
		while (at < text.length() && " \t\r\n;()\"".indexOf(text.charAt(at)) < 0) {
			at += text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n' && text.charAt(at + 1) != '\r' ? 2 : 1;
		}
		return at;
	}

	private String text(Span word) {
		return text.substring(word.from(), word.to());
	}

	private ZoneEntry directive(int start, int end) {
		String name = text(words.getFirst()).toUpperCase(Locale.ROOT);
		String argument = words.size() > 1 ? text(words.get(1)) : "";
		int at = words.getFirst().from();
		OptionalLong ttl = OptionalLong.empty();
		switch (name) {
			case "$ORIGIN" -> {
				if (argument.isEmpty()) {
					say(FaultKind.ZONE_DIRECTIVE, at, name);
				} else {
					origin = absolute(argument, origin);
				}
			}
			case "$TTL" -> {
				ttl = ttl(argument);
				if (ttl.isEmpty()) {
					say(FaultKind.ZONE_DIRECTIVE, at, name);
				}
				defaultTtl = ttl.orElse(defaultTtl);
			}
			case "$GENERATE" -> {}
			case "$INCLUDE" -> say(FaultKind.ZONE_INCLUDE, at, name);
			default -> say(FaultKind.ZONE_DIRECTIVE, at, name);
		}
		Span none = new Span(contentEnd, contentEnd);
		return new ZoneEntry(Kind.DIRECTIVE, start, end, contentEnd, "", false, ttl.orElse(0), ttl, name, rest(1), origin,
				new Places(none, none, none, words.getFirst(), none, true), Optional.ofNullable(wrong));
	}

	private ZoneEntry record(int start, int end, boolean blank) {
		boolean written = !blank && !words.isEmpty() && words.getFirst().from() == start;
		int next = written ? 1 : 0;
		Span ownerPlace = written ? words.getFirst() : new Span(start, start);
		if (written) {
			lastOwner = absolute(text(words.getFirst()), origin);
		} else if (lastOwner == null) {
			say(FaultKind.ZONE_NO_OWNER, start, "");
		}
		Span ttlPlace = null;
		Span classPlace = null;
		OptionalLong ttl = OptionalLong.empty();
		// TTL and class in either order, each or none
		while (next < words.size() && (ttlPlace == null || classPlace == null)) {
			Span word = words.get(next);
			OptionalLong seconds = ttlPlace == null ? ttl(text(word)) : OptionalLong.empty();
			if (seconds.isPresent()) {
				ttl = seconds;
				ttlPlace = word;
			} else if (classPlace == null && CLASSES.contains(text(word).toUpperCase(Locale.ROOT))) {
				classPlace = word;
			} else {
				break;
			}
			next++;
		}
		Span typePlace = next < words.size() ? words.get(next) : new Span(contentEnd, contentEnd);
		String type = text(typePlace).toUpperCase(Locale.ROOT);
		next++;
		if (type.isEmpty()) {
			say(FaultKind.ZONE_NO_TYPE, start, "");
		} else if (next >= words.size()) {
			say(FaultKind.ZONE_NO_DATA, typePlace.from(), type);
		}
		boolean plain = firstParenthesis < 0 || firstParenthesis >= typePlace.to();
		int dataFrom = next < words.size() ? plain && firstParenthesis >= 0 ? Math.min(firstParenthesis, words.get(next).from()) : words.get(next).from() : contentEnd;
		Places places = new Places(ownerPlace, ttlPlace == null ? new Span(typePlace.from(), typePlace.from()) : ttlPlace,
				classPlace == null ? new Span(typePlace.from(), typePlace.from()) : classPlace, typePlace, new Span(dataFrom, contentEnd), plain);
		return new ZoneEntry(Kind.RECORD, start, end, contentEnd, lastOwner == null ? "" : lastOwner, written, ttl.orElse(defaultTtl), ttl, type, rest(next), origin,
				places, Optional.ofNullable(wrong));
	}

	private String rest(int from) {
		StringBuilder data = new StringBuilder();
		for (Span word : words.subList(Math.min(from, words.size()), words.size())) {
			data.append(data.isEmpty() ? "" : " ").append(text, word.from(), word.to());
		}
		return data.toString();
	}

	/// A name as it is written, made absolute and lower case.
	static String absolute(String name, String origin) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (lower.equals("@")) {
			return origin;
		}
		if (isAbsolute(lower)) {
			return lower;
		}
		return origin.equals(".") ? lower + "." : lower + "." + origin;
	}

	/// Whether it ends with a dot that no backslash takes its meaning from.
	private static boolean isAbsolute(String name) {
		int slashes = 0;
		while (slashes + 1 < name.length() && name.charAt(name.length() - 2 - slashes) == '\\') {
			slashes++;
		}
		return name.endsWith(".") && slashes % 2 == 0;
	}

	/// Seconds, or with the units of BIND, e.g. `1h30m`.
	static OptionalLong ttl(String word) {
		if (word.isEmpty() || word.length() > 20 || word.charAt(0) < '0' || word.charAt(0) > '9') {
			return OptionalLong.empty();
		}
		long seconds = 0;
		long number = 0;
		boolean pending = false;
		for (char c : word.toLowerCase(Locale.ROOT).toCharArray()) {
			if (c >= '0' && c <= '9') {
				number = Math.min(10 * number + c - '0', MOST_TTL + 1);
				pending = true;
				continue;
			}
			long unit = switch (c) {
				case 'w' -> 604_800;
				case 'd' -> 86_400;
				case 'h' -> 3_600;
				case 'm' -> 60;
				case 's' -> 1;
				default -> 0;
			};
			if (unit == 0 || !pending) {
				return OptionalLong.empty();
			}
			seconds += unit * number;
			number = 0;
			pending = false;
		}
		seconds += number;
		return seconds <= MOST_TTL ? OptionalLong.of(seconds) : OptionalLong.empty();
	}
}
