package hikkoshi.core.tests.ledger;

import static hikkoshi.core.tests.ledger.Watching.MX;
import static hikkoshi.core.tests.ledger.Watching.NEW_MX;
import static hikkoshi.core.tests.ledger.Watching.NS;
import static hikkoshi.core.tests.ledger.Watching.OLD_MX;
import static hikkoshi.core.tests.ledger.Watching.instant;
import static hikkoshi.core.tests.ledger.Watching.ns;
import static hikkoshi.core.tests.ledger.Watching.parent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import hikkoshi.core.ledger.Deadline;

/// The ledger against brute force: servers that lower, switch and fail at different times, caches that fetch at every moment that could hurt. Whatever was seen of it,
/// no honest cache outlives the deadline; and who looks often is told one that is at most one interval late.
class HonestCachesTest {
	private static final long[] TTLS = {0, 30, 60, 300, 301, 1800, 3600, 14_400, 86_400};

	/// What a server gives from a moment on.
	private record State(double from, String data, long ttl) {}

	/// A server's life: highest TTL first, perhaps lowered, perhaps back and forth, new at the end.
	private static List<State> life(Random random, boolean flaps) {
		List<State> states = new ArrayList<>();
		double at = -1e6;
		int changes = 1 + random.nextInt(3);
		for (int i = 0; i < changes; i++) {
			states.add(new State(at, flaps && i > 0 && random.nextInt(3) == 0 ? NEW_MX : OLD_MX, TTLS[random.nextInt(TTLS.length)]));
			at = Math.max(0, at) + 1800 + random.nextInt(4000) + random.nextDouble();
		}
		states.add(new State(at, NEW_MX, TTLS[random.nextInt(TTLS.length)]));
		return states;
	}

	private static State at(List<State> life, double moment) {
		return life.reversed().stream().filter(state -> state.from() <= moment).findFirst().orElseThrow();
	}

	/// The last moment at which any honest cache may hold the old answer: fetched at the last moment of each state that was not new. (The end itself is the first moment of
	/// the next one.)
	private static double lastBreath(List<State> life) {
		double last = Double.NEGATIVE_INFINITY;
		for (int i = 0; i + 1 < life.size(); i++) {
			if (!life.get(i).data().equals(NEW_MX)) {
				last = Math.max(last, life.get(i + 1).from() + life.get(i).ttl());
			}
		}
		return last;
	}

	private static double seconds(Instant instant) {
		return Duration.between(Watching.ZERO, instant).toNanos() / 1e9;
	}

	@RepeatedTest(400)
	void neverTooEarlyAndWithDenseLooksHardlyLate(RepetitionInfo info) {
		Random random = new Random(info.getCurrentRepetition());
		int servers = 1 + random.nextInt(4);
		List<List<State>> lives = new ArrayList<>();
		double end = 0;
		double truth = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < servers; i++) {
			List<State> life = life(random, false);
			lives.add(life);
			end = Math.max(end, life.getLast().from());
			truth = Math.max(truth, lastBreath(life));
		}
		double interval = 5 + random.nextInt(60);
		boolean fails = random.nextBoolean();
		Watching watch = new Watching();
		double last = 0;
		for (double t = 0; t < end + 3 * interval; t += interval) {
			// every server is asked at a moment of its own within the look
			for (int i = 0; i < servers; i++) {
				State state = at(lives.get(i), t);
				if (fails && t < end && random.nextInt(5) == 0) {
					watch.silent(ns(i), MX);
				} else {
					watch.says(ns(i), MX, state.ttl(), state.data());
				}
			}
			watch.look(t);
			last = t;
			// at no time in between either
			if (random.nextInt(40) == 0 && watch.ledger(t, Duration.ZERO, null).deadline() instanceof Deadline.Known known) {
				assertThat(seconds(known.at())).as("known at %s of %s", t, lives).isGreaterThanOrEqualTo(truth);
			}
		}
		assertThat(watch.ledger(last, Duration.ZERO, null).deadline()).isInstanceOfSatisfying(Deadline.Known.class, known -> {
		});
		double told = seconds(((Deadline.Known) watch.ledger(last, Duration.ZERO, null).deadline()).at());
		assertThat(told).as("%s", lives).isGreaterThanOrEqualTo(truth);
		if (!fails) {
			assertThat(told).as("%s", lives).isLessThanOrEqualTo(Math.max(truth, 0) + interval + 0.001);
		}
	}

	/// Looks at any time, sparse, and some by a clock that has jumped back behind the look before.
	@RepeatedTest(400)
	void neverTooEarlyHoweverItIsLookedAt(RepetitionInfo info) {
		Random random = new Random(77_000L + info.getCurrentRepetition());
		int servers = 1 + random.nextInt(3);
		List<List<State>> lives = new ArrayList<>();
		double end = 0;
		double truth = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < servers; i++) {
			List<State> life = life(random, true);
			lives.add(life);
			end = Math.max(end, life.getLast().from());
			truth = Math.max(truth, lastBreath(life));
		}
		Watching watch = new Watching();
		// each state is seen once at least: what nobody ever saw nobody can count
		List<Double> looks = new ArrayList<>(List.of(0.0));
		for (List<State> life : lives) {
			for (int i = 0; i < life.size(); i++) {
				double from = Math.max(0, life.get(i).from());
				double to = i + 1 < life.size() ? life.get(i + 1).from() : end + 500;
				looks.add(from + random.nextDouble() * Math.max(0, to - from) * 0.999);
			}
		}
		looks.sort(null);
		for (int n = 0; n < looks.size(); n++) {
			double t = looks.get(n);
			for (int i = 0; i < servers; i++) {
				State state = at(lives.get(i), t);
				watch.says(ns(i), MX, state.ttl(), state.data());
			}
			boolean jumped = n > 0 && random.nextInt(4) == 0;
			// to before everything: one to within the run of equal looks before it leaves no trace in the log
			watch.look(jumped ? -1 - random.nextInt(5000) : t);
		}
		double now = looks.getLast() + random.nextInt(10_000);
		Deadline deadline = watch.ledger(now, Duration.ZERO, null).deadline();
		assertThat(deadline).as("%s", lives).isInstanceOf(Deadline.Known.class);
		assertThat(seconds(((Deadline.Known) deadline).at())).as("%s looked at at %s", lives, looks).isGreaterThanOrEqualTo(truth);
	}

	/// More evidence of the same old data never makes it earlier. (Evidence that its TTL was lowered in between may.)
	@RepeatedTest(300)
	void moreOldIsNeverEarlier(RepetitionInfo info) {
		Random random = new Random(31_000L + info.getCurrentRepetition());
		List<State> life = List.of(new State(-1e6, OLD_MX, TTLS[random.nextInt(TTLS.length)]), new State(2000, NEW_MX, 60));
		double end = life.getLast().from() + 100;
		Watching few = new Watching();
		Watching many = new Watching();
		List<Double> looks = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			looks.add(random.nextDouble() * end);
		}
		looks.add(end);
		looks.sort(null);
		for (double t : looks) {
			State state = at(life, t);
			boolean old = state.data().equals(OLD_MX);
			many.says(ns(0), MX, state.ttl(), state.data()).look(t);
			if (!old || random.nextBoolean()) {
				few.says(ns(0), MX, state.ttl(), state.data()).look(t);
			}
		}
		if (few.ledger(end, Duration.ZERO, null).deadline() instanceof Deadline.Known known) {
			assertThat(many.ledger(end, Duration.ZERO, null).deadline()).isInstanceOfSatisfying(Deadline.Known.class,
					more -> assertThat(more.at()).isAfterOrEqualTo(known.at()));
		}
	}

	/// The name servers move too: the old one keeps the old zone for ever, and caches go on asking it while they hold a delegation that names it, refreshing that
	/// once at the zone's own servers.
	@RepeatedTest(200)
	void neverTooEarlyWhenTheNameServersMove(RepetitionInfo info) {
		Random random = new Random(55_000L + info.getCurrentRepetition());
		long parentTtl = TTLS[1 + random.nextInt(TTLS.length - 1)];
		long ownTtl = TTLS[1 + random.nextInt(TTLS.length - 1)];
		long mxTtl = TTLS[1 + random.nextInt(TTLS.length - 1)];
		double moved = 500 + random.nextDouble() * 3000;
		double interval = 1 + random.nextInt(100);
		Watching watch = new Watching();
		double t = 0;
		for (; t < moved + 2 * interval; t += interval) {
			int who = t < moved ? 1 : 2;
			watch.says(parent(), NS, parentTtl, "ns" + who + ".example.net.").says(ns(who), NS, ownTtl, "ns" + who + ".example.net.")
					.says(ns(who), MX, who == 1 ? mxTtl : 60, who == 1 ? OLD_MX : NEW_MX).look(t);
		}
		// caches: the delegation fetched just before the move, the zone's own NS just before that dies, the MX just before that dies
		double truth = moved + parentTtl + ownTtl + mxTtl;
		for (int i = 0; i < 200; i++) {
			double delegation = moved - random.nextDouble() * 10;
			double own = Math.min(delegation + random.nextDouble() * parentTtl, moved + parentTtl);
			double mx = own + random.nextDouble() * ownTtl;
			truth = Math.max(truth, mx + mxTtl);
		}
		double told = seconds(((Deadline.Known) watch.ledger(t, Duration.ZERO, null).deadline()).at());
		assertThat(told).isGreaterThanOrEqualTo(truth).isLessThanOrEqualTo(truth + interval + 0.001);
		assertThat(instant(told)).isNotNull();
	}
}
