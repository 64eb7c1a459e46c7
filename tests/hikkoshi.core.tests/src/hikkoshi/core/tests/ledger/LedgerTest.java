package hikkoshi.core.tests.ledger;

import static hikkoshi.core.tests.ledger.Watching.MX;
import static hikkoshi.core.tests.ledger.Watching.NEW_MX;
import static hikkoshi.core.tests.ledger.Watching.NS;
import static hikkoshi.core.tests.ledger.Watching.OLD_MX;
import static hikkoshi.core.tests.ledger.Watching.cache;
import static hikkoshi.core.tests.ledger.Watching.instant;
import static hikkoshi.core.tests.ledger.Watching.ns;
import static hikkoshi.core.tests.ledger.Watching.parent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.LedgerReasons;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.Standing;
import hikkoshi.core.plan.RecordSet;

class LedgerTest {
	private static final int HOUR = 3600;
	private final Watching watch = new Watching();

	private void both(double at, long ttl1, String mx1, long ttl2, String mx2) {
		watch.says(ns(1), MX, ttl1, mx1).says(ns(2), MX, ttl2, mx2).look(at);
	}

	private static Deadline.Known known(Ledger ledger) {
		assertThat(ledger.deadline()).isInstanceOf(Deadline.Known.class);
		return (Deadline.Known) ledger.deadline();
	}

	private static List<String> reasons(Deadline deadline) {
		return switch (deadline) {
			case Deadline.Nothing _ -> List.of();
			case Deadline.Known known -> List.of(known.why().id());
			case Deadline.Running running -> running.why().stream().map(Reason::id).toList();
			case Deadline.Unknown unknown -> unknown.why().stream().map(Reason::id).toList();
		};
	}

	@Test
	void theOldAnswerLivesFromTheFirstLookThatFoundTheNewOne() {
		both(0, HOUR, OLD_MX, HOUR, OLD_MX);
		both(100, HOUR, OLD_MX, HOUR, OLD_MX);
		both(200, 300, NEW_MX, HOUR, OLD_MX);
		both(300, 300, NEW_MX, 300, NEW_MX);
		Deadline.Known deadline = known(watch.ledger(400));
		assertThat(deadline.at()).isEqualTo(instant(300 + HOUR));
		assertThat(deadline.why()).isEqualTo(Reason.of(LedgerReasons.SEEN, "example.org. MX", "ns2.example.net (192.0.2.52)", instant(300), HOUR, instant(300 + HOUR)));
		assertThat(deadline.hasPassed(instant(300 + HOUR - 0.001))).isFalse();
		assertThat(deadline.hasPassed(instant(300 + HOUR))).isTrue();
	}

	@Test
	void aServerThatLagsLeavesNoDeadline() {
		both(0, HOUR, OLD_MX, HOUR, OLD_MX);
		both(200, 300, NEW_MX, HOUR, OLD_MX);
		Ledger ledger = watch.ledger(500);
		assertThat(ledger.deadline()).isInstanceOfSatisfying(Deadline.Running.class, running -> {
			assertThat(running.notBefore()).isEqualTo(instant(500 + HOUR));
			assertThat(running.why()).containsExactly(
					Reason.of(LedgerReasons.STILL_OLD, "example.org. MX", "ns2.example.net (192.0.2.52)", instant(200), HOUR));
		});
		assertThat(ledger.late()).singleElement().satisfies(cell -> assertThat(cell.source()).isEqualTo(ns(2)));
		assertThat(ledger.cell(ns(1), MX)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.NEW);
	}

	@Test
	void theTtlBeforeItWasLoweredCountsUntilItHasDrained() {
		both(0, 86_400, OLD_MX, 86_400, OLD_MX);
		both(1000, 300, OLD_MX, 300, OLD_MX);
		both(5000, 300, NEW_MX, 300, NEW_MX);
		assertThat(known(watch.ledger(6000)).at()).isEqualTo(instant(1000 + 86_400));
		both(200_000, 300, OLD_MX, 300, OLD_MX);
		both(200_100, 300, NEW_MX, 300, NEW_MX);
		assertThat(known(watch.ledger(200_200)).at()).isEqualTo(instant(200_100 + 300));
	}

	@Test
	void whoCameTooLateIsGivenADayOrWhatAPersonSays() {
		both(0, 300, OLD_MX, 300, OLD_MX);
		both(1000, 300, NEW_MX, 300, NEW_MX);
		Deadline.Known assumed = known(watch.ledger(1100));
		assertThat(assumed.at()).isEqualTo(instant(86_400));
		assertThat(assumed.why().id()).isEqualTo(LedgerReasons.ASSUMED);
		assertThat(known(watch.ledger(1100, Duration.ofSeconds(900), null)).at()).isEqualTo(instant(1300));
		assertThat(known(watch.ledger(1100, Duration.ofSeconds(1400), null)).at()).isEqualTo(instant(1400));
	}

	@Test
	void whoFoundTheNewAnswerAtTheFirstLookDoesNotKnowTheOldOne() {
		both(0, 300, NEW_MX, 300, NEW_MX);
		assertThat(known(watch.ledger(1100)).why().id()).isEqualTo(LedgerReasons.ASSUMED);
	}

	@Test
	void aServerThatWasNeverHeardOrHasFallenSilentMakesItUnknown() {
		watch.says(ns(1), MX, HOUR, OLD_MX).silent(ns(2), MX).look(0);
		watch.says(ns(1), MX, HOUR, NEW_MX).silent(ns(2), MX).look(100);
		assertThat(reasons(watch.ledger(200).deadline())).containsExactly(LedgerReasons.NEVER_HEARD);
		both(300, HOUR, NEW_MX, HOUR, NEW_MX);
		assertThat(reasons(watch.ledger(400).deadline())).containsExactly(LedgerReasons.ASSUMED);
		watch.says(ns(1), MX, HOUR, NEW_MX).silent(ns(2), MX).look(500);
		assertThat(reasons(watch.ledger(600).deadline())).containsExactly(LedgerReasons.SILENT);
	}

	@Test
	void nobodyLookedOrNobodyWasFound() {
		assertThat(reasons(watch.ledger(0).deadline())).containsExactly(LedgerReasons.NEVER);
		watch.look(0);
		assertThat(reasons(watch.ledger(1).deadline())).containsExactly(LedgerReasons.NOBODY);
	}

	@Test
	void aNameThatDidNotExistIsKeptAsLongAsTheZoneSays() {
		RecordSet.Key srv = new RecordSet.Key("_imaps._tcp.example.org.", "SRV");
		watch.says(ns(1), srv, 1800).look(0);
		watch.says(ns(1), srv, 300, "0 1 993 mail.new.example.").look(100);
		assertThat(known(watch.ledger(200)).at()).isEqualTo(instant(1900));
		assertThat(watch.ledger(200).cell(ns(1), srv)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.NEW);
	}

	@Test
	void aServerThatHasLeftTheDelegationIsAskedAsLongAsTheDelegationLives() {
		watch.says(parent(), NS, 7200, "ns1.example.net.").says(ns(1), NS, 600, "ns1.example.net.").says(ns(1), MX, HOUR, OLD_MX).look(0);
		watch.says(parent(), NS, 7200, "ns2.example.net.").says(ns(2), NS, 600, "ns2.example.net.").says(ns(2), MX, 300, NEW_MX).look(100);
		Deadline.Known deadline = known(watch.ledger(200));
		assertThat(deadline.at()).isEqualTo(instant(100 + 7200 + 600 + HOUR));
		assertThat(deadline.why().id()).isEqualTo(LedgerReasons.DEPARTED);
	}

	@Test
	void aDepartedServerWhoseDelegationNobodySawHasNoDeadline() {
		watch.says(ns(1), MX, HOUR, OLD_MX).look(0);
		watch.says(ns(2), MX, 300, NEW_MX).look(100);
		assertThat(reasons(watch.ledger(200).deadline())).containsExactly(LedgerReasons.NO_DELEGATION_TTL);
	}

	@Test
	void aLookCountsFromItsEnd() {
		both(0, HOUR, OLD_MX, HOUR, OLD_MX);
		watch.took(8).says(ns(1), MX, 300, NEW_MX).says(ns(2), MX, 300, NEW_MX).look(100);
		assertThat(known(watch.ledger(200)).at()).isEqualTo(instant(108 + HOUR));
	}

	@Test
	void aClockThatRunsBehindPullsNothingForward() {
		both(0, HOUR, OLD_MX, HOUR, OLD_MX);
		both(10_000, HOUR, OLD_MX, HOUR, OLD_MX);
		both(500, 300, NEW_MX, 300, NEW_MX);
		// when it was made nobody knows: at the latest now, or when the next one was
		assertThat(known(watch.ledger(10_100)).at()).isEqualTo(instant(10_100 + HOUR));
		both(10_200, 300, NEW_MX, 301, NEW_MX);
		assertThat(known(watch.ledger(10_300)).at()).isEqualTo(instant(10_200 + HOUR));
	}

	@Test
	void aClockThatGoesBackWithinEqualLooksPullsNothingForward() {
		both(0, HOUR, OLD_MX, HOUR, OLD_MX);
		both(10_000, HOUR, OLD_MX, HOUR, OLD_MX);
		// the old answer was there at 10,000 and was seen once more after it, by a clock that had gone back
		both(5_000, HOUR, OLD_MX, HOUR, OLD_MX);
		both(5_010, 300, NEW_MX, 300, NEW_MX);
		assertThat(reasons(watch.ledger(5_020).deadline())).as("by the clock that went back").contains(LedgerReasons.FUTURE);
		assertThat(known(watch.ledger(10_100)).at()).as("set right again, nobody has looked since").isEqualTo(instant(10_100 + HOUR));
		both(10_200, 300, NEW_MX, 301, NEW_MX);
		assertThat(known(watch.ledger(10_300)).at()).isEqualTo(instant(10_200 + HOUR));
	}

	@Test
	void aLookFromTheFutureProvesNothingUntilABelievableOneFollows() {
		both(0, HOUR, OLD_MX, HOUR, OLD_MX);
		both(90_000, 300, NEW_MX, 300, NEW_MX);
		assertThat(reasons(watch.ledger(1000).deadline())).contains(LedgerReasons.FUTURE);
		both(1200, 300, NEW_MX, 300, NEW_MX);
		assertThat(known(watch.ledger(1400)).at()).isEqualTo(instant(1200 + HOUR));
	}

	@Test
	void aCacheThatStretchesIsNamedAndMovesNothing() {
		both(0, 60, OLD_MX, 60, OLD_MX);
		watch.says(ns(1), MX, 60, NEW_MX).says(ns(2), MX, 60, NEW_MX).keeps(cache(1), MX, 100, 40, OLD_MX).keeps(cache(2), MX, 100, 3000, OLD_MX).look(100);
		Ledger ledger = watch.ledger(120, Duration.ofSeconds(60), null);
		assertThat(known(ledger).at()).isEqualTo(instant(160));
		assertThat(ledger.remarks()).containsExactly(Reason.of(LedgerReasons.STRETCHES, "cache2 (192.0.2.82)", "example.org. MX", 3000, 60, instant(3100)));
		watch.says(ns(1), MX, 60, NEW_MX).says(ns(2), MX, 60, NEW_MX).keeps(cache(2), MX, 300, 30, OLD_MX).look(300);
		assertThat(watch.ledger(310, Duration.ofSeconds(60), null).remarks()).extracting(Reason::id).containsExactly(LedgerReasons.STRETCHES, LedgerReasons.STALE);
	}

	@Test
	void aCacheThatClampsIsNamedOnceItHasDoneSoTwice() {
		RecordSet.Key txt = new RecordSet.Key("example.org.", "TXT");
		watch.says(ns(1), MX, HOUR, OLD_MX).fetches(cache(1), MX, 30, OLD_MX).fetches(cache(2), MX, HOUR, OLD_MX).fetches(cache(3), MX, 1700, OLD_MX).look(0);
		assertThat(watch.ledger(10).remarks()).isEmpty();
		watch.says(ns(1), MX, HOUR, OLD_MX).fetches(cache(1), MX, 30, OLD_MX).fetches(cache(2), MX, HOUR, OLD_MX).fetches(cache(3), MX, 1700, OLD_MX)
				.says(ns(1), txt, 7200, "\"x\"").fetches(cache(1), txt, 30, "\"x\"").fetches(cache(2), txt, 7200, "\"x\"").fetches(cache(3), txt, 900, "\"x\"").look(100);
		assertThat(watch.ledger(110).remarks()).as("what is left of another cache’s entry differs each time")
				.containsExactly(Reason.of(LedgerReasons.CLAMPS, "cache1 (192.0.2.81)", 2, 30, HOUR));
	}

	@Test
	void aPlanSaysWhatIsNewAndWhatStays() {
		RecordSet.Key txt = new RecordSet.Key("example.org.", "TXT");
		RecordSet.Key dmarc = new RecordSet.Key("_dmarc.example.org.", "TXT");
		RecordSet.Key auto = new RecordSet.Key("autodiscover.example.org.", "A");
		List<RecordSet> plan = List.of(new RecordSet("example.org.", "MX", 300, List.of(NEW_MX)), new RecordSet("example.org.", "TXT", 300, List.of("\"v=spf1 a -all\"")),
				new RecordSet("_dmarc.example.org.", "TXT", 300, List.of("\"v=DMARC1; p=none\"")));
		watch.says(ns(1), MX, HOUR, OLD_MX).says(ns(1), txt, 7200, "\"v=spf1 mx -all\"", "\"other\"").says(ns(1), dmarc, HOUR, "\"v=DMARC1; p=none\"")
				.says(ns(1), auto, HOUR, "192.0.2.1").look(0);
		Ledger before = watch.ledger(10, null, plan);
		assertThat(before.cell(ns(1), txt)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.OLD);
		assertThat(before.cell(ns(1), dmarc)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.SAME);
		assertThat(before.cell(ns(1), auto)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.OLD);
		assertThat(before.deadline()).isInstanceOf(Deadline.Running.class);
		watch.says(ns(1), MX, 300, NEW_MX).says(ns(1), txt, 7200, "\"v=spf1 a -all\"", "\"changed\"").says(ns(1), dmarc, HOUR, "\"v=DMARC1; p=none\"")
				.says(ns(1), auto, 60).look(100);
		assertThat(known(watch.ledger(110, null, plan)).at()).isEqualTo(instant(7300));
	}

	@Test
	void anAddressThatMovesUnderTheSameMxIsJudgedByItsSides() {
		RecordSet.Key a = new RecordSet.Key("mail.example.org.", "A");
		watch.says(ns(1), MX, 86_400, "10 mail.example.org.").says(ns(1), a, HOUR, "192.0.2.1").look(0);
		assertThat(watch.ledger(1).cell(ns(1), MX)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.OLD);
		watch.says(ns(1), MX, 86_400, "10 mail.example.org.").says(ns(1), a, HOUR, "192.0.2.2").look(100);
		Ledger ledger = watch.ledger(200);
		assertThat(ledger.cell(ns(1), MX)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.SAME);
		assertThat(ledger.cell(ns(1), a)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.NEW);
		assertThat(known(ledger).at()).isEqualTo(instant(100 + HOUR));
	}

	@Test
	void aBackupMxOnTheOldSideIsMixed() {
		both(0, HOUR, OLD_MX, HOUR, OLD_MX);
		watch.says(ns(1), MX, HOUR, NEW_MX, "20 mail.old.example.").says(ns(2), MX, HOUR, NEW_MX).look(100);
		Ledger ledger = watch.ledger(200);
		assertThat(ledger.cell(ns(1), MX)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.MIXED);
		assertThat(ledger.deadline()).isInstanceOf(Deadline.Running.class);
	}

	@Test
	void whatNeverChangesNeedsNoDeadline() {
		RecordSet.Key txt = new RecordSet.Key("example.org.", "TXT");
		watch.says(ns(1), txt, HOUR, "\"v=spf1 -all\"").look(0);
		watch.says(ns(1), txt, HOUR, "\"v=spf1 -all\"", "\"site=1\"").look(100);
		assertThat(watch.ledger(200).deadline()).isInstanceOf(Deadline.Nothing.class);
		assertThat(watch.ledger(200).cell(ns(1), txt)).get().extracting(cell -> cell.standing()).isEqualTo(Standing.SAME);
	}
}
