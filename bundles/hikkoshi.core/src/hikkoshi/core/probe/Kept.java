package hikkoshi.core.probe;

import java.io.IOException;
import java.util.Optional;

/// What probes leave open from one run to the next, e.g. connections that are logged in. Who asks again and again (the loop of a watch) opens it before the
/// first run and closes it behind the last one; a run without it leaves nothing open.
///
/// What is in it belongs to the leaves: each puts an owner of its own there, which keeps to the bounds of the policy and is closed with it. Safe for several
/// threads.
public final class Kept implements AutoCloseable {
	private final RunMemo lasting = new RunMemo();

	/// The memo of a run closes what it holds; this outlives it.
	private record Lent(Optional<Kept> kept) {}

	/// Lets the probes of a run find it. Before the first probe.
	///
	/// @throws IllegalStateException when the run has another one
	public void open(RunMemo memo) throws IOException, InterruptedException {
		if (in(memo, Optional.of(this)).filter(kept -> kept == this).isEmpty()) {
			throw new IllegalStateException("the run has been opened without this");
		}
	}

	/// Whether a run has something that outlives it.
	public static boolean isOpen(RunMemo memo) throws IOException, InterruptedException {
		return in(memo, Optional.empty()).isPresent();
	}

	/// What outlives a run, made by the first who asks.
	///
	/// @param key use a record type of your own as name space
	/// @throws IllegalStateException in a run without it: see [#isOpen]
	public static <V extends AutoCloseable> V once(RunMemo memo, Object key, Class<V> type, RunMemo.Question<V> question) throws IOException, InterruptedException {
		return in(memo, Optional.empty()).orElseThrow(() -> new IllegalStateException("nothing outlives this run")).lasting.once(key, type, question);
	}

	private static Optional<Kept> in(RunMemo memo, Optional<Kept> wanted) throws IOException, InterruptedException {
		return memo.once(Lent.class, Lent.class, () -> new Lent(wanted)).kept();
	}

	/// Closes all that was left open. Not while a run is under way.
	@Override
	public void close() throws IOException {
		lasting.close();
	}
}
