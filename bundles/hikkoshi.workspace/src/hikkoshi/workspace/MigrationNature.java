package hikkoshi.workspace;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.resources.ICommand;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IProjectNature;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.jspecify.annotations.Nullable;

/// Makes an Eclipse project a migration project: its files are validated on every save.
/// Created by the extension registry; anyone may ask [#isOn].
public final class MigrationNature implements IProjectNature {
	public static final String ID = "hikkoshi.workspace.migration";
	public static final String BUILDER = "hikkoshi.workspace.validation";

	private @Nullable IProject project;

	/// Whether a resource's project is an open migration project. Never throws, touches no file.
	public static boolean isOn(@Nullable IProject project) {
		try {
			return project != null && project.isAccessible() && project.hasNature(ID);
		} catch (CoreException e) {
			// closed or deleted between the two calls: not a migration project any more
			return false;
		}
	}

	/// Creates (or opens and completes) a migration project over a folder. Blocks; call it from a job or an operation.
	///
	/// @param location the folder, or null for the workspace's default place
	/// @throws CoreException when the folder is in use by another project, or cannot be written
	public static IProject create(String name, @Nullable URI location, IProgressMonitor monitor) throws CoreException {
		SubMonitor progress = SubMonitor.convert(monitor, 4);
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		if (!project.exists()) {
			IProjectDescription description = project.getWorkspace().newProjectDescription(name);
			description.setLocationURI(location);
			project.create(description, progress.split(1));
		}
		if (!project.isOpen()) {
			project.open(progress.split(1));
		}
		IProjectDescription description = project.getDescription();
		if (!description.hasNature(ID)) {
			List<String> natures = new ArrayList<>(Arrays.asList(description.getNatureIds()));
			natures.add(0, ID);
			description.setNatureIds(natures.toArray(String[]::new));
			project.setDescription(description, progress.split(2));
		}
		return project;
	}

	@Override
	public void configure() throws CoreException {
		IProjectDescription description = getProject().getDescription();
		List<ICommand> builders = new ArrayList<>(Arrays.asList(description.getBuildSpec()));
		if (builders.stream().noneMatch(command -> command.getBuilderName().equals(BUILDER))) {
			ICommand command = description.newCommand();
			command.setBuilderName(BUILDER);
			builders.add(command);
			description.setBuildSpec(builders.toArray(ICommand[]::new));
			getProject().setDescription(description, null);
		}
	}

	@Override
	public void deconfigure() throws CoreException {
		IProjectDescription description = getProject().getDescription();
		description.setBuildSpec(Arrays.stream(description.getBuildSpec()).filter(command -> !command.getBuilderName().equals(BUILDER))
				.toArray(ICommand[]::new));
		getProject().setDescription(description, null);
	}

	@Override
	public IProject getProject() {
		IProject mine = project;
		if (mine == null) {
			throw new IllegalStateException("the platform has not set the project yet");
		}
		return mine;
	}

	@Override
	public void setProject(IProject project) {
		this.project = project;
	}
}
