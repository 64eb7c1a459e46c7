package hikkoshi.mail.internal.login;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import hikkoshi.core.probe.Reasons;

/// Reads a server's words where its codes say too little: most servers give a person the reason only in a sentence.
/// The patterns are simple alternatives over at most a few hundred characters, so no text can make them slow.
final class Refusal {
	private static final int MOST = 500;
	private static final Pattern IN_USE = Pattern.compile("(maildrop|mailbox|mail drop|inbox|already).{0,40}(locked|in use)");
	private static final Pattern LOCKED =
			Pattern.compile("lock(ed|out)|disabled|suspended|deactivated|inactive|expired|blocked|not enabled|banned");
	private static final Pattern THROTTLED =
			Pattern.compile("too many|too fast|too frequent|throttl|rate.?limit|limit (exceeded|reached)|exceed|login.?delay|slow down|maximum.{0,40}connections");
	private static final Pattern BUSY = Pattern.compile(
			"unavailable|temporar|try (it )?(again|later)|busy|internal|overload|maintenance|shutting down|not ready|timed? ?out|server error");
	private static final Pattern CREDENTIALS = Pattern.compile("authenti|credential|passw|invalid|incorrect|fail|denied|bad (login|user)|unknown user|no such user");

	private Refusal() {}

	/// @return a reason id, or `fallback` when the words say nothing that is known
	static String read(String words, String fallback) {
		String text = lower(words);
		if (IN_USE.matcher(text).find()) {
			return Reasons.MAILBOX_BUSY;
		}
		if (LOCKED.matcher(text).find()) {
			return Reasons.ACCOUNT_LOCKED;
		}
		if (THROTTLED.matcher(text).find()) {
			return Reasons.THROTTLED;
		}
		return BUSY.matcher(text).find() ? Reasons.SERVER_BUSY : fallback;
	}

	/// The same for the answer to a login: words about authentication mean that the credentials were looked at and refused.
	static String readLogin(String words) {
		String kind = read(words, Reasons.LOGIN_REFUSED);
		String text = lower(words);
		return kind.equals(Reasons.LOGIN_REFUSED) && CREDENTIALS.matcher(text).find() ? Reasons.BAD_CREDENTIALS : kind;
	}

	/// The same for a greeting: nobody has named an account yet, so what would be said of one is meant for us.
	///
	/// @param code what the server's code means, if it has one
	static String readGreeting(Optional<String> code, String words) {
		String kind = code.orElseGet(() -> read(words, Outcomes.TURNED_AWAY));
		return switch (kind) {
			case Reasons.SERVER_BUSY, Reasons.MAILBOX_BUSY -> Reasons.SERVER_BUSY;
			case Reasons.THROTTLED -> kind;
			default -> Outcomes.TURNED_AWAY;
		};
	}

	/// The same where a code has said "not now" already.
	static String readBusy(String words) {
		return THROTTLED.matcher(lower(words)).find() ? Reasons.THROTTLED : Reasons.SERVER_BUSY;
	}

	/// The same where a code has said "wrong user or password": some servers say so for locked accounts too, and the truth in words.
	static String readCredentials(String words) {
		String kind = read(words, Reasons.BAD_CREDENTIALS);
		return kind.equals(Reasons.ACCOUNT_LOCKED) ? kind : Reasons.BAD_CREDENTIALS;
	}

	private static String lower(String words) {
		return words.substring(0, Math.min(words.length(), MOST)).toLowerCase(Locale.ROOT);
	}
}
