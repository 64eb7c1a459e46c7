package hikkoshi.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;

/// A gate as the checklist writes it down; `Gates` turns it into a [Gate] for a wave.
public sealed interface GateSpec {
	/// Every mailbox of the wave has fresh proof of login at every endpoint and address of these sides.
	///
	/// @param protocols which protocols count; a server that lists none of a wanted protocol is a blocker of its own
	record Accounts(Set<Side> sides, Set<Protocol> protocols, Duration maxAge) implements GateSpec {
		public Accounts {
			sides = Set.copyOf(sides);
			protocols = Set.copyOf(protocols);
		}
	}

	/// Every address of the wave — mailboxes, aliases, groups, forwarders, catch-alls — exists on these sides: by a fresh login, or because the server
	/// accepts it as a recipient.
	record Recipients(Set<Side> sides, Duration maxAge) implements GateSpec {
		public Recipients {
			sides = Set.copyOf(sides);
		}
	}

	/// For every domain of the wave these checks of the audit say PASS.
	///
	/// @param checks ids of checks (`audit.leftovers`); a `*` at the end stands for all that begin so
	/// @param warnings whether WARN is good enough
	record Audit(List<String> checks, boolean warnings, Duration maxAge) implements GateSpec {
		public Audit {
			checks = List.copyOf(checks);
		}
	}

	/// These steps are done (signed off, or overridden) for the wave.
	record Steps(List<String> steps) implements GateSpec {
		public Steps {
			steps = List.copyOf(steps);
		}
	}

	/// For every domain of the wave, every authoritative server answers, agrees, and its MX leads to that side's server.
	record DnsPointsTo(Side side, Duration maxAge) implements GateSpec {}

	/// For every domain of the wave, the TTL of MX at every authoritative server is at most `ttl`, and has been so for longer than the TTL
	/// that was in force before, so that no honest cache can hold an answer with a longer life.
	record TtlDrained(Duration ttl, Duration maxAge) implements GateSpec {}

	/// For every domain of the wave, every authoritative server gives the new data, and no honest cache can hold the old answer any more.
	record Propagated(Duration maxAge) implements GateSpec {}
}
