package hikkoshi.core.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Several questions at once, a virtual thread each; how many reach one server at a time is bounded elsewhere.
public final class Fan {
	private Fan() {}

	/// Blocks until all have answered; an interrupt ends it at once.
	///
	/// @return the answers in the order of the questions
	/// @throws IOException of the first question that failed; the others are dropped
	public static <T> List<T> out(List<Callable<T>> questions) throws IOException, InterruptedException {
		if (questions.size() == 1) {
			return List.of(alone(questions.getFirst()));
		}
		try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ask-", 0).factory())) {
			try {
				List<Future<T>> running = questions.stream().map(executor::submit).toList();
				List<T> answers = new ArrayList<>();
				for (Future<T> each : running) {
					answers.add(each.get());
				}
				return answers;
			} catch (ExecutionException e) {
				executor.shutdownNow();
				throw rethrown(e.getCause());
			} catch (InterruptedException e) {
				// before leaving the try: close() would wait for ever otherwise (design.md, 5)
				executor.shutdownNow();
				throw e;
			}
		}
	}

	private static <T> T alone(Callable<T> question) throws IOException, InterruptedException {
		try {
			return question.call();
		} catch (Exception e) {
			throw rethrown(e);
		}
	}

	private static IOException rethrown(Throwable cause) throws IOException, InterruptedException {
		switch (cause) {
			case IOException io -> throw io;
			case InterruptedException interrupted -> throw interrupted;
			case RuntimeException bug -> throw bug;
			case Error error -> throw error;
			default -> throw new IOException(cause);
		}
	}
}
