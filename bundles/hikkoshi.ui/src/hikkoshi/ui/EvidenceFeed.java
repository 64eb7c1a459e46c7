package hikkoshi.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Subscription;

/// Follows a project's evidence log for a view: first the newest word of every probe about every target, then what is added, at most once
/// every [#THROTTLE_MILLIS]. The reading is a job; the sinks are called by it and must go to the UI thread themselves ([Ui#later]).
public final class EvidenceFeed implements AutoCloseable {
	public static final long THROTTLE_MILLIS = 100;
	private static final int BATCH = 2_000;

	private final EvidenceLogs logs;
	private final IProject project;
	private final Consumer<List<Sighting>> sink;
	private final Consumer<Exception> failed;
	private final Job reader = new Reader();
	private final Subscription news;
	private volatile boolean closed;
	private boolean begun;
	private long row;

	/// @param sink takes what is new, never empty but for the first call
	/// @param failed takes why the log cannot be read
	public EvidenceFeed(EvidenceLogs logs, IProject project, Consumer<List<Sighting>> sink, Consumer<Exception> failed) {
		this.logs = logs;
		this.project = project;
		this.sink = sink;
		this.failed = failed;
		news = logs.listen(project, () -> reader.schedule(THROTTLE_MILLIS));
		reader.schedule();
	}

	@Override
	public void close() {
		closed = true;
		news.close();
		reader.cancel();
	}

	private void read() throws IOException {
		EvidenceLog log = logs.open(project);
		if (!begun) {
			// the number first: a row that comes in between is read twice, never missed
			row = log.lastRow();
			List<Sighting> latest = log.latest();
			begun = true;
			sink.accept(latest);
			return;
		}
		while (!closed) {
			List<Sighting> more = log.since(row, BATCH);
			if (more.isEmpty()) {
				return;
			}
			row = more.getLast().row();
			sink.accept(more);
		}
	}

	private final class Reader extends Job {
		Reader() {
			super("evidence");
			setSystem(true);
			setPriority(SHORT);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			try {
				if (!closed && project.isAccessible()) {
					read();
				}
			} catch (IOException | UncheckedIOException e) {
				if (!closed) {
					failed.accept(e);
				}
			}
			return Status.OK_STATUS;
		}
	}
}
