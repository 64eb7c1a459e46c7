package hikkoshi.core.tests.watch;

import static hikkoshi.core.tests.watch.Scene.HOUR;
import static hikkoshi.core.tests.watch.Scene.QUIET;
import static hikkoshi.core.tests.watch.Scene.cache;
import static hikkoshi.core.tests.watch.Scene.ns;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.Verdict;
import hikkoshi.core.watch.Verdict.State;

/// ENDED needs everything at once; each test takes one thing away.
class VerdictTest {
	private static final int DEADLINE = 200 + HOUR;
	/// Long after everything has happened.
	private static final int NOW = DEADLINE + QUIET + 3 * HOUR;

	private final Scene scene = new Scene("ann", "bob");

	private void dns(int at, Side one, Side two, Side cached) {
		scene.mx(ns(1), one, HOUR).mx(ns(2), two, HOUR).mx(cache(1), cached, 60).look(at);
	}

	/// OLD before, NEW from 200 on, looked at once more shortly before [#NOW].
	private void cutover() {
		dns(0, Side.OLD, Side.OLD, Side.OLD);
		dns(200, Side.NEW, Side.NEW, Side.NEW);
		dns(NOW - 60, Side.NEW, Side.NEW, Side.NEW);
	}

	private void mail() {
		scene.quiet(0, DEADLINE);
		scene.canaries("ann", Side.NEW, DEADLINE + 60);
		scene.canaries("bob", Side.NEW, DEADLINE + 60);
		scene.quiet(DEADLINE + HOUR, NOW);
	}

	private Verdict verdict() {
		return scene.watch(NOW).verdict();
	}

	private static List<String> open(Verdict verdict) {
		return verdict.open().stream().map(condition -> condition.reason().id()).toList();
	}

	@Test
	void endedWhenEverythingIsProven() {
		cutover();
		mail();
		Verdict verdict = verdict();
		assertThat(verdict.open()).isEmpty();
		assertThat(verdict.state()).isEqualTo(State.ENDED);
		assertThat(verdict.conditions()).extracting(Condition::kind).containsExactly(Condition.Kind.values());
		assertThat(verdict.conditions()).extracting(condition -> condition.reason().id()).containsExactly("watch.authorities-new", "watch.deadline-passed",
				"watch.resolvers-new", "watch.canaries-new", "watch.seen", "watch.quiet");
	}

	@Test
	void nothingKnownIsUnknown() {
		assertThat(verdict().state()).isEqualTo(State.UNKNOWN);
		assertThat(open(verdict())).contains("watch.no-look", "watch.deadline-unknown", "watch.no-resolvers", "watch.never-looked", "watch.unseen");
	}

	@Test
	void oneServerOrOneResolverThatIsLateKeepsItRunning() {
		cutover();
		mail();
		dns(NOW - 30, Side.NEW, Side.NEW, Side.OLD);
		assertThat(verdict().state()).isEqualTo(State.RUNNING);
		assertThat(open(verdict())).containsExactly("watch.resolver-late");
		dns(NOW - 20, Side.NEW, Side.OLD, Side.NEW);
		assertThat(verdict().state()).isEqualTo(State.RUNNING);
		assertThat(open(verdict())).contains("watch.authority-late", "watch.deadline-running");
	}

	@Test
	void aServerOutOfReachOrAnOldLookIsNoProof() {
		cutover();
		mail();
		scene.mx(ns(1), Side.NEW, HOUR).silent(ns(2)).mx(cache(1), Side.NEW, 60).look(NOW - 30);
		assertThat(verdict().state()).isEqualTo(State.UNKNOWN);
		assertThat(open(verdict())).contains("watch.authority-dark");

		Scene stale = new Scene("ann");
		stale.mx(ns(1), Side.OLD, HOUR).mx(cache(1), Side.OLD, 60).look(0);
		stale.mx(ns(1), Side.NEW, HOUR).mx(cache(1), Side.NEW, 60).look(200);
		stale.quiet(0, DEADLINE);
		stale.canaries("ann", Side.NEW, DEADLINE + 60);
		stale.quiet(DEADLINE + HOUR, NOW);
		assertThat(stale.watch(NOW).verdict().state()).isEqualTo(State.UNKNOWN);
		assertThat(open(stale.watch(NOW).verdict())).containsExactly("watch.authority-stale", "watch.resolver-stale");
	}

	@Test
	void beforeTheDeadlineCanariesProveNothing() {
		dns(0, Side.OLD, Side.OLD, Side.OLD);
		dns(200, Side.NEW, Side.NEW, Side.NEW);
		scene.quiet(0, 300);
		scene.canaries("ann", Side.NEW, 400);
		scene.canaries("bob", Side.NEW, 400);
		assertThat(scene.watch(DEADLINE - 1).verdict().state()).isEqualTo(State.RUNNING);
		assertThat(open(scene.watch(DEADLINE - 1).verdict())).contains("watch.deadline-ahead", "watch.canaries-missing", "watch.unseen");

		dns(NOW - 60, Side.NEW, Side.NEW, Side.NEW);
		scene.quiet(DEADLINE, NOW);
		assertThat(verdict().state()).isEqualTo(State.UNKNOWN);
		assertThat(open(verdict())).containsExactlyInAnyOrder("watch.canaries-missing", "watch.unseen");
	}

	@Test
	void aQuietMailboxThatNobodyWroteToIsUnknownHoweverLong() {
		cutover();
		scene.quiet(0, DEADLINE);
		scene.canaries("ann", Side.NEW, DEADLINE + 60);
		scene.quiet(DEADLINE + HOUR, NOW);
		assertThat(verdict().state()).isEqualTo(State.UNKNOWN);
		assertThat(verdict().open()).singleElement().satisfies(condition -> assertThat(condition.reason()).isEqualTo(Reason.of("watch.unseen", "bob@example.org")));
	}

	@Test
	void aCanaryStraightToNewProvesNothingAndOneStraightToOldIsNoStraggler() {
		cutover();
		scene.quiet(0, DEADLINE);
		scene.canaries("ann", Side.NEW, DEADLINE + 60);
		CanaryRoute direct = new CanaryRoute.Direct(Side.NEW);
		scene.arrives("bob", Side.NEW, DEADLINE + 120, DEADLINE + 130, scene.sends("bob", direct, DEADLINE + 60));
		scene.quiet(DEADLINE + HOUR, NOW - HOUR);
		scene.arrives("bob", Side.OLD, NOW - 100, NOW - 90, scene.sends("bob", new CanaryRoute.Direct(Side.OLD), NOW - 120));
		assertThat(open(verdict())).containsExactly("watch.unseen");
	}

	@Test
	void aCanaryThatStillReachesOldKeepsItRunningForEverUntilItIsLongAgo() {
		cutover();
		mail();
		scene.arrives("ann", Side.OLD, NOW - 500, NOW - 400, scene.sends("ann", Scene.OLD_WAY, NOW - 600));
		assertThat(verdict().state()).isEqualTo(State.RUNNING);
		assertThat(open(verdict())).contains("watch.canary-on-old", "watch.straggler");
	}

	@Test
	void aCanaryOnItsWayIsWaitedForAndALostOneIsUnknown() {
		cutover();
		mail();
		scene.sends("ann", Scene.NEW_WAY, NOW - 60);
		assertThat(open(verdict())).containsExactly("watch.canary-under-way");
		assertThat(verdict().state()).isEqualTo(State.RUNNING);
		Verdict later = scene.watch(NOW + 2 * HOUR).verdict();
		assertThat(later.state()).isEqualTo(State.UNKNOWN);
		assertThat(open(later)).containsExactly("watch.canary-lost");
	}

	@Test
	void aStragglerStartsTheQuietTimeAnew() {
		cutover();
		mail();
		scene.arrives("bob", Side.OLD, NOW - 2 * HOUR, NOW - HOUR, null);
		scene.quiet(Side.OLD, NOW - 60);
		assertThat(verdict().state()).isEqualTo(State.RUNNING);
		assertThat(verdict().open()).singleElement()
				.satisfies(condition -> assertThat(condition.reason().args()).startsWith("bob@example.org").endsWith("mx.sender.example"));
		scene.quiet(NOW, NOW + QUIET);
		dns(NOW + QUIET, Side.NEW, Side.NEW, Side.NEW);
		assertThat(scene.watch(NOW + QUIET).verdict().state()).isEqualTo(State.ENDED);
	}

	@Test
	void aWatchThatIsYoungOrStoppedIsNoQuiet() {
		cutover();
		scene.canaries("ann", Side.NEW, NOW - 2 * HOUR);
		scene.canaries("bob", Side.NEW, NOW - 2 * HOUR);
		scene.quiet(NOW - HOUR, NOW);
		assertThat(open(verdict())).containsExactly("watch.too-young");

		Scene stopped = new Scene("ann");
		stopped.mx(ns(1), Side.OLD, HOUR).mx(cache(1), Side.OLD, 60).look(0);
		stopped.mx(ns(1), Side.NEW, HOUR).mx(cache(1), Side.NEW, 60).look(200);
		stopped.quiet(0, DEADLINE);
		stopped.canaries("ann", Side.NEW, DEADLINE + 60);
		stopped.quiet(DEADLINE + HOUR, DEADLINE + QUIET);
		int late = DEADLINE + QUIET + 48 * HOUR;
		stopped.mx(ns(1), Side.NEW, HOUR).mx(cache(1), Side.NEW, 60).look(late);
		assertThat(open(stopped.watch(late).verdict())).containsExactly("watch.look-stale");
		assertThat(stopped.watch(late).verdict().state()).isEqualTo(State.UNKNOWN);
	}

	@Test
	void aHoleInTheWatchIsNoQuiet() {
		cutover();
		mail();
		scene.hole("ann", Side.OLD, NOW - 30);
		assertThat(verdict().state()).isEqualTo(State.UNKNOWN);
		assertThat(open(verdict())).containsExactly("watch.doubt");
	}

	@Test
	void aWaveIsAsBadAsItsWorstDomain() {
		Verdict ended = new Verdict(State.ENDED, List.of());
		Verdict unknown = new Verdict(State.UNKNOWN, List.of());
		Verdict running = new Verdict(State.RUNNING, List.of());
		assertThat(Verdict.worst(List.of(ended, ended))).isEqualTo(State.ENDED);
		assertThat(Verdict.worst(List.of(ended, unknown))).isEqualTo(State.UNKNOWN);
		assertThat(Verdict.worst(List.of(unknown, running, ended))).isEqualTo(State.RUNNING);
		assertThat(Verdict.worst(List.of())).isEqualTo(State.UNKNOWN);
	}

	@Test
	void everyReasonHasWordsInBothLanguages() throws IllegalAccessException {
		for (var field : hikkoshi.core.watch.WatchReasons.class.getFields()) {
			String id = (String) field.get(null);
			for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
				Phrases words = Phrases.of(locale, List.of());
				assertThat(words.say(new Reason(id, Stream.generate(() -> "x").limit(5).toList()))).as(id).doesNotContain(id);
			}
		}
	}
}
