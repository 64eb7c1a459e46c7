package hikkoshi.core.arrival;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import hikkoshi.core.model.IpText;

import org.jspecify.annotations.Nullable;

/// One hop of a message: a `Received` field (RFC 5321, 4.4) as mail servers really write it (Postfix, Exim, Sendmail, qmail, Exchange, Gmail, Dovecot). What
/// a field does not say is empty. All of it is a stranger's text until it is cleaned.
///
/// @param helo the name that the sender gave itself
/// @param reverse the name that the receiver found for the sender's address; empty when it found none
/// @param address of the sender, as text; empty when the field names none
/// @param by who received it
/// @param with the protocol, in capitals, e.g. `ESMTPS`
/// @param id under which the receiver's log has it
/// @param time when, or null when the field has no time that can be believed
public record Received(String helo, String reverse, String address, String by, String with, String id, @Nullable Instant time) {
	private static final int DEEPEST = 8;
	private static final int MOST_TOKENS = 200;
	private static final int MOST_WORD = 255;
	private static final Pattern IN_BRACKETS = Pattern.compile("\\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})\\]", Pattern.CASE_INSENSITIVE);
	private static final Pattern HELO = Pattern.compile("\\b(?:helo|ehlo)[= ]{1,3}([^\\s()]{1,255})", Pattern.CASE_INSENSITIVE);
	private static final Pattern BARE = Pattern.compile("(?:[^\\s@()\\[\\]]{0,64}@)?([0-9A-Fa-f:.]{2,45})");
	private static final Pattern NAME = Pattern.compile("(?:[^\\s@()\\[\\]]{0,64}@)?([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?\\.?)(?= ?\\[| ?$| )");

	/// A word or a comment.
	private record Token(String text, boolean comment) {}

	/// The words and comments behind a keyword.
	private record Clause(List<String> words, List<String> comments) {
		String first() {
			return words.isEmpty() ? "" : words.getFirst();
		}
	}

	/// Reads the value of a field, however broken.
	public static Received parse(String field) {
		int semicolon = lastSemicolon(field);
		Instant time = MailDate.parse(semicolon < 0 ? "" : field.substring(semicolon + 1)).orElse(null);
		List<Token> tokens = tokens(semicolon < 0 ? field : field.substring(0, semicolon));
		Clause from = clause(tokens, "from");
		Received sender = sender(from);
		return new Received(sender.helo, sender.reverse, sender.address, withoutDot(clause(tokens, "by").first()), clause(tokens, "with").first().toUpperCase(Locale.ROOT),
				clause(tokens, "id").first(), time);
	}

	/// Whether somebody else handed it over: the field names a sender.
	boolean hasSender() {
		return !helo.isEmpty() || !reverse.isEmpty() || !address.isEmpty();
	}

	private static Received sender(Clause from) {
		String domain = from.first();
		String all = domain + " " + String.join(" ", from.comments());
		String address = first(IN_BRACKETS, all).or(() -> from.comments().stream().flatMap(comment -> first(BARE, comment, true).stream()).findFirst()).orElse("");
		Optional<String> helo = from.comments().stream().flatMap(comment -> first(HELO, comment).stream()).findFirst();
		Optional<String> found = from.comments().stream().flatMap(comment -> name(comment).stream()).findFirst();
		boolean literal = domain.startsWith("[");
		// Exim and qmail put the name that was found first and the one that was said in the comment, the others do it the other way round
		String reverse = helo.isPresent() && !literal ? domain : found.orElse("");
		return new Received(withoutBrackets(helo.orElse(domain)), known(reverse), address, "", "", "", null);
	}

	private static String known(String name) {
		String plain = withoutDot(name);
		return List.of("unknown", "helo", "ehlo").contains(plain.toLowerCase(Locale.ROOT)) || literal(plain).isPresent() ? "" : plain;
	}

	private static Optional<String> name(String comment) {
		Matcher name = NAME.matcher(comment);
		return name.lookingAt() && !known(name.group(1)).isEmpty() && name.group(1).indexOf('.') >= 0 ? Optional.of(name.group(1)) : Optional.empty();
	}

	private static Optional<String> first(Pattern pattern, String text) {
		return first(pattern, text, false);
	}

	/// @return the first group; of a pattern for addresses only what is one
	private static Optional<String> first(Pattern pattern, String text, boolean whole) {
		Matcher matcher = pattern.matcher(text);
		if (pattern == HELO) {
			return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
		}
		if (whole) {
			return matcher.matches() ? literal(matcher.group(1)) : Optional.empty();
		}
		while (matcher.find()) {
			Optional<String> address = literal(matcher.group(1));
			if (address.isPresent()) {
				return address;
			}
		}
		return Optional.empty();
	}

	/// An address as people write it; empty for what is none. `1` and `127.1` are none.
	private static Optional<String> literal(String text) {
		boolean shaped = text.indexOf(':') >= 0 || text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
		if (!shaped || text.length() > 45) {
			return Optional.empty();
		}
		try {
			return Optional.of(IpText.of(InetAddress.ofLiteral(text)));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	private static String withoutBrackets(String text) {
		return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : withoutDot(text);
	}

	private static String withoutDot(String name) {
		return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
	}

	/// What stands behind a keyword, up to the next one.
	private static Clause clause(List<Token> tokens, String keyword) {
		List<String> words = new ArrayList<>();
		List<String> comments = new ArrayList<>();
		boolean inside = false;
		boolean met = false;
		for (Token token : tokens) {
			if (!token.comment() && isKeyword(token.text()) && (!inside || !words.isEmpty())) {
				inside = !met && token.text().equalsIgnoreCase(keyword);
				met |= inside;
			} else if (inside && token.comment()) {
				comments.add(token.text());
			} else if (inside) {
				words.add(token.text());
			}
		}
		return new Clause(words, comments);
	}

	private static boolean isKeyword(String word) {
		return switch (word.toLowerCase(Locale.ROOT)) {
			case "from", "by", "via", "with", "id", "for" -> true;
			default -> false;
		};
	}

	/// The one that begins the date: outside comments, since TLS versions and queue names have their own.
	private static int lastSemicolon(String text) {
		int last = -1;
		int depth = 0;
		for (int i = 0; i < text.length(); i++) {
			switch (text.charAt(i)) {
				case '(' -> depth++;
				case ')' -> depth = Math.max(0, depth - 1);
				case ';' -> last = depth == 0 ? i : last;
				default -> {
					// part of a word
				}
			}
		}
		// a comment that is never closed swallows the date
		return last < 0 ? text.lastIndexOf(';') : last;
	}

	private static List<Token> tokens(String text) {
		List<Token> tokens = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		int depth = 0;
		boolean quoted = false;
		for (int i = 0; i < text.length() && tokens.size() < MOST_TOKENS; i++) {
			char c = text.charAt(i);
			boolean inComment = depth > 0;
			if (c == '\\' && i + 1 < text.length() && (quoted || inComment)) {
				i++;
				append(word, text.charAt(i));
			} else if (c == '"') {
				quoted = !quoted;
				append(word, c);
			} else if (c == '(' && !quoted) {
				if (depth == 0) {
					flush(tokens, word, false);
				} else {
					append(word, c);
				}
				depth = Math.min(DEEPEST, depth + 1);
			} else if (c == ')' && !quoted && inComment) {
				depth--;
				if (depth == 0) {
					flush(tokens, word, true);
				} else {
					append(word, c);
				}
			} else if (c <= ' ' && !quoted && !inComment) {
				flush(tokens, word, false);
			} else {
				append(word, c <= ' ' ? ' ' : c);
			}
		}
		flush(tokens, word, depth > 0);
		return tokens;
	}

	private static void append(StringBuilder word, char c) {
		if (word.length() < 2 * MOST_WORD) {
			word.append(c);
		}
	}

	private static void flush(List<Token> tokens, StringBuilder word, boolean comment) {
		if (!word.isEmpty()) {
			tokens.add(new Token(word.toString().strip(), comment));
			word.setLength(0);
		}
	}
}
