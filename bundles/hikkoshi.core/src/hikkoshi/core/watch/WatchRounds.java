package hikkoshi.core.watch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.Looks;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.probe.Targets;

/// The rounds of a watch over some domains of a migration: whom to ask in one, what the evidence says behind it, and when the next one is due. Holds nothing
/// that is not in the evidence. One thread at a time.
public final class WatchRounds {
	/// Looks into one mailbox in one round.
	private static final int MOST_LOOKS = 20;
	/// Between two rounds at least; the mailboxes have a rhythm of their own.
	private static final Duration SHORTEST = Duration.ofSeconds(5);

	private final Migration migration;
	private final List<Domain> domains;
	private final Map<Domain, List<RecordSet>> plans;
	private final List<ProbeSet> leaves;
	private final EvidenceView log;
	private final Clock clock;
	private final List<Account> accounts;

	/// @param plans the records of each planned zone, where there is one
	public WatchRounds(Migration migration, List<Domain> domains, Map<Domain, List<RecordSet>> plans, List<ProbeSet> leaves, EvidenceView log, Clock clock) {
		this.migration = migration;
		this.domains = List.copyOf(domains);
		this.plans = Map.copyOf(plans);
		this.leaves = List.copyOf(leaves);
		this.log = log;
		this.clock = clock;
		accounts = accounts(migration, domains);
	}

	/// The accounts into which a watch over these domains looks.
	public static List<Account> accounts(Migration migration, List<Domain> domains) {
		Set<DomainName> moving = domains.stream().map(Domain::name).collect(Collectors.toSet());
		return ArrivalLog.watched(migration, migration.mailboxes().stream().filter(mailbox -> moving.contains(mailbox.address().domain())).toList(), List.of(Side.values()));
	}

	/// Asks DNS for every domain, and looks into the mailboxes whose turn it is. Blocks.
	///
	/// @param before what the round before knew, which says whose turn it is; empty in the first
	public void look(List<DomainWatch> before, Prober prober) throws IOException, InterruptedException {
		Set<Target.Id> wanted = domains.stream().map(Domain::id).collect(Collectors.toSet());
		List<ProbeTask<?>> tasks = ProbeSet.named(WatchTable.PROBE, leaves)
				.map(probe -> Targets.of(migration).only(target -> wanted.contains(target.id())).tasks(List.of(probe))).orElse(List.of());
		prober.ask(tasks);
		Instant now = clock.instant();
		Map<Domain, Schedule> schedules = schedules(before.isEmpty() ? judge() : before);
		List<Account> due = accounts.stream().filter(account -> !due(account, schedules).isAfter(now)).toList();
		if (!due.isEmpty()) {
			new Looks(prober).round(Looks.tasks(migration, due, leaves), MOST_LOOKS);
		}
	}

	/// What the evidence says now, domain by domain. Blocks.
	public List<DomainWatch> judge() {
		Snapshot snapshot = new Snapshot(log);
		Instant now = clock.instant();
		return domains.stream().map(domain -> DomainWatch.of(domain, migration, snapshot, plans.get(domain), now)).toList();
	}

	private Map<Domain, Schedule> schedules(List<DomainWatch> watches) {
		return watches.stream().collect(Collectors.toMap(DomainWatch::domain, watch -> new Schedule(watch, migration)));
	}

	private Instant due(Account account, Map<Domain, Schedule> schedules) {
		return Optional.ofNullable(migration.domain(account.mailbox().domain()).map(schedules::get).orElse(null)).map(schedule -> schedule.due(account))
				.orElse(Instant.MAX);
	}

	/// The next round: when DNS is due, or the first mailbox.
	///
	/// @param interval between two questions to DNS
	public Instant next(List<DomainWatch> watches, Duration interval, Instant end) {
		Map<Domain, Schedule> schedules = schedules(watches);
		Instant now = clock.instant();
		Instant first = accounts.stream().map(account -> due(account, schedules)).min(Comparator.naturalOrder()).orElse(Instant.MAX);
		Instant next = first.isBefore(now.plus(interval)) ? first : now.plus(interval);
		next = next.isBefore(now.plus(SHORTEST)) ? now.plus(SHORTEST) : next;
		return next.isAfter(end) ? end : next;
	}
}
