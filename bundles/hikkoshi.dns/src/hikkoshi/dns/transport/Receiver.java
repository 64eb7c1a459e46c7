package hikkoshi.dns.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/// The one thread that listens on all lanes. It runs only while there are any: a transport that nobody uses costs nothing.
final class Receiver {
	private static final int LARGEST = 65_535;
	private static final long TIDY_MILLIS = 1_000;
	private static final long NUDGE_MILLIS = 200;

	private final Runnable tidy;
	private final Runnable lost;
	private final Queue<Lane> fresh = new ConcurrentLinkedQueue<>();
	private @Nullable Selector selector;

	/// @param tidy what to do every second or so
	/// @param lost what to do when nobody listens any more although lanes may be open
	Receiver(Runnable tidy, Runnable lost) {
		this.tidy = tidy;
		this.lost = lost;
	}

	synchronized void add(Lane lane) throws IOException {
		fresh.add(lane);
		Selector running = selector;
		if (running == null) {
			Selector started = Selector.open();
			selector = started;
			Thread.ofPlatform().daemon().name("dns-receiver").start(() -> run(started));
		} else {
			running.wakeup();
		}
	}

	synchronized void close() {
		fresh.clear();
		if (selector != null) {
			shut(selector);
		}
	}

	private void run(Selector mine) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
		boolean idle = false;
		long nextTidy = System.nanoTime() + TIDY_MILLIS * 1_000_000;
		long nextNudge = System.nanoTime();
		try {
			while (mine.isOpen()) {
				register(mine);
				mine.select(key -> receive(key, buffer), NUDGE_MILLIS);
				long now = System.nanoTime();
				if (now - nextNudge >= 0) {
					nextNudge = now + NUDGE_MILLIS * 1_000_000;
					mine.keys().forEach(key -> nudge(key, now));
				}
				if (System.nanoTime() - nextTidy >= 0) {
					nextTidy = System.nanoTime() + TIDY_MILLIS * 1_000_000;
					tidy.run();
					idle = endIfIdle(mine);
					if (idle) {
						return;
					}
				}
			}
		} catch (IOException | ClosedSelectorException e) {
			// the transport is closed, or the system has no selector left
		} finally {
			synchronized (this) {
				shut(mine);
			}
			if (!idle) {
				lost.run();
			}
		}
	}

	private void register(Selector mine) {
		for (Lane lane = fresh.poll(); lane != null; lane = fresh.poll()) {
			try {
				lane.channel.register(mine, SelectionKey.OP_READ, lane);
			} catch (ClosedChannelException e) {
				// closed again before its turn came
			}
		}
	}

	private static void receive(SelectionKey key, ByteBuffer buffer) {
		if (key.attachment() instanceof Lane lane && key.isValid()) {
			lane.receive(buffer);
		}
	}

	private static void nudge(SelectionKey key, long now) {
		if (key.attachment() instanceof Lane lane) {
			lane.nudge(now);
		}
	}

	private synchronized boolean endIfIdle(Selector mine) throws IOException {
		// closed channels leave the key set only in a selection
		mine.selectNow(_ -> {
		});
		if (!mine.keys().isEmpty() || !fresh.isEmpty()) {
			return false;
		}
		shut(mine);
		return true;
	}

	private void shut(Selector mine) {
		if (selector == mine) {
			selector = null;
		}
		try {
			mine.close();
		} catch (IOException e) {
			// closed either way
		}
	}
}
