import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.testing.ITestHarness;
import org.eclipse.ui.testing.TestableObject;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;
import org.osgi.framework.Bundle;

/// The application of `releng/quick --osgi`: JUnit inside the framework, and inside the window (on its thread, as Tycho does) when the tests
/// need one. The properties `quick.bundle`, `quick.classes` (its folder), `quick.tests` (blank-separated) and `quick.window` say what.
public final class QuickOsgi implements IApplication, ITestHarness {
	private int code = 1;

	@Override
	public Object start(IApplicationContext context) throws Exception {
		if (!Boolean.getBoolean("quick.window")) {
			context.applicationRunning();
			tests();
			return code;
		}
		TestableObject workbench = PlatformUI.getTestableObject();
		workbench.setTestHarness(this);
		Bundle app = Platform.getBundle("hikkoshi.app");
		((IApplication) app.loadClass("hikkoshi.app.WorkbenchApplication").getConstructor().newInstance()).start(context);
		return code;
	}

	@Override
	public void runTests() {
		TestableObject workbench = PlatformUI.getTestableObject();
		workbench.testingStarting();
		workbench.runTest(this::tests);
		workbench.testingFinished();
	}

	private void tests() {
		try {
			Bundle bundle = Platform.getBundle(System.getProperty("quick.bundle"));
			if (bundle == null) {
				throw new IllegalStateException("bundle " + System.getProperty("quick.bundle") + " is not resolved; look into the log above");
			}
			bundle.start(Bundle.START_TRANSIENT);
			Thread.currentThread().setContextClassLoader(QuickOsgi.class.getClassLoader());
			Launcher launcher = LauncherFactory.create(LauncherConfig.builder().enableTestEngineAutoRegistration(false).addTestEngines(new JupiterTestEngine())
					.enableLauncherSessionListenerAutoRegistration(false).enableLauncherDiscoveryListenerAutoRegistration(false)
					.enablePostDiscoveryFilterAutoRegistration(false).enableTestExecutionListenerAutoRegistration(false).build());
			code = Quick.run(launcher, selectors(bundle));
		} catch (Exception e) {
			e.printStackTrace();
		}
	}

	private static List<DiscoverySelector> selectors(Bundle bundle) throws Exception {
		Path classes = Path.of(System.getProperty("quick.classes"));
		List<DiscoverySelector> selectors = new ArrayList<>();
		for (String test : System.getProperty("quick.tests", "").split(" ")) {
			if (!test.isEmpty()) {
				String[] parts = test.split("#", 2);
				Class<?> type = bundle.loadClass(parts[0].contains(".") ? parts[0] : Quick.find(classes, parts[0]));
				selectors.add(parts.length == 2 ? DiscoverySelectors.selectMethod(type, parts[1]) : DiscoverySelectors.selectClass(type));
			}
		}
		if (selectors.isEmpty()) {
			var urls = bundle.findEntries("/", "*Test.class", true);
			while (urls != null && urls.hasMoreElements()) {
				String path = urls.nextElement().getPath();
				selectors.add(DiscoverySelectors.selectClass(bundle.loadClass(path.substring(1, path.length() - 6).replace('/', '.'))));
			}
		}
		return selectors;
	}

	@Override
	public void stop() {}
}
