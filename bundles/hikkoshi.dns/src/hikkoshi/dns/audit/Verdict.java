package hikkoshi.dns.audit;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// What a check says.
///
/// @param own facts to keep instead of the questions and answers; null for those
record Verdict(Outcome outcome, Reason reason, @Nullable Facts own) {
	Verdict(Outcome outcome, Reason reason) {
		this(outcome, reason, null);
	}

	/// Keeps these facts: what was seen is in them.
	Verdict with(Facts facts) {
		return new Verdict(outcome, reason, facts);
	}

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
