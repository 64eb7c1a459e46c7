package hikkoshi.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Existence;
import hikkoshi.core.probe.Proof;
import hikkoshi.core.text.Phrases;

/// Which address exists where, one line each, and what follows from it.
final class ExistLines {
	private final Terminal terminal;
	private final Phrases words;
	private final List<Side> sides;

	/// @param sides those that were asked about
	ExistLines(Terminal terminal, Phrases words, List<Side> sides) {
		this.terminal = terminal;
		this.words = words;
		this.sides = List.copyOf(sides);
	}

	/// Worst first, else in the roster's order.
	void print(List<Existence.Entry> entries) {
		Columns columns = new Columns();
		entries.stream().sorted(Comparator.comparingInt((Existence.Entry entry) -> rank(code(entry))).reversed()).forEach(entry -> {
			List<String> cells = new ArrayList<>();
			for (Side side : sides) {
				cells.add(words.say("exist.side." + side.token()) + " " + state(entry.on(side)));
			}
			cells.add(entry.address().toString());
			Optional.ofNullable(entry.kind()).ifPresentOrElse(kind -> cells.add(words.say("exist.kind." + kind.token())), () -> cells.add(""));
			cells.add(why(entry));
			columns.row(cells);
		});
		columns.lines().forEach(terminal::line);
		for (Side side : sides) {
			terminal.line(words.say("exist.summary", words.say("exist.side." + side.token()), count(entries, side, Proof.State.EXISTS),
					count(entries, side, Proof.State.MISSING), count(entries, side, Proof.State.UNKNOWN)));
		}
		long forgotten = entries.stream().filter(Existence.Entry::isForgotten).count();
		if (forgotten > 0) {
			terminal.line(words.say("exist.forgotten", forgotten));
		}
	}

	private static long count(List<Existence.Entry> entries, Side side, Proof.State state) {
		return entries.stream().filter(entry -> entry.on(side).state() == state).count();
	}

	private String state(Proof proof) {
		return words.say(proof instanceof Proof.Disabled ? "exist.state.disabled" : "exist.state." + proof.state().name().toLowerCase(Locale.ROOT));
	}

	/// In the words of the side that is worst; of both equally bad, NEW counts.
	private String why(Existence.Entry entry) {
		return sides.stream().max(Comparator.comparingInt((Side side) -> rank(code(entry.on(side), side))).thenComparing(Comparator.naturalOrder()))
				.map(side -> words.say("exist.why", words.say("exist.side." + side.token()), why(entry.on(side)))).orElse("");
	}

	private String why(Proof proof) {
		return switch (proof) {
			case Proof.Exists exists -> said(exists.word().evidence().reason());
			case Proof.Missing missing -> said(missing.word().evidence().reason());
			case Proof.Disabled disabled -> said(disabled.word().evidence().reason());
			case Proof.Unclear unclear -> said(unclear.word().evidence().reason());
			case Proof.Stale stale -> words.say("exist.stale", stale.word().lastSeen());
			case Proof.Never _ -> words.say("exist.never");
			case Proof.NoDoor none -> words.say(none.mayLogIn() ? "exist.no-door-or-login" : "exist.no-door", none.server().key());
			case Proof.NoServer _ -> words.say("exist.no-server");
		};
	}

	private String said(Reason reason) {
		return words.say(reason);
	}

	/// The worst of all.
	ExitCode code(List<Existence.Entry> entries) {
		return entries.stream().map(this::code).max(Comparator.comparingInt(ExistLines::rank)).orElse(ExitCode.UNKNOWN);
	}

	private ExitCode code(Existence.Entry entry) {
		return sides.stream().map(side -> code(entry.on(side), side)).max(Comparator.comparingInt(ExistLines::rank)).orElse(ExitCode.UNKNOWN);
	}

	/// What is missing on OLD is nothing that can be lost, unless OLD alone was asked about.
	private ExitCode code(Proof proof, Side side) {
		return switch (proof.state()) {
			case EXISTS -> proof.evidence().filter(word -> word.evidence().outcome() != Outcome.PASS).isPresent() ? ExitCode.WARNINGS : ExitCode.OK;
			case MISSING -> side == Side.OLD && sides.contains(Side.NEW) ? ExitCode.WARNINGS : ExitCode.FAILED;
			case UNKNOWN -> ExitCode.UNKNOWN;
		};
	}

	/// A failure outweighs what is not known.
	private static int rank(ExitCode code) {
		return code == ExitCode.FAILED ? ExitCode.UNKNOWN.code() + 1 : code.code();
	}
}
