package hikkoshi.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.arrival.Leg;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.canary.Canary;
import hikkoshi.core.canary.CanaryPlan;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.canary.CanaryResult;
import hikkoshi.core.canary.SentCanary;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// What is sent, what is held back, and where it was found.
record CanaryLines(Terminal terminal, Phrases words, boolean json) {
	void plan(CanaryPlan plan, boolean dryRun) {
		for (Reason held : plan.held()) {
			terminal.complain(words.say(held));
		}
		if (dryRun) {
			Columns columns = new Columns();
			for (Canary canary : plan.canaries()) {
				columns.row(canary.route().token(), canary.mailbox().address().toString(), words.say("canary.from", canary.from()));
			}
			columns.lines().forEach(terminal::line);
			terminal.line(words.say("canary.planned", plan.canaries().size(), plan.held().size()));
		}
	}

	void sent(Evidence evidence) {
		if (json) {
			terminal.line(Json.evidence(evidence, words));
		} else if (evidence.outcome() != Outcome.PASS) {
			EvidenceLines.printWithRemedy(evidence.outcome(), evidence.target().value(), evidence.reason(), words, terminal);
		}
	}

	void removed(Evidence evidence) {
		if (json) {
			terminal.line(Json.evidence(evidence, words));
		} else {
			EvidenceLines.printWithRemedy(evidence.outcome(), evidence.target().value(), evidence.reason(), words, terminal);
		}
	}

	void results(List<CanaryResult> results) {
		if (json) {
			results.forEach(result -> terminal.line(json(result)));
			return;
		}
		Columns columns = new Columns();
		for (CanaryResult result : results) {
			SentCanary canary = result.canary();
			List<String> cells = new ArrayList<>(List.of(canary.route().token(), canary.mailbox().address().toString()));
			cells.add(result.found().isEmpty() ? words.say(canary.mayArrive() ? "canary.missing" : "canary.not-sent") : "");
			for (Side side : Side.values()) {
				cells.add(result.on(side).map(seen -> place(seen, result.latency(side))).orElse(""));
			}
			columns.row(cells);
		}
		columns.lines().forEach(terminal::line);
		long found = results.stream().filter(result -> !result.found().isEmpty()).count();
		terminal.line(words.say("canary.summary", results.size(), found, results.stream().filter(CanaryResult::isMissing).count()));
	}

	private String place(SeenArrival seen, Optional<Duration> latency) {
		String side = words.say("exist.side." + seen.side().token());
		return words.say("canary.found", side, seen.arrival().folder(), latency.map(Duration::toSeconds).map(String::valueOf).orElse("?"), way(seen.arrival().legs()));
	}

	/// e.g. `old.example 0 s, new.example 3 s`
	private static String way(List<Leg> legs) {
		List<String> hops = new ArrayList<>();
		for (int i = 0; i < legs.size(); i++) {
			hops.add(legs.get(i).by() + Leg.before(legs, i).map(took -> " +" + took.toSeconds() + " s").orElse(""));
		}
		return String.join(", ", hops);
	}

	static ExitCode code(List<CanaryResult> results, List<Evidence> sent, CanaryPlan plan) {
		if (sent.stream().anyMatch(evidence -> evidence.outcome() == Outcome.FAIL)) {
			return ExitCode.FAILED;
		}
		boolean unknown = results.stream().anyMatch(CanaryResult::isMissing)
				|| sent.stream().anyMatch(evidence -> !evidence.reason().id().equals(CanaryReasons.SENT));
		return unknown ? ExitCode.UNKNOWN : plan.held().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
	}

	private String json(CanaryResult result) {
		return Json.object(out -> {
			out.writeStringField("token", result.canary().token().text());
			out.writeStringField("mailbox", result.canary().mailbox().address().toString());
			out.writeStringField("route", result.canary().route().token());
			out.writeStringField("set-out", result.canary().at().toString());
			out.writeStringField("fate", result.canary().fate().name());
			out.writeBooleanField("missing", result.isMissing());
			out.writeArrayFieldStart("found");
			for (SeenArrival seen : result.found()) {
				out.writeRawValue(ArrivalLines.json(seen));
			}
			out.writeEndArray();
		});
	}
}
