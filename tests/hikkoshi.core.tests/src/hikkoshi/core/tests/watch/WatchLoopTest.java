package hikkoshi.core.tests.watch;

import static hikkoshi.core.tests.watch.Scene.HOUR;
import static hikkoshi.core.tests.watch.Scene.QUIET;
import static hikkoshi.core.tests.watch.Scene.at;
import static hikkoshi.core.tests.watch.Scene.ns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.watch.Condition.Kind;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.SaidVerdict;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchLoop;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.core.watch.WatchRounds;

class WatchLoopTest {
	private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

	/// A clock that a test sets.
	private static final class Hands extends Clock {
		Instant now = at(0);

		@Override
		public Instant instant() {
			return now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}
	}

	/// What a watch told.
	private static final class Told implements WatchLoop.Watcher {
		final List<WatchNews> news = new ArrayList<>();
		final List<Instant> slept = new ArrayList<>();
		int rounds;

		@Override
		public void slept(Instant due, Instant woke) {
			slept.add(woke);
		}

		@Override
		public void judged(List<DomainWatch> watches, List<WatchNews> fresh) {
			rounds++;
			news.addAll(fresh);
		}

		@Override
		public void rests(Instant until) {
			// nothing to see
		}
	}

	private final Scene scene = new Scene("ann");
	private final Hands hands = new Hands();
	private final Told told = new Told();

	private WatchLoop loop(WatchLoop.Pause pause) {
		WatchRounds rounds = new WatchRounds(scene.migration, List.of(scene.domain), Map.of(), List.of(), scene.evidence, hands);
		return new WatchLoop(rounds, scene.evidence, batch -> batch.forEach(scene.evidence::add), hands, pause);
	}

	private State once(double now, Prober prober) throws IOException, InterruptedException {
		hands.now = at(now);
		return loop(_ -> {
			throw new AssertionError("one round rests nowhere");
		}).run(new WatchLoop.Options(FIVE_MINUTES, Instant.MAX, true), prober, told);
	}

	private List<Evidence> looks(Side side, double now) {
		scene.mx(ns(1), side, 300).look(now);
		scene.quiet(Side.OLD, now);
		scene.quiet(Side.NEW, now);
		return List.of();
	}

	@Test
	void oneThatIsStartedAgainKnowsWhatWasSaidBefore() throws Exception {
		assertThat(once(0, _ -> looks(Side.OLD, 0))).isEqualTo(State.RUNNING);
		assertThat(told.news).as("nobody had been told anything before").isEmpty();
		once(300, _ -> looks(Side.OLD, 300));
		assertThat(scene.evidence.history(SaidVerdict.PROBE, scene.domain.id(), 10)).as("what stays as it is is not written again").hasSize(1);
		int over = 48 * HOUR;
		once(over, _ -> looks(Side.NEW, over));
		once(over + QUIET + HOUR, _ -> looks(Side.NEW, over + QUIET + HOUR));
		State state = once(over + 2 * QUIET + HOUR, _ -> looks(Side.NEW, over + 2 * QUIET + HOUR));
		assertThat(state).as("canaries are missing").isEqualTo(State.UNKNOWN);
		assertThat(told.news).last().isInstanceOfSatisfying(WatchNews.Turned.class, turned -> {
			assertThat(turned.before()).isEqualTo(State.RUNNING);
			assertThat(turned.reason().id()).isEqualTo("watch.said.unknown");
		});
		assertThat(told.news.stream().filter(WatchNews.Turned.class::isInstance)).hasSize(1);
	}

	@Test
	void sinceWhenAConditionHolds() throws Exception {
		once(0, _ -> looks(Side.OLD, 0));
		once(7 * HOUR, _ -> looks(Side.NEW, 7 * HOUR));
		once(50 * HOUR, _ -> looks(Side.NEW, 50 * HOUR));
		SaidVerdict.Since since = SaidVerdict.since(scene.evidence, scene.domain);
		assertThat(since.conditions()).containsEntry(Kind.AUTHORITIES, at(7 * HOUR)).containsEntry(Kind.DEADLINE, at(50 * HOUR)).containsEntry(Kind.RESOLVERS, at(0));
		DomainWatch later = scene.watch(50 * HOUR + 60);
		assertThat(later.verdict().conditions()).filteredOn(each -> each.kind() == Kind.AUTHORITIES).singleElement()
				.satisfies(condition -> assertThat(since.of(condition)).contains(at(7 * HOUR)));
		scene.mx(ns(1), Side.OLD, 300).look(51 * HOUR);
		assertThat(scene.watch(51 * HOUR + 60).verdict().conditions()).filteredOn(each -> each.kind() == Kind.AUTHORITIES).singleElement()
				.satisfies(condition -> assertThat(since.of(condition)).as("it has turned since, and no watch has said so").isEmpty());
	}

	@Test
	void stragglersBehindTheDeadlineAreNewsOnceAndThoseBeforeAreNot() throws Exception {
		once(0, _ -> looks(Side.OLD, 0));
		once(HOUR, _ -> {
			scene.arrives("ann", Side.OLD, HOUR - 60, HOUR, null);
			return looks(Side.NEW, HOUR);
		});
		assertThat(told.news).isEmpty();
		double late = 60 * HOUR;
		once(late, _ -> {
			scene.arrives("ann", Side.OLD, late - 60, late, null);
			return looks(Side.NEW, late);
		});
		assertThat(told.news.stream().filter(WatchNews.Straggling.class::isInstance)).singleElement()
				.satisfies(news -> assertThat(news.reason().args()).containsExactly("example.org", "1", "ann@example.org", "mx.sender.example", at(late - 60).toString()));
		once(late + 300, _ -> looks(Side.NEW, late + 300));
		assertThat(told.news.stream().filter(WatchNews.Straggling.class::isInstance)).hasSize(1);
	}

	@Test
	void goesOnAsSoonAsTheMachineIsAwakeAndSaysThatItSlept() throws Exception {
		List<Duration> naps = new ArrayList<>();
		State state = loop(length -> {
			naps.add(length);
			// the machine sleeps in the third nap
			hands.now = hands.now.plus(naps.size() == 3 ? Duration.ofHours(9) : length);
		}).run(new WatchLoop.Options(FIVE_MINUTES, at(10 * HOUR), false), _ -> looks(Side.OLD, Duration.between(at(0), hands.now).toSeconds()), told);
		assertThat(state).isEqualTo(State.RUNNING);
		assertThat(naps).allSatisfy(nap -> assertThat(nap).isLessThanOrEqualTo(Duration.ofSeconds(10)));
		assertThat(told.slept).containsExactly(at(0).plus(Duration.ofHours(9)).plusSeconds(20));
		assertThat(told.rounds).isGreaterThan(2);
	}

	@Test
	void anInterruptEndsIt() {
		assertThatThrownBy(() -> loop(_ -> {
			throw new InterruptedException();
		}).run(new WatchLoop.Options(FIVE_MINUTES, Instant.MAX, false), _ -> looks(Side.OLD, 0), told)).isInstanceOf(InterruptedException.class);
		assertThat(told.rounds).isEqualTo(1);
	}
}
