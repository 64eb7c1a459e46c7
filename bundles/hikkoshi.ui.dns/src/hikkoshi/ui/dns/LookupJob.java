package hikkoshi.ui.dns;

import java.io.IOException;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;

/// One look-up in the background. Cancelling interrupts it; what had come was handed over already. Used once.
final class LookupJob extends Job {
	private final LookupRequest request;
	private final DnsLookup lookup;
	private final Consumer<DnsAnswer> sink;
	private final Consumer<@Nullable Exception> end;
	private @Nullable Thread running;

	/// @param sink takes each answer, in this job's thread
	/// @param end told once when it is over: null when all servers were asked, an [InterruptedException] when stopped, else what was wrong
	LookupJob(String name, LookupRequest request, DnsLookup lookup, Consumer<DnsAnswer> sink, Consumer<@Nullable Exception> end) {
		super(name);
		this.request = request;
		this.lookup = lookup;
		this.sink = sink;
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
			request.ask(lookup, sink);
			end.accept(null);
			return Status.OK_STATUS;
		} catch (InterruptedException e) {
			end.accept(e);
			return Status.CANCEL_STATUS;
		} catch (IOException | LookupRequest.Mistake e) {
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
