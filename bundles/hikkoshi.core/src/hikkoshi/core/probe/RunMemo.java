package hikkoshi.core.probe;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/// Remembers, for one run, what several probes need and only one should ask: the first asks, the others wait for its answer.
/// Safe for several threads; a waiter that is interrupted leaves, and a failed or interrupted asker leaves the place to the next one.
public final class RunMemo implements AutoCloseable {
	/// What [#count] counts for each question that went out to a DNS server, repetitions of one datagram not included.
	public static final String DNS_QUESTIONS = "dns.questions";

	private final ConcurrentHashMap<Object, CompletableFuture<Object>> known = new ConcurrentHashMap<>();
	private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

	/// Counts one more of what a run costs the world, e.g. [#DNS_QUESTIONS].
	public void count(String what) {
		counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
	}

	/// How many there were so far; still known when the run is over.
	public long counted(String what) {
		LongAdder count = counts.get(what);
		return count == null ? 0 : count.sum();
	}

	/// A question whose answer is shared.
	@FunctionalInterface
	public interface Question<V> {
		V ask() throws IOException, InterruptedException;
	}

	/// @param key equal for equal questions; use a record type of your own as name space
	/// @throws IOException what the asker got; the next caller asks again
	public <V> V once(Object key, Class<V> type, Question<V> question) throws IOException, InterruptedException {
		while (true) {
			CompletableFuture<Object> mine = new CompletableFuture<>();
			CompletableFuture<Object> first = known.putIfAbsent(key, mine);
			if (first == null) {
				return ask(key, mine, question);
			}
			try {
				return type.cast(first.get());
			} catch (ExecutionException e) {
				if (e.getCause() instanceof IOException io) {
					throw new IOException(io.getMessage(), io);
				}
				if (e.getCause() instanceof RuntimeException bug) {
					throw bug;
				}
				// the asker was interrupted, not we: take its place
			}
		}
	}

	private <V> V ask(Object key, CompletableFuture<Object> mine, Question<V> question) throws IOException, InterruptedException {
		try {
			V answer = question.ask();
			mine.complete(answer);
			return answer;
		} catch (IOException | InterruptedException | RuntimeException | Error e) {
			known.remove(key, mine);
			mine.completeExceptionally(e);
			throw e;
		}
	}

	/// Closes every answer that can be closed, e.g. a transport with open sockets. Call it when the run is over.
	@Override
	public void close() throws IOException {
		IOException failed = null;
		for (CompletableFuture<Object> answer : known.values()) {
			if (answer.isDone() && !answer.isCompletedExceptionally() && answer.join() instanceof AutoCloseable open) {
				try {
					open.close();
				} catch (Exception e) {
					failed = new IOException("could not close what the run had shared", e);
				}
			}
		}
		known.clear();
		if (failed != null) {
			throw failed;
		}
	}
}
