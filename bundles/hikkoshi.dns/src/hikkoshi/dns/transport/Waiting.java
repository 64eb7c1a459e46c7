package hikkoshi.dns.transport;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/// A question that waits for its answer: written by the receiver, read by the thread that asks.
final class Waiting {
	/// Nanoseconds before its end from which a wait sees to its end itself: two of the receiver's turns and a busy machine's delay.
	static final long NEAR = 500_000_000;

	final Outgoing question;
	final AtomicInteger ignored = new AtomicInteger();
	private final Thread asker = Thread.currentThread();
	private volatile byte @Nullable [] answer;
	private volatile @Nullable IOException broken;
	private volatile long deadline;

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

	/// Wakes the one who asks when its wait nears its end. Called by the receiver now and then.
	void nudge(long now) {
		if (deadline - now <= NEAR) {
			LockSupport.unpark(asker);
		}
	}

	/// Waits until there is an answer or a failure, or the time has come.
	void await(long until) throws InterruptedException {
		await(until, Long.MAX_VALUE);
	}

	/// The same where somebody calls [#nudge] now and then.
	///
	/// Most waits are over long before their time. An alarm for each would cost an eighth of the processor time of a question, so there is one only
	/// near the end, and until then the receiver's turns.
	void awaitNudged(long until) throws InterruptedException {
		await(until, NEAR);
	}

	/// @param own nanoseconds before the end from which there is an alarm
	private void await(long until, long own) throws InterruptedException {
		deadline = until;
		while (answer == null && broken == null) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			long left = until - System.nanoTime();
			if (left <= 0) {
				return;
			}
			if (left > own) {
				LockSupport.park(this);
			} else {
				LockSupport.parkNanos(this, left);
			}
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
