package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.testkit.DnsBehaviour;
import hikkoshi.testkit.FakeDns;
import hikkoshi.testkit.Rr;
import hikkoshi.testkit.Wait;

/// An interrupt ends a question wherever it waits. Every wait here would last for minutes.
class CancelTest {
	private static final Patience ENDLESS = new Patience(Duration.ofMinutes(5), 1, Duration.ofMinutes(5), Duration.ofMinutes(5));
	private final DnsTransport transport = new DnsTransport();
	private FakeDns fake;

	@BeforeEach
	void start() throws IOException {
		fake = FakeDns.start();
		fake.otherwise(DnsBehaviour.drop());
	}

	@AfterEach
	void stop() throws IOException {
		transport.close();
		fake.close();
	}

	enum Kind {
		PLATFORM, VIRTUAL;

		Thread start(Runnable work) {
			return this == PLATFORM ? Thread.ofPlatform().start(work) : Thread.ofVirtual().start(work);
		}
	}

	private DnsQuery query(String name, boolean tcp) {
		return new DnsQuery(Name.fromConstantString(name + "."), Type.A, new InetSocketAddress(fake.address(), fake.port()), false, false, tcp);
	}

	/// Runs a question on a thread of its own, interrupts it when it waits, and expects that it ends thereby.
	private void interrupted(Kind kind, DnsQuery query, String until, Callable<Boolean> waits) throws Exception {
		AtomicReference<Throwable> end = new AtomicReference<>();
		CountDownLatch ended = new CountDownLatch(1);
		Thread thread = kind.start(() -> {
			try {
				transport.ask(query, ENDLESS);
			} catch (Throwable e) {
				end.set(e);
			} finally {
				ended.countDown();
			}
		});
		Wait.until(until, waits);
		thread.interrupt();
		assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(end.get()).isInstanceOf(InterruptedException.class);
	}

	@ParameterizedTest
	@EnumSource
	void whileWaitingForADatagram(Kind kind) throws Exception {
		interrupted(kind, query("silent.test", false), "the question has arrived", () -> fake.queries().size() == 1);
		fake.on("other.test", Type.A, DnsBehaviour.answer(Rr.address("other.test", 1, "192.0.2.1")));
		assertThat(transport.ask(query("other.test", false), ENDLESS).answered()).as("the shared sockets have survived").isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void whileWaitingForAByteOverTcp(Kind kind) throws Exception {
		interrupted(kind, query("silent.test", true), "the question has arrived", () -> fake.queries().size() == 1);
	}

	@ParameterizedTest
	@EnumSource
	void whileDrippingOverTcp(Kind kind) throws Exception {
		fake.on("drip.test", Type.A, DnsBehaviour.dripOverTcp(Duration.ofSeconds(2), Rr.address("drip.test", 1, "192.0.2.1")));
		interrupted(kind, query("drip.test", false), "TCP has begun", () -> fake.queries().size() == 2);
	}

	@ParameterizedTest
	@EnumSource
	void whileWaitingForATcpHandshake(Kind kind) throws Exception {
		// a full backlog: the kernel answers no more handshakes
		try (ServerSocket full = new ServerSocket(0, 1, fake.address())) {
			List<Socket> fillers = new ArrayList<>();
			try {
				for (int i = 0; i < 4; i++) {
					SocketChannel channel = SocketChannel.open();
					channel.configureBlocking(false);
					channel.connect(full.getLocalSocketAddress());
					fillers.add(channel.socket());
				}
				AtomicReference<Thread> asker = new AtomicReference<>();
				CompletableFuture<Throwable> end = new CompletableFuture<>();
				asker.set(kind.start(() -> {
					try {
						transport.ask(new DnsQuery(Name.fromConstantString("x.test."), Type.A, (InetSocketAddress) full.getLocalSocketAddress(), false, false, true),
								ENDLESS);
						end.complete(new AssertionError("answered"));
					} catch (Throwable e) {
						end.complete(e);
					}
				}));
				Wait.until("the thread waits", () -> asker.get().getState() != Thread.State.NEW && end.getNow(null) == null);
				asker.get().interrupt();
				assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
			} finally {
				for (Socket each : fillers) {
					each.close();
				}
			}
		}
	}

	@Test
	void whileWaitingForAPlace() throws Exception {
		List<Thread> threads = new ArrayList<>();
		CountDownLatch ended = new CountDownLatch(300);
		for (int i = 0; i < 300; i++) {
			String name = "n" + i + ".test";
			threads.add(Thread.ofVirtual().start(() -> {
				try {
					transport.ask(query(name, false), ENDLESS);
				} catch (IOException | InterruptedException e) {
					ended.countDown();
				}
			}));
		}
		Wait.until("two hundred are on their way", () -> fake.queries().size() >= 200);
		assertThat(fake.queries()).as("and no more").hasSize(200);
		threads.forEach(Thread::interrupt);
		assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
		fake.on("other.test", Type.A, DnsBehaviour.answer(Rr.address("other.test", 1, "192.0.2.1")));
		assertThat(transport.ask(query("other.test", false), ENDLESS).answered()).as("all places are free again").isTrue();
	}

	@Test
	void closingEndsEveryQuestion() throws Exception {
		CountDownLatch ended = new CountDownLatch(2);
		for (boolean tcp : List.of(false, true)) {
			Thread.ofVirtual().start(() -> {
				try {
					transport.ask(query("silent.test", tcp), ENDLESS);
				} catch (IOException | InterruptedException e) {
					ended.countDown();
				}
			});
		}
		Wait.until("both have arrived", () -> fake.queries().size() == 2);
		transport.close();
		assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aWholeRun() throws Exception {
		ProbeContext context = World.context(new DnsSettings(List.of(), List.of(new NameServer("root", fake.address(), fake.port())), fake.port()),
				Duration.ofMinutes(5));
		List<Evidence> found = new ArrayList<>();
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			tasks.add(World.task("dns.mx", "d" + i + ".test"));
		}
		CompletableFuture<Throwable> end = new CompletableFuture<>();
		Thread runner = Thread.ofPlatform().start(() -> {
			try (RunMemo _ = context.memo()) {
				new ProbeRun(tasks, context, found::addAll).call();
				end.complete(new AssertionError("finished"));
			} catch (Throwable e) {
				end.complete(e);
			}
		});
		Wait.until("the root has been asked", () -> !fake.queries().isEmpty());
		runner.interrupt();
		assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
		assertThat(found).as("a cancelled probe is no evidence").isEmpty();
		Wait.until("the receiver has ended", () -> Thread.getAllStackTraces().keySet().stream().noneMatch(each -> each.getName().equals("dns-receiver")));
	}
}
