package hikkoshi.core.ledger;

import hikkoshi.core.plan.RecordSet;

/// Why a deadline is what it is. The arguments stand in the comment, in order; a record is `name type`, TTLs are seconds.
public final class LedgerReasons {
	/// The server gave the old answer until then, with that TTL. (record, server, until, TTL, deadline)
	public static final String SEEN = "ledger.seen";
	/// What was in force before the first look is not known, so that TTL is assumed. (record, server, first look, TTL, deadline)
	public static final String ASSUMED = "ledger.assumed";
	/// The server has left the delegation, and caches may go on asking it until then. (record, server, first look without it, TTL of the delegation, TTL of its
	/// answer, deadline)
	public static final String DEPARTED = "ledger.departed";
	/// The server still gives an answer that is to go. (record, server, last seen, TTL)
	public static final String STILL_OLD = "ledger.still-old";
	/// The server was never heard about it. (record, server, status, since)
	public static final String NEVER_HEARD = "ledger.never-heard";
	/// The server was heard before and is not now. (record, server, status, since)
	public static final String SILENT = "ledger.silent";
	/// The server has left the delegation, and nobody saw for how long caches may keep that. (record, server, first look without it)
	public static final String NO_DELEGATION_TTL = "ledger.no-delegation-ttl";
	/// The newest look is dated in the future. (domain, time stated)
	public static final String FUTURE = "ledger.future";
	/// Nobody has looked yet. (domain)
	public static final String NEVER = "ledger.never";
	/// The look found no authoritative server. (domain)
	public static final String NOBODY = "ledger.nobody";
	/// A cache keeps answers for longer than any server allowed. (resolver, record, its TTL, highest TTL at the servers, its own expiry)
	public static final String STRETCHES = "ledger.stretches";
	/// A cache keeps answers for less time than the servers allow. (resolver, how many answers, its TTL, lowest TTL at the servers)
	public static final String CLAMPS = "ledger.clamps";
	/// A cache gives the old answer after the deadline: serve-stale (RFC 8767), or no honest cache. (resolver, record, last seen, deadline)
	public static final String STALE = "ledger.stale";

	private LedgerReasons() {}

	/// e.g. `example.org. MX`
	static String record(RecordSet.Key key) {
		return key.name() + " " + key.type();
	}
}
