package hikkoshi.ui.inventory.wizard;

import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.IDE;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.MigrationNature;

/// Makes a folder a project of the workspace, where it lies, and opens its `migration.yaml`.
public final class OpenProject extends Job {
	private static final Phrases WORDS = Words.of(OpenProject.class);

	private final IWorkbenchPage page;
	private final Path folder;

	public OpenProject(IWorkbenchPage page, Path folder) {
		super(WORDS.say("open.job", folder.getFileName()));
		this.page = page;
		this.folder = folder;
		setUser(true);
		setRule(ResourcesPlugin.getWorkspace().getRoot());
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		if (!Files.isRegularFile(folder.resolve(MigrationProject.MIGRATION_FILE))) {
			return Status.error(WORDS.say("open.no-migration", folder, MigrationProject.MIGRATION_FILE));
		}
		try {
			IProject project = project(monitor);
			project.refreshLocal(IResource.DEPTH_INFINITE, monitor);
			edit(page, project);
			return Status.OK_STATUS;
		} catch (CoreException e) {
			return e.getStatus();
		}
	}

	/// Opens the editor of a project's `migration.yaml`. Any thread.
	static void edit(IWorkbenchPage page, IProject project) {
		Ui.later(page.getWorkbenchWindow().getShell(), () -> {
			IFile file = project.getFile(MigrationProject.MIGRATION_FILE);
			try {
				IDE.openEditor(page, file, true);
			} catch (PartInitException e) {
				ILog.get().log(e.getStatus());
			}
		});
	}

	private IProject project(IProgressMonitor monitor) throws CoreException {
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		IPath location = IPath.fromPath(folder.toAbsolutePath().normalize());
		for (IProject known : workspace.getRoot().getProjects()) {
			if (location.equals(known.getLocation())) {
				return MigrationNature.create(known.getName(), null, monitor);
			}
		}
		IPath file = location.append(IProjectDescription.DESCRIPTION_FILE_NAME);
		String name = file.toFile().isFile() ? workspace.loadProjectDescription(file).getName() : location.lastSegment();
		String free = name;
		for (int i = 2; workspace.getRoot().getProject(free).exists(); i++) {
			free = name + " " + i;
		}
		boolean inside = workspace.getRoot().getLocation().isPrefixOf(location) && location.lastSegment().equals(free)
				&& location.segmentCount() == workspace.getRoot().getLocation().segmentCount() + 1;
		return MigrationNature.create(free, inside ? null : folder.toUri(), monitor);
	}
}
