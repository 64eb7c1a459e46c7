package hikkoshi.core.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.ledger.Chronicle;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.LedgerReasons;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.RecordSet;

/// The TTL of what will be switched is low at every authoritative server of every domain of the wave, and every answer with a longer life has died in every honest cache:
/// the earliest moment at which a cutover is seen everywhere within the low TTL. When that is, the TTL ledger says.
///
/// What will be switched is MX; where the new server goes by the name of an MX host of the domain, it is that host's addresses as well.
record TtlDrainedGate(GateSpec.TtlDrained spec, Migration migration, String wave) implements Gate {
	private static final int FROM = 2;
	private static final int TTL = 3;
	private static final int UNTIL = 4;

	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		for (Domain domain : DnsPointsToGate.domains(migration, wave, judgement)) {
			Optional<Sighting> latest = DnsPointsToGate.latest(domain, evidence, judgement);
			if (latest.isPresent() && isLow(domain, latest.get(), judgement) && hasDrained(domain, evidence, judgement)) {
				judgement.proven(latest.get());
			}
		}
		return judgement.opening();
	}

	private boolean isLow(Domain domain, Sighting sighting, Judgement judgement) {
		if (!judgement.fresh(sighting, spec.maxAge(),
				() -> Reason.of(GateReasons.DNS_STALE, domain.name(), sighting.lastSeen(), spec.maxAge()))) {
			return false;
		}
		MxAnswers answers = MxAnswers.of(domain, sighting);
		boolean low = DnsPointsToGate.complete(domain, sighting, answers, judgement);
		for (MxAnswers.Server server : answers.servers()) {
			if (server.ttl() > spec.ttl().toSeconds()) {
				low = false;
				judgement.block(domain.id(), sighting.evidence().probe(), Outcome.FAIL, Reason.of(GateReasons.TTL_HIGH, domain.name(), server.place(),
						server.ttl(), spec.ttl().toSeconds()), sighting.firstSeen());
			}
		}
		return low;
	}

	private boolean hasDrained(Domain domain, EvidenceView evidence, Judgement judgement) {
		Chronicle chronicle = Chronicle.of(domain, evidence, judgement.now());
		boolean drained = true;
		for (RecordSet.Key key : switched(domain, chronicle)) {
			Deadline deadline = Ledger.lowered(chronicle, key, spec.ttl(), migration, judgement.now());
			drained &= deadline.hasPassed(judgement.now());
			switch (deadline) {
				case Deadline.Nothing _ -> {
					// never was any longer
				}
				case Deadline.Known known -> {
					if (!known.hasPassed(judgement.now())) {
						judgement.block(domain.id(), MxAnswers.PROBE, Outcome.WARN, draining(domain, known.why()), Instant.parse(known.why().args().get(FROM)));
					}
				}
				case Deadline.Running running -> running.why().forEach(why -> judgement.block(domain.id(), MxAnswers.PROBE, Outcome.FAIL,
						Reason.of(GateReasons.TTL_HIGH_RECORD, why.args().get(0), why.args().get(1), why.args().get(TTL), spec.ttl().toSeconds()), null));
				case Deadline.Unknown unknown -> unknown.why().forEach(why -> judgement.block(domain.id(), MxAnswers.PROBE, Outcome.UNKNOWN, why, null));
			}
		}
		return drained;
	}

	private static Reason draining(Domain domain, Reason why) {
		return switch (why.id()) {
			case LedgerReasons.SEEN -> Reason.of(GateReasons.TTL_DRAINING, domain.name(), why.args().get(TTL), why.args().get(UNTIL));
			case LedgerReasons.ASSUMED -> Reason.of(GateReasons.TTL_ASSUMED, domain.name(), why.args().get(TTL), why.args().get(UNTIL));
			default -> why;
		};
	}

	private List<RecordSet.Key> switched(Domain domain, Chronicle chronicle) {
		List<RecordSet.Key> keys = new ArrayList<>(List.of(new RecordSet.Key(domain.name().ascii() + ".", "MX")));
		migration.server(domain.server(Side.NEW)).map(server -> server.name().ascii() + ".")
				.filter(name -> chronicle.of(keys.getFirst()).values().stream().flatMap(List::stream).flatMap(heard -> heard.data().stream()).anyMatch(mx -> mx.endsWith(" " + name)))
				.ifPresent(name -> chronicle.keys().stream().filter(key -> key.name().equals(name)).forEach(keys::add));
		return keys;
	}
}
