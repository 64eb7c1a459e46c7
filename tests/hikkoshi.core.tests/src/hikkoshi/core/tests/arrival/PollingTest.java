package hikkoshi.core.tests.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import hikkoshi.core.arrival.Polling;
import hikkoshi.core.arrival.Polling.Course;
import hikkoshi.core.arrival.Polling.UnderWay;

/// When to look again.
class PollingTest {
	private static final Instant NOW = Instant.parse("2026-12-01T20:00:00Z");
	private static final UnderWay NEVER = new UnderWay(null, null);
	private static final UnderWay SINCE_NOON = new UnderWay(NOW.minus(Duration.ofHours(8)), null);

	private static Duration pause(Course course, UnderWay underWay) {
		return Polling.pause(course, underWay, NOW, "");
	}

	@Test
	void aQuietMailboxIsAskedTheLessOften() {
		assertThat(pause(new Course.Quiet(NOW.minusSeconds(10)), NEVER)).isEqualTo(Polling.SHORTEST);
		assertThat(pause(new Course.Quiet(NOW.minus(Duration.ofHours(1))), NEVER)).isEqualTo(Duration.ofMinutes(6));
		assertThat(pause(new Course.Quiet(NOW.minus(Duration.ofDays(30))), NEVER)).isEqualTo(Polling.LONGEST);
		assertThat(pause(new Course.Quiet(NOW.plusSeconds(99)), NEVER)).as("a clock that went back").isEqualTo(Polling.SHORTEST);
	}

	@Test
	void propagationUnderWayIsWatchedClosely() {
		Course.Quiet long_ = new Course.Quiet(NOW.minus(Duration.ofDays(30)));
		assertThat(pause(long_, SINCE_NOON)).isEqualTo(Polling.LONGEST_UNDER_WAY);
		assertThat(pause(long_, new UnderWay(NOW.minusSeconds(9), NOW))).as("it is over").isEqualTo(Polling.LONGEST);
		assertThat(pause(long_, new UnderWay(NOW.plusSeconds(77), null))).as("the cutover is not slept through").isEqualTo(Duration.ofSeconds(77));
	}

	@Test
	void aServerThatWantsRestGetsIt() {
		assertThat(pause(new Course.Behind(), NEVER)).isZero();
		Duration before = Duration.ZERO;
		for (int times = 1; times < 40; times++) {
			Duration failing = pause(new Course.Failing(times), SINCE_NOON);
			Duration throttled = pause(new Course.Throttled(times), SINCE_NOON);
			assertThat(failing).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofHours(2));
			assertThat(throttled).isGreaterThanOrEqualTo(failing);
			before = failing;
		}
		assertThat(pause(new Course.Throttled(1), new UnderWay(NOW.plusSeconds(1), null))).as("the cutover is no reason to press it").isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void mailboxesAreSpread() {
		long different = java.util.stream.IntStream.range(0, 1_000).mapToObj(i -> Polling.pause(new Course.Quiet(NOW.minus(Duration.ofHours(5))), NEVER, NOW, "account:" + i))
				.distinct().count();
		assertThat(different).isGreaterThan(5);
	}
}
