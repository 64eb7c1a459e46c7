package hikkoshi.ui.tests.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.widgets.Display;

/// Lets the window live while a test waits in its thread. Never sleeps and hopes: waits for a condition, fails with its name.
public final class Pump {
	private static final Duration LONG = Duration.ofSeconds(60);
	private static final int WAKE_MILLIS = 10;

	private Pump() {}

	/// Runs the event loop until the condition holds.
	public static void until(String what, BooleanSupplier condition) {
		Display display = Display.getCurrent();
		long deadline = System.nanoTime() + LONG.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("waited in vain for: " + what);
			}
			if (!display.readAndDispatch()) {
				// something outside the event loop may make the condition true: look again soon
				display.timerExec(WAKE_MILLIS, () -> {});
				display.sleep();
			}
		}
	}

	/// Handles every event that is there now.
	public static void all() {
		Display display = Display.getCurrent();
		while (display.readAndDispatch()) {
			continue;
		}
	}

	/// Opens something modal with `open`, works on it with `work` as soon as `ready`, and returns what `open` returns once it has closed.
	public static <T> T modal(String what, Callable<T> open, BooleanSupplier ready, Runnable work) throws Exception {
		Display display = Display.getCurrent();
		Throwable[] failure = new Throwable[1];
		display.asyncExec(() -> {
			try {
				until(what, ready);
				work.run();
			} catch (Throwable e) {
				failure[0] = e;
				Windows.closeDialogs();
			}
		});
		T result = open.call();
		if (failure[0] != null) {
			throw new AssertionError("while it was open: " + what, failure[0]);
		}
		return result;
	}
}
