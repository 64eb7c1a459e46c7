package hikkoshi.core.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.canary.CanaryResult;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.canary.SentCanary;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.RecordSet;

/// Everything that is known about where the mail of one domain goes, and the verdict.
///
/// @param mailboxes of the domain
/// @param arrivals since the earlier of the deadline and the quiet time
/// @param canaries that set out in that time
public record DomainWatch(Domain domain, List<Mailbox> mailboxes, Ledger ledger, ArrivalLog arrivals, List<CanaryResult> canaries, Verdict verdict) {
	public DomainWatch {
		mailboxes = List.copyOf(mailboxes);
		canaries = List.copyOf(canaries);
	}

	/// Reads the evidence about a domain; blocks.
	///
	/// @param plan the records of its planned zone; null without one
	public static DomainWatch of(Domain domain, Migration migration, EvidenceView evidence, @Nullable Collection<RecordSet> plan, Instant now) {
		List<Mailbox> mailboxes = migration.mailboxes().stream().filter(mailbox -> mailbox.address().domain().equals(domain.name())).toList();
		return of(domain, mailboxes, ArrivalLog.watched(migration, mailboxes, List.of(Side.values())), routes(migration, mailboxes), migration, evidence,
				(accounts, since) -> ArrivalLog.read(evidence, accounts, since), plan, now);
	}

	/// The same for who judges many domains again and again.
	///
	/// @param mailboxes of the domain
	/// @param watched the accounts over which those are watched
	/// @param routes see [#routes]
	/// @param read what came into accounts since a moment
	static DomainWatch of(Domain domain, List<Mailbox> mailboxes, List<Account> watched, List<CanaryRoute> routes, Migration migration, EvidenceView evidence,
			BiFunction<List<Account>, Instant, ArrivalLog> read,
			@Nullable Collection<RecordSet> plan, Instant now) {
		Ledger ledger = Ledger.of(domain, migration, evidence, plan, now);
		Instant deadline = ledger.deadline() instanceof Deadline.Known known && known.at().isBefore(now) ? known.at() : null;
		Instant quiet = now.minus(migration.policy().quiet()).minus(migration.policy().evidenceMaxAge());
		Instant since = deadline != null && deadline.isBefore(quiet) ? deadline : quiet;
		ArrivalLog arrivals = read.apply(watched, since);
		List<CanaryResult> canaries = CanaryResult.of(mailboxes.stream().flatMap(mailbox -> SentCanary.of(evidence, mailbox, since).stream()).toList(), arrivals);
		List<Condition> conditions = new ArrayList<>(new DnsConditions(ledger, migration.policy().evidenceMaxAge()).all());
		conditions.addAll(new MailConditions(domain.name().toString(), mailboxes, arrivals, canaries, routes, migration.policy(), deadline, now).all());
		return new DomainWatch(domain, mailboxes, ledger, arrivals, canaries, Verdict.of(conditions));
	}

	/// What came by itself: not a canary of ours that was sent straight to a server.
	public Stream<SeenArrival> undirected(Side side) {
		return undirected(arrivals, canaries, side);
	}

	static Stream<SeenArrival> undirected(ArrivalLog arrivals, List<CanaryResult> canaries, Side side) {
		Set<String> direct = canaries.stream().filter(result -> result.canary().route() instanceof CanaryRoute.Direct).map(result -> result.canary().token().text())
				.collect(Collectors.toSet());
		return arrivals.arrivals().stream().filter(seen -> seen.side() == side && !direct.contains(seen.arrival().canary()));
	}

	/// The routes on which the sending server asks DNS for the way: a login for sending on either side, and accounts outside.
	static List<CanaryRoute> routes(Migration migration, List<Mailbox> mailboxes) {
		List<CanaryRoute> routes = new ArrayList<>();
		for (Side side : Side.values()) {
			if (mailboxes.stream().flatMap(mailbox -> migration.accounts(mailbox, side).stream())
					.anyMatch(account -> account.endpoint().protocol() == Protocol.SUBMISSION && account.endpoint().security() != Security.NONE)) {
				routes.add(new CanaryRoute.Submission(side));
			}
		}
		migration.policy().canary().outside().forEach(sender -> routes.add(new CanaryRoute.Outside(sender.key())));
		return routes;
	}
}
