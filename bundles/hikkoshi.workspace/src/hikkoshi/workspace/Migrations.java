package hikkoshi.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceChangeListener;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IPath;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;

/// Service: the migrations of the workspace, as immutable snapshots of their files. Safe for several threads.
///
/// A snapshot is read again only when one of the files it was made of has another size or time stamp.
public final class Migrations {
	private final Map<IProject, Snapshot> snapshots = new ConcurrentHashMap<>();
	private final List<Consumer<IProject>> listeners = new CopyOnWriteArrayList<>();
	private final IResourceChangeListener changes = this::changed;

	private record Snapshot(List<Object> stamp, MigrationProject project) {}

	/// The folder of a project on disk.
	///
	/// @throws IOException when the project does not lie in the local file system
	public static Path folder(IProject project) throws IOException {
		IPath location = project.getLocation();
		if (location == null) {
			throw new IOException("project " + project.getName() + " is not in the local file system");
		}
		return location.toPath();
	}

	/// Called by the service registry.
	public void activate() {
		ResourcesPlugin.getWorkspace().addResourceChangeListener(changes, IResourceChangeEvent.POST_CHANGE);
	}

	/// Called by the service registry.
	public void deactivate() {
		ResourcesPlugin.getWorkspace().removeResourceChangeListener(changes);
	}

	/// Reads a project's files when they have changed since the last time. Blocks: not for the UI thread.
	///
	/// @throws IOException when the folder cannot be read at all; what is wrong *in* the files is a fault in the result
	public MigrationProject load(IProject project) throws IOException {
		Path folder = folder(project);
		Snapshot known = snapshots.get(project);
		if (known != null && known.stamp.equals(stamp(folder, known.project))) {
			return known.project;
		}
		MigrationProject read = MigrationFiles.load(folder);
		snapshots.put(project, new Snapshot(stamp(folder, read), read));
		return read;
	}

	/// The last snapshot, however old; touches no file, so the UI thread may ask.
	public Optional<MigrationProject> known(IProject project) {
		return Optional.ofNullable(snapshots.get(project)).map(Snapshot::project);
	}

	/// Tells of projects whose files have changed, appeared or gone. Called by the thread that changed the workspace: return at once.
	///
	/// @return closes the subscription
	public Subscription listen(Consumer<IProject> listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}

	private void changed(IResourceChangeEvent event) {
		Set<IProject> touched = new LinkedHashSet<>();
		IResourceDelta delta = event.getDelta();
		for (IResourceDelta project : delta.getAffectedChildren()) {
			if (concerns(project)) {
				touched.add((IProject) project.getResource());
			}
		}
		for (IProject project : touched) {
			if (!project.isAccessible()) {
				snapshots.remove(project);
			}
			listeners.forEach(listener -> listener.accept(project));
		}
	}

	/// The evidence log and derived files change all the time without changing what the migration is.
	private static boolean concerns(IResourceDelta project) {
		if (project.getKind() != IResourceDelta.CHANGED || (project.getFlags() & (IResourceDelta.OPEN | IResourceDelta.DESCRIPTION)) != 0) {
			return true;
		}
		for (IResourceDelta file : project.getAffectedChildren(IResourceDelta.ADDED | IResourceDelta.REMOVED | IResourceDelta.CHANGED)) {
			boolean content = file.getKind() != IResourceDelta.CHANGED || (file.getFlags() & ~IResourceDelta.MARKERS) != 0;
			if (content && file.getResource().getType() == IResource.FILE && !file.getResource().getName().startsWith("evidence.db")) {
				return true;
			}
		}
		return false;
	}

	private static List<Object> stamp(Path folder, MigrationProject project) throws IOException {
		List<String> names = new ArrayList<>(
				List.of(MigrationProject.MIGRATION_FILE, MigrationProject.MAILBOXES_FILE, MigrationProject.CHECKLIST_FILE));
		project.migration().ifPresent(migration -> names.addAll(migration.trust()));
		List<Object> stamp = new ArrayList<>();
		for (String name : names) {
			Path file = folder.resolve(name);
			stamp.add(name);
			if (Files.isRegularFile(file)) {
				BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
				stamp.add(attributes.lastModifiedTime());
				stamp.add(attributes.size());
			}
		}
		return stamp;
	}
}
