package hikkoshi.dns.audit;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// DNS did not say what a check needs to know: the check's outcome is UNKNOWN.
final class Unanswered extends Exception {
	private static final long serialVersionUID = 1;
	private final transient Verdict verdict;

	Unanswered(Subject subject, String question, String why) {
		super(question, null, false, false);
		verdict = new Verdict(Outcome.UNKNOWN, Reason.of("audit.unanswered", subject.domain().name(), question, why));
	}

	Verdict verdict() {
		return verdict;
	}
}
