package hikkoshi.app;

import java.net.URL;

import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.eclipse.ui.ide.IDE;

/// How the workbench behaves as a whole: what it remembers, which images resources have, that the workspace is saved at the end.
final class HikkoshiAdvisor extends WorkbenchAdvisor {
	private static final String IDE_BUNDLE = "org.eclipse.ui.ide";

	@Override
	public void initialize(IWorkbenchConfigurer configurer) {
		super.initialize(configurer);
		configurer.setSaveAndRestore(true);
		IDE.registerAdapters();
		declare(IDE.SharedImages.IMG_OBJ_PROJECT, "icons/full/obj16/prj_obj.svg");
		declare(IDE.SharedImages.IMG_OBJ_PROJECT_CLOSED, "icons/full/obj16/cprj_obj.svg");
	}

	/// Without these the Project Explorer shows projects without an icon: only the IDE's own application declares them.
	private void declare(String symbol, String path) {
		URL url = FileLocator.find(Platform.getBundle(IDE_BUNDLE), IPath.fromPortableString(path));
		if (url != null) {
			getWorkbenchConfigurer().declareImage(symbol, ImageDescriptor.createFromURL(url), true);
		}
	}

	@Override
	public String getInitialWindowPerspectiveId() {
		return MigrationPerspective.ID;
	}

	@Override
	public String getMainPreferencePageId() {
		return "hikkoshi.ui.preferences";
	}

	@Override
	public IAdaptable getDefaultPageInput() {
		return ResourcesPlugin.getWorkspace().getRoot();
	}

	@Override
	public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
		return new HikkoshiWindowAdvisor(configurer);
	}

	@Override
	public void postStartup() {
		// files may have been edited, or probed headless, while no window was open
		Job.createSystem("refresh", (IProgressMonitor monitor) -> ResourcesPlugin.getWorkspace().getRoot().refreshLocal(2, monitor))
				.schedule();
	}

	@Override
	public void postShutdown() {
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		Job save = Job.create("save", (IProgressMonitor monitor) -> {
			IStatus saved = workspace.save(true, monitor);
			if (!saved.isOK()) {
				throw new CoreException(saved);
			}
		});
		save.setSystem(true);
		save.schedule();
		try {
			save.join();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
