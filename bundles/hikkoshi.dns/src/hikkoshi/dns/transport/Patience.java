package hikkoshi.dns.transport;

import java.time.Duration;

import hikkoshi.core.model.Policy;

/// How long one question may take.
///
/// @param udpTry how long each datagram is waited for
/// @param tries how many datagrams are sent before the server counts as silent
/// @param tcpConnect for the TCP handshake
/// @param tcp for a question over TCP as a whole, handshake included, so that a server dripping bytes cannot hold it
public record Patience(Duration udpTry, int tries, Duration tcpConnect, Duration tcp) {
	/// Stub resolvers wait 3 to 5 s for a datagram and send two or three.
	public static final Duration UDP_TRY = Duration.ofSeconds(3);
	public static final int TRIES = 2;
	public static final Duration TCP_CONNECT = Duration.ofSeconds(5);
	public static final Duration TCP = Duration.ofSeconds(10);
	public static final Patience DEFAULT = new Patience(UDP_TRY, TRIES, TCP_CONNECT, TCP);

	public Patience {
		if (udpTry.isNegative() || udpTry.isZero() || tries < 1 || tcp.isNegative() || tcp.isZero()) {
			throw new IllegalArgumentException("patience without time");
		}
	}

	/// The defaults, never longer than a migration's policy allows.
	public static Patience of(Policy policy) {
		return new Patience(shorter(UDP_TRY, policy.readTimeout()), TRIES, shorter(TCP_CONNECT, policy.connectTimeout()),
				shorter(TCP, policy.probeTimeout()));
	}

	/// The same with a single datagram.
	public Patience once() {
		return new Patience(udpTry, 1, tcpConnect, tcp);
	}

	private static Duration shorter(Duration a, Duration b) {
		return a.compareTo(b) <= 0 ? a : b;
	}
}
