package hikkoshi.dns.trace;

import hikkoshi.core.evidence.Outcome;

/// What a trace can find; the arguments begin with the zone. Words are in `texts*.properties` of [hikkoshi.dns].
enum TraceReason {
	/// (name, zone, number of servers asked on the way)
	FINE("trace.fine", Outcome.PASS),
	/// The way ended. (zone, what its servers did)
	DEAD_END("trace.dead-end", Outcome.UNKNOWN),
	/// There was more to ask than time. (zone)
	CUT_SHORT("trace.cut-short", Outcome.UNKNOWN),
	/// No server of a zone answers. (zone, servers)
	SILENT("trace.silent", Outcome.UNKNOWN),
	/// (zone, server, what it said)
	LAME("trace.lame", Outcome.FAIL),
	/// A server within the zone that it serves, and nobody says where it is. (zone, server)
	GLUE_MISSING("trace.glue-missing", Outcome.FAIL),
	/// (zone, server)
	NO_ADDRESS("trace.no-address", Outcome.FAIL),
	/// The parent's servers name different servers. (zone, who says what)
	PARENTS_DIFFER("trace.parents-differ", Outcome.FAIL),
	/// The zone's own servers name different servers. (zone, who says what)
	NS_INCONSISTENT("trace.ns-inconsistent", Outcome.FAIL),
	/// (zone, the parent's servers, the zone's own)
	NS_MISMATCH("trace.ns-mismatch", Outcome.WARN),
	/// (zone, server, glue, the address by itself)
	GLUE_DIFFERS("trace.glue-differs", Outcome.WARN),
	/// A server within another zone below the same parent, without glue. (zone, server, that zone)
	GLUE_SIBLING("trace.glue-sibling", Outcome.WARN),
	/// (zone, server, status)
	UNREACHABLE("trace.unreachable", Outcome.WARN),
	/// (zone, serials and who has them)
	SERIALS("trace.serials", Outcome.WARN);

	private final String id;
	private final Outcome outcome;

	TraceReason(String id, Outcome outcome) {
		this.id = id;
		this.outcome = outcome;
	}

	String id() {
		return id;
	}

	Outcome outcome() {
		return outcome;
	}
}
