package hikkoshi.ui.mailbox.watch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.PlannedZones;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.SaidVerdict;
import hikkoshi.core.watch.Verdict;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchRounds;
import hikkoshi.ui.TargetRow;

/// All verdicts of one moment, ready to be shown: what needs attention first. Immutable.
///
/// @param faults planned zones that cannot be read
/// @param isBlank whether nobody has ever looked
record WatchRows(Migration migration, List<Shown> all, List<String> faults, boolean isBlank) {
	WatchRows {
		all = List.copyOf(all);
		faults = List.copyOf(faults);
	}

	/// @param since when a watch has said so
	record Shown(DomainWatch watch, SaidVerdict.Since since) implements TargetRow {
		@Override
		public Target target() {
			return watch.domain();
		}

		State state() {
			return watch.verdict().state();
		}

		Condition condition(Condition.Kind kind) {
			return watch.verdict().conditions().get(kind.ordinal());
		}
	}

	/// Reads the evidence; blocks.
	static WatchRows read(Migration migration, Path folder, EvidenceView log, Zones zones, Clock clock) {
		PlannedZones planned = PlannedZones.read(migration.domains(), folder, zones);
		List<Shown> all = new WatchRounds(migration, migration.domains(), planned.plans(), List.of(), log, clock).judge().stream()
				.map(watch -> new Shown(watch, SaidVerdict.since(log, watch.domain())))
				.sorted(Comparator.comparing(Shown::state).reversed().thenComparing(shown -> shown.watch().domain().name().ascii())).toList();
		boolean isBlank = all.stream().allMatch(shown -> shown.since().last().isEmpty() && shown.watch().ledger().chronicle().sightings().isEmpty()
				&& shown.watch().arrivals().looks().stream().allMatch(look -> look.last().isEmpty()));
		return new WatchRows(migration, all, planned.faults(), isBlank);
	}

	long count(State state) {
		return all.stream().filter(shown -> shown.state() == state).count();
	}

	/// Of a wave, as its worst domain has it.
	State of(String wave) {
		return Verdict.worst(inWave(wave).map(shown -> shown.watch().verdict()).toList());
	}

	Stream<Shown> inWave(String wave) {
		return all.stream().filter(shown -> wave.isEmpty() || shown.watch().domain().wave().equals(wave));
	}

	/// @param wave empty for all
	List<Shown> filtered(String text, boolean openOnly, String wave, Phrases words) {
		String wanted = text.strip().toLowerCase(Locale.ROOT);
		return inWave(wave).filter(shown -> !openOnly || shown.state() != State.ENDED).filter(shown -> wanted.isEmpty() || line(shown, words).contains(wanted)).toList();
	}

	private static String line(Shown shown, Phrases words) {
		StringBuilder line = new StringBuilder(shown.watch().domain().name().unicode()).append(' ').append(shown.watch().domain().name().ascii()).append(' ')
				.append(state(shown.state(), words));
		shown.watch().verdict().open().forEach(condition -> line.append(' ').append(words.say(condition.reason())));
		return line.toString().toLowerCase(Locale.ROOT);
	}

	static String state(State state, Phrases words) {
		return words.say("watch.state." + token(state));
	}

	static String kind(Condition.Kind kind, Phrases words) {
		return words.say("watch.kind." + token(kind));
	}

	static String token(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}

	static Outcome outcome(State state) {
		return switch (state) {
			case ENDED -> Outcome.PASS;
			case UNKNOWN -> Outcome.UNKNOWN;
			case RUNNING -> Outcome.WARN;
		};
	}

	static Outcome outcome(Condition.Standing standing) {
		return switch (standing) {
			case MET -> Outcome.PASS;
			case UNKNOWN -> Outcome.UNKNOWN;
			case NOT_YET -> Outcome.WARN;
		};
	}

	/// e.g. `holds · 2 h`
	static String cell(String word, Optional<Instant> since, Instant now, Phrases words) {
		return since.map(at -> words.say("watch.cell", word, length(Duration.between(at, now), words))).orElse(word);
	}

	private static String length(Duration length, Phrases words) {
		if (length.toHours() < 2) {
			return words.say("watch.minutes", Math.max(0, length.toMinutes()));
		}
		return length.toDays() < 2 ? words.say("watch.hours", length.toHours()) : words.say("watch.days", length.toDays());
	}
}
