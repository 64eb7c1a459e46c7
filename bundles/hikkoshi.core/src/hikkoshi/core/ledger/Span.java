package hikkoshi.core.ledger;

import java.time.Instant;

/// A part of a server's time-line: what it was heard to give from then to then. Between two spans nobody looked.
public record Span(Instant from, Instant to, Standing standing) {}
