package hikkoshi.workspace.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.ForgottenAddresses;
import hikkoshi.core.model.Migration;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.EvidenceListener;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// Marks every address that is alive on OLD and missing on NEW at its line in `mailboxes.csv`, as the evidence has it: it would lose its mail from the
/// cutover on. Looks again whenever evidence or files have changed, and changes only the markers that differ.
///
/// Created by the service registry when evidence is first used. The markers outlive a restart.
public final class ForgottenMarkers implements EvidenceListener {
	public static final String TYPE = "hikkoshi.workspace.forgotten";
	private static final String SOURCE = "hikkoshi.exist";
	/// A run appends many times a second; a person looks at markers now and then.
	private static final long PATIENCE_MILLIS = 300;

	private final Migrations migrations;
	private final Map<IProject, EvidenceLogs> known = new ConcurrentHashMap<>();
	private final Set<IProject> pending = ConcurrentHashMap.newKeySet();
	private final Update update = new Update();
	private @Nullable Subscription files;

	public ForgottenMarkers(Migrations migrations) {
		this.migrations = migrations;
	}

	/// Called by the service registry.
	public void activate() {
		files = migrations.listen(this::changed);
	}

	/// Called by the service registry.
	public void deactivate() throws InterruptedException {
		Optional.ofNullable(files).ifPresent(Subscription::close);
		update.cancel();
		update.join();
	}

	@Override
	public void added(IProject project, EvidenceLogs logs) {
		known.put(project, logs);
		look(project);
	}

	private void changed(IProject project) {
		if (!project.isAccessible()) {
			known.remove(project);
		} else if (known.containsKey(project)) {
			look(project);
		}
	}

	private void look(IProject project) {
		if (pending.add(project)) {
			update.schedule(PATIENCE_MILLIS);
		}
	}

	private final class Update extends Job {
		Update() {
			super("addresses missing on the new server");
			setSystem(true);
			setPriority(DECORATE);
		}

		/// So that a test can wait for it.
		@Override
		public boolean belongsTo(Object family) {
			return family == ForgottenMarkers.class;
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			for (IProject project : List.copyOf(pending)) {
				// before reading: what comes in meanwhile is looked at again
				pending.remove(project);
				EvidenceLogs logs = known.get(project);
				if (logs != null && project.isAccessible()) {
					mark(project, logs, monitor);
				}
			}
			return Status.OK_STATUS;
		}

		private void mark(IProject project, EvidenceLogs logs, IProgressMonitor monitor) {
			try {
				Optional<Migration> migration = migrations.load(project).migration();
				if (migration.isEmpty()) {
					// the files have faults of their own: what was known stays until they can be read
					return;
				}
				List<Fault> forgotten = ForgottenAddresses.faults(migration.get(), new Snapshot(logs.open(project)), Instant.now());
				FaultMarkers markers = new FaultMarkers(Phrases.of(Locale.getDefault(), List.of()), TYPE, SOURCE);
				ICoreRunnable all = _ -> markers.update(project, forgotten);
				ResourcesPlugin.getWorkspace().run(all, ResourcesPlugin.getWorkspace().getRuleFactory().markerRule(project), IWorkspace.AVOID_UPDATE,
						monitor);
			} catch (IOException | UncheckedIOException | CoreException e) {
				if (project.isAccessible()) {
					// who reads the log says so where a person sees it; the markers stay as they are
					ILog.get().warn("could not mark the missing addresses of " + project.getName(), e);
				}
			}
		}
	}
}
