package hikkoshi.core.model;

import java.time.Duration;

/// How carefully a migration is done: freshness of proof, load on servers, targets.
///
/// @param evidenceMaxAge how old proof may be before a gate calls it stale
/// @param connectionsPerServer open connections to one server at a time
/// @param loginsPerSecond new connections to one server per second; 0 means no limit
/// @param lockoutAfter credential failures on one server after which its logins are tried no more in this run
/// @param connectTimeout for the TCP handshake
/// @param readTimeout for each wait on a server
/// @param probeTimeout for one probe as a whole, so that a server dripping bytes cannot hold it
/// @param ttlTarget TTL wanted before a cutover
/// @param quiet how long OLD must stay silent before propagation can be called ended
/// @param canary how many canaries there may be, and must be
/// @param keptConnections connections that a watch leaves open to one server between its looks, besides those that log in; 0 for none
public record Policy(
		Duration evidenceMaxAge,
		int connectionsPerServer,
		int loginsPerSecond,
		int lockoutAfter,
		Duration connectTimeout,
		Duration readTimeout,
		Duration probeTimeout,
		Duration ttlTarget,
		Duration quiet,
		CanaryPolicy canary,
		int keptConnections) {
	/// Few, for a server that nobody has asked: one that has no room for them is noticed, and keeps fewer.
	private static final int KEPT = 16;

	public static final Policy DEFAULT = new Policy(Duration.ofHours(24), 4, 10, 5, Duration.ofSeconds(10), Duration.ofSeconds(15),
			Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofHours(72), CanaryPolicy.DEFAULT, KEPT);

	/// With the usual number of kept connections.
	public Policy(Duration evidenceMaxAge, int connectionsPerServer, int loginsPerSecond, int lockoutAfter, Duration connectTimeout, Duration readTimeout,
			Duration probeTimeout, Duration ttlTarget, Duration quiet, CanaryPolicy canary) {
		this(evidenceMaxAge, connectionsPerServer, loginsPerSecond, lockoutAfter, connectTimeout, readTimeout, probeTimeout, ttlTarget, quiet, canary, KEPT);
	}

	/// With the usual limits for canaries.
	public Policy(Duration evidenceMaxAge, int connectionsPerServer, int loginsPerSecond, int lockoutAfter, Duration connectTimeout, Duration readTimeout,
			Duration probeTimeout, Duration ttlTarget, Duration quiet, int canaries) {
		this(evidenceMaxAge, connectionsPerServer, loginsPerSecond, lockoutAfter, connectTimeout, readTimeout, probeTimeout, ttlTarget, quiet,
				CanaryPolicy.DEFAULT.withNeeded(canaries));
	}

	/// Canaries needed on NEW by every route.
	public int canaries() {
		return canary.needed();
	}
}
