package hikkoshi.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.text.Phrases;

/// The state of steps as lines for a person: what is open, what is shut, by what, since when, and what to do.
final class GateLines {
	private static final int FEW = 10;

	private final Terminal terminal;
	private final Phrases words;
	private final boolean all;
	private final DateTimeFormatter time;

	/// @param all every blocker instead of the first few
	GateLines(Terminal terminal, Phrases words, boolean all) {
		this.terminal = terminal;
		this.words = words;
		this.all = all;
		time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(words.locale()).withZone(ZoneId.systemDefault());
	}

	void print(String wave, List<StepState> steps) {
		terminal.line(words.say("gate.wave", wave));
		int width = steps.stream().mapToInt(step -> Columns.width(status(step))).max().orElse(0);
		for (StepState step : steps) {
			String status = status(step);
			terminal.line("  " + status + " ".repeat(width - Columns.width(status)) + "  " + step.step().key() + ": " + step.step().title());
			step.signature().ifPresent(signature -> terminal.line("      " + words.say(signature.evidence().reason()) + " ("
					+ time.format(signature.lastSeen()) + ")"));
			if (!step.isDone() || step.hasRegressed()) {
				blockers(step);
			}
		}
	}

	String status(StepState step) {
		return words.say("status." + (step.hasRegressed() ? "regressed" : step.status().name().toLowerCase(Locale.ROOT)));
	}

	private void blockers(StepState step) {
		List<Blocker> blockers = step.blockers();
		blockers.stream().limit(all ? Long.MAX_VALUE : FEW).forEach(this::blocker);
		if (!all && blockers.size() > FEW) {
			terminal.line("      " + words.say("gate.more", blockers.size() - FEW));
		}
	}

	void blocker(Blocker blocker) {
		String since = Optional.ofNullable(blocker.since()).map(at -> words.say("gate.since", time.format(at))).orElse(words.say("gate.never"));
		terminal.line("      " + words.outcome(blocker.outcome()) + "  " + words.say(blocker.reason()) + " [" + since + "]");
		words.remedy(blocker.reason()).ifPresent(remedy -> terminal.line("          → " + remedy));
	}
}
