package hikkoshi.core.gate;

/// Why a gate is shut. The arguments stand in the comment, in order; a side, a protocol, a time and a probe's own reason among them are given as
/// tokens, and `hikkoshi.core.text` says how each is to be read out.
public final class GateReasons {
	/// The wave has no mailbox: nothing is proven by looking at nothing. (wave)
	public static final String NO_MAILBOXES = "gate.no-mailboxes";
	/// The gate names no side or no protocol. ()
	public static final String NOTHING_ASKED = "gate.nothing-asked";
	/// The wave has no domain. (wave)
	public static final String NO_DOMAINS = "gate.no-domains";
	/// The mailbox's domain has no server on that side. (mailbox, side)
	public static final String NO_SERVER = "gate.no-server";
	/// The server has no endpoint of a protocol that must be proven. (server key, side, protocol)
	public static final String NO_ENDPOINT = "gate.no-endpoint";
	/// The server has no address to connect to. (server key, side)
	public static final String NO_ADDRESS = "gate.no-address";
	/// A login that was never tried. (mailbox, side, protocol, place)
	public static final String ACCOUNT_NEVER = "gate.account-never";
	/// A login that failed. (mailbox, side, protocol, place, since, the probe's reason)
	public static final String ACCOUNT_FAILED = "gate.account-failed";
	/// A login of which nobody could find out. (mailbox, side, protocol, place, since, the probe's reason)
	public static final String ACCOUNT_UNKNOWN = "gate.account-unknown";
	/// Proof that is too old. (mailbox, side, protocol, place, last proven, allowed age)
	public static final String ACCOUNT_STALE = "gate.account-stale";
	/// Several logins of an account that were never tried. (mailbox, side, doors)
	public static final String ACCOUNTS_NEVER = "gate.accounts-never";
	/// Several logins of an account that failed for one reason. (mailbox, side, doors, since, the probe's reason at the first of them)
	public static final String ACCOUNTS_FAILED = "gate.accounts-failed";
	/// Several logins of an account of which nobody could find out, for one reason. (mailbox, side, doors, since, the probe's reason at the first)
	public static final String ACCOUNTS_UNKNOWN = "gate.accounts-unknown";
	/// Proof of several logins of an account that is too old. (mailbox, side, doors, last proven at the oldest, allowed age)
	public static final String ACCOUNTS_STALE = "gate.accounts-stale";
	/// The wave has no address at all. (wave)
	public static final String NO_RECIPIENTS = "gate.no-recipients";
	/// The gate names no side. ()
	public static final String NO_SIDE = "gate.no-side";
	/// Nobody ever asked whether the address exists. (address, side)
	public static final String RECIPIENT_NEVER = "gate.recipient-never";
	/// The address does not exist there. (address, side, since, the probe's reason)
	public static final String RECIPIENT_MISSING = "gate.recipient-missing";
	/// The address is there and takes no mail. (address, side, since, the probe's reason)
	public static final String RECIPIENT_DISABLED = "gate.recipient-disabled";
	/// Whether the address exists could not be found out. (address, side, since, the probe's reason)
	public static final String RECIPIENT_UNKNOWN = "gate.recipient-unknown";
	/// Proof that is too old. (address, side, last proven, allowed age)
	public static final String RECIPIENT_STALE = "gate.recipient-stale";
	/// There is no SMTP endpoint to ask at, and no login of the mailbox was proven. (server key, side, an address, how many addresses)
	public static final String RECIPIENT_NO_DOOR = "gate.recipient-no-door";
	/// The domain of the address has no server on that side. (address, side)
	public static final String RECIPIENT_NO_SERVER = "gate.recipient-no-server";
	/// Evidence that is dated in the future: some clock is wrong. (target, time stated)
	public static final String FUTURE = "gate.future";
	/// A step that is not done. (step key, title)
	public static final String STEP_OPEN = "gate.step-open";
	/// A step that the checklist does not have. (step key)
	public static final String STEP_UNKNOWN = "gate.step-unknown";
	/// The domain's MX was never looked at. (domain)
	public static final String DNS_NEVER = "gate.dns-never";
	/// Looked at too long ago. (domain, last seen, allowed age)
	public static final String DNS_STALE = "gate.dns-stale";
	/// The look at the domain's MX found no authoritative server. (domain, the probe's reason)
	public static final String DNS_NOTHING = "gate.dns-nothing";
	/// An authoritative server gave no MX. (domain, server, status, since)
	public static final String DNS_SERVER = "gate.dns-server";
	/// Authoritative servers give different MX. (domain, server, its answer, another's answer)
	public static final String DNS_DISAGREE = "gate.dns-disagree";
	/// An MX host leads to an address that is not one of that side's server. (domain, host, address, side, server key)
	public static final String DNS_ELSEWHERE = "gate.dns-elsewhere";
	/// The address of an MX host is not known. (domain, host)
	public static final String DNS_NO_HOST = "gate.dns-no-host";
	/// A check of the audit that never ran. (domain, check)
	public static final String AUDIT_NEVER = "gate.audit-never";
	/// A check of the audit that ran too long ago. (domain, check, last seen, allowed age)
	public static final String AUDIT_STALE = "gate.audit-stale";
	/// A check of the audit that is not content, or could not find out. (domain, check, the check's reason)
	public static final String AUDIT_SAYS = "gate.audit-says";
	/// The TTL is too high. (domain, server, TTL seen, TTL wanted; seconds)
	public static final String TTL_HIGH = "gate.ttl-high";
	/// The TTL is low, but caches may still hold an older answer. (domain, older TTL in seconds, until)
	public static final String TTL_DRAINING = "gate.ttl-draining";
	/// The TTL was never seen higher, so the older one is not known and a day is assumed. (domain, seconds assumed, until)
	public static final String TTL_ASSUMED = "gate.ttl-assumed";

	/// A server gives something that will be switched with a higher TTL. (record, server, TTL seen, TTL wanted; seconds)
	public static final String TTL_HIGH_RECORD = "gate.ttl-high-record";
	/// The watched records were looked at too long ago. (domain, last seen, allowed age)
	public static final String WATCH_STALE = "gate.watch-stale";
	/// Nothing was seen to change, so nothing can have propagated. (domain)
	public static final String NOTHING_CHANGED = "gate.nothing-changed";

	private GateReasons() {}
}
