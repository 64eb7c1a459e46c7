package hikkoshi.core.tests.ledger;

import static hikkoshi.core.tests.ledger.Watching.MX;
import static hikkoshi.core.tests.ledger.Watching.NEW_MX;
import static hikkoshi.core.tests.ledger.Watching.OLD_MX;
import static hikkoshi.core.tests.ledger.Watching.instant;
import static hikkoshi.core.tests.ledger.Watching.ns;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.Gates;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Opening;
import hikkoshi.core.ledger.Headline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.LedgerReasons;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.RecordSet;

class GatesOnTheLedgerTest {
	private static final Duration HOUR = Duration.ofHours(1);
	private static final GateSpec PROPAGATED = new GateSpec.Propagated(HOUR);
	private static final GateSpec DRAINED = new GateSpec.TtlDrained(Duration.ofMinutes(5), HOUR);
	private static final RecordSet.Key OLD_A = new RecordSet.Key("mail.old.example.", "A");
	private static final RecordSet.Key NEW_A = new RecordSet.Key("mail.new.example.", "A");
	private final Watching watch = new Watching();

	private Opening judge(GateSpec spec, double now) {
		return Gates.of(spec, new Checklist(List.of()), Watching.migration(null), "main").judge(watch.evidence, instant(now));
	}

	private static List<Blocker> blockers(Opening opening) {
		return switch (opening) {
			case Opening.Open _ -> List.of();
			case Opening.Blocked blocked -> blocked.by();
			case Opening.Stale stale -> stale.by();
		};
	}

	private void old(double at, long ttl) {
		watch.says(ns(1), MX, ttl, OLD_MX).says(ns(1), OLD_A, 300, "192.0.2.1").look(at);
	}

	private void switched(double at) {
		watch.says(ns(1), MX, 300, NEW_MX).says(ns(1), NEW_A, 300, "192.0.2.2").look(at);
	}

	@Test
	void propagatedOpensWhenTheDeadlineHasPassed() {
		assertThat(blockers(judge(PROPAGATED, 0))).singleElement().satisfies(blocker -> assertThat(blocker.reason().id()).isEqualTo(LedgerReasons.NEVER));
		old(0, 3600);
		assertThat(judge(PROPAGATED, 10)).isInstanceOf(Opening.Blocked.class);
		assertThat(blockers(judge(PROPAGATED, 10))).singleElement().satisfies(blocker -> {
			assertThat(blocker.outcome()).isEqualTo(Outcome.FAIL);
			assertThat(blocker.reason().id()).isEqualTo(LedgerReasons.STILL_OLD);
		});
		switched(100);
		assertThat(blockers(judge(PROPAGATED, 3699.9))).singleElement().satisfies(blocker -> {
			assertThat(blocker.outcome()).isEqualTo(Outcome.WARN);
			assertThat(blocker.reason().args()).endsWith(instant(3700).toString());
			assertThat(blocker.since()).isEqualTo(instant(100));
		});
		assertThat(judge(PROPAGATED, 3700)).isInstanceOf(Opening.Open.class);
		assertThat(judge(PROPAGATED, 3701)).isInstanceOf(Opening.Stale.class);
	}

	@Test
	void theHeadlineNamesNoSecondBeforeTheDeadline() {
		old(0, 3600);
		switched(100.4);
		var migration = Watching.migration(null);
		Ledger ledger = Ledger.of(migration.domains().getFirst(), migration, watch.evidence, null, instant(200));
		assertThat(Headline.of(ledger, instant(200)).reason()).isEqualTo(Reason.of("ledger.head.draining", "example.org", instant(3701)));
		assertThat(Headline.of(ledger, instant(3700.5)).reason()).isEqualTo(Reason.of("ledger.head.passed", "example.org", instant(3701)));
	}

	@Test
	void propagatedDoesNotOpenWhereNothingChanged() {
		watch.says(ns(1), new RecordSet.Key("example.org.", "TXT"), 300, "\"v=spf1 -all\"").look(0);
		assertThat(blockers(judge(PROPAGATED, 1))).singleElement().satisfies(blocker -> assertThat(blocker.reason().id()).isEqualTo(GateReasons.NOTHING_CHANGED));
	}

	@Test
	void theTtlGateAndTheDirectionGateReadTheWatchToo() {
		old(0, 3600);
		assertThat(blockers(judge(DRAINED, 10))).singleElement().satisfies(blocker -> assertThat(blocker.reason().id()).isEqualTo(GateReasons.TTL_HIGH));
		old(100, 300);
		assertThat(blockers(judge(DRAINED, 110))).singleElement().satisfies(blocker -> {
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.TTL_DRAINING);
			assertThat(blocker.reason().args()).containsExactly("example.org", "3600", instant(3700).toString());
		});
		old(3600, 300);
		assertThat(judge(DRAINED, 3700)).isInstanceOf(Opening.Open.class);
		assertThat(judge(new GateSpec.DnsPointsTo(Side.OLD, HOUR), 3700)).isInstanceOf(Opening.Open.class);
		assertThat(judge(new GateSpec.DnsPointsTo(Side.NEW, HOUR), 3700)).isInstanceOf(Opening.Blocked.class);
		switched(3800);
		assertThat(judge(new GateSpec.DnsPointsTo(Side.NEW, HOUR), 3900)).isInstanceOf(Opening.Open.class);
	}

	@Test
	void whereTheNewServerTakesOverTheNameItsAddressMustDrainToo() {
		RecordSet.Key a = new RecordSet.Key("mail.new.example.", "A");
		watch.says(ns(1), MX, 300, NEW_MX).says(ns(1), a, 7200, "192.0.2.1").look(-90_000);
		watch.says(ns(1), MX, 300, NEW_MX).says(ns(1), a, 7200, "192.0.2.1").look(0);
		assertThat(blockers(judge(DRAINED, 10))).singleElement().satisfies(blocker -> assertThat(blocker.reason().id()).isEqualTo(GateReasons.TTL_HIGH_RECORD));
		watch.says(ns(1), MX, 300, NEW_MX).says(ns(1), a, 300, "192.0.2.1").look(100);
		watch.says(ns(1), MX, 300, NEW_MX).says(ns(1), a, 300, "192.0.2.1").look(7000);
		assertThat(judge(DRAINED, 7299)).isInstanceOf(Opening.Blocked.class);
		assertThat(judge(DRAINED, 7300)).isInstanceOf(Opening.Open.class);
	}
}
