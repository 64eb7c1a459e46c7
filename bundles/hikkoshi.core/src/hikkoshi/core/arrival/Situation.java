package hikkoshi.core.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/// What must be known besides the arrivals to say why mail still comes to the old side.
///
/// @param cutover when DNS was switched
/// @param deadline until when at most an honest cache held the old answer; null while nobody can tell, or while servers still give it
/// @param backups names and addresses of hosts that take mail for the domain when its server does not answer, and pass it on later
/// @param canaries the route of each canary that the log knows, by its token
/// @param overhang how long after the deadline a cache that stretches TTLs may still be the reason; who comes later has the address written down somewhere
public record Situation(Instant cutover, @Nullable Instant deadline, Set<String> backups, Map<String, String> canaries, Duration overhang) {
	/// The longest time that caches are seen to stretch: they serve stale answers for up to three days (RFC 8767, 5 suggests one to three).
	public static final Duration OVERHANG = Duration.ofDays(3);

	public Situation {
		backups = backups.stream().map(backup -> backup.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
		canaries = Map.copyOf(canaries);
	}

	public Situation(Instant cutover, @Nullable Instant deadline, Set<String> backups, Map<String, String> canaries) {
		this(cutover, deadline, backups, canaries, OVERHANG);
	}
}
