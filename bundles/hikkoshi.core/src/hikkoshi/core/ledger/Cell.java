package hikkoshi.core.ledger;

import java.time.Instant;
import java.util.Optional;

import hikkoshi.core.plan.RecordSet;

/// Where one server stands with one name and type, by its newest word.
///
/// @param heard the newest
public record Cell(Source source, RecordSet.Key key, Standing standing, Heard heard) {
	/// When a cache drops what it holds, by its own word.
	public Optional<Instant> drops() {
		return source.kind() == Source.Kind.RESOLVER && standing != Standing.NONE ? Optional.ofNullable(heard.until()) : Optional.empty();
	}
}
