package hikkoshi.core.tests.gate;

import static hikkoshi.core.tests.gate.World.DAY;
import static hikkoshi.core.tests.gate.World.NOW;
import static hikkoshi.core.tests.gate.World.judge;
import static hikkoshi.core.tests.gate.World.migration;
import static hikkoshi.core.tests.gate.World.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Opening;
import hikkoshi.core.text.Phrases;

class AuditGateTest {
	private final MemoryEvidence evidence = new MemoryEvidence();

	private void say(String check, Outcome outcome, Duration ago) {
		evidence.add(new Evidence(check, World.MOVED.id(), NOW.minus(ago), Duration.ZERO, outcome, Reason.of(check + ".said", World.MOVED.name()), Facts.NONE));
	}

	private Opening ask(boolean warnings, String... checks) {
		return judge(new GateSpec.Audit(List.of(checks), warnings, DAY), migration(), evidence);
	}

	@ParameterizedTest
	@CsvSource({"PASS, false, true", "PASS, true, true", "WARN, false, false", "WARN, true, true", "FAIL, true, false", "UNKNOWN, true, false"})
	void opensForWhatTheChecklistAllows(Outcome outcome, boolean warnings, boolean open) {
		say("audit.leftovers", outcome, Duration.ofHours(1));
		Opening opening = ask(warnings, "audit.leftovers");
		assertThat(opening instanceof Opening.Open).as(reasons(opening).toString()).isEqualTo(open);
		if (!open) {
			assertThat(reasons(opening)).containsExactly(GateReasons.AUDIT_SAYS);
		}
	}

	@Test
	void aCheckThatNeverRanProvesNothing() {
		assertThat(reasons(ask(true, "audit.leftovers"))).containsExactly(GateReasons.AUDIT_NEVER);
		assertThat(reasons(ask(true, "audit.spf.*"))).containsExactly(GateReasons.AUDIT_NEVER);
	}

	@Test
	void aPatternTakesAllThatBeginSo() {
		say("audit.spf.old", Outcome.PASS, Duration.ofHours(1));
		say("audit.spf.new", Outcome.FAIL, Duration.ofHours(1));
		say("audit.mx.null", Outcome.FAIL, Duration.ofHours(1));
		Opening opening = ask(true, "audit.spf.*");
		assertThat(opening).isInstanceOfSatisfying(Opening.Blocked.class, blocked -> {
			assertThat(blocked.by()).hasSize(1);
			assertThat(blocked.by().getFirst().reason().args()).containsExactly(World.MOVED.name().ascii(), "audit.spf.new", "audit.spf.new.said", World.MOVED.name().ascii());
		});
		say("audit.spf.new", Outcome.PASS, Duration.ofMinutes(30));
		assertThat(ask(true, "audit.spf.*")).isInstanceOf(Opening.Open.class);
	}

	@Test
	void oldProofIsStale() {
		say("audit.leftovers", Outcome.PASS, Duration.ofHours(25));
		assertThat(ask(false, "audit.leftovers")).isInstanceOf(Opening.Stale.class);
		Phrases words = Phrases.of(Locale.ENGLISH, List.of());
		assertThat(words.say(Reason.of(GateReasons.AUDIT_STALE, "example.org", "audit.leftovers", NOW, DAY))).contains("example.org", "audit.leftovers", "1 d.");
	}
}
