package hikkoshi.core.watch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.LookBook;
import hikkoshi.core.arrival.Looks;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Followed;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.probe.Targets;

import org.jspecify.annotations.Nullable;

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
	private final Followed log;
	private final Clock clock;
	private final List<Account> accounts;
	private final Map<DomainName, List<Mailbox>> mailboxes;
	private final Map<DomainName, List<Account>> watched;
	private final Map<DomainName, List<CanaryRoute>> routes = new HashMap<>();
	/// When each account is due, as [#next] has found from the watches of then.
	private List<DomainWatch> planned = List.of();
	private List<Instant> dues = List.of();
	private @Nullable LookBook book;
	private @Nullable Instant asked;

	/// @param plans the records of each planned zone, where there is one
	public WatchRounds(Migration migration, List<Domain> domains, Map<Domain, List<RecordSet>> plans, List<ProbeSet> leaves, EvidenceView log, Clock clock) {
		this.migration = migration;
		this.domains = List.copyOf(domains);
		this.plans = Map.copyOf(plans);
		this.leaves = List.copyOf(leaves);
		this.log = new Followed(log);
		this.clock = clock;
		accounts = accounts(migration, domains);
		mailboxes = migration.mailboxes().stream().collect(Collectors.groupingBy(mailbox -> mailbox.address().domain()));
		domains.forEach(domain -> routes.put(domain.name(), DomainWatch.routes(migration, mailboxes.getOrDefault(domain.name(), List.of()))));
		watched = accounts.stream().collect(Collectors.groupingBy(account -> account.mailbox().domain()));
	}

	/// What outlives the rounds from here on; whoever runs them closes it behind the last one.
	LookBook open() {
		LookBook opened = new LookBook(log, accounts);
		book = opened;
		return opened;
	}

	/// The accounts into which a watch over these domains looks.
	public static List<Account> accounts(Migration migration, List<Domain> domains) {
		Set<DomainName> moving = domains.stream().map(Domain::name).collect(Collectors.toSet());
		return ArrivalLog.watched(migration, migration.mailboxes().stream().filter(mailbox -> moving.contains(mailbox.address().domain())).toList(), List.of(Side.values()));
	}

	/// Asks DNS for every domain when it is time, and looks into the mailboxes whose turn it is. Blocks.
	///
	/// @param before what the round before knew, which says whose turn it is; empty in the first
	/// @param interval between two questions to DNS
	public void look(List<DomainWatch> before, Duration interval, Prober prober) throws IOException, InterruptedException {
		Instant now = clock.instant();
		if (asked == null || !asked.plus(interval).isAfter(now) || asked.isAfter(now)) {
			asked = now;
			askDns(prober);
		}
		now = clock.instant();
		plan(before.isEmpty() ? judge() : before);
		List<Account> due = new ArrayList<>();
		for (int i = 0; i < accounts.size(); i++) {
			if (!dues.get(i).isAfter(now)) {
				due.add(accounts.get(i));
			}
		}
		if (!due.isEmpty()) {
			new Looks(prober).round(Looks.tasks(due, leaves), MOST_LOOKS);
		}
	}

	private void askDns(Prober prober) throws IOException, InterruptedException {
		Set<Target.Id> wanted = domains.stream().map(Domain::id).collect(Collectors.toSet());
		List<ProbeTask<?>> tasks = ProbeSet.named(WatchTable.PROBE, leaves)
				.map(probe -> Targets.of(migration).only(target -> wanted.contains(target.id())).tasks(List.of(probe))).orElse(List.of());
		prober.ask(tasks);
	}

	/// What the evidence says now, domain by domain. Blocks.
	public List<DomainWatch> judge() {
		BiFunction<List<Account>, Instant, ArrivalLog> read = refresh();
		Instant now = clock.instant();
		return domains.stream().map(domain -> DomainWatch.of(domain, mailboxes.getOrDefault(domain.name(), List.of()), watched.getOrDefault(domain.name(), List.of()),
				routes.getOrDefault(domain.name(), List.of()), migration, log, read, plans.get(domain), now)).toList();
	}

	private BiFunction<List<Account>, Instant, ArrivalLog> refresh() {
		LookBook open = book;
		if (open != null) {
			open.catchUp();
			return open::read;
		}
		log.refresh();
		LookBook once = new LookBook(log, accounts);
		once.catchUp();
		return once::read;
	}

	private Map<DomainName, Schedule> schedules(List<DomainWatch> watches) {
		return watches.stream().collect(Collectors.toMap(watch -> watch.domain().name(), watch -> new Schedule(watch, migration)));
	}

	private void plan(List<DomainWatch> watches) {
		if (planned != watches) {
			Map<DomainName, Schedule> schedules = schedules(watches);
			dues = accounts.stream().map(account -> due(account, schedules)).toList();
			planned = watches;
		}
	}

	private static Instant due(Account account, Map<DomainName, Schedule> schedules) {
		Schedule schedule = schedules.get(account.mailbox().domain());
		return schedule == null ? Instant.MAX : schedule.due(account);
	}

	/// The next round: when DNS is due, or the first mailbox.
	///
	/// @param interval between two questions to DNS
	public Instant next(List<DomainWatch> watches, Duration interval, Instant end) {
		plan(watches);
		Instant now = clock.instant();
		Instant first = dues.stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
		Instant dns = asked == null ? now : asked.plus(interval);
		Instant next = first.isBefore(dns) ? first : dns;
		next = next.isBefore(now.plus(SHORTEST)) ? now.plus(SHORTEST) : next;
		return next.isAfter(end) ? end : next;
	}
}
