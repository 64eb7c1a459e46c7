package hikkoshi.core.gate;

import java.time.Instant;

import hikkoshi.core.evidence.EvidenceView;

/// Opens on evidence only: a pure function of evidence and `now`. Never touches the network or the clock.
@FunctionalInterface
public interface Gate {
	Opening judge(EvidenceView evidence, Instant now);
}
