package hikkoshi.core.probe;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;

/// One fan-out of probes: a virtual thread per task, bounded per server by [ServerGuard]. Used once.
///
/// Blocks the caller until every task has answered. An interrupt ends it at once: what had been found is still handed to the sink, what
/// was under way is dropped (a cancelled probe is no evidence), then [InterruptedException] is thrown.
public final class ProbeRun {
	/// Questions about anything but accounts (DNS) share one bound: design.md, 8 — more in flight do not help.
	private static final int OTHERS_AT_ONCE = 200;

	private final List<ProbeTask<?>> tasks;
	private final ProbeContext context;
	private final EvidenceSink sink;
	private final Map<String, ServerGuard> guards = new HashMap<>();
	private final Semaphore others = new Semaphore(OTHERS_AT_ONCE);
	private final BlockingQueue<Evidence> found = new LinkedBlockingQueue<>();
	/// Set before the interrupts go out: they reach one thread after the other, and a place that the first one leaves must not be taken.
	private volatile boolean cancelled;

	public ProbeRun(List<ProbeTask<?>> tasks, ProbeContext context, EvidenceSink sink) {
		this.tasks = List.copyOf(tasks);
		this.context = context;
		this.sink = sink;
		for (ProbeTask<?> task : this.tasks) {
			if (task.target() instanceof Account account) {
				guards.computeIfAbsent(account.server().key(), key -> new ServerGuard(key, context.policy()));
			}
		}
	}

	/// How many findings of each outcome a run had.
	public record Summary(Map<Outcome, Integer> counts) {
		public Summary {
			counts = Map.copyOf(counts);
		}

		public int count(Outcome outcome) {
			return counts.getOrDefault(outcome, 0);
		}

		public int total() {
			return counts.values().stream().mapToInt(Integer::intValue).sum();
		}

		/// The worst outcome of the run; UNKNOWN when it found nothing.
		public Outcome worst() {
			return counts.keySet().stream().reduce(Outcome::worst).orElse(Outcome.UNKNOWN);
		}
	}

	/// @throws IOException when the sink could not keep what was found
	/// @throws InterruptedException when cancelled
	public Summary call() throws IOException, InterruptedException {
		Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
		try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory())) {
			try {
				for (ProbeTask<?> task : tasks) {
					executor.submit(() -> {
						examine(task);
						return null;
					});
				}
				for (int missing = tasks.size(); missing > 0;) {
					List<Evidence> batch = new ArrayList<>();
					batch.add(found.take());
					found.drainTo(batch);
					missing -= batch.size();
					keep(batch, counts);
				}
			} catch (InterruptedException | IOException | RuntimeException e) {
				cancelled = true;
				// before leaving the try: close() of the executor would wait for ever otherwise (design.md, 5)
				executor.shutdownNow();
				if (e instanceof InterruptedException) {
					List<Evidence> rest = new ArrayList<>();
					found.drainTo(rest);
					keep(rest, counts);
				}
				throw e;
			}
		}
		return new Summary(counts);
	}

	private void keep(List<Evidence> batch, Map<Outcome, Integer> counts) throws IOException {
		if (!batch.isEmpty()) {
			sink.accept(List.copyOf(batch));
			batch.forEach(evidence -> counts.merge(evidence.outcome(), 1, Integer::sum));
		}
	}

	private void examine(ProbeTask<?> task) throws InterruptedException {
		if (task.target() instanceof Account account) {
			ServerGuard guard = guards.get(account.server().key());
			Optional<Reason> shut = guard.enter(account);
			if (shut.isPresent()) {
				Instant now = context.clock().instant();
				found.add(evidence(task, now, new Finding(Outcome.UNKNOWN, shut.get(), Facts.NONE)));
				return;
			}
			ServerGuard.Answer answer = ServerGuard.Answer.NO_REFUSAL;
			try {
				answer = switch (observe(task).reason().id()) {
					case Reasons.BAD_CREDENTIALS, Reasons.ACCOUNT_LOCKED -> ServerGuard.Answer.REFUSED;
					case Reasons.THROTTLED -> ServerGuard.Answer.THROTTLED;
					default -> ServerGuard.Answer.NO_REFUSAL;
				};
			} finally {
				guard.leave(account, answer);
			}
		} else {
			others.acquire();
			try {
				observe(task);
			} finally {
				others.release();
			}
		}
	}

	private Finding observe(ProbeTask<?> task) throws InterruptedException {
		if (cancelled) {
			throw new InterruptedException();
		}
		Instant at = context.clock().instant();
		Finding finding;
		try {
			finding = task.examine(context);
		} catch (IOException | RuntimeException e) {
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedException();
			}
			finding = new Finding(Outcome.UNKNOWN,
					Reason.of(Reasons.UNEXPECTED, e.getClass().getName(), Optional.ofNullable(e.getMessage()).orElse("")), Facts.NONE);
		}
		found.add(evidence(task, at, finding));
		return finding;
	}

	private Evidence evidence(ProbeTask<?> task, Instant at, Finding finding) {
		return new Evidence(task.probe().id(), task.target().id(), at, Duration.between(at, context.clock().instant()), finding.outcome(),
				finding.reason(), finding.facts());
	}
}
