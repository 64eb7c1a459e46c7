package hikkoshi.ui.tests.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.jspecify.annotations.Nullable;

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
			} catch (RuntimeException | AssertionError e) {
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

	/// Works on a modal dialog as soon as it is open, from within its own event loop: the test's loop stands still meanwhile.
	/// Call it before what opens the dialog; a failure closes every dialog and is thrown by [Modal#done].
	public static Modal whenOpen(String title, Consumer<Shell> work) {
		return whenOpen(title, work, shell -> true);
	}

	/// Likewise, where another window has the same title.
	///
	/// @param which tells them apart
	public static Modal whenOpen(String title, Consumer<Shell> work, Predicate<Shell> which) {
		Modal modal = new Modal(title, work, which);
		modal.look();
		return modal;
	}

	/// A dialog that is to come.
	public static final class Modal {
		private final String title;
		private final Consumer<Shell> work;
		private final Predicate<Shell> which;
		private final long deadline = System.nanoTime() + LONG.toNanos();
		private boolean over;
		private @Nullable Throwable failure;

		private Modal(String title, Consumer<Shell> work, Predicate<Shell> which) {
			this.which = which;
			this.title = title;
			this.work = work;
		}

		private void look() {
			Optional<Shell> shell = Windows.dialog(title, which);
			if (shell.isEmpty() && System.nanoTime() < deadline) {
				Display.getCurrent().timerExec(WAKE_MILLIS, this::look);
				return;
			}
			try {
				work.accept(shell.orElseThrow(() -> new AssertionError("no dialog came: " + title)));
			} catch (RuntimeException | AssertionError e) {
				failure = e;
				Windows.closeDialogs();
			}
			over = true;
		}

		/// Waits until the work on the dialog is done.
		public void done() {
			until("the dialog " + title, () -> over);
			if (failure != null) {
				throw new AssertionError("in the dialog " + title, failure);
			}
		}
	}
}
