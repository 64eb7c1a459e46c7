package hikkoshi.ui.dns;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.text.Phrases;

/// Why the deadline of a ledger is what it is, and what else there is to say: a line for each reason and remark, with what to do.
final class DeadlineText {
	private DeadlineText() {}

	static String of(Ledger ledger, Phrases words, Instant now) {
		// "wait" is no advice once the deadline has passed
		boolean passed = ledger.deadline() instanceof Deadline.Known known && known.hasPassed(now);
		return Stream.concat(why(ledger.deadline()).stream().map(reason -> passed ? words.say(reason) : advice(reason, words)),
				ledger.remarks().stream().map(remark -> advice(remark, words))).collect(Collectors.joining("\n"));
	}

	private static String advice(Reason reason, Phrases words) {
		return words.say(reason) + words.remedy(reason).map(remedy -> " " + remedy).orElse("");
	}

	private static List<Reason> why(Deadline deadline) {
		return switch (deadline) {
			case Deadline.Nothing _ -> List.of();
			case Deadline.Known known -> List.of(known.why());
			case Deadline.Running running -> running.why();
			case Deadline.Unknown unknown -> unknown.why();
		};
	}
}
