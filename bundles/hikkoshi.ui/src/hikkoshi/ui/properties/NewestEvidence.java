package hikkoshi.ui.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
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

/// The newest evidence in which a target may occur. A mailbox is asked for by name: a log of tens of thousands of logins is not read for one of them.
///
/// @param doors the accounts and presences that belong to the target
record NewestEvidence(List<Target> doors, List<Sighting> sightings) {
	/// Blocks.
	///
	/// @param probes ids of all probes that there are
	static NewestEvidence of(Target target, Optional<Migration> migration, EvidenceLog log, List<String> probes) {
		return switch (target) {
			case Mailbox mailbox -> named(target, accounts(mailbox, migration), log, probes);
			case Recipient recipient -> named(target, presences(recipient.address(), migration), log, probes);
			case Account _, Presence _, Door _, StepTarget _, HostName _, HostPort _ -> named(target, List.of(target), log, probes);
			case Server _, Domain _ -> new NewestEvidence(List.of(), log.latest());
		};
	}

	private static List<Target> accounts(Mailbox mailbox, Optional<Migration> migration) {
		List<Target> doors = new ArrayList<>(presences(mailbox.address(), migration));
		for (Side side : Side.values()) {
			migration.ifPresent(all -> doors.addAll(all.accounts(mailbox, side)));
		}
		return doors;
	}

	private static List<Target> presences(EmailAddress address, Optional<Migration> migration) {
		List<Target> doors = new ArrayList<>();
		for (Side side : Side.values()) {
			migration.ifPresent(all -> doors.addAll(all.presences(address, side)));
		}
		return doors;
	}

	private static NewestEvidence named(Target target, List<Target> doors, EvidenceLog log, List<String> probes) {
		List<Sighting> found = new ArrayList<>();
		List<Target> asked = new ArrayList<>(doors);
		if (!asked.contains(target)) {
			asked.add(target);
		}
		for (Target each : asked) {
			probes.forEach(probe -> log.latest(probe, each.id()).ifPresent(found::add));
		}
		return new NewestEvidence(List.copyOf(doors), found);
	}
}
