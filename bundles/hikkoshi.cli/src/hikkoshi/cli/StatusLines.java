package hikkoshi.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;
import hikkoshi.core.overview.DomainState;
import hikkoshi.core.overview.Overview;
import hikkoshi.core.overview.State;
import hikkoshi.core.overview.Tally;
import hikkoshi.core.overview.WaveState;
import hikkoshi.core.text.Phrases;

/// The overview as lines for a person: numbers, proof, waves, the worst domains, what blocks, what to do next.
final class StatusLines {
	private static final int FEW = 5;

	private final Terminal terminal;
	private final Phrases words;
	private final DateTimeFormatter time;

	StatusLines(Terminal terminal, Phrases words) {
		this.terminal = terminal;
		this.words = words;
		time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(words.locale()).withZone(ZoneId.systemDefault());
	}

	void print(Migration migration, Overview overview) {
		terminal.line(migration.name());
		terminal.line("  " + words.say("status.numbers", overview.servers().getOrDefault(Side.OLD, 0),
				overview.servers().getOrDefault(Side.NEW, 0), overview.domains().size(), overview.mailboxes()));
		for (Recipient.Kind kind : Recipient.Kind.values()) {
			if (overview.recipients().containsKey(kind)) {
				terminal.line("  " + words.say("status.kind." + kind.token(), overview.recipients().get(kind)));
			}
		}
		overview.lastProbe().ifPresentOrElse(last -> terminal.line("  " + words.say("status.last", time.format(last.lastSeen()))),
				() -> terminal.line("  " + words.say("status.never")));
		proof(overview.tallies());
		waves(overview.waves());
		domains(overview.domains());
		blocks(overview.blocks());
		terminal.line("");
		terminal.line(words.say("status.next"));
		terminal.line("  → " + words.say(overview.next().reason()));
	}

	private void proof(List<Tally> tallies) {
		terminal.line("");
		terminal.line(words.say("status.proof"));
		Columns table = new Columns();
		List<String> heading = new ArrayList<>(List.of("  "));
		List<Standing> shown = List.of(Standing.PROVEN, Standing.STALE, Standing.NEVER, Standing.UNKNOWN, Standing.FAILED);
		shown.forEach(standing -> heading.add(standing(standing)));
		table.row(heading);
		for (Tally tally : tallies) {
			List<String> row = new ArrayList<>();
			row.add("  " + words.say("side." + tally.side().token()) + " " + words.say("protocol." + tally.protocol().token()));
			shown.forEach(standing -> row.add(String.valueOf(standing == Standing.PROVEN ? tally.proven() : tally.count(standing))));
			table.row(row);
		}
		table.lines().forEach(terminal::line);
	}

	private void waves(List<WaveState> waves) {
		terminal.line("");
		terminal.line(words.say("status.waves"));
		Columns table = new Columns();
		for (WaveState wave : waves) {
			String date = wave.wave().cutover() == null ? words.say("status.unplanned") : time.format(wave.wave().cutover());
			table.row("  " + wave.wave().key(), date, words.say("status.wave", wave.domains(), wave.mailboxes()),
					wave.done() ? words.say("status.done") : standing(wave.state().standing()));
		}
		table.lines().forEach(terminal::line);
	}

	private void domains(List<DomainState> domains) {
		List<DomainState> bad = domains.stream().filter(domain -> !domain.state().standing().isProven())
				.sorted(Comparator.comparing((DomainState domain) -> domain.state().standing()).reversed()).toList();
		if (bad.isEmpty()) {
			return;
		}
		terminal.line("");
		terminal.line(words.say("status.worst"));
		for (DomainState domain : bad.subList(0, Math.min(FEW, bad.size()))) {
			State state = domain.state();
			String since = state.since() == null ? "" : " [" + words.say("gate.since", time.format(state.since())) + "]";
			terminal.line("  " + domain.domain().name().unicode() + ": " + standing(state.standing()));
			terminal.line("      " + words.say(state.reason()) + since);
		}
		if (bad.size() > FEW) {
			terminal.line("  " + words.say("gate.more", bad.size() - FEW));
		}
	}

	private void blocks(List<Overview.Block> blocks) {
		if (blocks.isEmpty()) {
			return;
		}
		terminal.line("");
		terminal.line(words.say("status.blocks"));
		GateLines lines = new GateLines(terminal, words, false);
		for (Overview.Block block : blocks) {
			terminal.line("  " + words.say("status.block", block.step().step().title(), block.wave(), block.step().blockers().size()));
			block.step().blockers().stream().limit(1).forEach(lines::blocker);
		}
	}

	private String standing(Standing standing) {
		return words.say("standing." + standing.name().toLowerCase(Locale.ROOT));
	}
}
