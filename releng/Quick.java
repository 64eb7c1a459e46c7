import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs JUnit for `releng/quick`: all tests below a class folder, or the named classes and methods. Fails when a test fails or none ran.
public final class Quick {
	private Quick() {}

	public static void main(String[] args) throws Exception {
		Path classes = Path.of(args[0]);
		List<DiscoverySelector> selectors = new ArrayList<>();
		for (int i = 1; i < args.length; i++) {
			String[] parts = args[i].split("#", 2);
			String name = parts[0].contains(".") ? parts[0] : find(classes, parts[0]);
			selectors.add(parts.length == 2 ? DiscoverySelectors.selectMethod(name + "#" + parts[1]) : DiscoverySelectors.selectClass(name));
		}
		if (selectors.isEmpty()) {
			selectors.addAll(DiscoverySelectors.selectClasspathRoots(Set.of(classes)));
		}
		System.exit(run(LauncherFactory.create(), selectors));
	}

	/// Runs them and tells what failed. In any thread; returns the exit code.
	static int run(Launcher launcher, List<DiscoverySelector> selectors) {
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		PrintStream out = System.out;
		launcher.execute(LauncherDiscoveryRequestBuilder.request().selectors(selectors).build(), summary, new TestExecutionListener() {
			@Override
			public void executionFinished(TestIdentifier test, TestExecutionResult result) {
				if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
					out.println(result.getStatus() + " " + test.getUniqueId());
				}
			}
		});
		summary.getSummary().printFailuresTo(new PrintWriter(out, true), 12);
		var s = summary.getSummary();
		out.println(s.getTestsSucceededCount() + " passed, " + s.getTestsFailedCount() + " failed, " + s.getTestsSkippedCount() + " skipped");
		return s.getTotalFailureCount() > 0 || s.getTestsSucceededCount() == 0 ? 1 : 0;
	}

	static String find(Path classes, String simple) throws Exception {
		try (Stream<Path> all = Files.walk(classes)) {
			return all.filter(p -> p.getFileName().toString().equals(simple + ".class")).findFirst()
					.map(p -> classes.relativize(p).toString().replace('/', '.').replaceAll("\\.class$", ""))
					.orElseThrow(() -> new IllegalArgumentException("no test class " + simple));
		}
	}
}
