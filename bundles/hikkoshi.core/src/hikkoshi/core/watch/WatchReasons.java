package hikkoshi.core.watch;

/// Why a [Condition] stands as it does. The arguments stand in the comment, in order; times are ISO 8601.
public final class WatchReasons {
	/// Every authoritative server gives the new answers. (how many servers, oldest of their words)
	public static final String AUTHORITIES_NEW = "watch.authorities-new";
	/// One does not. (server, record, since)
	public static final String AUTHORITY_LATE = "watch.authority-late";
	/// One gives no answer that could be judged. (server, record, when)
	public static final String AUTHORITY_DARK = "watch.authority-dark";
	/// One was asked too long ago. (server, record, when)
	public static final String AUTHORITY_STALE = "watch.authority-stale";
	/// Nobody has looked, or no server was found. (domain)
	public static final String NO_LOOK = "watch.no-look";
	/// Nothing is known that is to change in DNS, so nothing can have ended. (domain)
	public static final String NOTHING_MOVES = "watch.nothing-moves";

	/// No honest cache holds the old answer since then. (deadline)
	public static final String DEADLINE_PASSED = "watch.deadline-passed";
	/// One may until then. (deadline)
	public static final String DEADLINE_AHEAD = "watch.deadline-ahead";
	/// There is no deadline while a server gives the old answer. (not before)
	public static final String DEADLINE_RUNNING = "watch.deadline-running";
	/// Nobody can tell the deadline. (domain)
	public static final String DEADLINE_UNKNOWN = "watch.deadline-unknown";

	/// Every watched resolver gives the new answers. (how many, oldest of their words)
	public static final String RESOLVERS_NEW = "watch.resolvers-new";
	/// One does not. (resolver, record, when asked)
	public static final String RESOLVER_LATE = "watch.resolver-late";
	/// One gives no answer that could be judged. (resolver, record, when asked)
	public static final String RESOLVER_DARK = "watch.resolver-dark";
	/// One was asked too long ago. (resolver, record, when asked)
	public static final String RESOLVER_STALE = "watch.resolver-stale";
	/// None is watched. (domain)
	public static final String NO_RESOLVERS = "watch.no-resolvers";

	/// Enough canaries by every natural route arrived on NEW alone. (how many by each, routes)
	public static final String CANARIES_NEW = "watch.canaries-new";
	/// The policy asks for none. ()
	public static final String CANARIES_NONE = "watch.canaries-none";
	/// A canary that set out after the deadline arrived on OLD. (route, mailbox, when sent, when it came)
	public static final String CANARY_ON_OLD = "watch.canary-on-old";
	/// One is on its way. (route, mailbox, when sent)
	public static final String CANARY_UNDER_WAY = "watch.canary-under-way";
	/// One was found nowhere. (route, mailbox, when sent)
	public static final String CANARY_LOST = "watch.canary-lost";
	/// Too few set out after the deadline. (route, how many arrived, how many are wanted)
	public static final String CANARIES_MISSING = "watch.canaries-missing";
	/// The domain has no natural route at all: no login for sending on either side, no account outside. (domain)
	public static final String NO_ROUTE = "watch.no-route";

	/// Every mailbox has got something on NEW after the deadline. (how many)
	public static final String SEEN = "watch.seen";
	/// A mailbox has not: nobody can tell where its mail goes. (mailbox)
	public static final String UNSEEN = "watch.unseen";
	/// There is no mailbox. (domain)
	public static final String NO_MAILBOX = "watch.no-mailbox";

	/// Nothing came to OLD for long enough. (how long wanted, mailboxes)
	public static final String QUIET = "watch.quiet";
	/// Something came. (mailbox, when, from whom)
	public static final String STRAGGLER = "watch.straggler";
	/// Nothing came, and the watch is too young to say more. (mailbox, since when, until when it must stay so)
	public static final String TOO_YOUNG = "watch.too-young";
	/// A mailbox was never looked into on OLD. (mailbox)
	public static final String NEVER_LOOKED = "watch.never-looked";
	/// The last look is too old. (mailbox, when)
	public static final String LOOK_STALE = "watch.look-stale";
	/// Something may have come that nobody saw. (mailbox, from, until, reason with its arguments)
	public static final String DOUBT = "watch.doubt";
	/// A mailbox cannot be looked into: OLD has no endpoint for it. (mailbox)
	public static final String NO_DOOR = "watch.no-door";

	private WatchReasons() {}
}
