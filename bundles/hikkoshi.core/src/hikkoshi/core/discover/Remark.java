package hikkoshi.core.discover;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// What a person should know before accepting a proposal.
///
/// @param outcome PASS for a mere note, WARN for a contradiction, UNKNOWN for what could not be found out, FAIL for what does not work
public record Remark(Outcome outcome, Reason reason) {
	static Remark note(String id, Object... args) {
		return new Remark(Outcome.PASS, Reason.of(id, args));
	}

	static Remark warn(String id, Object... args) {
		return new Remark(Outcome.WARN, Reason.of(id, args));
	}

	static Remark unknown(String id, Object... args) {
		return new Remark(Outcome.UNKNOWN, Reason.of(id, args));
	}

	static Remark fail(String id, Object... args) {
		return new Remark(Outcome.FAIL, Reason.of(id, args));
	}
}
