package hikkoshi.core.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.model.Target;

/// Which targets a migration has for each probe.
public final class Targets {
	private final List<Target> all;

	private Targets(List<Target> all) {
		this.all = List.copyOf(all);
	}

	/// Every target of a migration, in a stable order: servers, their doors, domains, mailboxes, other recipients, then what is asked about each
	/// address (presences and accounts, OLD before NEW).
	public static Targets of(Migration migration) {
		List<Target> all = new ArrayList<>(migration.servers());
		migration.servers().forEach(server -> all.addAll(Migration.doors(server)));
		all.addAll(migration.domains());
		all.addAll(migration.mailboxes());
		all.addAll(migration.recipients());
		for (EmailAddress address : migration.addresses()) {
			for (Side side : Side.values()) {
				all.addAll(migration.presences(address, side));
			}
		}
		for (Mailbox mailbox : migration.mailboxes()) {
			for (Side side : Side.values()) {
				all.addAll(migration.accounts(mailbox, side));
			}
		}
		return new Targets(all);
	}

	/// These and no others.
	public static Targets these(Collection<? extends Target> targets) {
		return new Targets(List.copyOf(targets));
	}

	public Targets only(Predicate<Target> wanted) {
		return new Targets(all.stream().filter(wanted).toList());
	}

	/// Only what belongs to these waves: their domains, addresses, accounts and steps, and all servers.
	public Targets ofWaves(Migration migration, Collection<String> waves) {
		Set<String> keys = Set.copyOf(waves);
		Set<DomainName> moving = migration.domains().stream().filter(d -> keys.contains(d.wave())).map(Domain::name).collect(Collectors.toSet());
		return only(target -> switch (target) {
			case Server _, Door _ -> true;
			case Domain domain -> keys.contains(domain.wave());
			case Mailbox mailbox -> keys.contains(mailbox.wave());
			case Recipient recipient -> keys.contains(recipient.wave());
			case Account account -> moving.contains(account.mailbox().domain());
			case Presence presence -> moving.contains(presence.recipient().domain());
			case StepTarget step -> keys.contains(step.wave());
			case HostName _, HostPort _ -> false;
		});
	}

	public List<Target> list() {
		return all;
	}

	/// The tasks of these probes on these targets, probe by probe within each target's type, in stable order.
	public List<ProbeTask<?>> tasks(List<Probe<?>> probes) {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (Probe<?> probe : probes) {
			addTasks(probe, tasks);
		}
		return tasks;
	}

	private <T extends Target> void addTasks(Probe<T> probe, List<ProbeTask<?>> tasks) {
		for (Target target : all) {
			if (probe.target().isInstance(target)) {
				T fitting = probe.target().cast(target);
				if (probe.appliesTo(fitting)) {
					tasks.add(new ProbeTask<>(probe, fitting));
				}
			}
		}
	}
}
