package hikkoshi.core.tests.gate;

import static hikkoshi.core.tests.gate.World.DAY;
import static hikkoshi.core.tests.gate.World.NOW;
import static hikkoshi.core.tests.gate.World.WAVE;
import static hikkoshi.core.tests.gate.World.accounts;
import static hikkoshi.core.tests.gate.World.login;
import static hikkoshi.core.tests.gate.World.migration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Phase;
import hikkoshi.core.gate.Signature;
import hikkoshi.core.gate.Step;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.gate.StepState.Status;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.StepTarget;

class ChecklistStateTest {
	private static final Step CREATE = new Step("create", "Create", "", "", List.of(), "");
	private static final Step PROVE = new Step("prove", "Prove both", "", "",
			List.of(new GateSpec.Steps(List.of("create")), new GateSpec.Accounts(Set.of(Side.OLD, Side.NEW), Set.of(Protocol.IMAP), DAY)), "");
	private static final Step SWITCH = new Step("switch", "Switch", "", "", List.of(new GateSpec.Steps(List.of("create", "prove"))), "");
	private static final Step LOST = new Step("lost", "Lost", "", "", List.of(new GateSpec.Steps(List.of("gone"))), "");
	private static final Checklist CHECKLIST =
			new Checklist(List.of(new Phase("before", "Before", List.of(CREATE, PROVE)), new Phase("after", "After", List.of(SWITCH, LOST))));

	private final MemoryEvidence evidence = new MemoryEvidence();

	private ChecklistState state() {
		return ChecklistState.of(CHECKLIST, migration(), WAVE, evidence, NOW);
	}

	private StepState step(Step step) {
		return state().step(step.key()).orElseThrow();
	}

	private void prove(Outcome outcome, Duration ago) {
		accounts(migration()).forEach(account -> evidence.add(login(account, outcome, ago)));
	}

	private Evidence signOff(Step step) {
		return Signature.signOff(step(step), "Ann", NOW);
	}

	@Test
	void theLineFromNothingToTheSwitch() {
		assertThat(state().steps()).extracting(StepState::status).containsExactly(Status.READY, Status.BLOCKED, Status.BLOCKED, Status.BLOCKED);
		assertThat(state().next().orElseThrow().step()).isEqualTo(CREATE);
		evidence.add(signOff(CREATE));
		prove(Outcome.PASS, Duration.ofDays(2));
		assertThat(state().steps()).extracting(StepState::status).containsExactly(Status.DONE, Status.STALE, Status.BLOCKED, Status.BLOCKED);
		assertThat(step(PROVE).maySignOff()).isFalse();
		prove(Outcome.PASS, Duration.ofHours(2));
		assertThat(step(PROVE).status()).isEqualTo(Status.READY);
		evidence.add(signOff(PROVE));
		assertThat(state().steps()).extracting(StepState::status).containsExactly(Status.DONE, Status.DONE, Status.READY, Status.BLOCKED);
		assertThat(state().next().orElseThrow().step()).isEqualTo(SWITCH);
	}

	@Test
	void aSignOffKeepsWhatItRestsOn() {
		evidence.add(signOff(CREATE));
		prove(Outcome.PASS, Duration.ofHours(2));
		Evidence signed = signOff(PROVE);
		assertThat(signed.probe()).isEqualTo("person.sign-off");
		assertThat(signed.target().value()).isEqualTo("step:main/prove");
		assertThat(signed.outcome()).isEqualTo(Outcome.PASS);
		assertThat(signed.reason().id()).isEqualTo("person.signed-off");
		assertThat(signed.reason().args()).containsExactly("Ann");
		assertThat(signed.facts()).isInstanceOfSatisfying(Facts.Table.class, table -> {
			assertThat(table.columns()).containsExactly("target", "probe", "outcome", "row", "last-seen");
			// the step before, and IMAP of two mailboxes at three addresses
			assertThat(table.rows()).hasSize(1 + 6);
			assertThat(table.rows().getFirst().subList(0, 3)).containsExactly("step:main/create", "person.sign-off", "PASS");
		});
	}

	@Test
	void aShutGateCannotBeSignedOff() {
		assertThatThrownBy(() -> signOff(PROVE)).isInstanceOf(IllegalStateException.class).hasMessageContaining("prove");
	}

	@Test
	void aShutGateCanBeOverriddenAndThatIsKept() {
		Evidence overridden = Signature.override(step(PROVE), " Bob ", "the old server burns", NOW);
		assertThat(overridden.probe()).isEqualTo("person.override");
		assertThat(overridden.outcome()).isEqualTo(Outcome.WARN);
		assertThat(overridden.reason().args()).containsExactly("Bob", "the old server burns");
		assertThat(overridden.facts()).isInstanceOfSatisfying(Facts.Table.class, table -> {
			assertThat(table.rows()).hasSize(1 + 6);
			assertThat(table.rows()).extracting(row -> row.get(3)).contains(GateReasons.STEP_OPEN, GateReasons.ACCOUNT_NEVER);
		});
		evidence.add(overridden);
		assertThat(step(PROVE).status()).isEqualTo(Status.OVERRIDDEN);
		assertThat(step(PROVE).isDone()).isTrue();
		evidence.add(signOff(CREATE));
		assertThat(step(SWITCH).status()).isEqualTo(Status.READY);
	}

	@Test
	void aSignOffAfterAnOverrideCounts() {
		evidence.add(Signature.override(step(CREATE), "Bob", "in a hurry", NOW.minusSeconds(60)));
		evidence.add(signOff(CREATE));
		assertThat(step(CREATE).status()).isEqualTo(Status.DONE);
	}

	@Test
	void aSignOffStaysWhenTheGroundMovesAndThatShows() {
		evidence.add(signOff(CREATE));
		prove(Outcome.PASS, Duration.ofHours(2));
		evidence.add(signOff(PROVE));
		assertThat(step(PROVE).hasRegressed()).isFalse();
		prove(Outcome.FAIL, Duration.ofHours(1));
		StepState state = step(PROVE);
		assertThat(state.status()).isEqualTo(Status.DONE);
		assertThat(state.hasRegressed()).isTrue();
		assertThat(state.blockers()).hasSize(4).flatExtracting(Blocker::about).hasSize(6);
		assertThat(step(SWITCH).status()).isEqualTo(Status.READY);
	}

	@Test
	void ageAloneIsNoRegress() {
		evidence.add(signOff(CREATE));
		prove(Outcome.PASS, Duration.ofHours(2));
		evidence.add(signOff(PROVE));
		StepState later = ChecklistState.of(CHECKLIST, migration(), WAVE, evidence, NOW.plus(Duration.ofDays(90))).step("prove").orElseThrow();
		assertThat(later.maySignOff()).isFalse();
		assertThat(later.hasRegressed()).isFalse();
	}

	@Test
	void aStepThatTheChecklistDoesNotHaveCanNeverBeDone() {
		assertThat(World.reasons(step(LOST).openings().getFirst())).containsExactly(GateReasons.STEP_UNKNOWN);
		evidence.add(Signature.override(new StepState(LOST, new StepTarget("gone", WAVE), Status.READY, List.of(),
				Optional.empty()), "Bob", "x", NOW));
		assertThat(World.reasons(step(LOST).openings().getFirst())).containsExactly(GateReasons.STEP_UNKNOWN);
	}

	@Test
	void anotherWaveIsAnotherStory() {
		evidence.add(signOff(CREATE));
		assertThat(ChecklistState.of(CHECKLIST, migration(), "later", evidence, NOW).step("create").orElseThrow().status()).isEqualTo(Status.READY);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", " ", "\t", "two\nlines", "\u001b[2J"})
	void whoSignsHasAName(String name) {
		assertThatThrownBy(() -> Signature.signOff(step(CREATE), name, NOW)).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> Signature.override(step(PROVE), name, "why", NOW)).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> Signature.override(step(PROVE), "Bob", name, NOW)).isInstanceOf(IllegalArgumentException.class);
	}
}
