package hikkoshi.cli;

import java.util.List;
import java.util.Locale;


import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Verdict.State;

/// Verdicts as lines: what is proven in a word, what is not with its reason and what to do.
record WatchLines(Terminal terminal, Phrases words) {
	/// Reasons of one condition that are shown.
	private static final int MOST = 5;

	void print(DomainWatch watch) {
		terminal.line(title(watch));
		for (Condition condition : watch.verdict().conditions()) {
			terminal.line("  " + sign(condition.standing()) + " " + words.say("watch.kind." + token(condition.kind())) + ": " + words.say(condition.reason()));
			if (condition.standing() != Condition.Standing.MET) {
				words.remedy(condition.reason()).ifPresent(remedy -> terminal.line("      " + remedy));
				condition.details().stream().limit(MOST).forEach(detail -> terminal.line("    - " + words.say(detail)));
				if (condition.details().size() > MOST) {
					terminal.line("    " + words.say("watch.more", condition.details().size() - MOST));
				}
			}
		}
	}

	/// e.g. `example.org: running`
	String title(DomainWatch watch) {
		return watch.domain().name().unicode() + ": " + words.say("watch.state." + token(watch.verdict().state()));
	}

	void summary(List<DomainWatch> watches) {
		terminal.line(words.say("watch.summary", count(watches, State.ENDED), count(watches, State.RUNNING), count(watches, State.UNKNOWN)));
	}

	private static long count(List<DomainWatch> watches, State state) {
		return watches.stream().filter(watch -> watch.verdict().state() == state).count();
	}

	private static char sign(Condition.Standing standing) {
		return switch (standing) {
			case MET -> '+';
			case NOT_YET -> '-';
			case UNKNOWN -> '?';
		};
	}

	private static String token(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}
}
