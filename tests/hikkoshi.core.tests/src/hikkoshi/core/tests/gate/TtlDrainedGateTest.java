package hikkoshi.core.tests.gate;

import static hikkoshi.core.tests.gate.World.DAY;
import static hikkoshi.core.tests.gate.World.NOW;
import static hikkoshi.core.tests.gate.World.judge;
import static hikkoshi.core.tests.gate.World.migration;
import static hikkoshi.core.tests.gate.World.mx;
import static hikkoshi.core.tests.gate.World.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Opening;

class TtlDrainedGateTest {
	private static final GateSpec FIVE_MINUTES = new GateSpec.TtlDrained(Duration.ofMinutes(5), DAY);

	private final MemoryEvidence evidence = new MemoryEvidence();

	private void see(long minutesAgo, long... ttls) {
		List<String> rows = new ArrayList<>();
		for (int i = 0; i < ttls.length; i++) {
			rows.add(ttls[i] < 0 ? "ns" + i + " 192.0.2.53 authoritative TIMEOUT - -"
					: "ns" + i + " 192.0.2.53 authoritative ANSWER " + ttls[i] + " 10 mail.example.net.");
		}
		evidence.add(mx(Duration.ofMinutes(minutesAgo), Outcome.PASS, rows.toArray(new String[0])));
	}

	private Opening judged() {
		return judge(FIVE_MINUTES, migration(), evidence);
	}

	private void opensAt(long minutesFromNow) {
		Instant end = NOW.plus(Duration.ofMinutes(minutesFromNow));
		assertThat(judge(FIVE_MINUTES, migration(), evidence, end.minusNanos(1))).isInstanceOf(Opening.Blocked.class);
		assertThat(judge(FIVE_MINUTES, migration(), evidence, end)).isInstanceOf(Opening.Open.class);
	}

	@Test
	void aHighTtlIsNamedWithItsServer() {
		see(10, 300, 3600);
		assertThat(judged()).isInstanceOfSatisfying(Opening.Blocked.class, blocked -> {
			assertThat(blocked.by()).singleElement().satisfies(blocker -> {
				assertThat(blocker.outcome()).isEqualTo(Outcome.FAIL);
				assertThat(blocker.reason().id()).isEqualTo(GateReasons.TTL_HIGH);
				assertThat(blocker.reason().args()).containsExactly("example.org", "ns1 (192.0.2.53)", "3600", "300");
			});
		});
	}

	@Test
	void theOldTtlDrainsFromTheFirstLowSightingWhenThatCameLater() {
		see(50, 3600);
		see(20, 300);
		see(10, 300);
		assertThat(judged()).isInstanceOfSatisfying(Opening.Blocked.class, blocked -> {
			Blocker blocker = blocked.by().getFirst();
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.TTL_DRAINING);
			assertThat(blocker.reason().args()).containsExactly("example.org", "3600", "2026-03-01T12:40:00Z");
			assertThat(blocker.since()).isEqualTo(NOW.minus(Duration.ofMinutes(20)));
		});
		opensAt(40);
	}

	@Test
	void oneServerThatLagsHoldsAll() {
		see(50, 3600, 3600);
		see(40, 300, 3600);
		see(20, 300, 300);
		opensAt(40);
	}

	@Test
	void everyHigherTtlMustHaveDrainedNotOnlyTheLast() {
		see(600, 86_400);
		see(500, 3600);
		see(60, 300);
		// the day-long one may have been fetched until the server was heard with 3600; that the hour-long one has died does not matter
		opensAt(1440 - 500);
	}

	@Test
	void aTtlThatCameBackStartsAnew() {
		see(300, 3600);
		see(200, 300);
		see(100, 3600);
		see(30, 300);
		opensAt(30);
	}

	@Test
	void aLookThatDidNotSeeAllServersIsNoLowSighting() {
		see(50, 3600, 3600);
		see(40, 300, -1);
		see(20, 300, 300);
		opensAt(40);
	}

	@Test
	void aServerThatIsSilentNowBlocks() {
		see(5000, 3600, 3600);
		see(3000, 300, 300);
		see(10, 300, -1);
		assertThat(reasons(judged())).containsExactly(GateReasons.DNS_SERVER);
	}

	@Test
	void whoCameTooLateToKnowTheOldTtlWaitsADay() {
		see(60, 300);
		assertThat(judged()).isInstanceOfSatisfying(Opening.Blocked.class, blocked -> {
			assertThat(blocked.by().getFirst().reason().id()).isEqualTo(GateReasons.TTL_ASSUMED);
			assertThat(blocked.by().getFirst().reason().args()).containsExactly("example.org", "86400", "2026-03-02T11:00:00Z");
		});
		opensAt(1440 - 60);
	}

	@Test
	void aTtlSeenLaterDoesNotTellWhatItWasBefore() {
		see(60, 300);
		see(50, 600);
		see(40, 300);
		opensAt(1440 - 60);
	}

	@Test
	void proofMustBeFresh() {
		see(9000, 3600);
		see(2000, 300);
		assertThat(judged()).isInstanceOf(Opening.Stale.class);
		assertThat(reasons(judged())).containsExactly(GateReasons.DNS_STALE);
	}

	@Test
	void nothingSeenIsShut() {
		assertThat(reasons(judged())).containsExactly(GateReasons.DNS_NEVER);
	}

	/// A zone whose TTL changes now and then, looked at now and then, but at least once in each state: when the gate opens, no answer that a cache
	/// may have fetched at any moment has more than the wanted life left.
	@RepeatedTest(500)
	void neverTooEarly(RepetitionInfo info) {
		Random random = new Random(info.getCurrentRepetition());
		long[] levels = {60, 300, 301, 1800, 3600, 14_400, 86_400};
		int states = 2 + random.nextInt(5);
		long[] begin = new long[states + 1];
		long[] ttl = new long[states];
		for (int i = 0; i < states; i++) {
			begin[i + 1] = begin[i] + 2 + random.nextInt(500) * 60L;
			ttl[i] = i == 0 ? levels[2 + random.nextInt(5)] : levels[random.nextInt(levels.length)];
		}
		ttl[states - 1] = random.nextBoolean() ? 300 : 60;
		Instant zero = NOW.minusSeconds(begin[states]);
		for (int i = 0; i < states; i++) {
			TreeSet<Long> looks = new TreeSet<>();
			for (int n = random.nextInt(4); n >= 0; n--) {
				looks.add(begin[i] + random.nextLong(begin[i + 1] - begin[i]));
			}
			for (long look : looks) {
				evidence.add(mx(Duration.between(zero.plusSeconds(look), NOW), Outcome.PASS,
						"ns 192.0.2.53 authoritative ANSWER " + ttl[i] + " 10 mail.example.net."));
			}
		}
		GateSpec spec = new GateSpec.TtlDrained(Duration.ofMinutes(5), Duration.ofDays(30));
		boolean opened = false;
		for (long later = 0; later < 200_000; later += 600) {
			Instant now = NOW.plusSeconds(later);
			if (judge(spec, migration(), evidence, now) instanceof Opening.Open) {
				opened = true;
				for (int i = 0; i < states; i++) {
					Instant lastFetch = i == states - 1 ? now : zero.plusSeconds(begin[i + 1] - 1);
					Instant dies = lastFetch.plusSeconds(ttl[i]);
					assertThat(dies).as("answer with TTL %d fetched at %s", ttl[i], lastFetch).isBeforeOrEqualTo(now.plusSeconds(300));
				}
			}
		}
		assertThat(opened).isTrue();
	}
}
