package hikkoshi.ui.dns;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.probe.Finding;

/// What one check of the audit says of one domain.
///
/// @param domain its name
/// @param at when it was seen last; null for a plan, which nobody has seen
record AuditRow(String domain, String check, Outcome outcome, Reason reason, Facts facts, @Nullable Instant at) {
	static final String TARGET = "domain:";

	static AuditRow of(Sighting sighting) {
		Evidence evidence = sighting.evidence();
		return new AuditRow(evidence.target().value().substring(TARGET.length()), evidence.probe(), evidence.outcome(), evidence.reason(), evidence.facts(),
				sighting.lastSeen());
	}

	static AuditRow planned(String domain, String check, Finding finding) {
		return new AuditRow(domain, check, finding.outcome(), finding.reason(), finding.facts(), null);
	}
}
