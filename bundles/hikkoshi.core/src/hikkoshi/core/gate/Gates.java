package hikkoshi.core.gate;

import hikkoshi.core.model.Migration;

/// Turns a gate that the checklist writes down into one that judges, for a wave.
public final class Gates {
	private Gates() {}

	public static Gate of(GateSpec spec, Checklist checklist, Migration migration, String wave) {
		return switch (spec) {
			case GateSpec.Accounts accounts -> new AccountsGate(accounts, migration, wave);
			case GateSpec.Recipients recipients -> new RecipientsGate(recipients, migration, wave);
			case GateSpec.Audit audit -> new AuditGate(audit, migration, wave);
			case GateSpec.Steps steps -> new StepsGate(steps, checklist, wave);
			case GateSpec.DnsPointsTo points -> new DnsPointsToGate(points, migration, wave);
			case GateSpec.TtlDrained drained -> new TtlDrainedGate(drained, migration, wave);
			case GateSpec.Propagated propagated -> new PropagatedGate(propagated, migration, wave);
		};
	}
}
