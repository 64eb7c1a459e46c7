package hikkoshi.dns.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/// A question that waits for its answer: written by the receiver, read by the thread that asks.
final class Waiting {
	final Outgoing question;
	final AtomicInteger ignored = new AtomicInteger();
	private final Thread asker = Thread.currentThread();
	private volatile byte @Nullable [] answer;
	private volatile @Nullable IOException broken;

	Waiting(Outgoing question) {
		this.question = question;
	}

	/// What came under this question's id.
	void offer(byte[] bytes) {
		if (question.judge(bytes) == Outgoing.Fit.OTHER) {
			ignored.incrementAndGet();
		} else {
			answer = bytes;
			LockSupport.unpark(asker);
		}
	}

	/// The socket says that no answer will come.
	void fail(IOException why) {
		broken = why;
		LockSupport.unpark(asker);
	}

	/// Waits until there is an answer or a failure, or the time has come.
	void await(long deadline) throws InterruptedException {
		while (answer == null && broken == null) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return;
			}
			LockSupport.parkNanos(this, left);
		}
	}

	byte @Nullable [] takeAnswer() {
		byte[] taken = answer;
		answer = null;
		return taken;
	}

	@Nullable IOException takeFailure() {
		IOException taken = broken;
		broken = null;
		return taken;
	}
}
