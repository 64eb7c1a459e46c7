package hikkoshi.mail.internal.discover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A few questions at once, a virtual thread each.
final class Together {
	private Together() {}

	/// @return the answers in the order of the questions
	static <T> List<T> ask(List<Callable<T>> questions) throws IOException, InterruptedException {
		try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory())) {
			try {
				List<Future<T>> running = questions.stream().map(executor::submit).toList();
				List<T> answers = new ArrayList<>();
				for (Future<T> each : running) {
					answers.add(each.get());
				}
				return answers;
			} catch (ExecutionException e) {
				executor.shutdownNow();
				throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
			} catch (InterruptedException e) {
				// before leaving the try: close() would wait for ever otherwise (design.md, 5)
				executor.shutdownNow();
				throw e;
			}
		}
	}
}
