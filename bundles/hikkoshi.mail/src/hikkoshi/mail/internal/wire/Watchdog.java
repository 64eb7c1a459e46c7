package hikkoshi.mail.internal.wire;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import hikkoshi.core.probe.RunMemo;

/// Ends what does not end by itself: runs an action when a deadline passes. A read time-out cannot do that, since a peer that drips a byte
/// a second, or a TLS record in a thousand pieces, never lets one expire.
///
/// One timer thread for a whole run; it goes away when nothing has been due for a while, so a run that is never closed leaks nothing.
/// Safe for several threads.
public final class Watchdog implements AutoCloseable {
	private static final int IDLE_SECONDS = 5;

	private final ScheduledThreadPoolExecutor timer =
			new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("mail-deadline").factory());

	private record Key() {}

	private Watchdog() {
		timer.setRemoveOnCancelPolicy(true);
		timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		timer.allowCoreThreadTimeOut(true);
	}

	/// The one of this run.
	public static Watchdog of(RunMemo memo) throws IOException, InterruptedException {
		return memo.once(new Key(), Watchdog.class, Watchdog::new);
	}

	/// @param action must not block
	/// @return cancel it when the work is done
	Future<?> in(long nanos, Runnable action) {
		return timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		timer.shutdownNow();
	}
}
