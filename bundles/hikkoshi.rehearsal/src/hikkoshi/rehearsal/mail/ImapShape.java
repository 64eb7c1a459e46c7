package hikkoshi.rehearsal.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// Writes a message as IMAP's ENVELOPE and BODYSTRUCTURE (RFC 3501, 7.4.2).
final class ImapShape {

	private ImapShape() {
	}

	static String envelope(MimePart message) {
		String from = addresses(message.value("From"));
		String sender = addresses(message.value("Sender"));
		String replyTo = addresses(message.value("Reply-To"));
		return "(" + String.join(" ", nstring(message.value("Date")), nstring(message.value("Subject")), from, sender.equals("NIL") ? from : sender,
				replyTo.equals("NIL") ? from : replyTo, addresses(message.value("To")), addresses(message.value("Cc")), addresses(message.value("Bcc")),
				nstring(message.value("In-Reply-To")), nstring(message.value("Message-ID"))) + ")";
	}

	static String structure(MimePart part, boolean extended) {
		StringBuilder out = new StringBuilder("(");
		String contentType = part.value("Content-Type");
		if (part.type().equals("MULTIPART") && !part.children().isEmpty()) {
			part.children().forEach(child -> out.append(structure(child, extended)));
			out.append(' ').append(nstring(part.subtype()));
			if (extended) {
				out.append(' ').append(parameters(contentType)).append(' ').append(disposition(part)).append(" NIL NIL");
			}
			return out.append(')').toString();
		}
		// an empty or broken multipart has no legal form of its own: shown as plain text
		boolean broken = part.type().equals("MULTIPART");
		String type = broken ? "TEXT" : part.type();
		String encoding = part.value("Content-Transfer-Encoding");
		out.append(nstring(type)).append(' ').append(nstring(broken ? "PLAIN" : part.subtype())).append(' ');
		out.append(contentType == null ? "(\"CHARSET\" \"US-ASCII\")" : parameters(contentType)).append(' ');
		out.append(nstring(part.value("Content-ID"))).append(' ').append(nstring(part.value("Content-Description"))).append(' ');
		out.append(nstring(encoding == null ? "7BIT" : encoding.toUpperCase(Locale.ROOT))).append(' ').append(part.body().length());
		if (type.equals("MESSAGE") && !part.children().isEmpty()) {
			MimePart inner = part.children().getFirst();
			out.append(' ').append(envelope(inner)).append(' ').append(structure(inner, extended)).append(' ').append(lines(part.body()));
		} else if (type.equals("TEXT")) {
			out.append(' ').append(lines(part.body()));
		}
		if (extended) {
			out.append(" NIL ").append(disposition(part)).append(" NIL NIL");
		}
		return out.append(')').toString();
	}

	private static String disposition(MimePart part) {
		String value = part.value("Content-Disposition");
		if (value == null) {
			return "NIL";
		}
		int semicolon = value.indexOf(';');
		return "(" + nstring((semicolon < 0 ? value : value.substring(0, semicolon)).trim().toUpperCase(Locale.ROOT)) + " " + parameters(value) + ")";
	}

	private static String parameters(@Nullable String field) {
		List<String> words = MimePart.parameters(field).stream().map(ImapShape::nstring).toList();
		return words.isEmpty() ? "NIL" : "(" + String.join(" ", words) + ")";
	}

	private static long lines(String body) {
		return body.chars().filter(c -> c == '\n').count();
	}

	/// An address list (RFC 5322, 3.4) as `((name adl local host) …)`; group names are left out, their members stay.
	static String addresses(@Nullable String field) {
		if (field == null || field.isBlank()) {
			return "NIL";
		}
		StringBuilder out = new StringBuilder("(");
		for (String one : split(field)) {
			int open = one.lastIndexOf('<');
			int close = one.indexOf('>', open + 1);
			String address = open >= 0 && close > open ? one.substring(open + 1, close) : one;
			String name = open > 0 ? unquoted(one.substring(0, open).trim()) : null;
			int at = address.lastIndexOf('@');
			String local = (at < 0 ? address : address.substring(0, at)).trim();
			if (!local.isEmpty()) {
				out.append('(').append(nstring(name == null || name.isEmpty() ? null : name)).append(" NIL ").append(nstring(local)).append(' ')
						.append(nstring(at < 0 ? "" : address.substring(at + 1).trim())).append(')');
			}
		}
		return out.length() == 1 ? "NIL" : out.append(')').toString();
	}

	/// Cuts at commas, semicolons and group colons outside of quotes and brackets; comments are dropped.
	private static List<String> split(String field) {
		List<String> parts = new ArrayList<>();
		StringBuilder part = new StringBuilder();
		boolean quoted = false;
		int comment = 0;
		boolean bracket = false;
		for (int i = 0; i < field.length(); i++) {
			char c = field.charAt(i);
			if (c == '\\' && i + 1 < field.length()) {
				i++;
				if (comment == 0) {
					part.append(c).append(field.charAt(i));
				}
			} else if (quoted) {
				quoted = c != '"';
				part.append(c);
			} else if (c == '(') {
				comment++;
			} else if (c == ')' && comment > 0) {
				comment--;
			} else if (comment == 0) {
				quoted = c == '"';
				bracket = bracket ? c != '>' : c == '<';
				if (!bracket && c == ':') {
					part.setLength(0);
				} else if (!bracket && (c == ',' || c == ';')) {
					parts.add(part.toString().trim());
					part.setLength(0);
				} else {
					part.append(c);
				}
			}
		}
		parts.add(part.toString().trim());
		return parts.stream().filter(text -> !text.isEmpty()).toList();
	}

	private static String unquoted(String name) {
		return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"") ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
	}

	/// NIL, a quoted string, or a literal where a quoted string cannot hold it (RFC 3501, 4.3).
	static String nstring(@Nullable String value) {
		if (value == null) {
			return "NIL";
		}
		boolean quotable = value.length() < 900 && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
		return quotable ? "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : "{" + value.length() + "}\r\n" + value;
	}
}
