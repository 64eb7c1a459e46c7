package hikkoshi.core.canary;

/// What can be said of a canary. The arguments stand in the comment, in order; those of one that was planned begin with its token and its route.
public final class CanaryReasons {
	/// Under which evidence of sending stands; its target is the mailbox.
	public static final String SEND = "canary.send";
	/// Under which evidence of removal stands; its target is the account.
	public static final String REMOVE = "canary.remove";

	/// About to be sent: written before the message is. Where nothing follows, it may have been sent. (token, route)
	public static final String INTENT = "canary.intent";
	/// The server has taken it. (token, route, its words)
	public static final String SENT = "canary.sent";
	/// The server has refused it. (token, route, its words)
	public static final String REFUSED = "canary.refused";
	/// It never got as far as being sent. (token, route, reason with its arguments)
	public static final String UNSENT = "canary.unsent";
	/// The message was sent and nobody said whether it was taken. (token, route, reason with its arguments)
	public static final String IN_DOUBT = "canary.in-doubt";

	/// Held back: there were so many in the last day. (mailbox, route, how many, the most)
	public static final String MOST_A_DAY = "canary.most-a-day";
	/// Held back: the last one is too fresh. (mailbox, route, when the next may go)
	public static final String TOO_SOON = "canary.too-soon";
	/// Held back: the run has as many as it may. (mailbox, route, the most)
	public static final String MOST_A_RUN = "canary.most-a-run";
	/// Not possible: the side has no endpoint for it. (mailbox, route, side)
	public static final String NO_DOOR = "canary.no-door";
	/// Not possible: the policy knows no such account outside. (mailbox, route, key)
	public static final String NO_OUTSIDE = "canary.no-outside";
	/// The server takes ASCII addresses only. (its name)
	public static final String NO_SMTPUTF8 = "canary.no-smtputf8";
	/// The name of the account outside has no address. (name)
	public static final String NO_ADDRESS = "canary.no-address";

	/// So many were removed. (how many, tokens)
	public static final String REMOVED = "canary.removed";
	/// None of ours was there. ()
	public static final String NONE_LEFT = "canary.none-left";
	/// Left alone: the server cannot remove single messages safely (UIDPLUS). (how many)
	public static final String LEFT = "canary.left";

	private CanaryReasons() {}
}
