import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.RunMemo;

/// What a server that accepts connections and says nothing costs the others: time until the last login at the good servers, without it and
/// with it.
final class Hang {
	private static final int CONNECTIONS = 20;
	private static final double TARGET = 1.3;

	public static void main(String[] args) throws Exception {
		World world = new World(args[1]);
		int users = args.length > 2 ? Integer.parseInt(args[2]) : 200;
		List<Account> good = world.accounts(users);
		Endpoint endpoint = new Endpoint(Protocol.IMAP, world.number("faults.silent"), Security.TLS);
		Server silent = World.server("old-hanging", Side.OLD, "hanging.lab.test", world.get("faults.address"), endpoint);
		List<Account> both = new ArrayList<>();
		for (int user = 1; user <= 60; user++) {
			both.add(World.account(silent, endpoint, "u" + user, world.of("address.user", user)));
		}
		int hanging = both.size();
		both.addAll(good);
		last(world, good, silent);
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		for (int round = 0; round < 3; round++) {
			without.add(last(world, good, silent));
			with.add(last(world, both, silent));
		}
		System.out.printf("last of %d logins at the good servers after %.2f s; with %d logins hanging at another: %.2f s (medians of 3)%n",
				good.size(), World.median(without), hanging, World.median(with));
		World.verdict(World.median(with) <= TARGET * World.median(without), "at most " + TARGET + " times, the noise of two runs");
	}

	private static double last(World world, List<Account> accounts, Server silent) throws Exception {
		AtomicLong last = new AtomicLong();
		long start = System.nanoTime();
		try (RunMemo memo = new RunMemo()) {
			var secrets = World.secrets(id -> id.server().equals(silent.key()) ? "none" : world.get(id.server() + ".password")
					.replace("%d", id.user().replaceAll("^u(\\d+).*", "$1")));
			var context = World.context(CONNECTIONS, Duration.ofSeconds(5), secrets, List.of(world.authority), memo);
			new ProbeRun(World.tasks(accounts), context, batch -> {
				if (batch.stream().anyMatch(each -> !each.target().value().contains(silent.key()))) {
					last.set(System.nanoTime());
				}
			}).call();
		}
		return (last.get() - start) / 1e9;
	}
}
