package hikkoshi.workspace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceChangeListener;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;

import hikkoshi.core.watch.WatchNews;

/// Service: the watches that run in this workspace, one per project at most, and their news. They end with the project or the workbench; what they know is in
/// the evidence. Safe for several threads.
public final class Watches {
	private final Map<IProject, WatchJob> running = new ConcurrentHashMap<>();
	private final List<Consumer<IProject>> listeners = new CopyOnWriteArrayList<>();
	private final List<WatchListener> everywhere = new CopyOnWriteArrayList<>();
	private final IResourceChangeListener closing = event -> stop((IProject) event.getResource());

	private final class Telling implements WatchJob.Told {
		@Override
		public void news(IProject project, List<WatchNews> news) {
			everywhere.forEach(listener -> listener.told(project, news));
		}

		@Override
		public void changed(IProject project) {
			listeners.forEach(listener -> listener.accept(project));
		}
	}

	/// Called by the service registry.
	public void activate() {
		ResourcesPlugin.getWorkspace().addResourceChangeListener(closing, IResourceChangeEvent.PRE_CLOSE | IResourceChangeEvent.PRE_DELETE);
	}

	/// Called by the service registry.
	public void deactivate() throws InterruptedException {
		ResourcesPlugin.getWorkspace().removeResourceChangeListener(closing);
		List<WatchJob> jobs = List.copyOf(running.values());
		jobs.forEach(WatchJob::cancel);
		for (WatchJob job : jobs) {
			job.join();
		}
	}

	/// Called by the service registry.
	public void add(WatchListener listener) {
		everywhere.add(listener);
	}

	/// Called by the service registry.
	public void remove(WatchListener listener) {
		everywhere.remove(listener);
	}

	/// The watch of a project, while one runs.
	public Optional<WatchJob> of(IProject project) {
		return Optional.ofNullable(running.get(project));
	}

	/// Starts a watch.
	///
	/// @return false when the project has one already; nothing is done then
	public boolean start(WatchJob job) {
		IProject project = job.order().project();
		if (running.putIfAbsent(project, job) != null) {
			return false;
		}
		Telling telling = new Telling();
		job.tell(telling);
		job.addJobChangeListener(new JobChangeAdapter() {
			@Override
			public void done(IJobChangeEvent event) {
				running.remove(project, job);
				telling.changed(project);
			}
		});
		job.schedule();
		telling.changed(project);
		return true;
	}

	/// Ends a project's watch at once; its evidence stays.
	public void stop(IProject project) {
		of(project).ifPresent(WatchJob::cancel);
	}

	/// Tells of watches that begin, go on or end. Called by their threads: return at once.
	///
	/// @return closes the subscription
	public Subscription listen(Consumer<IProject> listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}
}
