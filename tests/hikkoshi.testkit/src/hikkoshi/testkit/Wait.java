package hikkoshi.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/// Waits for what another thread will bring about. A test never sleeps and hopes.
public final class Wait {

	/// Only a broken test or a broken product takes so long; slow machines do not.
	private static final Duration LONG = Duration.ofSeconds(30);
	private static final int POLL_MILLIS = 5;

	private Wait() {
	}

	/// Returns as soon as the condition holds.
	///
	/// @throws AssertionError if it does not within half a minute; names what was waited for
	/// @throws Exception what the condition throws
	public static void until(String what, Callable<Boolean> condition) throws Exception {
		long deadline = System.nanoTime() + LONG.toNanos();
		while (!condition.call()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("waited in vain for: " + what);
			}
			Thread.sleep(POLL_MILLIS);
		}
	}
}
