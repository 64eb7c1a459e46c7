package hikkoshi.core.discover;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RunMemo;

/// Finds out what the mail set-up of hosts or domains is today, many names at once. Each name has a pipeline and a deadline of its own and is
/// handed over as soon as it is through: no name waits for the slowest. What names share (a provider's MX, say) is asked once. Used once.
///
/// Blocks the caller until every name is through. An interrupt ends it at once: what had been found is still handed to the sink, what was
/// under way is dropped, then [InterruptedException] is thrown. Sends nothing secret, changes nothing anywhere.
///
/// ```java
/// DiscoveryOptions options = DiscoveryOptions.of(migration.policy(), migration.dns(), project.anchors());
/// List<Discovered> found = new Discovery(List.of(DomainName.parse("example.org")), leaves, Clock.systemUTC(), options, sink).call();
/// for (ProposedServer server : found.getFirst().proposal().servers()) …
/// ```
public final class Discovery {
	private final List<DomainName> names;
	private final List<ProbeSet> leaves;
	private final Clock clock;
	private final DiscoveryOptions options;
	private final DiscoverySink sink;
	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private sealed interface Event {
		record Found(Evidence evidence) implements Event {}

		record Done(Discovered name) implements Event {}

		/// A pipeline broke: a bug of ours, which the caller must see.
		record Broken(Throwable why) implements Event {}
	}

	/// @param names each asked once, however often it is listed
	/// @param leaves who can ask: the questions are those of [DiscoveryProbes]
	public Discovery(List<DomainName> names, List<ProbeSet> leaves, Clock clock, DiscoveryOptions options, DiscoverySink sink) {
		this.names = List.copyOf(new LinkedHashSet<>(names));
		this.leaves = List.copyOf(leaves);
		this.clock = clock;
		this.options = options;
		this.sink = sink;
	}

	/// @return the names in the order in which they were through
	/// @throws IOException when the sink could not keep what was found
	/// @throws InterruptedException when cancelled
	public List<Discovered> call() throws IOException, InterruptedException {
		List<Discovered> done = new ArrayList<>();
		try (RunMemo memo = new RunMemo();
				var executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("discover-", 0).factory())) {
			Questions questions = new Questions(leaves, clock, options, memo, evidence -> events.add(new Event.Found(evidence)));
			Semaphore room = new Semaphore(options.namesAtOnce(), true);
			try {
				for (DomainName name : names) {
					executor.submit(() -> {
						work(name, questions, room);
						return null;
					});
				}
				while (done.size() < names.size()) {
					List<Event> batch = new ArrayList<>();
					batch.add(events.take());
					events.drainTo(batch);
					handOver(batch, done);
				}
			} catch (InterruptedException | IOException | RuntimeException | Error e) {
				// before leaving the try: close() of the executor would wait for ever otherwise (design.md, 5)
				executor.shutdownNow();
				if (e instanceof InterruptedException) {
					List<Event> rest = new ArrayList<>();
					events.drainTo(rest);
					handOver(rest, done);
				}
				throw e;
			}
		}
		return List.copyOf(done);
	}

	private void work(DomainName name, Questions questions, Semaphore room) throws InterruptedException {
		room.acquire();
		try {
			events.add(new Event.Done(new NamePipeline(name, questions).call()));
		} catch (RuntimeException | Error e) {
			events.add(new Event.Broken(e));
		} finally {
			room.release();
		}
	}

	/// In the order in which it came: a name's evidence before the name.
	private void handOver(List<Event> batch, List<Discovered> done) throws IOException {
		List<Evidence> waiting = new ArrayList<>();
		@Nullable Throwable broken = null;
		for (Event event : batch) {
			switch (event) {
				case Event.Found(Evidence evidence) -> waiting.add(evidence);
				case Event.Done(Discovered name) -> {
					deliver(waiting);
					sink.done(name);
					done.add(name);
				}
				case Event.Broken(Throwable why) -> broken = why;
			}
		}
		deliver(waiting);
		if (broken != null) {
			throw new IllegalStateException("a name could not be discovered", broken);
		}
	}

	private void deliver(List<Evidence> waiting) throws IOException {
		if (!waiting.isEmpty()) {
			sink.found(List.copyOf(waiting));
			waiting.clear();
		}
	}
}
