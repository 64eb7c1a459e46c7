package hikkoshi.core.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;

import org.jspecify.annotations.Nullable;

/// What must be asked for a comparison, and which servers there are to compare.
public final class CompareTargets {
	/// What is asked for a comparison.
	public static final Set<String> PROBES =
			Stream.concat(DoorsSeen.probes().stream(), Stream.of(Profiles.PROBE)).collect(Collectors.toUnmodifiableSet());
	/// Where a login that has worked is looked for.
	private static final int MOST_MAILBOXES = 1_000;
	private static final String LOGIN = "imap.login";

	private CompareTargets() {}

	/// An old server and the new one that mail moves to from there.
	public record Pair(Server oldServer, Server newServer) {}

	/// Each pair that a domain has; without such, every old server with every new one.
	public static List<Pair> pairs(Migration migration) {
		List<Pair> moving = migration.domains().stream().flatMap(domain -> pair(migration, domain).stream()).distinct().toList();
		return !moving.isEmpty() ? moving
				: side(migration, Side.OLD).flatMap(old -> side(migration, Side.NEW).map(fresh -> new Pair(old, fresh))).toList();
	}

	public static Optional<Pair> pair(Migration migration, Domain domain) {
		return migration.server(domain.oldServer()).flatMap(old -> migration.server(domain.newServer()).map(fresh -> new Pair(old, fresh)));
	}

	/// Those, and a pair that somebody wants though no domain has it.
	///
	/// @param oldKey key of the old server, or null for any
	/// @param newKey key of the new server, or null for any
	public static List<Pair> pairs(Migration migration, @Nullable String oldKey, @Nullable String newKey) {
		List<Pair> pairs = new ArrayList<>(pairs(migration));
		if (oldKey != null && newKey != null) {
			migration.server(oldKey).flatMap(old -> migration.server(newKey).map(fresh -> new Pair(old, fresh))).filter(pair -> !pairs.contains(pair))
					.ifPresent(pairs::add);
		}
		return List.copyOf(pairs);
	}

	/// Which of the pairs is wanted; the first one when none is.
	public static int index(List<Pair> pairs, @Nullable String oldKey, @Nullable String newKey) {
		for (int i = 0; i < pairs.size(); i++) {
			Pair pair = pairs.get(i);
			if ((oldKey == null || pair.oldServer().key().equals(oldKey)) && (newKey == null || pair.newServer().key().equals(newKey))) {
				return i;
			}
		}
		return 0;
	}

	/// An account on each server, of the first mailbox there.
	public static List<Account> first(Migration migration, Pair pair) {
		return accounts(migration, pair, _ -> true);
	}

	/// An account on each server whose login has worked, as far as there are any.
	public static List<Account> proven(Migration migration, Pair pair, EvidenceView evidence) {
		return accounts(migration, pair, account -> evidence.latest(LOGIN, account.id())
				.filter(seen -> seen.evidence().outcome() == Outcome.PASS || seen.evidence().outcome() == Outcome.WARN).isPresent());
	}

	private static List<Account> accounts(Migration migration, Pair pair, Predicate<Account> wanted) {
		return Stream.of(pair.oldServer(), pair.newServer()).flatMap(server -> migration.mailboxes().stream().limit(MOST_MAILBOXES)
				.flatMap(mailbox -> account(migration, mailbox, server).stream()).filter(wanted).findFirst().stream()).toList();
	}

	/// Whether a target belongs to a comparison of two servers.
	public static boolean concerns(Pair pair, List<Account> accounts, Target target) {
		return switch (target) {
			case Door door -> door.server().equals(pair.oldServer()) || door.server().equals(pair.newServer());
			case Account account -> accounts.contains(account);
			case Server _, Domain _, Mailbox _, Recipient _, Presence _, StepTarget _, HostName _, HostPort _ -> false;
		};
	}

	private static Stream<Server> side(Migration migration, Side side) {
		return migration.servers().stream().filter(server -> server.side() == side);
	}

	/// The login at which a server can be looked at as that mailbox: one IMAP door with TLS. Empty when the mailbox is elsewhere, or there is no such door.
	public static Optional<Account> account(Migration migration, Mailbox mailbox, Server server) {
		return migration.accounts(mailbox, server.side()).stream().filter(account -> account.server().equals(server))
				.filter(account -> account.endpoint().protocol() == Protocol.IMAP && account.endpoint().security() != Security.NONE).findFirst();
	}

	/// Every door of both servers, and the accounts behind their logins.
	public static List<ProbeTask<?>> tasks(Pair pair, List<Account> accounts, List<ProbeSet> leaves) {
		List<Door> doors = Stream.of(pair.oldServer(), pair.newServer()).flatMap(server -> Migration.doors(server).stream()).toList();
		List<Probe<?>> asking = ProbeSet.lookingAt(Door.class, leaves).stream().filter(probe -> DoorsSeen.probes().contains(probe.id())).toList();
		Stream<ProbeTask<?>> open = asking.stream().flatMap(probe -> doors.stream().flatMap(door -> task(probe, Door.class, door).stream()));
		Stream<ProbeTask<?>> behind = ProbeSet.named(Profiles.PROBE, leaves).stream()
				.flatMap(probe -> accounts.stream().flatMap(account -> task(probe, Account.class, account).stream()));
		return Stream.concat(open, behind).toList();
	}

	/// What lies in those mailboxes, on both servers.
	public static List<ProbeTask<?>> contents(Migration migration, Pair pair, List<Mailbox> mailboxes, List<ProbeSet> leaves) {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (Probe<?> probe : ProbeSet.named(Contents.PROBE, leaves).stream().toList()) {
			mailboxes.forEach(mailbox -> Stream.of(pair.oldServer(), pair.newServer()).flatMap(server -> account(migration, mailbox, server).stream())
					.forEach(account -> task(probe, Account.class, account).ifPresent(tasks::add)));
		}
		return List.copyOf(tasks);
	}

	@SuppressWarnings("unchecked")
	private static <T extends Target> Optional<ProbeTask<?>> task(Probe<?> probe, Class<T> type, T target) {
		// checked by the probe's own word
		return probe.target() == type && ((Probe<T>) probe).appliesTo(target) ? Optional.of(new ProbeTask<>((Probe<T>) probe, target)) : Optional.empty();
	}
}
