package hikkoshi.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;

import hikkoshi.core.text.Phrases;

/// Opens the window on a workspace that no other window uses.
public final class WorkbenchApplication implements IApplication {
	/// What the about text calls `{0}`, see `about.mappings`.
	private static final String VERSION = "hikkoshi.version";

	@Override
	public Object start(IApplicationContext context) throws IOException {
		Version version = FrameworkUtil.getBundle(WorkbenchApplication.class).getVersion();
		System.setProperty(VERSION, version.getMajor() + "." + version.getMinor() + "." + version.getMicro());
		Display display = PlatformUI.createDisplay();
		Location workspace = Platform.getInstanceLocation();
		try {
			if (!workspace.isSet()) {
				Path home = Path.of(System.getProperty("user.home"), ".hikkoshi", "workspace");
				Files.createDirectories(home);
				workspace.set(home.toUri().toURL(), false);
			}
			if (!workspace.lock()) {
				return refuse(display, workspace);
			}
			int code = PlatformUI.createAndRunWorkbench(display, new HikkoshiAdvisor());
			return code == PlatformUI.RETURN_RESTART ? EXIT_RESTART : EXIT_OK;
		} finally {
			display.dispose();
			workspace.release();
		}
	}

	@Override
	public void stop() {
		if (PlatformUI.isWorkbenchRunning()) {
			IWorkbench workbench = PlatformUI.getWorkbench();
			// the framework is going down and waits for the window to have closed
			workbench.getDisplay().syncExec(workbench::close);
		}
	}

	/// Two windows on one workspace would destroy each other's state: say which one it is and leave.
	private static Integer refuse(Display display, Location workspace) {
		Phrases words = Phrases.of(Locale.getDefault(), List.of()).with(Phrases.bundle(WorkbenchApplication.class, Locale.getDefault()));
		Shell shell = new Shell(display);
		MessageDialog.openError(shell, words.say("workspace.in-use.title"), words.say("workspace.in-use", workspace.getURL().getPath()));
		shell.dispose();
		return EXIT_OK;
	}
}
