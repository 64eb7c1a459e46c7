package hikkoshi.core.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;

/// The state of a migration at a glance: a pure function of files, evidence and `now`.
///
/// @param servers how many, by side
/// @param recipients how many, by kind
/// @param tallies by side, then by protocol; only what a server of that side offers
/// @param domains in the order of the file
/// @param waves in the order in which they cut over; those without a date last
/// @param lastProbe the newest word of a probe
public record Overview(
		Instant at, Map<Side, Integer> servers, int mailboxes, Map<Recipient.Kind, Integer> recipients, List<Tally> tallies,
		List<DomainState> domains, List<WaveState> waves, NextStep next, Optional<Sighting> lastProbe) {
	/// A domain, or a wave, without mailboxes: nothing is proven by looking at nothing. (its name)
	public static final String EMPTY = "overview.empty";
	private static final String PERSON = "person.";

	/// A step that keeps a wave from going on.
	public record Block(String wave, StepState step) {}

	public Overview {
		servers = Map.copyOf(servers);
		recipients = Map.copyOf(recipients);
		tallies = List.copyOf(tallies);
		domains = List.copyOf(domains);
		waves = List.copyOf(waves);
	}

	/// Reads the newest evidence once and goes through the mailboxes once. Blocks as long as that takes.
	///
	/// @param checklist empty when there is none that can be used
	public static Overview of(Migration migration, Optional<Checklist> checklist, EvidenceView evidence, Instant now) {
		Snapshot moment = evidence instanceof Snapshot read ? read : new Snapshot(evidence);
		Survey survey = new Survey(migration, moment, now);
		Map<Side, Integer> servers = new EnumMap<>(Side.class);
		migration.servers().forEach(server -> servers.merge(server.side(), 1, Integer::sum));
		Map<Recipient.Kind, Integer> recipients = new EnumMap<>(Recipient.Kind.class);
		migration.recipients().forEach(recipient -> recipients.merge(recipient.kind(), 1, Integer::sum));
		List<DomainState> domains = survey.domains();
		List<WaveState> waves = new ArrayList<>();
		migration.waves().stream().sorted(Comparator.comparing(Wave::cutover, Comparator.nullsLast(Comparator.naturalOrder()))).forEach(
				wave -> waves.add(wave(wave, domains, checklist.map(list -> ChecklistState.of(list, migration, wave.key(), moment, now)))));
		Optional<Sighting> last = moment.latest().stream().filter(sighting -> !sighting.evidence().probe().startsWith(PERSON))
				.max(Comparator.comparing(Sighting::lastSeen));
		NextStep next = NextStep.of(waves, domains, migration.mailboxes().size(), checklist.isPresent());
		return new Overview(now, servers, migration.mailboxes().size(), recipients, survey.tallies(), domains, waves, next, last);
	}

	private static WaveState wave(Wave wave, List<DomainState> all, Optional<ChecklistState> checklist) {
		List<DomainState> domains = all.stream().filter(domain -> domain.domain().wave().equals(wave.key())).toList();
		State state = domains.stream().map(DomainState::state).reduce(State::worst).orElseGet(() -> empty(wave.key()));
		return new WaveState(wave, state, domains.size(), domains.stream().mapToInt(DomainState::count).sum(),
				domains.stream().mapToInt(DomainState::recipients).sum(), checklist.flatMap(ChecklistState::next),
				checklist.stream().flatMap(steps -> steps.steps().stream()).filter(StepState::hasRegressed).toList(),
				checklist.filter(steps -> steps.next().isEmpty()).isPresent());
	}

	static State empty(String name) {
		return new State(Standing.NEVER, Reason.of(EMPTY, name), null, null, 0);
	}

	/// The domain that stands worst; the first of equals. Empty when no domain is listed.
	public Optional<DomainState> worstDomain() {
		return domains.stream().reduce((one, other) -> other.state().standing().compareTo(one.state().standing()) > 0 ? other : one);
	}

	/// What keeps the waves from going on, wave by wave: the next step when a gate shuts it, and steps whose gates have shut since they were
	/// signed off.
	public List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		for (WaveState wave : waves) {
			wave.regressed().forEach(step -> blocks.add(new Block(wave.wave().key(), step)));
			wave.next().filter(step -> !step.blockers().isEmpty()).ifPresent(step -> blocks.add(new Block(wave.wave().key(), step)));
		}
		return blocks;
	}

	/// The worst standing of all domains whose wave is not over; PROVEN when all are.
	public Standing standing() {
		List<String> over = waves.stream().filter(WaveState::done).map(wave -> wave.wave().key()).toList();
		return domains.stream().filter(domain -> !over.contains(domain.domain().wave())).map(domain -> domain.state().standing())
				.reduce(Standing::worst).orElse(domains.isEmpty() ? Standing.NEVER : Standing.PROVEN);
	}
}
