package hikkoshi.core.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;

/// What must be asked for a comparison, and which servers there are to compare.
public final class CompareTargets {
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

	@SuppressWarnings("unchecked")
	private static <T extends hikkoshi.core.model.Target> Optional<ProbeTask<?>> task(Probe<?> probe, Class<T> type, T target) {
		// checked by the probe's own word
		return probe.target() == type && ((Probe<T>) probe).appliesTo(target) ? Optional.of(new ProbeTask<>((Probe<T>) probe, target)) : Optional.empty();
	}
}
