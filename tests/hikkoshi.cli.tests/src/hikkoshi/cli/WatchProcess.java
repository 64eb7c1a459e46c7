package hikkoshi.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Lasting;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.WatchLoop;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.core.watch.WatchRounds;

/// The loop of a watch in a process of its own, to be killed: with the real probes and the real log, and a clock that runs so many times faster. Says what it
/// does on standard output.
final class WatchProcess {
	static final String PASSWORD = "pure quiet";
	static final String JUDGED = "judged";
	static final String SLEPT = "slept";

	private WatchProcess() {}

	/// Real time from a moment on, so many times faster: the same for all processes that are told the same moment.
	static final class Fast extends Clock {
		private final Instant start;
		private final int speed;

		Fast(Instant start, int speed) {
			this.start = start;
			this.speed = speed;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return start.plus(Duration.between(start, Instant.now()).multipliedBy(speed));
		}
	}

	/// `PROJECT START SPEED`
	public static void main(String[] arguments) throws Exception {
		Fast fast = new Fast(Instant.parse(arguments[1]), Integer.parseInt(arguments[2]));
		Services leaves = Leaves.real();
		Path folder = Path.of(arguments[0]);
		MigrationProject project = MigrationFiles.load(folder);
		Migration migration = project.migration().orElseThrow();
		try (EvidenceLog log = leaves.evidenceStore().open(folder)) {
			WatchRounds rounds = new WatchRounds(migration, migration.domains(), Map.of(), leaves.probeSets().subList(0, 1), log, fast);
			WatchLoop loop = new WatchLoop(rounds, log, log::appendAll, fast, length -> Thread.sleep(length.dividedBy(fast.speed)));
			loop.run(new WatchLoop.Options(Duration.ofMinutes(1), Instant.MAX, false), new Asking(project, migration, log, fast), new Saying());
		}
	}

	/// Another Java with the same classes, started from a class path or from within OSGi.
	static Process start(Path project, Fast fast) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp",
				classPath(), WatchProcess.class.getName(), project.toString(), fast.start.toString(), String.valueOf(fast.speed))
				.redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private static String classPath() {
		Bundle mine = FrameworkUtil.getBundle(WatchProcess.class);
		if (mine == null) {
			return System.getProperty("java.class.path");
		}
		Set<String> places = new LinkedHashSet<>();
		// the framework itself says no place
		places.add(Path.of(URI.create(FrameworkUtil.class.getProtectionDomain().getCodeSource().getLocation().toString().replace(" ", "%20"))).toString());
		Path install = Path.of(URI.create(System.getProperty("osgi.install.area").replace(" ", "%20")));
		for (Bundle bundle : mine.getBundleContext().getBundles()) {
			String location = bundle.getLocation().replaceFirst("^(initial@)?(reference:)?(file:)?", "");
			Path root = install.resolve(location).normalize();
			// a bundle that is run from its project folder has its classes below that
			for (Path place : List.of(root, root.resolve("target/classes"), root.resolve("bin"))) {
				if (Files.exists(place)) {
					places.add(place.toString());
				}
			}
		}
		return String.join(System.getProperty("path.separator"), places);
	}

	private record Asking(MigrationProject project, Migration migration, EvidenceLog log, Clock clock) implements Prober {
		@Override
		public List<Evidence> ask(List<ProbeTask<?>> tasks) {
			throw new UnsupportedOperationException("a loop has what outlives its rounds");
		}

		@Override
		public List<Evidence> ask(List<ProbeTask<?>> tasks, Lasting lasting) throws IOException, InterruptedException {
			List<Evidence> found = new ArrayList<>();
			EvidenceSink sink = lasting.before(log::appendAll);
			try (RunMemo memo = new RunMemo()) {
				lasting.open(memo);
				new ProbeRun(tasks, new ProbeContext(clock, new Known(), migration.policy(), migration.dns(), project.anchors(), memo, migration.servers(), log), batch -> {
					sink.accept(batch);
					found.addAll(batch);
				}).call();
			} finally {
				lasting.settle(log::appendAll);
			}
			return found;
		}
	}

	private static final class Saying implements WatchLoop.Watcher {
		@Override
		public void slept(Instant due, Instant woke) {
			System.out.println(SLEPT);
		}

		@Override
		public void judged(List<DomainWatch> watches, List<WatchNews> news) {
			System.out.println(JUDGED);
		}

		@Override
		public void rests(Instant until) {
			// the next line says more
		}
	}

	private static final class Known implements Secrets {
		@Override
		public Optional<Secret> find(CredentialId id) {
			return Optional.of(Secret.of(PASSWORD));
		}

		@Override
		public void store(CredentialId id, Secret secret) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void remove(CredentialId id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean writable() {
			return false;
		}
	}
}
