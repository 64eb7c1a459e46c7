package hikkoshi.core.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.model.Target;

/// One fan-out of probes: a virtual thread per task, bounded per server by [ServerGuard]. Used once.
///
/// Blocks the caller until every task has answered. An interrupt ends it at once: what had been found is still handed to the sink, what
/// was under way is dropped (a cancelled probe is no evidence), then [InterruptedException] is thrown.
public final class ProbeRun {
	/// Questions about anything but accounts, doors and addresses (DNS) share one bound: design.md, 8 — more in flight do not help.
	private static final int OTHERS_AT_ONCE = 200;
	/// Addresses share connections, which their probe counts itself ([ServerGuard]): for each that may be open one is asked for and one stands in
	/// line, so that no connection is closed for want of the next address, and none waits so long that its evidence is dated wrong.
	private static final int AT_A_DOOR = 2;
	/// Questions to one server at a time over connections that an earlier run has left open. They cost it neither a connection nor a login.
	private static final int RESUMED_AT_ONCE = 32;
	/// While more are missing, findings are gathered for a moment before they are handed on.
	private static final int FEW = 64;
	private static final Duration GATHERING = Duration.ofMillis(10);

	private final List<ProbeTask<?>> tasks;
	private final ProbeContext context;
	private final EvidenceSink sink;
	private final Map<Target.Id, Semaphore> asking = new HashMap<>();
	private final BlockingQueue<Evidence> found = new LinkedBlockingQueue<>();
	/// Set before the interrupts go out: they reach one thread after the other, and a place that the first one leaves must not be taken.
	private volatile boolean cancelled;

	public ProbeRun(List<ProbeTask<?>> tasks, ProbeContext context, EvidenceSink sink) {
		this.tasks = List.copyOf(tasks);
		this.context = context;
		this.sink = sink;
		for (ProbeTask<?> task : this.tasks) {
			if (task.target() instanceof Presence presence) {
				asking.computeIfAbsent(presence.door().id(), _ -> new Semaphore(AT_A_DOOR * context.policy().connectionsPerServer(), true));
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
				Queue<ProbeTask<?>> rest = new ConcurrentLinkedQueue<>();
				Map<String, Queue<ProbeTask<?>>> resumed = new HashMap<>();
				boolean isKept = Kept.isOpen(context.memo());
				for (ProbeTask<?> task : tasks) {
					switch (task.target()) {
						case Account account when isKept -> resumed.computeIfAbsent(account.server().key(), _ -> new ConcurrentLinkedQueue<>()).add(task);
						case Account _, Door _, Presence _ -> executor.submit(() -> {
							examine(task);
							return null;
						});
						// an audit of a thousand domains is 60,000 tasks: as many waiting threads cost the collector more than the questions
						case Domain _, Server _, Mailbox _, Recipient _, StepTarget _, HostName _, HostPort _ -> rest.add(task);
					}
				}
				for (int i = Math.min(OTHERS_AT_ONCE, rest.size()); i > 0; i--) {
					executor.submit(() -> {
						for (ProbeTask<?> task = rest.poll(); task != null; task = rest.poll()) {
							examine(task);
						}
						return null;
					});
				}
				for (Queue<ProbeTask<?>> server : resumed.values()) {
					for (int i = Math.min(RESUMED_AT_ONCE, server.size()); i > 0; i--) {
						executor.submit(() -> {
							resume(server, executor);
							return null;
						});
					}
				}
				for (int missing = tasks.size(); missing > 0;) {
					List<Evidence> batch = new ArrayList<>();
					batch.add(found.take());
					if (missing > FEW) {
						// each batch is a transaction that reaches the disk, and a thread that is woken
						Thread.sleep(GATHERING);
					}
					found.drainTo(batch);
					missing -= batch.size();
					keep(batch, counts);
				}
			} catch (InterruptedException | IOException | RuntimeException e) {
				cancelled = true;
				// before leaving the try: close() of the executor would wait for ever otherwise (design.md, 5)
				executor.shutdownNow();
				if (e instanceof InterruptedException) {
					List<Evidence> last = new ArrayList<>();
					found.drainTo(last);
					keep(last, counts);
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

	/// Who must log in does so by itself: a server that is slow to let in one must not hold up those whose connection stands.
	private void resume(Queue<ProbeTask<?>> server, ExecutorService executor) throws InterruptedException {
		for (ProbeTask<?> next = server.poll(); next != null; next = server.poll()) {
			if (cancelled) {
				throw new InterruptedException();
			}
			ProbeTask<?> task = next;
			Optional<Evidence> evidence = task.resume(context);
			if (evidence.isPresent()) {
				found.add(evidence.get());
			} else {
				executor.submit(() -> {
					examine(task);
					return null;
				});
			}
		}
	}

	private void examine(ProbeTask<?> task) throws IOException, InterruptedException {
		switch (task.target()) {
			case Account account -> login(task, account);
			case Door door -> {
				ServerGuard guard = ServerGuard.of(door.server(), context);
				guard.connect();
				try {
					observe(task);
				} finally {
					guard.disconnect();
				}
			}
			case Presence presence -> observe(task, Objects.requireNonNull(asking.get(presence.door().id())));
			case Domain _, Server _, Mailbox _, Recipient _, StepTarget _, HostName _, HostPort _ -> observe(task);
		}
	}

	private void login(ProbeTask<?> task, Account account) throws IOException, InterruptedException {
		ServerGuard.of(account.server(), context).login(account, () -> observe(task),
				evidence -> new ServerGuard.Said(evidence.reason().id(), evidence.outcome() == Outcome.PASS || evidence.outcome() == Outcome.WARN), shut -> {
					Evidence evidence = task.evidence(context.clock().instant(), new Finding(Outcome.UNKNOWN, shut, Facts.NONE), context);
					found.add(evidence);
					return evidence;
				});
	}

	private void observe(ProbeTask<?> task, Semaphore places) throws InterruptedException {
		places.acquire();
		try {
			observe(task);
		} finally {
			places.release();
		}
	}

	private Evidence observe(ProbeTask<?> task) throws InterruptedException {
		if (cancelled) {
			throw new InterruptedException();
		}
		Evidence evidence = task.observe(context);
		found.add(evidence);
		return evidence;
	}
}
