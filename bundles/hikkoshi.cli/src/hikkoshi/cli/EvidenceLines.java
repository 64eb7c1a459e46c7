package hikkoshi.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.text.Phrases;

/// Evidence as aligned lines for a person.
final class EvidenceLines {
	private EvidenceLines() {}

	static void print(List<Evidence> found, Phrases words, Terminal terminal) {
		Columns columns = new Columns();
		for (Evidence evidence : found) {
			columns.row(words.outcome(evidence.outcome()), evidence.target().value(), words.title(evidence.probe()),
					words.say(evidence.reason()));
		}
		columns.lines().forEach(terminal::line);
	}

	/// The sentence, then what to do about it: what people look for in an audit.
	static void printWithRemedy(Outcome outcome, String probe, Reason reason, Phrases words, Terminal terminal) {
		terminal.line(words.outcome(outcome) + "  " + probe + "  " + words.say(reason));
		if (outcome != Outcome.PASS) {
			words.remedy(reason).ifPresent(remedy -> terminal.line("    " + remedy));
		}
	}

	/// e.g. `12 probes: 10 passed, 1 failed, 1 unknown`
	static String summary(ProbeRun.Summary summary, Phrases words) {
		String counts = Arrays.stream(Outcome.values()).filter(outcome -> summary.count(outcome) > 0)
				.map(outcome -> words.outcome(outcome) + " " + summary.count(outcome)).collect(Collectors.joining(", "));
		return words.say("probe.summary", summary.total(), counts);
	}
}
