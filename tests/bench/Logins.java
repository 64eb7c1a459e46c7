import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.RunMemo;

/// `logins`: the rate of a run of login probes to that of a bare socket client. `memory`: what such a run takes, alone in its JVM.
final class Logins {
	private static final double TARGET = 0.7;
	private static final long MEGABYTES = 400;
	private static final int WARM_UP = 100;

	public static void main(String[] args) throws Exception {
		World world = new World(args[1]);
		int users = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
		int connections = args.length > 3 ? Integer.parseInt(args[3]) : 50;
		int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 3;
		List<Account> accounts = world.accounts(users);
		System.out.printf("%d dual accounts, %d logins a round, %d connections per server%n", users, accounts.size(), connections);
		if (args[0].equals("memory")) {
			double rate = run(world, accounts, connections);
			long peak = peak();
			System.out.printf("%.0f logins/s; resident at most %d MB%n", rate, peak);
			World.verdict(peak < MEGABYTES, "resident memory below " + MEGABYTES + " MB");
			return;
		}
		BareClient bare = new BareClient(world, false);
		BareClient resuming = new BareClient(world, true);
		List<Account> few = accounts.subList(0, Math.min(WARM_UP * 6, accounts.size()));
		bare.rate(few, connections);
		run(world, few, connections);
		List<Double> floors = new ArrayList<>();
		List<Double> ours = new ArrayList<>();
		List<Double> resumed = new ArrayList<>();
		for (int round = 1; round <= rounds; round++) {
			floors.add(bare.rate(accounts, connections));
			ours.add(run(world, accounts, connections));
			resumed.add(resuming.rate(accounts, connections));
			System.out.printf("round %d: bare client %.0f/s, probes %.0f/s, ratio %.2f (bare client that resumes TLS: %.0f/s)%n", round,
					floors.getLast(), ours.getLast(), ours.getLast() / floors.getLast(), resumed.getLast());
		}
		double ratio = World.median(ours) / World.median(floors);
		System.out.printf("medians: bare client %.0f/s, probes %.0f/s, ratio %.2f; to one that resumes %.2f%n", World.median(floors),
				World.median(ours), ratio, World.median(ours) / World.median(resumed));
		World.verdict(ratio >= TARGET, "ratio at least " + TARGET);
	}

	private static double run(World world, List<Account> accounts, int connections) throws Exception {
		long start = System.nanoTime();
		try (RunMemo memo = new RunMemo()) {
			var context = World.context(connections, Duration.ofSeconds(15), world.secrets(), List.of(world.authority), memo);
			ProbeRun.Summary summary = new ProbeRun(World.tasks(accounts), context,
					batch -> batch.stream().filter(each -> each.outcome() != Outcome.PASS).limit(1)
							.forEach(each -> System.out.println("not passed: " + each.target() + " " + each.reason()))).call();
			if (summary.count(Outcome.PASS) != accounts.size()) {
				World.verdict(false, "every login passes (" + summary.counts() + ")");
			}
		}
		return accounts.size() * 1e9 / (System.nanoTime() - start);
	}

	private static long peak() throws Exception {
		return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM:"))
				.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
	}
}
