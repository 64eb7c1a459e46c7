package hikkoshi.app;

import java.net.URL;
import java.util.Map;

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
	/// Images that platform views ask for by name: without them projects have no icon, and in Problems a red square stands for each severity.
	private static final Map<String, String> IMAGES = Map.ofEntries(
			Map.entry(IDE.SharedImages.IMG_OBJ_PROJECT, "icons/full/obj16/prj_obj.svg"),
			Map.entry(IDE.SharedImages.IMG_OBJ_PROJECT_CLOSED, "icons/full/obj16/cprj_obj.svg"),
			Map.entry("IMG_OBJS_ERROR_PATH", "icons/full/obj16/error_tsk.svg"),
			Map.entry("IMG_OBJS_WARNING_PATH", "icons/full/obj16/warn_tsk.svg"),
			Map.entry("IMG_OBJS_INFO_PATH", "icons/full/obj16/info_tsk.svg"),
			Map.entry("IMG_OBJS_FIXABLE_ERROR", "icons/full/obj16/quickfix_error_obj.svg"),
			Map.entry("IMG_OBJS_FIXABLE_WARNING", "icons/full/obj16/quickfix_warning_obj.svg"),
			Map.entry("IMG_OBJS_FIXABLE_INFO", "icons/full/obj16/quickfix_info_obj.svg"),
			Map.entry("IMG_ETOOL_PROBLEM_CATEGORY", "icons/full/etool16/problem_category.svg"),
			Map.entry("IMG_ETOOL_PROBLEMS_VIEW", "icons/full/eview16/problems_view.svg"),
			Map.entry("IMG_ETOOL_PROBLEMS_VIEW_ERROR", "icons/full/eview16/problems_view_error.svg"),
			Map.entry("IMG_ETOOL_PROBLEMS_VIEW_WARNING", "icons/full/eview16/problems_view_warning.svg"),
			Map.entry("IMG_ETOOL_PROBLEMS_VIEW_INFO", "icons/full/eview16/problems_view_info.svg"),
			Map.entry("IMG_ELCL_QUICK_FIX_ENABLED", "icons/full/elcl16/smartmode_co.svg"),
			Map.entry("IMG_DLCL_QUICK_FIX_DISABLED", "icons/full/dlcl16/smartmode_co.png"),
			Map.entry("IMG_DLGBAN_QUICKFIX_DLG", "icons/full/wizban/quick_fix.svg"));

	@Override
	public void initialize(IWorkbenchConfigurer configurer) {
		super.initialize(configurer);
		configurer.setSaveAndRestore(true);
		IDE.registerAdapters();
		IMAGES.forEach(this::declare);
	}

	/// Only the IDE's own application declares them.
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
