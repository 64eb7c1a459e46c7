package hikkoshi.core.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Existence;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.core.probe.Proof;

/// Every address of the wave exists on these sides. What counts as proof is [Existence]'s to say.
record RecipientsGate(GateSpec.Recipients spec, Migration migration, String wave) implements Gate {
	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		Target.Id whole = new Target.Id("wave:" + wave);
		List<Existence.Entry> entries = Existence.of(migration, evidence, spec.maxAge(), now, moving()::contains);
		if (entries.isEmpty()) {
			judgement.block(whole, "", Outcome.UNKNOWN, Reason.of(GateReasons.NO_RECIPIENTS, wave), null);
		}
		if (spec.sides().isEmpty()) {
			judgement.block(whole, "", Outcome.UNKNOWN, Reason.of(GateReasons.NO_SIDE), null);
		}
		for (Side side : Side.values()) {
			if (spec.sides().contains(side)) {
				// a server without an SMTP endpoint is said once, not once per address
				Map<Server, List<EmailAddress>> noDoor = new LinkedHashMap<>();
				entries.forEach(entry -> judge(entry, side, judgement, noDoor));
				noDoor.forEach((server, addresses) -> judgement.block(server.id(), PresenceReasons.PROBE, Outcome.UNKNOWN,
						Reason.of(GateReasons.RECIPIENT_NO_DOOR, server.key(), side.token(), addresses.getFirst(), addresses.size()), null));
			}
		}
		return judgement.opening();
	}

	/// An address moves when its domain does, whatever wave its own line names.
	private Set<EmailAddress> moving() {
		Set<DomainName> domains =
				migration.domains().stream().filter(domain -> domain.wave().equals(wave)).map(Domain::name).collect(Collectors.toSet());
		Set<EmailAddress> moving = migration.addresses().stream().filter(address -> domains.contains(address.domain())).collect(Collectors.toSet());
		migration.mailboxes(wave).stream().map(Mailbox::address).forEach(moving::add);
		migration.recipients().stream().filter(recipient -> recipient.wave().equals(wave)).forEach(recipient -> moving.add(recipient.address()));
		return moving;
	}

	private void judge(Existence.Entry entry, Side side, Judgement judgement, Map<Server, List<EmailAddress>> noDoor) {
		EmailAddress address = entry.address();
		switch (entry.on(side)) {
			case Proof.Exists(Sighting word, boolean _) -> judgement.proven(word);
			case Proof.Missing(Sighting word) -> block(address, side, word, GateReasons.RECIPIENT_MISSING, Outcome.FAIL, judgement);
			case Proof.Disabled(Sighting word) -> block(address, side, word, GateReasons.RECIPIENT_DISABLED, Outcome.FAIL, judgement);
			case Proof.Unclear(Sighting word) -> block(address, side, word, GateReasons.RECIPIENT_UNKNOWN, Outcome.UNKNOWN, judgement);
			case Proof.Stale(Sighting word, boolean _) -> judgement.fresh(word, spec.maxAge(),
					() -> Reason.of(GateReasons.RECIPIENT_STALE, address, side.token(), word.lastSeen(), spec.maxAge()));
			case Proof.Never never -> judgement.block(never.first().id(), PresenceReasons.PROBE, Outcome.UNKNOWN,
					Reason.of(GateReasons.RECIPIENT_NEVER, address, side.token()), null);
			case Proof.NoDoor(Server server, boolean _) -> noDoor.computeIfAbsent(server, _ -> new ArrayList<>()).add(address);
			case Proof.NoServer _ -> judgement.block(new Target.Id("recipient:" + address), PresenceReasons.PROBE, Outcome.UNKNOWN,
					Reason.of(GateReasons.RECIPIENT_NO_SERVER, address, side.token()), null);
		}
	}

	private static void block(EmailAddress address, Side side, Sighting word, String id, Outcome outcome, Judgement judgement) {
		List<Object> args = new ArrayList<>(List.of(address, side.token(), word.firstSeen(), word.evidence().reason().id()));
		args.addAll(word.evidence().reason().args());
		judgement.block(word.evidence().target(), word.evidence().probe(), outcome, Reason.of(id, args.toArray()), word.firstSeen());
	}
}
