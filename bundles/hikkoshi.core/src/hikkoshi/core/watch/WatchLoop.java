package hikkoshi.core.watch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.arrival.LookBook;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.watch.Verdict.State;

/// A watch: round after round until propagation has ended everywhere, the time is over, or somebody interrupts. The same one headless and in the window.
///
/// Blocks; an interrupt ends it at once. All that it knows is in the evidence, what it said included: who ends it and starts it again goes on where it stood.
public final class WatchLoop {
	/// A clock that runs on while the machine sleeps is looked at so often, so that a watch goes on as soon as the machine is awake again.
	private static final Duration NAP = Duration.ofSeconds(10);

	/// Who wants to know. Called by the thread of the watch.
	public interface Watcher {
		/// Nobody looked for longer than was meant: the machine slept, or the round before took so long.
		///
		/// @param due when the round should have begun
		void slept(Instant due, Instant woke);

		/// A round is over.
		///
		/// @param news for people who are somewhere else; none in the very first round of a domain
		void judged(List<DomainWatch> watches, List<WatchNews> news) throws IOException, InterruptedException;

		/// Until when there is nothing to do.
		void rests(Instant until);
	}

	/// How to wait; in tests on a simulated clock.
	@FunctionalInterface
	public interface Pause {
		void rest(Duration length) throws InterruptedException;
	}

	/// @param interval between two questions to DNS
	/// @param end after which no round begins
	/// @param once one round
	public record Options(Duration interval, Instant end, boolean once) {}

	private final WatchRounds rounds;
	private final EvidenceView log;
	private final EvidenceSink sink;
	private final Clock clock;
	private final Pause pause;

	/// @param sink keeps what is said
	public WatchLoop(WatchRounds rounds, EvidenceView log, EvidenceSink sink, Clock clock, Pause pause) {
		this.rounds = rounds;
		this.log = log;
		this.sink = sink;
		this.clock = clock;
		this.pause = pause;
	}

	/// @return the worst verdict of the last round
	/// @throws IOException when something could not be kept, or by the watcher
	public State run(Options options, Prober prober, Watcher watcher) throws IOException, InterruptedException {
		try (LookBook book = rounds.open()) {
			return rounds(options, tasks -> prober.ask(tasks, book), watcher);
		}
	}

	private State rounds(Options options, Prober prober, Watcher watcher) throws IOException, InterruptedException {
		List<DomainWatch> watches = List.of();
		Instant due = clock.instant();
		while (true) {
			Instant began = clock.instant();
			if (!watches.isEmpty() && began.isAfter(due.plus(options.interval()).plus(options.interval()))) {
				watcher.slept(due, began);
			}
			rounds.look(watches, options.interval(), prober);
			watches = rounds.judge();
			watcher.judged(watches, keep(watches, began));
			State worst = Verdict.worst(watches.stream().map(DomainWatch::verdict).toList());
			if (options.once() || worst == State.ENDED || !clock.instant().isBefore(options.end())) {
				return worst;
			}
			due = rounds.next(watches, options.interval(), options.end());
			watcher.rests(due);
			for (Duration left = Duration.between(clock.instant(), due); left.isPositive(); left = Duration.between(clock.instant(), due)) {
				pause.rest(left.compareTo(NAP) < 0 ? left : NAP);
			}
		}
	}

	/// Writes down what is said now where it is not what was said last, before anybody is told.
	private List<WatchNews> keep(List<DomainWatch> watches, Instant began) throws IOException {
		List<WatchNews> news = new ArrayList<>();
		List<Evidence> changed = new ArrayList<>();
		for (DomainWatch watch : watches) {
			Evidence said = SaidVerdict.evidence(watch);
			if (log.latest(SaidVerdict.PROBE, watch.domain().id()).filter(last -> last.evidence().saysSameAs(said)).isEmpty()) {
				Optional<SaidVerdict> before = SaidVerdict.latest(log, watch.domain());
				before.map(SaidVerdict::state).filter(state -> state != watch.verdict().state()).ifPresent(state -> news.add(new WatchNews.Turned(watch, state)));
				changed.add(said);
			}
			List<SeenArrival> stragglers = WatchNews.stragglers(watch, began);
			if (!stragglers.isEmpty()) {
				news.add(new WatchNews.Straggling(watch, stragglers));
			}
		}
		if (!changed.isEmpty()) {
			sink.accept(changed);
		}
		return List.copyOf(news);
	}
}
