package hikkoshi.core.evidence;

import java.time.Instant;

/// An outcome as the log knows it: the evidence, and from when to when it was seen unchanged.
///
/// @param row number of the row that holds the evidence
/// @param evidence the latest full observation of this run of equal ones
/// @param firstSeen when this outcome was first seen in an unbroken row of equal ones; one that is dated before the one before it breaks the row, so that time runs
/// forward within a sighting
/// @param lastSeen when it was last *proven* true; ages are counted from here
/// @param count how many observations said so
public record Sighting(long row, Evidence evidence, Instant firstSeen, Instant lastSeen, long count) {}
