package hikkoshi.mail.internal.recipient;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.mail.internal.login.Outcomes;

/// What a server said to one address.
///
/// @param words its own, cleaned
record Answer(Verdict verdict, String words) {
	/// What the answers to an address and to a random one of the same domain say together.
	static Reason judge(Answer address, Answer control, DomainName domain) {
		return switch (address.verdict) {
			case ACCEPTED -> control.verdict.tellsApart() ? Reason.of(PresenceReasons.RECEIVES, address.words)
					: Reason.of(control.verdict == Verdict.ACCEPTED ? PresenceReasons.ACCEPTS_ALL : PresenceReasons.NO_CONTROL, control.words);
			case CANNOT_VERIFY, MISSING, NOT_LOCAL, DISABLED, FULL, POLICY, REFUSED, GREYLISTED, MISSING_NOW, LATER, NULL_SENDER, NOT_ASCII, ENOUGH ->
				refusal(address, domain);
		};
	}

	/// For a catch-all the random address is the one that is asked for.
	static Reason judgeCatchAll(Answer control, DomainName domain) {
		return switch (control.verdict) {
			case ACCEPTED -> Reason.of(PresenceReasons.CATCH_ALL, control.words);
			case MISSING -> Reason.of(PresenceReasons.NO_CATCH_ALL, control.words);
			case CANNOT_VERIFY, NOT_LOCAL, DISABLED, FULL, POLICY, REFUSED, GREYLISTED, MISSING_NOW, LATER, NULL_SENDER, NOT_ASCII, ENOUGH ->
				refusal(control, domain);
		};
	}

	private static Reason refusal(Answer answer, DomainName domain) {
		return switch (answer.verdict) {
			case MISSING -> Reason.of(PresenceReasons.MISSING, answer.words);
			case NOT_LOCAL -> Reason.of(PresenceReasons.NOT_LOCAL, domain, answer.words);
			case DISABLED -> Reason.of(PresenceReasons.DISABLED, answer.words);
			case FULL -> Reason.of(PresenceReasons.FULL, answer.words);
			case CANNOT_VERIFY -> Reason.of(PresenceReasons.CANNOT_VERIFY, answer.words);
			case POLICY -> Reason.of(PresenceReasons.POLICY, answer.words);
			case REFUSED -> Reason.of(PresenceReasons.REFUSED, answer.words);
			case GREYLISTED -> Reason.of(PresenceReasons.GREYLISTED, answer.words);
			case NULL_SENDER -> Reason.of(PresenceReasons.NULL_SENDER, answer.words);
			case NOT_ASCII -> Reason.of(PresenceReasons.NO_SMTPUTF8);
			case MISSING_NOW, LATER, ENOUGH -> Reason.of(PresenceReasons.LATER, answer.words);
			case ACCEPTED -> throw new IllegalStateException("no refusal: " + answer.words);
		};
	}

	/// FAIL is an address that takes no mail there, or a door that a person must mend; UNKNOWN is what could not be found out.
	static Outcome outcome(String reason) {
		return switch (reason) {
			case PresenceReasons.RECEIVES, PresenceReasons.CATCH_ALL -> Outcome.PASS;
			case PresenceReasons.FULL -> Outcome.WARN;
			case PresenceReasons.MISSING, PresenceReasons.NO_CATCH_ALL, PresenceReasons.NOT_LOCAL, PresenceReasons.NO_SMTPUTF8, PresenceReasons.DISABLED ->
				Outcome.FAIL;
			default -> Outcomes.of(reason);
		};
	}
}
