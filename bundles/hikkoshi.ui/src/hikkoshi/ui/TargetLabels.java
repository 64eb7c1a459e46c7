package hikkoshi.ui;

import java.util.Locale;

import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;

/// Names a target for people from its id alone, so that evidence of mailboxes that are listed no more still reads well.
public final class TargetLabels {
	private TargetLabels() {}

	/// e.g. `ann — IMAP 993, old mx-old (192.0.2.1)`; the id itself when it has another shape.
	public static String of(Target.Id id, Phrases words) {
		String value = id.value();
		int colon = value.indexOf(':');
		if (colon < 0) {
			return value;
		}
		String rest = value.substring(colon + 1);
		return switch (value.substring(0, colon)) {
			case "account" -> account(rest, words);
			case "server" -> server(rest, words);
			case "door" -> door(rest, words);
			case "presence" -> presence(rest, words);
			case "step" -> step(rest, words);
			default -> rest;
		};
	}

	private static String account(String rest, Phrases words) {
		String[] parts = rest.split("/", 4);
		if (parts.length < 4) {
			return rest;
		}
		return words.say("target.account", parts[3], endpoint(parts[2]), side(parts[0], words), parts[1], address(parts[2]));
	}

	private static String door(String rest, Phrases words) {
		String[] parts = rest.split("/", 3);
		return parts.length < 3 ? rest : words.say("target.door", endpoint(parts[2]), side(parts[0], words), parts[1], address(parts[2]));
	}

	private static String presence(String rest, Phrases words) {
		String[] parts = rest.split("/", 4);
		return parts.length < 4 ? rest : words.say("target.presence", parts[3], side(parts[0], words), parts[1], address(parts[2]));
	}

	/// e.g. `IMAP 993` of `imap:993+tls@192.0.2.1=mail.old.example`
	private static String endpoint(String place) {
		return before('+', before('@', place)).replace(':', ' ').toUpperCase(Locale.ROOT);
	}

	private static String address(String place) {
		int at = place.indexOf('@');
		return at < 0 ? "" : before('=', place.substring(at + 1));
	}

	private static String before(char mark, String text) {
		int end = text.indexOf(mark);
		return end < 0 ? text : text.substring(0, end);
	}

	private static String server(String rest, Phrases words) {
		String[] parts = rest.split("/", 2);
		return parts.length < 2 ? rest : words.say("target.server", side(parts[0], words), parts[1]);
	}

	private static String step(String rest, Phrases words) {
		String[] parts = rest.split("/", 2);
		return parts.length < 2 ? rest : words.say("target.step", parts[1], parts[0]);
	}

	private static String side(String token, Phrases words) {
		return words.say("side.label." + token);
	}
}
