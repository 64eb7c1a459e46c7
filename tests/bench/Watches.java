import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.CanaryPolicy;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
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
import hikkoshi.mail.MailProbes;
import hikkoshi.store.SqliteEvidenceStore;

/// Rounds of the real loop over quiet mailboxes on two sides, to a client that only sends the same commands. All servers and the bare client are processes of
/// their own. The clock is simulated, so that everyone is due in each round; the log is a real one, with its fsync.
final class Watches {
	private static final int WORKERS = 32;
	static final List<String> NAMES = List.of("mail.old.example", "mail.new.example");

	final Hands clock = new Hands();
	private final List<Child> children = new ArrayList<>();

	static final class Hands extends Clock {
		Instant now = Instant.now();

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
			return now;
		}
	}

	/// Another process of these classes.
	static final class Child implements AutoCloseable {
		private final Process process;
		private final BufferedReader out;
		private final PrintStream in;

		Child(String heap, String... arguments) throws IOException {
			List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), heap, "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-cp",
					System.getProperty("java.class.path")));
			command.addAll(Arrays.asList(arguments));
			process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			out = process.inputReader(StandardCharsets.UTF_8);
			in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		}

		String line() throws IOException {
			return Optional.ofNullable(out.readLine()).orElseThrow(() -> new IOException("a child has ended"));
		}

		String ask() throws IOException {
			in.println();
			return line();
		}

		@Override
		public void close() {
			in.close();
			process.destroy();
		}
	}

	public static void main(String[] arguments) throws Exception {
		Watches bench = new Watches();
		int mailboxes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
		int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
		boolean met;
		try {
			met = bench.run(mailboxes, rounds);
		} finally {
			bench.children.forEach(Child::close);
		}
		System.exit(met ? 0 : 1);
	}

	private Child child(String heap, String... arguments) throws IOException {
		Child child = new Child(heap, arguments);
		children.add(child);
		return child;
	}

	private boolean run(int mailboxes, int rounds) throws Exception {
		List<Child> ours = new ArrayList<>();
		List<Child> theirs = new ArrayList<>();
		List<Server> servers = new ArrayList<>();
		List<X509Certificate> anchors = new ArrayList<>();
		long spare = (long) ManagementFactory.getPlatformMBeanServer().getAttribute(new javax.management.ObjectName("java.lang:type=OperatingSystem"), "MaxFileDescriptorCount") - 512;
		int kept = (int) Math.min(spare, 2L * mailboxes);
		System.out.printf("%d mailboxes on 2 sides; ulimit -n leaves room for %d kept connections%s%n", mailboxes, spare,
				kept < 2 * mailboxes ? ", so " + (2 * mailboxes - kept) + " mailboxes log in anew in each round, ours and the bare client's (for all: ulimit -n " + (2 * mailboxes + 512) + ")" : "");
		List<String> bare = new ArrayList<>(List.of("QuietClient", String.valueOf(mailboxes), String.valueOf(kept), String.valueOf(WORKERS)));
		for (int i = 0; i < 2; i++) {
			ours.add(child("-Xmx2g", "QuietServer", NAMES.get(i)));
			theirs.add(child("-Xmx2g", "QuietServer", NAMES.get(i)));
			String[] mine = ours.getLast().line().split(" ");
			servers.add(new Server(Side.values()[i].token(), Side.values()[i], new DomainName(NAMES.get(i)), List.of(InetAddress.ofLiteral("127.0.0.1")),
					List.of(new Endpoint(Protocol.IMAP, Integer.parseInt(mine[0]), Security.TLS)), List.of()));
			anchors.add((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(mine[1]))));
			bare.add(NAMES.get(i));
			bare.addAll(List.of(theirs.getLast().line().split(" ")));
		}
		Child floor = child("-Xmx3g", bare.toArray(String[]::new));
		floor.line();
		Path folder = Files.createTempDirectory("watches");
		try (EvidenceLog log = new SqliteEvidenceStore().open(folder)) {
			return measure(migration(servers, mailboxes), anchors, log, floor, ours, theirs, rounds);
		} finally {
			try (Stream<Path> files = Files.walk(folder)) {
				files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
			}
		}
	}

	Migration migration(List<Server> servers, int count) {
		Policy d = Policy.DEFAULT;
		Policy policy = new Policy(d.evidenceMaxAge(), 50, 0, 5, d.connectTimeout(), d.readTimeout(), d.probeTimeout(), d.ttlTarget(), d.quiet(), CanaryPolicy.DEFAULT, 20_000);
		List<Domain> domains = new ArrayList<>();
		List<Mailbox> mailboxes = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String domain = "d" + i / 20 + ".example";
			if (i % 20 == 0) {
				domains.add(new Domain(DomainName.parse(domain), "main", "old", "new"));
			}
			String user = "u" + i + "@" + domain;
			mailboxes.add(new Mailbox(EmailAddress.parse(user), user, user, "main", "", i + 2));
		}
		return new Migration("bench", servers, domains, List.of(new Wave("main", clock.instant().minus(Duration.ofHours(2)))), mailboxes, DnsSettings.DEFAULT, List.of(), policy);
	}

	private boolean measure(Migration migration, List<X509Certificate> anchors, EvidenceLog log, Child floor, List<Child> ours, List<Child> theirs, int rounds) throws Exception {
		List<double[]> measured = new ArrayList<>();
		long[] started = { System.nanoTime(), QuietServer.cpu(), 0, 0 };
		int[] round = { 0 };
		int warm = 4;
		WatchRounds watch = new WatchRounds(migration, migration.domains(), Map.of(), List.of(new MailProbes()), log, clock);
		WatchLoop loop = new WatchLoop(watch, log, log::appendAll, clock, _ -> {
			double wall = (System.nanoTime() - started[0]) / 1e6;
			double cpu = (QuietServer.cpu() - started[1]) / 1e6;
			try {
				double served = (cpu(ours) - started[2]) / 1e6;
				long rows = log.lastRow() - started[3];
				double[] floors = { 0, 0 };
				long before = cpu(theirs);
				String[] said = floor.ask().split(" ");
				floors[0] = Long.parseLong(said[0]) / 1e6;
				floors[1] = Long.parseLong(said[1]) / 1e6;
				double theirServer = (cpu(theirs) - before) / 1e6;
				System.out.printf("round %d: %.0f ms wall, %.0f ms of processor (servers %.0f), %d rows; bare %.0f ms wall, %.0f ms of processor (servers %.0f)%n", round[0], wall, cpu, served,
						rows, floors[0], floors[1], theirServer);
				if (round[0] >= warm) {
					measured.add(new double[] { wall, cpu, floors[0], floors[1], served, theirServer });
				}
				round[0]++;
				if (round[0] == warm + rounds) {
					throw new InterruptedException();
				}
				if (round[0] == 1) {
					System.gc();
					System.out.printf("alive with all connections: %d MB%n", (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
				}
				clock.now = clock.now.plus(Duration.ofMinutes(23));
				started[2] = cpu(ours);
				started[3] = log.lastRow();
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
			started[1] = QuietServer.cpu();
			started[0] = System.nanoTime();
		});
		started[2] = cpu(ours);
		try {
			loop.run(new WatchLoop.Options(Duration.ofHours(10), Instant.MAX, false), new Asking(migration, anchors, log, clock), new Nobody());
		} catch (InterruptedException e) {
			// that was the last round
		}
		double wall = ratio(measured, 0, 2);
		double cpu = ratio(measured, 1, 3);
		System.out.printf("%d rounds, medians: %.2f in wall time, %.2f in processor time (target 1.5) %s%n", rounds, wall, cpu, wall <= 1.5 && cpu <= 1.5 ? "met" : "MISSED");
		return wall <= 1.5 && cpu <= 1.5;
	}

	private static long cpu(List<Child> servers) throws IOException {
		long all = 0;
		for (Child server : servers) {
			all += Long.parseLong(server.ask());
		}
		return all;
	}

	private static double ratio(List<double[]> measured, int one, int other) {
		return median(measured, one) / median(measured, other);
	}

	private static double median(List<double[]> measured, int which) {
		double[] sorted = measured.stream().mapToDouble(each -> each[which]).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	record Asking(Migration migration, List<X509Certificate> anchors, EvidenceLog log, Clock clock) implements Prober {
		@Override
		public List<Evidence> ask(List<ProbeTask<?>> tasks) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<Evidence> ask(List<ProbeTask<?>> tasks, Lasting lasting) throws IOException, InterruptedException {
			List<Evidence> found = new ArrayList<>();
			EvidenceSink sink = lasting.before(log::appendAll);
			try (RunMemo memo = new RunMemo()) {
				lasting.open(memo);
				new ProbeRun(tasks, new ProbeContext(clock, new Known(), migration.policy(), migration.dns(), anchors, memo, migration.servers(), log), batch -> {
					sink.accept(batch);
					found.addAll(batch);
				}).call();
			} finally {
				lasting.settle(log::appendAll);
			}
			return found;
		}
	}

	static final class Nobody implements WatchLoop.Watcher {
		@Override
		public void slept(Instant due, Instant woke) {
			// the clock leaps
		}

		@Override
		public void judged(List<DomainWatch> watches, List<WatchNews> news) {
			// nobody reads it
		}

		@Override
		public void rests(Instant until) {
			// nobody waits
		}
	}

	private static final class Known implements Secrets {
		@Override
		public Optional<Secret> find(CredentialId id) {
			return Optional.of(Secret.of("pure quiet"));
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
