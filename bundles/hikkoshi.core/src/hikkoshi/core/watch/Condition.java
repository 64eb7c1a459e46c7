package hikkoshi.core.watch;

import java.util.List;

import hikkoshi.core.evidence.Reason;

/// One thing that must hold before propagation has ended, and how it stands.
///
/// @param reason what decides it
/// @param details more of the same kind, the most important first; may be empty
public record Condition(Kind kind, Standing standing, Reason reason, List<Reason> details) {
	/// In the order in which they come true.
	public enum Kind {
		/// Every authoritative server gives the new answers.
		AUTHORITIES,
		/// No honest cache can hold the old answers any more.
		DEADLINE,
		/// Every watched resolver gives the new answers.
		RESOLVERS,
		/// Canaries by every natural route arrive on NEW.
		CANARIES,
		/// Every mailbox has got something on NEW.
		SEEN_ON_NEW,
		/// Nothing arrives on OLD any more.
		QUIET
	}

	/// The order is that of attention, least first.
	public enum Standing {
		MET,
		/// Cannot be judged.
		UNKNOWN,
		/// Known not to hold.
		NOT_YET
	}

	public Condition {
		details = List.copyOf(details);
	}

	static Condition met(Kind kind, Reason reason) {
		return new Condition(kind, Standing.MET, reason, List.of());
	}

	/// By the worst of several reasons: what is known not to hold before what is not known.
	static Condition of(Kind kind, List<Reason> notYet, List<Reason> unknown, Reason otherwise) {
		if (!notYet.isEmpty()) {
			return new Condition(kind, Standing.NOT_YET, notYet.getFirst(), notYet.subList(1, notYet.size()));
		}
		return unknown.isEmpty() ? met(kind, otherwise) : new Condition(kind, Standing.UNKNOWN, unknown.getFirst(), unknown.subList(1, unknown.size()));
	}
}
