package hikkoshi.core.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// A set of domains that cut over together.
///
/// @param cutover the planned moment of the DNS switch, or null when none is planned yet
public record Wave(String key, @Nullable Instant cutover) {
	/// The wave of a migration that names none.
	public static final String DEFAULT = "main";
}
