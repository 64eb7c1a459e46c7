package hikkoshi.core.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ServerGuard;
import hikkoshi.core.secret.Secrets;

/// A server that has no room is given time, and fewer connections.
@Timeout(60)
class ServerRestTest {
	private static final Server SERVER = new Server("mx", Side.OLD, DomainName.parse("mx.example"), List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());

	private static ServerGuard guard() throws Exception {
		Policy d = Policy.DEFAULT;
		Policy policy = new Policy(d.evidenceMaxAge(), 4, 0, 5, d.connectTimeout(), d.readTimeout(), d.probeTimeout(), d.ttlTarget(), d.quiet(), d.canaries());
		return ServerGuard.of(SERVER, new ProbeContext(Clock.systemUTC(), Secrets.none(), policy, DnsSettings.DEFAULT, List.of()));
	}

	private static void awaitState(Thread thread, Thread.State state) {
		while (thread.getState() != state) {
			Thread.onSpinWait();
		}
	}

	@Test
	void halfAsManyConnections() throws Exception {
		ServerGuard guard = guard();
		guard.notNow();
		guard.connect();
		guard.connect();
		CountDownLatch third = new CountDownLatch(1);
		Thread waiting = Thread.ofPlatform().start(() -> {
			try {
				guard.connect();
				third.countDown();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		});
		awaitState(waiting, Thread.State.WAITING);
		assertThat(third.getCount()).isEqualTo(1);
		guard.disconnect();
		third.await();
		waiting.join();
	}

	@Test
	void aRestEndsOnInterruptAndLeavesNoPlaceTaken() throws Exception {
		ServerGuard guard = guard();
		for (int i = 0; i < 100; i++) {
			guard.notNow();
		}
		AtomicReference<Exception> end = new AtomicReference<>();
		for (int i = 0; i < 2; i++) {
			Thread resting = Thread.ofPlatform().start(() -> {
				try {
					guard.connect();
				} catch (InterruptedException e) {
					end.set(e);
				}
			});
			awaitState(resting, Thread.State.TIMED_WAITING);
			resting.interrupt();
			resting.join();
			assertThat(end.getAndSet(null)).as("the only place was free again").isInstanceOf(InterruptedException.class);
		}
	}

	private static Account account(String user) {
		Endpoint endpoint = new Endpoint(Protocol.IMAP, 993, Security.TLS);
		return new Account(SERVER, endpoint, SERVER.addresses().getFirst(), user, EmailAddress.parse(user + "@example.org"));
	}

	/// What each answer to a login rests: nothing, the mailbox, or the whole server.
	@ParameterizedTest(name = "{0}")
	@CsvSource({ "login.ok, false, false", "login.bad-credentials, false, false", "connect.closed, false, false", "mailbox.busy, true, false", "server.busy, true, true",
			"login.throttled, true, true" })
	void whoRests(String reason, boolean mailbox, boolean others) throws Exception {
		for (int run = 0; run < 2; run++) {
			ServerGuard guard = guard();
			String said = guard.login(account("ann"), () -> reason, id -> new ServerGuard.Said(id, id.equals("login.ok")), Reason::id);

			assertThat(said).isEqualTo(reason);
			assertThat(guard.rest(account("ann")).isPositive()).isEqualTo(mailbox);
			assertThat(guard.rest(account("bob")).isPositive()).isEqualTo(others);
		}
	}

	@Test
	void aMailboxThatIsInUseRestsLongerEachTimeUpToABoundAndTakesNoPlace() throws Exception {
		ServerGuard guard = guard();
		guard.login(account("ann"), () -> "mailbox.busy", id -> new ServerGuard.Said(id, false), Reason::id);
		AtomicReference<Exception> end = new AtomicReference<>();
		for (int i = 0; i < 4; i++) {
			// each waits for its mailbox, and none has one of the four places
			Thread resting = Thread.ofPlatform().daemon().start(() -> {
				try {
					guard.login(account("ann"), () -> "mailbox.busy", id -> new ServerGuard.Said(id, false), Reason::id);
				} catch (IOException | InterruptedException e) {
					end.set(e);
				}
			});
			awaitState(resting, Thread.State.TIMED_WAITING);
			for (String other : List.of("bob", "cecil", "dora", "emil")) {
				assertThat(guard.login(account(other), () -> "login.ok", id -> new ServerGuard.Said(id, true), Reason::id)).isEqualTo("login.ok");
			}
			resting.interrupt();
			resting.join();
		}
		assertThat(guard.rest(account("ann"))).isLessThanOrEqualTo(Duration.ofSeconds(30));
	}
}
