package hikkoshi.core.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;

/// Checks of the audit say PASS of every domain of the wave. A check that never ran proves nothing, so it blocks; of a pattern at least one must have run.
record AuditGate(GateSpec.Audit spec, Migration migration, String wave) implements Gate {
	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		List<Sighting> all = spec.checks().stream().anyMatch(check -> check.endsWith("*")) ? evidence.latest() : List.of();
		for (Domain domain : DnsPointsToGate.domains(migration, wave, judgement)) {
			for (String check : spec.checks()) {
				List<Sighting> seen = new ArrayList<>();
				if (check.endsWith("*")) {
					String start = check.substring(0, check.length() - 1);
					all.stream().filter(each -> each.evidence().target().equals(domain.id()) && each.evidence().probe().startsWith(start)).forEach(seen::add);
				} else {
					evidence.latest(check, domain.id()).ifPresent(seen::add);
				}
				if (seen.isEmpty()) {
					judgement.block(domain.id(), check, Outcome.UNKNOWN, Reason.of(GateReasons.AUDIT_NEVER, domain.name(), check), null);
				}
				seen.forEach(sighting -> judge(domain, sighting, judgement));
			}
		}
		return judgement.opening();
	}

	private void judge(Domain domain, Sighting sighting, Judgement judgement) {
		String check = sighting.evidence().probe();
		Outcome outcome = sighting.evidence().outcome();
		if (!judgement.fresh(sighting, spec.maxAge(), () -> Reason.of(GateReasons.AUDIT_STALE, domain.name(), check, sighting.lastSeen(), spec.maxAge()))) {
			return;
		}
		boolean good = outcome == Outcome.PASS || outcome == Outcome.WARN && spec.warnings();
		if (good) {
			judgement.proven(sighting);
			return;
		}
		List<Object> args = new ArrayList<>(List.of(domain.name(), check, sighting.evidence().reason().id()));
		args.addAll(sighting.evidence().reason().args());
		judgement.block(domain.id(), check, outcome == Outcome.UNKNOWN ? Outcome.UNKNOWN : Outcome.FAIL, Reason.of(GateReasons.AUDIT_SAYS, args.toArray()),
				sighting.firstSeen());
	}
}
