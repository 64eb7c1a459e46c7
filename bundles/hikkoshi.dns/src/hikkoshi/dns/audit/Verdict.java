package hikkoshi.dns.audit;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// What a check says.
record Verdict(Outcome outcome, Reason reason) {
	static Verdict pass(String id, Object... args) {
		return new Verdict(Outcome.PASS, Reason.of(id, args));
	}

	static Verdict warn(String id, Object... args) {
		return new Verdict(Outcome.WARN, Reason.of(id, args));
	}

	static Verdict fail(String id, Object... args) {
		return new Verdict(Outcome.FAIL, Reason.of(id, args));
	}

	/// There is nothing that the check could judge: whether that is right is another check's business.
	static Verdict moot(Subject subject, String lacking) {
		return pass("audit.moot", subject.domain().name(), lacking);
	}
}
