package hikkoshi.core.probe;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// What a probe says: evidence without the when, the what and the whom, which the run adds.
public record Finding(Outcome outcome, Reason reason, Facts facts) {}
