package hikkoshi.core.arrival;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.probe.Targets;

/// Looks into mailboxes for what is new. Blocks, as its prober does.
public record Looks(Prober prober) {
	/// One look into each of these accounts.
	public static List<ProbeTask<?>> tasks(Collection<Account> accounts, List<ProbeSet> leaves) {
		List<Probe<?>> probes = ArrivalReasons.PROBES.stream().flatMap(id -> ProbeSet.named(id, leaves).stream()).<Probe<?>>map(probe -> probe).toList();
		return Targets.these(accounts).tasks(probes);
	}

	/// Looks, and again where there is more than one look reads.
	///
	/// @param most looks into one mailbox
	public void round(List<ProbeTask<?>> tasks, int most) throws IOException, InterruptedException {
		List<ProbeTask<?>> left = tasks;
		for (int i = 0; i < most && !left.isEmpty(); i++) {
			Set<Target.Id> behind = prober.ask(left).stream().filter(evidence -> evidence.reason().id().equals(ArrivalReasons.MORE)).map(Evidence::target)
					.collect(Collectors.toSet());
			left = left.stream().filter(task -> behind.contains(task.target().id())).toList();
		}
	}
}
