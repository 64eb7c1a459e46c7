package hikkoshi.ui.mailbox;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.ui.services.IServiceLocator;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeJob;

/// Keeps the matrix of one project and arranges it as a person wants to see it, all of it beside the UI thread: news are taken together, at most so often,
/// and the sinks are called by jobs.
final class MatrixFeed implements AutoCloseable {
	/// At most so often is the table shown anew while evidence comes in, in milliseconds.
	private static final int REFRESH_MILLIS = 250;

	private final IProject project;
	private final Migrations migrations;
	private final Phrases words;
	private final Consumer<MatrixLines> sink;
	private final Consumer<String> failed;
	private final Runnable faulty;
	private final EvidenceLogs logs;
	private final Job arranging = new Arranging();
	private final Runs runs = new Runs();
	private final Job loading = new Loading();
	private volatile MatrixQuery query;
	private volatile @Nullable MatrixModel model;
	private @Nullable EvidenceFeed evidence;
	private volatile boolean closed;

	/// @param faulty called when the files cannot be read as a migration
	MatrixFeed(IServiceLocator services, IProject project, MatrixQuery query, Phrases words, Consumer<MatrixLines> sink, Runnable faulty, Consumer<String> failed) {
		this.project = project;
		this.query = query;
		this.words = words;
		this.sink = sink;
		this.faulty = faulty;
		this.failed = failed;
		migrations = services.getService(Migrations.class);
		logs = services.getService(EvidenceLogs.class);
		Job.getJobManager().addJobChangeListener(runs);
		loading.schedule();
	}

	IProject project() {
		return project;
	}

	/// Shows something else soon.
	void ask(MatrixQuery next) {
		query = next;
		arranging.schedule();
	}

	/// The files have changed.
	void reload() {
		loading.schedule();
	}

	@Override
	public void close() {
		closed = true;
		Job.getJobManager().removeJobChangeListener(runs);
		loading.cancel();
		arranging.cancel();
		synchronized (this) {
			if (evidence != null) {
				evidence.close();
			}
		}
	}

	private synchronized void follow(MatrixModel next) {
		if (evidence != null) {
			evidence.close();
		}
		if (!closed) {
			model = next;
			evidence = new EvidenceFeed(logs, project, more -> take(next, more), e -> failed.accept(Ui.message(e)));
		}
	}

	private void take(MatrixModel of, List<Sighting> more) {
		if (of.take(more) || more.isEmpty()) {
			arranging.schedule(REFRESH_MILLIS);
		} else {
			arranging.schedule();
		}
	}

	/// Reads the files anew.
	private final class Loading extends Job {
		Loading() {
			super("matrix");
			setSystem(true);
			setPriority(SHORT);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			try {
				Migration migration = migrations.load(project).migration().orElse(null);
				if (migration == null) {
					faulty.run();
				} else {
					MatrixModel next = new MatrixModel(migration, words);
					follow(next);
					runs.look();
				}
			} catch (IOException e) {
				failed.accept(Ui.message(e));
			}
			return Status.OK_STATUS;
		}
	}

	/// Puts the rows in order.
	private final class Arranging extends Job {
		Arranging() {
			super("matrix");
			setSystem(true);
			setPriority(SHORT);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			MatrixModel mine = model;
			if (mine != null && !closed) {
				sink.accept(mine.arrange(query, Instant.now()));
			}
			return Status.OK_STATUS;
		}
	}

	/// Which logins a run under way has not come to yet.
	private final class Runs extends JobChangeAdapter {
		@Override
		public void scheduled(IJobChangeEvent event) {
			changed(event);
		}

		@Override
		public void done(IJobChangeEvent event) {
			changed(event);
		}

		private void changed(IJobChangeEvent event) {
			if (event.getJob() instanceof ProbeJob job && job.project().equals(project)) {
				look();
			}
		}

		void look() {
			MatrixModel mine = model;
			if (mine != null) {
				Set<Target.Id> open = new HashSet<>();
				Arrays.stream(Job.getJobManager().find(project)).filter(ProbeJob.class::isInstance).map(ProbeJob.class::cast).forEach(job -> open.addAll(job.unanswered()));
				mine.await(open);
				arranging.schedule();
			}
		}
	}
}
