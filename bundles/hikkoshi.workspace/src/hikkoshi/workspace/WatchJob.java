package hikkoshi.workspace;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.LookBook;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Followed;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Lasting;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchLoop;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.core.watch.WatchRounds;

/// A watch in the background, until propagation has ended everywhere or somebody cancels it: the loop of core, with the workspace's evidence log. Used once;
/// started by [Watches].
///
/// Opens no dialog. Cancelling interrupts it, and it ends at once; what had been found is kept.
public final class WatchJob extends Job {
	private final Order order;
	private final Secrets secrets;
	private final EvidenceLogs logs;
	private final Phrases words;
	private final Object lock = new Object();
	private @Nullable Thread running;
	private volatile Now now = new Now(Optional.empty(), Optional.empty(), Optional.empty(), "");

	/// What is to be watched.
	///
	/// @param snapshot the project as it was read
	/// @param plans the records of each planned zone
	/// @param interval between two questions to DNS
	public record Order(IProject project, MigrationProject snapshot, Migration migration, List<Domain> domains, Map<Domain, List<RecordSet>> plans, List<ProbeSet> leaves,
			Duration interval) {
		public Order {
			domains = List.copyOf(domains);
			plans = Map.copyOf(plans);
			leaves = List.copyOf(leaves);
		}
	}

	/// How it stands, for a window.
	///
	/// @param judged when the last round was over
	/// @param rests until the next one; empty while it looks
	/// @param slept when it was noticed last that nobody had looked for too long
	/// @param progress of a look, in words
	public record Now(Optional<Instant> judged, Optional<Instant> rests, Optional<Instant> slept, String progress) {}

	/// Told of a round; returns at once.
	interface Told {
		void news(IProject project, List<WatchNews> news);

		void changed(IProject project);
	}

	private Told told = new Told() {
		@Override
		public void news(IProject project, List<WatchNews> news) {
			// nobody listens yet
		}

		@Override
		public void changed(IProject project) {
			// nobody listens yet
		}
	};

	/// @param words of the one who reads the progress
	public WatchJob(Order order, Secrets secrets, EvidenceLogs logs, Phrases words) {
		super(words.with(Phrases.bundle(WatchJob.class, words.locale())).say("watch.job", order.project().getName()));
		this.order = order;
		this.secrets = secrets;
		this.logs = logs;
		this.words = words.with(Phrases.bundle(WatchJob.class, words.locale()));
		setPriority(LONG);
	}

	public Order order() {
		return order;
	}

	public Now now() {
		return now;
	}

	void tell(Told listener) {
		told = listener;
	}

	/// Not of the project's family: it runs for days, and other runs need not wait for it.
	@Override
	public boolean belongsTo(Object family) {
		return family == WatchJob.class;
	}

	@Override
	protected void canceling() {
		synchronized (lock) {
			if (running != null) {
				running.interrupt();
			}
		}
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		synchronized (lock) {
			running = Thread.currentThread();
		}
		monitor.beginTask(getName(), IProgressMonitor.UNKNOWN);
		try {
			if (monitor.isCanceled()) {
				return Status.CANCEL_STATUS;
			}
			EvidenceLog log = logs.open(order.project());
			Clock clock = Clock.systemUTC();
			WatchRounds rounds = new WatchRounds(order.migration(), order.domains(), order.plans(), order.leaves(), log, clock);
			EvidenceSink sink = batch -> logs.append(order.project(), batch);
			State state = new WatchLoop(rounds, log, sink, clock, Thread::sleep).run(new WatchLoop.Options(order.interval(), Instant.MAX, false), new Asking(log, sink, monitor),
					new Rounds(monitor));
			return Status.info(words.say("watch.job.over", order.project().getName(), words.say("watch.state." + state.name().toLowerCase(Locale.ROOT))));
		} catch (InterruptedException e) {
			return Status.CANCEL_STATUS;
		} catch (IOException e) {
			// a project that was closed takes its watch along
			return order.project().isAccessible() ? Status.error(words.say("watch.job.failed", order.project().getName()), e) : Status.CANCEL_STATUS;
		} finally {
			synchronized (lock) {
				running = null;
				// the worker thread is the platform's: hand it back without our interrupt
				Thread.interrupted();
			}
		}
	}

	private void set(Now next) {
		now = next;
		told.changed(order.project());
	}

	private final class Rounds implements WatchLoop.Watcher {
		private final IProgressMonitor monitor;

		Rounds(IProgressMonitor monitor) {
			this.monitor = monitor;
		}

		@Override
		public void slept(Instant due, Instant woke) {
			set(new Now(now.judged(), Optional.empty(), Optional.of(woke), ""));
		}

		@Override
		public void judged(List<DomainWatch> watches, List<WatchNews> news) {
			set(new Now(Optional.of(Instant.now()), Optional.empty(), now.slept(), ""));
			if (!news.isEmpty()) {
				told.news(order.project(), news);
			}
		}

		@Override
		public void rests(Instant until) {
			monitor.subTask(words.say("watch.job.rests"));
			set(new Now(now.judged(), Optional.of(until), now.slept(), ""));
		}
	}

	/// Asks for the loop: progress to the monitor, findings to the log and so to all that listen to it.
	private final class Asking implements Prober {
		private final EvidenceLog log;
		private final EvidenceSink sink;
		private final IProgressMonitor monitor;

		Asking(EvidenceLog log, EvidenceSink sink, IProgressMonitor monitor) {
			this.log = log;
			this.sink = sink;
			this.monitor = monitor;
		}

		@Override
		public List<Evidence> ask(List<ProbeTask<?>> tasks) throws IOException, InterruptedException {
			try (LookBook book = new LookBook(new Followed(log), List.of())) {
				return ask(tasks, book);
			}
		}

		@Override
		public List<Evidence> ask(List<ProbeTask<?>> tasks, Lasting lasting) throws IOException, InterruptedException {
			List<Evidence> found = new ArrayList<>();
			EvidenceSink kept = lasting.before(sink);
			try (RunMemo memo = new RunMemo()) {
				lasting.open(memo);
				ProbeContext context = new ProbeContext(Clock.systemUTC(), secrets, order.migration().policy(), order.migration().dns(), order.snapshot().anchors(), memo,
						order.migration().servers(), log);
				new ProbeRun(tasks, context, batch -> {
					kept.accept(batch);
					found.addAll(batch);
					String progress = words.say("watch.job.progress", found.size(), tasks.size());
					monitor.subTask(progress);
					now = new Now(now.judged(), Optional.empty(), now.slept(), progress);
				}).call();
			} finally {
				lasting.settle(sink);
			}
			return found;
		}
	}
}
