package hikkoshi.cli;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;

/// Looks into mailboxes for what is new.
record Looks(Terminal terminal, Phrases words, MigrationProject project, Migration migration, Secrets secrets, EvidenceLog log) {
	/// One look into each of these accounts.
	static List<ProbeTask<?>> tasks(Migration migration, Collection<Account> accounts, List<ProbeSet> leaves) {
		Set<Target.Id> wanted = accounts.stream().map(Account::id).collect(Collectors.toSet());
		List<Probe<?>> probes = ArrivalReasons.PROBES.stream().flatMap(id -> ProbeSet.named(id, leaves).stream()).<Probe<?>>map(probe -> probe).toList();
		return Targets.of(migration).only(target -> target instanceof Account account && wanted.contains(account.id())).tasks(probes);
	}

	/// Looks, and again where there is more than one look reads.
	///
	/// @param most looks into one mailbox
	void round(List<ProbeTask<?>> tasks, int most) throws IOException, InterruptedException {
		List<ProbeTask<?>> left = tasks;
		for (int i = 0; i < most && !left.isEmpty(); i++) {
			EvidenceRun run = new EvidenceRun(terminal, words);
			run.run(project, migration, left, secrets, log);
			Set<Target.Id> behind = run.found().stream().filter(evidence -> evidence.reason().id().equals(ArrivalReasons.MORE)).map(Evidence::target)
					.collect(Collectors.toSet());
			left = left.stream().filter(task -> behind.contains(task.target().id())).toList();
		}
	}
}
