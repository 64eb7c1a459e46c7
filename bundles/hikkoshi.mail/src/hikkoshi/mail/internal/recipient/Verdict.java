package hikkoshi.mail.internal.recipient;

import java.util.Locale;
import java.util.regex.Pattern;

import hikkoshi.mail.internal.login.SubmissionDialogue.Reply;

/// What a server's answer to RCPT TO means by its code (RFC 5321, 4.3.2), its enhanced code (RFC 3463, RFC 5248) and, where both say too little,
/// its words. The patterns are simple alternatives over at most a few hundred characters, so no text can make them slow.
enum Verdict {
	ACCEPTED,
	/// 252.
	CANNOT_VERIFY,
	MISSING,
	NOT_LOCAL,
	DISABLED,
	FULL,
	/// For good, and for who asks.
	POLICY,
	/// For good, in words unknown here.
	REFUSED,
	GREYLISTED,
	/// The address is not known, says the server, but perhaps only now (Postfix's `unknown_local_recipient_reject_code = 450`, `soft_bounce`).
	MISSING_NOW,
	LATER,
	/// Not the address, the empty sender was refused.
	NULL_SENDER,
	/// The address is not ASCII and SMTPUTF8 (RFC 6531) is not offered: it cannot even be asked for.
	NOT_ASCII,
	/// The server wants no more of this session: what it says is not about the address.
	ENOUGH;

	private static final int MOST = 500;
	private static final Pattern TOO_MANY = Pattern.compile("too many|too fast|too much|rate.?limit|limit exceeded|slow down|maximum .{0,40}(recipients|errors)");
	private static final Pattern UNKNOWN = Pattern.compile("unknown|no such|not found|not exist|n.t exist|no mailbox|no (user|account|recipient)|unrout"
			+ "|invalid (recipient|mailbox|user|address|account)|not a valid|not known|undeliverable|mailbox unavailable|mailbox not available|user not local|n.t have a");
	private static final Pattern RELAY = Pattern.compile("relay|rcpthosts|not (our|a local|local) domain|domain is ?n.t|n.t handle|authentication required|requires? authentication"
			+ "|not permitted to send|not authorized to send|domain not|not hosted|no local domain");
	private static final Pattern DISABLED_WORDS = Pattern.compile("disabled|suspended|inactive|deactivated|not active|locked");
	private static final Pattern FULL_WORDS = Pattern.compile("mailbox (is )?full|over ?-?quota|quota|storage|insufficient (system|mailbox|disk)");
	private static final Pattern POLICY_WORDS = Pattern.compile("block(ed|list)|black ?list|listed|spam|dnsbl|rbl|reputation|client host|your (ip|host)|helo|ehlo"
			+ "|reverse|ptr|spf|banned|prohibit|policy|sender");
	private static final Pattern GREY_WORDS = Pattern.compile("gr[ea]y.?list|postgrey|try again (in|after)|come back (in|later)|retry (in|after)");

	static Verdict of(Reply reply) {
		String words = reply.words();
		return of(reply.code(), reply.enhanced(), words.substring(0, Math.min(words.length(), MOST)).toLowerCase(Locale.ROOT));
	}

	/// The same for a refusal of MAIL FROM:<>.
	static Verdict ofMail(Reply reply) {
		Verdict verdict = of(reply);
		return switch (verdict) {
			case ENOUGH, GREYLISTED, LATER -> verdict;
			case POLICY -> reply.words().toLowerCase(Locale.ROOT).matches("(?s).*(sender|from|<>|bounce|empty|null).*") ? NULL_SENDER : POLICY;
			case FULL, MISSING_NOW -> LATER;
			case ACCEPTED, CANNOT_VERIFY, MISSING, NOT_LOCAL, DISABLED, REFUSED, NULL_SENDER, NOT_ASCII -> NULL_SENDER;
		};
	}

	static Verdict of(int code, String enhanced, String words) {
		return switch (code / 100) {
			case 2 -> code == 252 ? CANNOT_VERIFY : ACCEPTED;
			case 4 -> code == 421 || enhanced.equals("4.5.3") || TOO_MANY.matcher(words).find() ? ENOUGH : notNow(enhanced, words);
			case 5 -> enhanced.equals("5.5.3") || TOO_MANY.matcher(words).find() ? ENOUGH : forGood(code, enhanced, words);
			// 354 and its like answer another question
			default -> REFUSED;
		};
	}

	private static Verdict notNow(String enhanced, String words) {
		if (enhanced.equals("4.2.2")) {
			return FULL;
		}
		if (GREY_WORDS.matcher(words).find()) {
			return GREYLISTED;
		}
		if (enhanced.equals("4.1.1") || UNKNOWN.matcher(words).find()) {
			return MISSING_NOW;
		}
		// RFC 6647, 5.2: what greylisting servers are to say
		return enhanced.equals("4.7.1") || enhanced.equals("4.2.0") ? GREYLISTED : LATER;
	}

	private static Verdict forGood(int code, String enhanced, String words) {
		return switch (enhanced) {
			case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10" -> RELAY.matcher(words).find() && !UNKNOWN.matcher(words).find() ? NOT_LOCAL : MISSING;
			case "5.2.1" -> DISABLED;
			case "5.2.2" -> FULL;
			default -> byWords(code, enhanced, words);
		};
	}

	private static Verdict byWords(int code, String enhanced, String words) {
		if (code == 552 && FULL_WORDS.matcher(words).find()) {
			return FULL;
		}
		if (RELAY.matcher(words).find()) {
			return NOT_LOCAL;
		}
		// before the words about who asks: "Recipient address rejected: User unknown" must not be read as a matter of policy
		if (UNKNOWN.matcher(words).find() || code == 551) {
			return MISSING;
		}
		if (POLICY_WORDS.matcher(words).find()) {
			return POLICY;
		}
		if (DISABLED_WORDS.matcher(words).find()) {
			return DISABLED;
		}
		if (FULL_WORDS.matcher(words).find()) {
			return FULL;
		}
		// Exchange Online's edge: 550 5.4.1 Recipient address rejected: Access denied
		if (enhanced.equals("5.4.1") && words.contains("recipient")) {
			return MISSING;
		}
		return enhanced.startsWith("5.7.") ? POLICY : REFUSED;
	}

	/// Whether an answer to a random address shows that the server tells addresses apart: only then does it mean something when it takes one.
	boolean tellsApart() {
		return switch (this) {
			case MISSING, NOT_LOCAL, DISABLED, POLICY, REFUSED, MISSING_NOW -> true;
			case ACCEPTED, CANNOT_VERIFY, FULL, GREYLISTED, LATER, NULL_SENDER, NOT_ASCII, ENOUGH -> false;
		};
	}
}
