package hikkoshi.core.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.watch.Condition.Kind;
import hikkoshi.core.watch.Condition.Standing;
import hikkoshi.core.watch.Verdict.State;

/// A verdict as a watch has said it, kept in the log when it changes: so that one who starts again knows what has been told, and a person sees since when a
/// condition stands as it does.
///
/// @param at when it was said
/// @param standings of the conditions; empty for one of an older Hikkoshi that cannot be read
public record SaidVerdict(Instant at, State state, Map<Kind, Standing> standings) {
	/// The name under which the log has it; no probe finds it.
	public static final String PROBE = "watch.verdict";
	private static final String SAID = "watch.said.";
	/// Changes that are read back.
	private static final int MOST = 512;

	public SaidVerdict {
		standings = Map.copyOf(standings);
	}

	/// As evidence. Its reason tells every standing, so that the log keeps each change. (domain, the standings in the order of their kinds)
	public static Evidence evidence(DomainWatch watch) {
		List<List<String>> rows = new ArrayList<>();
		List<String> words = new ArrayList<>();
		for (Condition condition : watch.verdict().conditions()) {
			words.add(token(condition.standing()));
			rows.add(List.of(token(condition.kind()), token(condition.standing()), condition.reason().id()));
		}
		return new Evidence(PROBE, watch.domain().id(), watch.ledger().now(), Duration.ZERO, outcome(watch.verdict().state()),
				Reason.of(SAID + token(watch.verdict().state()), watch.domain().name(), String.join(" ", words)),
				new Facts.Table(List.of("watch.condition", "watch.standing", "watch.reason"), rows));
	}

	private static Outcome outcome(State state) {
		return switch (state) {
			case ENDED -> Outcome.PASS;
			case RUNNING -> Outcome.WARN;
			case UNKNOWN -> Outcome.UNKNOWN;
		};
	}

	/// What was said last about a domain.
	public static Optional<SaidVerdict> latest(EvidenceView log, Domain domain) {
		return log.latest(PROBE, domain.id()).flatMap(SaidVerdict::read);
	}

	/// Since when each condition has been said to stand as it did last, and what the verdict was since when. Blocks.
	public static Since since(EvidenceView log, Domain domain) {
		Map<Kind, Instant> conditions = new EnumMap<>(Kind.class);
		Optional<Instant> state = Optional.empty();
		Optional<SaidVerdict> after = Optional.empty();
		for (SaidVerdict said : log.history(PROBE, domain.id(), MOST).stream().flatMap(sighting -> read(sighting).stream()).toList()) {
			Optional<SaidVerdict> before = after;
			said.standings.forEach((kind, standing) -> {
				if (before.filter(one -> one.standings.get(kind) == standing).isEmpty()) {
					conditions.put(kind, said.at);
				}
			});
			state = before.filter(one -> one.state == said.state).isPresent() ? state : Optional.of(said.at);
			after = Optional.of(said);
		}
		return new Since(state, conditions, after);
	}

	/// @param verdict since when; empty when no watch has said one
	/// @param last what was said last
	public record Since(Optional<Instant> verdict, Map<Kind, Instant> conditions, Optional<SaidVerdict> last) {
		public Since {
			conditions = Map.copyOf(conditions);
		}

		/// Since when a condition stands as it does now; empty when the log says otherwise of it, or nothing.
		public Optional<Instant> of(Condition condition) {
			return last.filter(said -> said.standings.get(condition.kind()) == condition.standing()).map(_ -> conditions.get(condition.kind()));
		}

		/// The same for the verdict.
		public Optional<Instant> of(State state) {
			return last.filter(said -> said.state == state).flatMap(_ -> verdict);
		}
	}

	private static Optional<SaidVerdict> read(Sighting sighting) {
		Reason reason = sighting.evidence().reason();
		Optional<State> state = reason.id().startsWith(SAID) ? named(State.values(), reason.id().substring(SAID.length())) : Optional.empty();
		Map<Kind, Standing> standings = new EnumMap<>(Kind.class);
		if (sighting.evidence().facts() instanceof Facts.Table table && table.columns().size() >= 2) {
			for (List<String> row : table.rows()) {
				named(Kind.values(), row.get(0)).ifPresent(kind -> named(Standing.values(), row.get(1)).ifPresent(standing -> standings.put(kind, standing)));
			}
		}
		return state.map(known -> new SaidVerdict(sighting.firstSeen(), known, standings));
	}

	private static <E extends Enum<E>> Optional<E> named(E[] all, String token) {
		for (E each : all) {
			if (token(each).equals(token)) {
				return Optional.of(each);
			}
		}
		return Optional.empty();
	}

	static String token(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}
}
