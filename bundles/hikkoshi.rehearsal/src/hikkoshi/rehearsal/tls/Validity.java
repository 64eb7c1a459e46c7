package hikkoshi.rehearsal.tls;

import java.time.Duration;
import java.time.Instant;

/// From when to when a certificate is valid. X.509 knows whole seconds only; fractions are dropped when a certificate is made.
public record Validity(Instant from, Instant to) {

	public Validity {
		if (!from.isBefore(to)) {
			throw new IllegalArgumentException("a certificate must be valid for some time: " + from + " to " + to);
		}
	}

	/// Valid since yesterday (clocks differ) and for thirty days more: longer than any rehearsal.
	public static Validity around(Instant now) {
		return new Validity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
	}

	/// Ended a day ago.
	public static Validity expired(Instant now) {
		return new Validity(now.minus(Duration.ofDays(90)), now.minus(Duration.ofDays(1)));
	}

	/// Begins only tomorrow.
	public static Validity notYet(Instant now) {
		return new Validity(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
	}
}
