package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.testkit.Wait;

/// Many questions at one server. No times are asserted; how fast it is shows tests/bench.
class LoadTest {
	private static final int QUESTIONS = 20_000;
	private static final Patience PATIENCE = new Patience(Duration.ofSeconds(10), 3, Duration.ofSeconds(10), Duration.ofSeconds(10));

	@Test
	void twentyThousandQuestionsWithoutLoss() throws Exception {
		try (DatagramChannel server = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0)); DnsTransport transport = new DnsTransport()) {
			Set<Integer> ports = ConcurrentHashMap.newKeySet();
			Thread echo = Thread.ofPlatform().daemon().start(() -> echo(server, ports));
			AtomicInteger answers = new AtomicInteger();
			AtomicInteger ignored = new AtomicInteger();
			Semaphore window = new Semaphore(300);
			try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < QUESTIONS; i++) {
					Name name = Name.fromConstantString("q" + i + ".test.");
					window.acquire();
					executor.submit(() -> {
						try {
							var reply = transport.ask(DnsQuery.authoritative(name, Type.A, (InetSocketAddress) server.getLocalAddress()), PATIENCE);
							ignored.addAndGet(reply.ignored());
							if (reply.status() == DnsStatus.NO_DATA) {
								answers.incrementAndGet();
							}
						} finally {
							window.release();
						}
						return null;
					});
				}
			}
			assertThat(answers).hasValue(QUESTIONS);
			assertThat(ignored).hasValue(0);
			assertThat(ports).as("many ports, none for long").hasSizeGreaterThan(QUESTIONS / 1_000);
			transport.close();
			Wait.until("the receiver has ended", () -> Thread.getAllStackTraces().keySet().stream().noneMatch(each -> each.getName().equals("dns-receiver")));
			server.close();
			echo.join();
		}
	}

	/// The smallest server there is: the question back as an empty answer with authority.
	private static void echo(DatagramChannel server, Set<Integer> ports) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(2_000);
		try {
			while (true) {
				buffer.clear();
				InetSocketAddress client = (InetSocketAddress) server.receive(buffer);
				ports.add(client.getPort());
				buffer.flip();
				buffer.put(2, (byte) 0x84);
				server.send(buffer, client);
			}
		} catch (IOException e) {
			// closed: the test is over
		}
	}
}
