package hikkoshi.ui;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

/// The one way to the UI thread and off it again. May be called by any thread.
public final class Ui {
	private Ui() {}

	/// Runs something in the UI thread soon, unless the control is gone by then.
	public static void later(Control control, Runnable action) {
		Display display;
		try {
			display = control.getDisplay();
		} catch (SWTException e) {
			// disposed meanwhile: nobody is left to be told
			return;
		}
		if (display.isDisposed()) {
			return;
		}
		display.asyncExec(() -> {
			if (!control.isDisposed()) {
				action.run();
			}
		});
	}

	/// Works in the background, then shows the result in the UI thread, unless the control is gone by then.
	///
	/// @param work may block; an interrupt or failure shows `failed` instead
	public static <T> void load(Control control, String name, Callable<T> work, Consumer<T> show, Consumer<Exception> failed) {
		Job job = Job.create(name, (IProgressMonitor monitor) -> {
			try {
				T result = work.call();
				later(control, () -> show.accept(result));
			} catch (Exception e) {
				later(control, () -> failed.accept(e));
			}
			return Status.OK_STATUS;
		});
		job.setSystem(true);
		job.schedule();
	}

	/// As above; a failure goes to the log.
	public static <T> void load(Control control, String name, Callable<T> work, Consumer<T> show) {
		load(control, name, work, show, e -> ILog.of(Ui.class).error(name, e));
	}

	/// Puts a text on the clipboard. UI thread only.
	public static void copy(Display display, String text) {
		Clipboard clipboard = new Clipboard(display);
		try {
			clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
		} finally {
			clipboard.dispose();
		}
	}

	/// What went wrong, for a person: the innermost message there is.
	public static String message(Throwable failure) {
		return Optional.ofNullable(failure.getLocalizedMessage()).filter(text -> !text.isBlank())
				.orElseGet(() -> failure.getClass().getSimpleName());
	}
}
