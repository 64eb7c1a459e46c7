package hikkoshi.mail.internal.token;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.SecretReasons;

/// Ends what cannot work: a program that does not start, a client that is not known, an endpoint that is not there would be tried for each of
/// thousands of accounts. One per place and run. Safe for several threads.
final class Patience {
	private static final int MISSES = 3;

	private int misses;
	private @Nullable Reason shut;

	private record Key(Object place) {}

	/// @param place where tokens come from, equal for equal places
	static Patience of(Object place, ProbeContext context) throws IOException, InterruptedException {
		return context.memo().once(new Key(place), Patience.class, Patience::new);
	}

	/// @throws SecretException when asking again is no use in this run
	synchronized void check() throws SecretException {
		if (shut != null) {
			throw new SecretException(shut);
		}
	}

	synchronized void worked() {
		misses = 0;
	}

	synchronized void failed(Reason reason) {
		switch (reason.id()) {
			case SecretReasons.COMMAND_START, SecretReasons.CLIENT_REFUSED, SecretReasons.TOKEN_TLS -> shut = reason;
			case SecretReasons.COMMAND_TIMEOUT, SecretReasons.TOKEN_NO_ADDRESS, SecretReasons.TOKEN_UNREACHABLE, SecretReasons.TOKEN_BUSY,
					SecretReasons.TOKEN_ANSWER -> {
				if (++misses >= MISSES) {
					shut = reason;
				}
			}
			default -> misses = 0;
		}
	}
}
