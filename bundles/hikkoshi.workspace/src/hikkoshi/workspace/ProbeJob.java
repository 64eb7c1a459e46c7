package hikkoshi.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.Mark;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;

/// A run of probes in the background: progress, cancel, and every batch in the project's evidence log as it comes. Used once.
///
/// Opens no dialog. Bad news is evidence and not an error of the job; the job fails only when what was found could not be kept. Cancelling
/// interrupts the run, which ends at once and keeps what it had found.
public final class ProbeJob extends Job {
	private final IProject project;
	private final MigrationProject snapshot;
	private final Migration migration;
	private final List<ProbeTask<?>> tasks;
	private final Secrets secrets;
	private final EvidenceLogs logs;
	private final Phrases words;
	private final Object lock = new Object();
	private @Nullable Thread running;
	private final Set<Target.Id> unanswered = ConcurrentHashMap.newKeySet();
	private volatile long questions;

	/// @param words of the one who reads the progress, see [ProbeSets#phrases]
	public ProbeJob(
			IProject project, MigrationProject snapshot, Migration migration, List<ProbeTask<?>> tasks, Secrets secrets, EvidenceLogs logs,
			Phrases words) {
		super(words.with(Phrases.bundle(ProbeJob.class, words.locale())).say("probe.job", project.getName()));
		this.project = project;
		this.snapshot = snapshot;
		this.migration = migration;
		this.tasks = List.copyOf(tasks);
		this.secrets = secrets;
		this.logs = logs;
		this.words = words.with(Phrases.bundle(ProbeJob.class, words.locale()));
		setUser(true);
		tasks.forEach(task -> unanswered.add(task.target().id()));
	}

	/// What the run has heard nothing of yet; empty once it is over.
	public Set<Target.Id> unanswered() {
		return Set.copyOf(unanswered);
	}

	/// How many questions went to DNS servers; 0 while it runs.
	public long questions() {
		return questions;
	}

	public IProject project() {
		return project;
	}

	/// The family is [ProbeJob]'s class, or the project it runs for.
	@Override
	public boolean belongsTo(Object family) {
		return family == ProbeJob.class || project.equals(family);
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
		SubMonitor progress = SubMonitor.convert(monitor, tasks.size());
		progress.subTask(words.say("probe.progress", 0, tasks.size(), 0));
		int[] counts = new int[2];
		try (RunMemo memo = new RunMemo()) {
			if (monitor.isCanceled()) {
				return Status.CANCEL_STATUS;
			}
			Marks.open(memo, this::marks);
			ProbeContext context =
					new ProbeContext(Clock.systemUTC(), secrets, migration.policy(), migration.dns(), snapshot.anchors(), memo, migration.servers(), logs.open(project));
			ProbeRun.Summary summary = new ProbeRun(tasks, context, batch -> {
				logs.append(project, batch);
				counts[0] += batch.size();
				batch.forEach(evidence -> unanswered.remove(evidence.target()));
				counts[1] += (int) batch.stream().filter(ProbeJob::needsAttention).count();
				progress.worked(batch.size());
				progress.subTask(words.say("probe.progress", counts[0], tasks.size(), counts[1]));
			}).call();
			questions = memo.counted(RunMemo.DNS_QUESTIONS);
			return Status.info(words.say("probe.done", summary.total(), summary.count(Outcome.PASS), summary.count(Outcome.WARN),
					summary.count(Outcome.UNKNOWN), summary.count(Outcome.FAIL)));
		} catch (InterruptedException e) {
			return Status.CANCEL_STATUS;
		} catch (IOException e) {
			return Status.error(words.say("probe.not-kept", project.getName()), e);
		} finally {
			unanswered.clear();
			synchronized (lock) {
				running = null;
				// the worker thread is the platform's: hand it back without our interrupt
				Thread.interrupted();
			}
		}
	}

	/// How far a mailbox has been read; the log is asked only by probes that want to know.
	private List<Mark> marks(String probe, Target.Id account) {
		try {
			return Marks.in(logs.open(project)).of(probe, account);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static boolean needsAttention(Evidence evidence) {
		return evidence.outcome() == Outcome.FAIL || evidence.outcome() == Outcome.UNKNOWN;
	}
}
