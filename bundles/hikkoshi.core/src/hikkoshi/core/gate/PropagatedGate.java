package hikkoshi.core.gate;

import java.time.Instant;
import java.util.Optional;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.LedgerReasons;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;

/// For every domain of the wave every authoritative server gives the new data of everything that changed, and the deadline of the TTL ledger has passed: no honest cache
/// can hold the old answer. What single resolvers say neither opens nor shuts it.
record PropagatedGate(GateSpec.Propagated spec, Migration migration, String wave) implements Gate {
	private static final int FROM = 2;

	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		for (Domain domain : DnsPointsToGate.domains(migration, wave, judgement)) {
			Optional<Sighting> latest = evidence.latest(WatchTable.PROBE, domain.id());
			if (latest.isEmpty()) {
				judgement.block(domain.id(), WatchTable.PROBE, Outcome.UNKNOWN, Reason.of(LedgerReasons.NEVER, domain.name()), null);
			} else if (judgement.fresh(latest.get(), spec.maxAge(), () -> Reason.of(GateReasons.WATCH_STALE, domain.name(), latest.get().lastSeen(), spec.maxAge()))
					&& judge(domain, evidence, judgement)) {
				judgement.proven(latest.get());
			}
		}
		return judgement.opening();
	}

	private boolean judge(Domain domain, EvidenceView evidence, Judgement judgement) {
		switch (Ledger.of(domain, migration, evidence, null, judgement.now()).deadline()) {
			case Deadline.Nothing _ -> judgement.block(domain.id(), WatchTable.PROBE, Outcome.UNKNOWN, Reason.of(GateReasons.NOTHING_CHANGED, domain.name()), null);
			case Deadline.Known known -> {
				if (known.hasPassed(judgement.now())) {
					return true;
				}
				judgement.block(domain.id(), WatchTable.PROBE, Outcome.WARN, known.why(), Instant.parse(known.why().args().get(FROM)));
			}
			case Deadline.Running running -> running.why().forEach(why -> judgement.block(domain.id(), WatchTable.PROBE, Outcome.FAIL, why, null));
			case Deadline.Unknown unknown -> unknown.why().forEach(why -> judgement.block(domain.id(), WatchTable.PROBE, Outcome.UNKNOWN, why, null));
		}
		return false;
	}
}
