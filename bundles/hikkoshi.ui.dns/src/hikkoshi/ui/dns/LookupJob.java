package hikkoshi.ui.dns;

import java.io.IOException;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.lookup.LookupSpec;

/// One look-up or trace in the background. Cancelling interrupts it; what had come was handed over already. Used once.
public final class LookupJob extends Job {
	/// Blocks, and hands over what it finds by itself.
	@FunctionalInterface
	public interface Work {
		void run() throws IOException, InterruptedException, LookupSpec.Mistake;
	}

	private final Work work;
	private final Consumer<@Nullable Exception> end;
	private @Nullable Thread running;

	/// @param end told once when it is over, in this job's thread: null when all was asked, an [InterruptedException] when stopped, else what was wrong
	public LookupJob(String name, Work work, Consumer<@Nullable Exception> end) {
		super(name);
		this.work = work;
		this.end = end;
		setUser(false);
	}

	@Override
	public boolean belongsTo(Object family) {
		return family == LookupJob.class;
	}

	@Override
	protected void canceling() {
		synchronized (this) {
			if (running != null) {
				running.interrupt();
			}
		}
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		synchronized (this) {
			running = Thread.currentThread();
		}
		try {
			work.run();
			end.accept(null);
			return Status.OK_STATUS;
		} catch (InterruptedException e) {
			end.accept(e);
			return Status.CANCEL_STATUS;
		} catch (IOException | LookupSpec.Mistake e) {
			// shown in the view, where the person looks; not an error of the job
			end.accept(e);
			return Status.OK_STATUS;
		} finally {
			synchronized (this) {
				running = null;
				Thread.interrupted();
			}
		}
	}
}
