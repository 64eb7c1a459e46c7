package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

import hikkoshi.core.compare.CompareTargets;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Fan;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.dns.DnsProbes;
import hikkoshi.mail.MailProbes;

/// Runs probes on targets as the product does.
final class Probing {
	/// Time enough for a loaded machine.
	static final Policy PATIENT = policy(50, 1000, Duration.ofSeconds(30), Duration.ofSeconds(60));
	/// For servers that say nothing: each wait is short, the whole has time, so that a loaded machine cannot make the one look like
	/// the other.
	static final Policy SHORT_WAITS = policy(50, 1000, Duration.ofSeconds(2), Duration.ofSeconds(60));
	/// For servers that never finish.
	static final Policy SHORT_PROBES = policy(50, 1000, Duration.ofSeconds(30), Duration.ofSeconds(3));

	private final Lab lab;
	private final Policy policy;
	private final Secrets secrets;
	private final List<X509Certificate> anchors;

	Probing(Lab lab, Policy policy, Secrets secrets, List<X509Certificate> anchors) {
		this.lab = lab;
		this.policy = policy;
		this.secrets = secrets;
		this.anchors = anchors;
	}

	static Probing of(Lab lab, Policy policy) throws Exception {
		return new Probing(lab, policy, lab.secrets(), lab.anchors());
	}

	static Policy policy(int connections, int lockoutAfter, Duration read, Duration probe) {
		Policy usual = Policy.DEFAULT;
		return new Policy(usual.evidenceMaxAge(), connections, 0, lockoutAfter, read, read, probe, usual.ttlTarget(), usual.quiet(),
				usual.canaries());
	}

	/// Every routine probe of both leaves that applies to the targets.
	List<Evidence> all(List<? extends Target> targets) throws Exception {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (ProbeSet set : List.of(new MailProbes(), new DnsProbes())) {
			for (Probe<?> probe : set.probes()) {
				if (probe.isRoutine()) {
					targets.forEach(target -> add(probe, target, tasks));
				}
			}
		}
		return run(tasks);
	}

	Evidence one(Target target) throws Exception {
		List<Evidence> found = all(List.of(target));
		assertThat(found).hasSize(1);
		return found.getFirst();
	}

	/// One account at several doors, all at once; each in a run of its own, since a run stops asking for an account whose password was refused.
	Map<Door, Evidence> atDoors(Function<Door, Account> account, List<Door> doors) throws Exception {
		List<Callable<Evidence>> runs = new ArrayList<>();
		for (Door door : doors) {
			runs.add(() -> one(account.apply(door)));
		}
		List<Evidence> all = Fan.out(runs);
		Map<Door, Evidence> found = new EnumMap<>(Door.class);
		for (int i = 0; i < doors.size(); i++) {
			found.put(doors.get(i), all.get(i));
		}
		return found;
	}

	/// What belongs to a comparison.
	List<Evidence> compared(CompareTargets.Pair pair, List<Account> accounts) throws Exception {
		return run(CompareTargets.tasks(pair, accounts, List.of(new MailProbes())));
	}

	Evidence one(String probe, Target target) throws Exception {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (Probe<?> each : new DnsProbes().probes()) {
			if (each.id().equals(probe)) {
				add(each, target, tasks);
			}
		}
		List<Evidence> found = run(tasks);
		assertThat(found).hasSize(1);
		return found.getFirst();
	}

	private static <T extends Target> void add(Probe<T> probe, Target target, List<ProbeTask<?>> tasks) {
		if (probe.target().isInstance(target) && probe.appliesTo(probe.target().cast(target))) {
			tasks.add(new ProbeTask<>(probe, probe.target().cast(target)));
		}
	}

	private List<Evidence> run(List<ProbeTask<?>> tasks) throws Exception {
		List<Evidence> found = new ArrayList<>();
		try (RunMemo memo = new RunMemo()) {
			ProbeContext context = new ProbeContext(Clock.systemUTC(), secrets, policy, lab.dns(), anchors, memo);
			new ProbeRun(tasks, context, found::addAll).call();
		}
		return found;
	}
}
