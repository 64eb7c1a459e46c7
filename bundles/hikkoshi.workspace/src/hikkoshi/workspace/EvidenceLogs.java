package hikkoshi.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceChangeListener;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.EvidenceStore;

/// Service: one open evidence log per project, closed when the project closes, and the news of what was added to it — by this process at
/// once, by another one (a headless run on the same folder) within [#POLL_MILLIS]. Safe for several threads; reading blocks, so a view
/// reads in a job.
public final class EvidenceLogs {
	/// How often the last row's number is looked at; only while someone listens.
	public static final long POLL_MILLIS = 2_000;

	private final EvidenceStore store;
	private final Map<IProject, Open> logs = new HashMap<>();
	private final List<Listening> listening = new CopyOnWriteArrayList<>();
	private final List<EvidenceListener> everywhere = new CopyOnWriteArrayList<>();
	private final Job poll = new Poll();
	private final IResourceChangeListener closing = event -> close((IProject) event.getResource());

	/// @param told the last row that the listeners have been told of
	private static final class Open {
		final EvidenceLog log;
		long told;

		Open(EvidenceLog log) {
			this.log = log;
			told = log.lastRow();
		}
	}

	private record Listening(IProject project, Runnable listener) {}

	public EvidenceLogs(EvidenceStore store) {
		this.store = store;
	}

	/// Called by the service registry.
	public void activate() {
		ResourcesPlugin.getWorkspace().addResourceChangeListener(closing, IResourceChangeEvent.PRE_CLOSE | IResourceChangeEvent.PRE_DELETE);
	}

	/// Called by the service registry.
	public void deactivate() throws InterruptedException {
		ResourcesPlugin.getWorkspace().removeResourceChangeListener(closing);
		listening.clear();
		poll.cancel();
		poll.join();
		List<IProject> open;
		synchronized (logs) {
			open = List.copyOf(logs.keySet());
		}
		open.forEach(this::close);
	}

	/// Called by the service registry.
	public void add(EvidenceListener listener) {
		everywhere.add(listener);
	}

	/// Called by the service registry.
	public void remove(EvidenceListener listener) {
		everywhere.remove(listener);
	}

	/// The project's log, opened when it is not. Do not close it. Blocks.
	///
	/// @throws IOException when the project is closed, or its log cannot be opened
	public EvidenceLog open(IProject project) throws IOException {
		return opened(project).log;
	}

	/// Keeps what was found and tells the listeners.
	public void append(IProject project, List<Evidence> evidence) throws IOException {
		Open open = opened(project);
		open.log.appendAll(evidence);
		tell(project, open);
	}

	/// Tells of new rows of a project's log. The listener is called by the thread that wrote, or by a job: it must return at once.
	///
	/// @return closes the subscription
	public Subscription listen(IProject project, Runnable listener) {
		Listening mine = new Listening(project, listener);
		listening.add(mine);
		poll.schedule(POLL_MILLIS);
		return () -> listening.remove(mine);
	}

	private Open opened(IProject project) throws IOException {
		Open open;
		synchronized (logs) {
			open = logs.get(project);
			if (open != null) {
				return open;
			}
			if (!project.isAccessible()) {
				throw new IOException("project " + project.getName() + " is closed");
			}
			open = new Open(store.open(Migrations.folder(project)));
			logs.put(project, open);
		}
		everywhere.forEach(listener -> listener.added(project, this));
		return open;
	}

	private void tell(IProject project, Open open) {
		long last = open.log.lastRow();
		synchronized (open) {
			if (last == open.told) {
				return;
			}
			open.told = last;
		}
		listening.stream().filter(one -> one.project.equals(project)).forEach(one -> one.listener.run());
		everywhere.forEach(listener -> listener.added(project, this));
	}

	private void close(IProject project) {
		Open open;
		synchronized (logs) {
			open = logs.remove(project);
		}
		if (open != null) {
			try {
				open.log.close();
			} catch (IOException e) {
				ILog.get().error("could not close the evidence log of " + project.getName(), e);
			}
		}
	}

	private final class Poll extends Job {
		Poll() {
			super("evidence");
			setSystem(true);
			setPriority(DECORATE);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			for (IProject project : listening.stream().map(Listening::project).distinct().toList()) {
				try {
					if (project.isAccessible()) {
						tell(project, opened(project));
					}
				} catch (IOException | UncheckedIOException e) {
					// the one who reads the log says so where a person sees it; here it would be said every two seconds
					continue;
				}
			}
			if (!listening.isEmpty() && !monitor.isCanceled()) {
				schedule(POLL_MILLIS);
			}
			return Status.OK_STATUS;
		}
	}
}
