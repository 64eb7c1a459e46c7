package hikkoshi.core.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.core.probe.RunMemo;

@Timeout(60)
class RunMemoTest {
	private record Key(String name) {}

	private final RunMemo memo = new RunMemo();

	@Test
	void oneAsksAndTheOthersWaitForItsAnswer() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		CountDownLatch go = new CountDownLatch(1);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<String>> answers = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				answers.add(executor.submit(() -> memo.once(new Key("a"), String.class, () -> {
					asked.incrementAndGet();
					assertThat(go.await(50, TimeUnit.SECONDS)).isTrue();
					return "answer";
				})));
			}
			go.countDown();
			for (Future<String> answer : answers) {
				assertThat(answer.get()).isEqualTo("answer");
			}
		}
		assertThat(asked).hasValue(1);
		assertThat(memo.once(new Key("b"), String.class, () -> "other")).isEqualTo("other");
	}

	@Test
	void aFailureIsNotRemembered() throws Exception {
		assertThatThrownBy(() -> memo.once(new Key("a"), String.class, () -> {
			throw new IOException("once");
		})).isInstanceOf(IOException.class);
		assertThatThrownBy(() -> memo.once(new Key("a"), String.class, () -> {
			throw new IllegalStateException("twice");
		})).isInstanceOf(IllegalStateException.class);
		assertThat(memo.once(new Key("a"), String.class, () -> "now")).isEqualTo("now");
	}

	@Test
	void waitersGetTheAskersFailure() throws Exception {
		CountDownLatch asking = new CountDownLatch(1);
		CountDownLatch fail = new CountDownLatch(1);
		List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
		Thread asker = Thread.ofVirtual().start(() -> {
			try {
				memo.once(new Key("a"), String.class, () -> {
					asking.countDown();
					fail.await();
					throw new IOException("the way is blocked");
				});
			} catch (IOException | InterruptedException e) {
				thrown.add(e);
			}
		});
		assertThat(asking.await(50, TimeUnit.SECONDS)).isTrue();
		Thread waiter = Thread.ofVirtual().start(() -> {
			try {
				memo.once(new Key("a"), String.class, () -> "mine");
			} catch (IOException | InterruptedException e) {
				thrown.add(e);
			}
		});
		awaitWaiting(waiter);
		fail.countDown();
		asker.join();
		waiter.join();
		assertThat(thrown).hasSize(2).allSatisfy(e -> assertThat(e).isInstanceOf(IOException.class).hasMessage("the way is blocked"));
	}

	@Test
	void anInterruptedAskerLeavesItsPlaceToTheNext() throws Exception {
		CountDownLatch asking = new CountDownLatch(1);
		List<Object> results = Collections.synchronizedList(new ArrayList<>());
		Thread asker = Thread.ofVirtual().start(() -> {
			try {
				memo.once(new Key("a"), String.class, () -> {
					asking.countDown();
					new CountDownLatch(1).await();
					return "never";
				});
			} catch (IOException | InterruptedException e) {
				results.add(e.getClass());
			}
		});
		assertThat(asking.await(50, TimeUnit.SECONDS)).isTrue();
		Thread waiter = Thread.ofVirtual().start(() -> {
			try {
				results.add(memo.once(new Key("a"), String.class, () -> "mine"));
			} catch (IOException | InterruptedException e) {
				results.add(e.getClass());
			}
		});
		awaitWaiting(waiter);
		asker.interrupt();
		asker.join();
		waiter.join();
		assertThat(results).containsExactlyInAnyOrder(InterruptedException.class, "mine");
	}

	@Test
	void anInterruptedWaiterLeavesTheOthersWaiting() throws Exception {
		CountDownLatch asking = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		List<Object> results = Collections.synchronizedList(new ArrayList<>());
		Runnable work = () -> {
			try {
				results.add(memo.once(new Key("a"), String.class, () -> {
					asking.countDown();
					go.await();
					return "answer";
				}));
			} catch (IOException | InterruptedException e) {
				results.add(e.getClass());
			}
		};
		Thread asker = Thread.ofVirtual().start(work);
		assertThat(asking.await(50, TimeUnit.SECONDS)).isTrue();
		Thread waiter = Thread.ofVirtual().start(work);
		awaitWaiting(waiter);
		waiter.interrupt();
		waiter.join();
		assertThat(results).containsExactly(InterruptedException.class);
		go.countDown();
		asker.join();
		assertThat(results).containsExactly(InterruptedException.class, "answer");
	}

	@Test
	void closingClosesWhatCanBeClosed() throws Exception {
		List<String> closed = new ArrayList<>();
		memo.once(new Key("a"), AutoCloseable.class, () -> () -> closed.add("a"));
		memo.once(new Key("b"), String.class, () -> "b");
		memo.once(new Key("c"), AutoCloseable.class, () -> () -> {
			closed.add("c");
			throw new IllegalStateException("stuck");
		});
		memo.once(new Key("d"), AutoCloseable.class, () -> () -> closed.add("d"));
		assertThatThrownBy(memo::close).isInstanceOf(IOException.class).hasRootCauseMessage("stuck");
		assertThat(closed).containsExactlyInAnyOrder("a", "c", "d");
		memo.close();
		assertThat(closed).hasSize(3);
	}

	private static void awaitWaiting(Thread thread) throws InterruptedException {
		while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
			Thread.sleep(1);
		}
	}
}
