package hikkoshi.core.probe;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.evidence.Evidence;

/// Runs probes and keeps what they find: a [ProbeRun] with the log, the progress and the passwords of whoever has them (a headless command, a job of the
/// window). For engines that ask again and again.
@FunctionalInterface
public interface Prober {
	/// Blocks until every task has answered; what was found is in the log when it returns.
	///
	/// @return what was found, in no certain order
	/// @throws InterruptedException when cancelled; what had been found is in the log
	/// @throws IOException when it could not be kept
	List<Evidence> ask(List<ProbeTask<?>> tasks) throws IOException, InterruptedException;

	/// The same for one who asks again and again. A prober that makes no use of what outlives a run asks each time as for the first time.
	default List<Evidence> ask(List<ProbeTask<?>> tasks, Lasting lasting) throws IOException, InterruptedException {
		return ask(tasks);
	}
}
