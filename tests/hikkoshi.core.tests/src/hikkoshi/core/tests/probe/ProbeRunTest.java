package hikkoshi.core.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.ServerGuard;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.Secrets;

@Timeout(60)
class ProbeRunTest {
	private static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");
	private static final Finding PASS = new Finding(Outcome.PASS, Reason.of(Reasons.LOGIN_OK, "imap", "TLSv1.3", "PLAIN"), Facts.NONE);
	private static final Finding REFUSED = new Finding(Outcome.FAIL, Reason.of(Reasons.BAD_CREDENTIALS, "NO"), Facts.NONE);

	private static final Secrets NO_SECRETS = Secrets.none();

	private final List<Evidence> found = Collections.synchronizedList(new ArrayList<>());
	private final EvidenceSink sink = found::addAll;

	private static ProbeContext context(Policy policy) {
		return new ProbeContext(Clock.fixed(T0, ZoneOffset.UTC), NO_SECRETS, policy, DnsSettings.DEFAULT, List.of());
	}

	private static Policy policy(int connections, int perSecond, int lockoutAfter) {
		Policy d = Policy.DEFAULT;
		return new Policy(d.evidenceMaxAge(), connections, perSecond, lockoutAfter, d.connectTimeout(), d.readTimeout(), d.probeTimeout(), d.ttlTarget(),
				d.quiet(), d.canaries());
	}

	private static Account account(String server, String user, int port) {
		Server host = new Server(server, Side.OLD, DomainName.parse(server + ".example"), List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());
		return new Account(host, new Endpoint(Protocol.IMAP, port, Security.TLS), InetAddress.getLoopbackAddress(), user,
				new EmailAddress(user, DomainName.parse("example.org")));
	}

	private static List<Account> accounts(String server, int count) {
		return IntStream.range(0, count).mapToObj(i -> account(server, "user" + i, 993)).toList();
	}

	@FunctionalInterface
	private interface Exam<T extends Target> {
		Finding of(T target) throws IOException, InterruptedException;
	}

	private static <T extends Target> List<ProbeTask<?>> tasks(Class<T> type, List<T> targets, Exam<T> exam) {
		Probe<T> probe = new Probe<>() {
			@Override
			public String id() {
				return "test.probe";
			}

			@Override
			public Class<T> target() {
				return type;
			}

			@Override
			public Finding examine(T target, ProbeContext context) throws IOException, InterruptedException {
				return exam.of(target);
			}
		};
		return targets.stream().<ProbeTask<?>>map(target -> new ProbeTask<>(probe, target)).toList();
	}

	private ProbeRun run(Policy policy, List<Account> accounts, Exam<Account> exam) {
		return new ProbeRun(tasks(Account.class, accounts, exam), context(policy), sink);
	}

	@Test
	void everyTaskAnswersOnce() throws Exception {
		List<Account> accounts = accounts("a", 50);
		ProbeRun.Summary summary = run(policy(4, 0, 1000), accounts, account -> account.user().endsWith("7") ? REFUSED : PASS).call();
		assertThat(found).extracting(Evidence::target).containsExactlyInAnyOrderElementsOf(accounts.stream().map(Account::id).toList());
		assertThat(found).allSatisfy(evidence -> {
			assertThat(evidence.probe()).isEqualTo("test.probe");
			assertThat(evidence.at()).isEqualTo(T0);
			assertThat(evidence.took()).isEqualTo(Duration.ZERO);
		});
		assertThat(summary.total()).isEqualTo(50);
		assertThat(summary.count(Outcome.FAIL)).isEqualTo(5);
		assertThat(summary.worst()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void nothingToDoIsDoneAndNotKnown() throws Exception {
		ProbeRun.Summary summary = run(Policy.DEFAULT, List.of(), _ -> PASS).call();
		assertThat(summary.total()).isZero();
		assertThat(summary.worst()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void whatAProbeHasNoWordForIsUnknownNotFailed() throws Exception {
		run(policy(4, 0, 1000), accounts("a", 2), account -> {
			if (account.user().equals("user0")) {
				throw new IOException("wire cut");
			}
			throw new IllegalStateException();
		}).call();
		assertThat(found).extracting(Evidence::outcome).containsOnly(Outcome.UNKNOWN);
		assertThat(found).extracting(evidence -> evidence.reason().id()).containsOnly(Reasons.UNEXPECTED);
		assertThat(found).extracting(evidence -> evidence.reason().args()).containsExactlyInAnyOrder(List.of("java.io.IOException", "wire cut"),
				List.of("java.lang.IllegalStateException", ""));
	}

	@Test
	void aHangingServerDelaysNoOther() throws Exception {
		CountDownLatch othersDone = new CountDownLatch(100);
		List<Account> all = new ArrayList<>(accounts("hangs", 50));
		all.addAll(accounts("works", 100));
		run(policy(4, 0, 1000), all, account -> {
			if (account.server().key().equals("hangs")) {
				// ends only when every login of the other server has been done
				assertThat(othersDone.await(50, TimeUnit.SECONDS)).isTrue();
			} else {
				othersDone.countDown();
			}
			return PASS;
		}).call();
		assertThat(found).hasSize(150).extracting(Evidence::outcome).containsOnly(Outcome.PASS);
	}

	@ParameterizedTest
	@CsvSource({"1", "3", "8"})
	void neverMoreConnectionsToAServerThanAllowed(int allowed) throws Exception {
		Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
		Map<String, AtomicInteger> most = new ConcurrentHashMap<>();
		List<Account> all = new ArrayList<>(accounts("a", 60));
		all.addAll(accounts("b", 60));
		CountDownLatch bothFull = new CountDownLatch(2 * allowed);
		run(policy(allowed, 0, 1000), all, account -> {
			String server = account.server().key();
			int now = open.computeIfAbsent(server, _ -> new AtomicInteger()).incrementAndGet();
			most.computeIfAbsent(server, _ -> new AtomicInteger()).accumulateAndGet(now, Math::max);
			bothFull.countDown();
			assertThat(bothFull.await(50, TimeUnit.SECONDS)).as("the allowance is used").isTrue();
			open.get(server).decrementAndGet();
			return PASS;
		}).call();
		assertThat(most).hasSize(2).allSatisfy((_, peak) -> assertThat(peak).hasValue(allowed));
	}

	@ParameterizedTest(name = "{0} connections, guard at {1}")
	@CsvSource({"1,1", "1,5", "4,5", "8,5", "50,3"})
	void notOnePasswordTooManyIsRefused(int connections, int lockoutAfter) throws Exception {
		AtomicInteger offered = new AtomicInteger();
		run(policy(connections, 0, lockoutAfter), accounts("a", 40), _ -> {
			offered.incrementAndGet();
			return REFUSED;
		}).call();
		assertThat(offered).hasValue(lockoutAfter);
		assertThat(found).hasSize(40);
		assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.FAIL).hasSize(lockoutAfter);
		assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.UNKNOWN).hasSize(40 - lockoutAfter)
				.allSatisfy(evidence -> assertThat(evidence.reason()).isEqualTo(Reason.of(Reasons.LOCKOUT_GUARD, "a", lockoutAfter)));
	}

	@Test
	void theGuardOfOneServerShutsNoOther() throws Exception {
		List<Account> all = new ArrayList<>(accounts("bad", 20));
		all.addAll(accounts("good", 20));
		run(policy(4, 0, 2), all, account -> account.server().key().equals("bad") ? REFUSED : PASS).call();
		assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.PASS).hasSize(20);
		assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.FAIL).hasSize(2);
	}

	@Test
	void onlyRefusedPasswordsCountForTheGuard() throws Exception {
		run(policy(4, 0, 2), accounts("a", 20), _ -> new Finding(Outcome.FAIL, Reason.of(Reasons.REFUSED, "a", 993), Facts.NONE)).call();
		assertThat(found).extracting(evidence -> evidence.reason().id()).containsOnly(Reasons.REFUSED);
	}

	@Test
	void aLockedAccountIsLeftAlone() throws Exception {
		List<Account> doors = IntStream.range(0, 10).mapToObj(i -> account("a", "ann", 1000 + i)).toList();
		AtomicInteger tried = new AtomicInteger();
		run(policy(4, 0, 1000), doors, _ -> {
			tried.incrementAndGet();
			return new Finding(Outcome.FAIL, Reason.of(Reasons.ACCOUNT_LOCKED, "NO locked"), Facts.NONE);
		}).call();
		assertThat(tried).hasValue(1);
		assertThat(found).filteredOn(evidence -> evidence.reason().equals(Reason.of(Reasons.ACCOUNT_GUARD, "ann", "a"))).hasSize(9);
	}

	private static List<Account> mastered(int count) {
		return accounts("a", count).stream().map(account -> {
			Server plain = account.server();
			Server server = new Server(plain.key(), plain.side(), plain.name(), plain.addresses(), plain.endpoints(), plain.pins(),
					new MasterUser("admin", new MasterUser.Form.Separator("*")));
			return new Account(server, account.endpoint(), account.address(), account.user(), account.mailbox());
		}).toList();
	}

	@Test
	void aMastersWrongPasswordIsNotTriedAtEveryMailbox() throws Exception {
		run(policy(8, 0, 1000), mastered(40), _ -> REFUSED).call();
		assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.FAIL).hasSize(2);
		assertThat(found).filteredOn(evidence -> evidence.reason().equals(Reason.of(Reasons.MASTER_GUARD, "admin", "a", 2))).hasSize(38);
	}

	@Test
	void onceTheMasterWasLetInARefusalSpeaksOfTheMailbox() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		run(policy(8, 0, 1000), mastered(40), _ -> calls.incrementAndGet() == 1 || calls.get() % 2 == 0 ? PASS : REFUSED).call();
		assertThat(found).as("nothing was held back").allSatisfy(evidence -> assertThat(evidence.outcome()).isIn(Outcome.PASS, Outcome.FAIL)).hasSize(40);
	}

	@Test
	void oneMissingMailboxDoesNotShutTheMasterOut() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		run(policy(1, 0, 1000), mastered(10), _ -> calls.incrementAndGet() == 1 ? REFUSED : PASS).call();
		assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.PASS).hasSize(9);
	}

	@Test
	void aSecretThatCannotBeHadIsUnknownForItsOwnReason() throws Exception {
		Reason why = Reason.of("token.refused", "a", "invalid_grant");
		run(policy(4, 0, 1000), accounts("a", 1), _ -> {
			throw new SecretException(why);
		}).call();
		assertThat(found).singleElement().satisfies(evidence -> {
			assertThat(evidence.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(evidence.reason()).isEqualTo(why);
		});
	}

	@Test
	void aServerThatThrottlesIsNotPressed() throws Exception {
		AtomicInteger tried = new AtomicInteger();
		run(policy(4, 0, 3), accounts("a", 40), _ -> {
			tried.incrementAndGet();
			return new Finding(Outcome.UNKNOWN, Reason.of(Reasons.THROTTLED, "NO [LIMIT]"), Facts.NONE);
		}).call();
		assertThat(tried).hasValue(3);
		assertThat(found).hasSize(40).filteredOn(evidence -> evidence.reason().id().equals(Reasons.LOCKOUT_GUARD)).hasSize(37);
	}

	@Test
	void aRefusedPasswordIsNotOfferedAtAnotherDoorOfTheServer() throws Exception {
		List<Account> doors = IntStream.range(0, 10).mapToObj(i -> account("a", "ann", 1000 + i)).toList();
		List<Account> all = new ArrayList<>(doors);
		all.add(account("other", "ann", 993));
		AtomicInteger offered = new AtomicInteger();
		run(policy(4, 0, 1000), all, account -> {
			if (account.server().key().equals("a")) {
				offered.incrementAndGet();
			}
			return REFUSED;
		}).call();
		assertThat(offered).hasValue(1);
		assertThat(found).filteredOn(evidence -> evidence.reason().equals(Reason.of(Reasons.ACCOUNT_GUARD, "ann", "a"))).hasSize(9);
		assertThat(found).filteredOn(evidence -> evidence.outcome() == Outcome.FAIL).hasSize(2);
	}

	@Test
	void loginsArePaced() throws Exception {
		List<Long> starts = Collections.synchronizedList(new ArrayList<>());
		long begin = System.nanoTime();
		run(policy(50, 100, 1000), accounts("a", 20), _ -> {
			starts.add(System.nanoTime());
			return PASS;
		}).call();
		starts.sort(null);
		// the n-th login never starts before its turn; how late it may be is the machine's business
		for (int n = 0; n < starts.size(); n++) {
			assertThat(starts.get(n) - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(10) * (n - 1));
		}
	}

	@Test
	void questionsThatAreNoLoginsHaveABoundOfTheirOwn() throws Exception {
		AtomicInteger open = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch full = new CountDownLatch(200);
		List<Domain> domains =
				IntStream.range(0, 450).mapToObj(i -> new Domain(DomainName.parse("d" + i + ".example"), "main", "old", "new")).toList();
		new ProbeRun(tasks(Domain.class, domains, _ -> {
			most.accumulateAndGet(open.incrementAndGet(), Math::max);
			full.countDown();
			assertThat(full.await(50, TimeUnit.SECONDS)).isTrue();
			open.decrementAndGet();
			return PASS;
		}), context(policy(1, 1, 1)), sink).call();
		assertThat(found).hasSize(450);
		assertThat(most).hasValue(200);
	}

	private static Server host(String key) {
		return new Server(key, Side.NEW, DomainName.parse(key + ".example"), List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());
	}

	private static Door door(Server server, int port) {
		return new Door(server, new Endpoint(Protocol.SMTP, port, Security.STARTTLS), InetAddress.getLoopbackAddress());
	}

	@Test
	void doorsHaveTheServersPlacesAndCountForNoLockout() throws Exception {
		AtomicInteger open = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch full = new CountDownLatch(3);
		List<Door> doors = IntStream.range(1, 40).mapToObj(port -> door(host("a"), port)).toList();
		new ProbeRun(tasks(Door.class, doors, _ -> {
			most.accumulateAndGet(open.incrementAndGet(), Math::max);
			full.countDown();
			assertThat(full.await(50, TimeUnit.SECONDS)).isTrue();
			open.decrementAndGet();
			return REFUSED;
		}), context(policy(3, 0, 1)), sink).call();
		assertThat(found).as("none was kept back, whatever they said").hasSize(39).extracting(Evidence::outcome).containsOnly(Outcome.FAIL);
		assertThat(most).hasValue(3);
	}

	/// Addresses share connections: for each connection that may be open, one is being asked for and one stands in line.
	@Test
	void addressesAreBoundedPerDoorAndTheirConnectionsPerServer() throws Exception {
		Server server = host("a");
		Map<String, AtomicInteger> asking = new ConcurrentHashMap<>();
		Map<String, AtomicInteger> most = new ConcurrentHashMap<>();
		AtomicInteger open = new AtomicInteger();
		AtomicInteger mostOpen = new AtomicInteger();
		CountDownLatch full = new CountDownLatch(8);
		List<Presence> presences = IntStream.range(0, 100).mapToObj(i -> new Presence(door(server, 25 + i % 2), EmailAddress.parse("a" + i + "@example.org"))).toList();
		ProbeContext context = context(policy(2, 0, 1));
		new ProbeRun(tasks(Presence.class, presences, presence -> {
			String door = presence.door().id().value();
			most.computeIfAbsent(door, _ -> new AtomicInteger())
					.accumulateAndGet(asking.computeIfAbsent(door, _ -> new AtomicInteger()).incrementAndGet(), Math::max);
			full.countDown();
			assertThat(full.await(50, TimeUnit.SECONDS)).as("two doors, four at each").isTrue();
			ServerGuard guard = ServerGuard.of(server, context);
			guard.connect();
			mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
			Thread.yield();
			open.decrementAndGet();
			guard.disconnect();
			asking.get(door).decrementAndGet();
			return PASS;
		}), context, sink).call();
		assertThat(found).hasSize(100);
		assertThat(most).hasSize(2).allSatisfy((_, peak) -> assertThat(peak).hasValue(4));
		assertThat(mostOpen.get()).isLessThanOrEqualTo(2);
	}

	/// 500 connections that a server has accepted and leaves without a word, as in a TLS handshake that hangs.
	@Test
	void cancelEndsHangingConnectionsAndKeepsWhatWasFound() throws Exception {
		try (ServerSocketChannel silent = ServerSocketChannel.open()) {
			silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
			InetSocketAddress place = (InetSocketAddress) silent.getLocalAddress();
			CountDownLatch hanging = new CountDownLatch(500);
			AtomicInteger ended = new AtomicInteger();
			List<Account> all = new ArrayList<>(accounts("quick", 10));
			all.addAll(accounts("silent", 500));
			ProbeRun run = run(policy(600, 0, 1000), all, account -> {
				if (account.server().key().equals("quick")) {
					return PASS;
				}
				try (Socket socket = new Socket()) {
					socket.connect(place);
					hanging.countDown();
					socket.getInputStream().read();
				} finally {
					ended.incrementAndGet();
				}
				return PASS;
			});
			List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
			Thread caller = Thread.ofPlatform().start(() -> {
				try {
					run.call();
				} catch (InterruptedException | IOException | RuntimeException e) {
					thrown.add(e);
				}
			});
			assertThat(hanging.await(50, TimeUnit.SECONDS)).isTrue();
			caller.interrupt();
			caller.join(TimeUnit.SECONDS.toMillis(50));
			assertThat(caller.isAlive()).isFalse();
			assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
			// no thread of the run outlives it, and no cancelled probe became evidence
			assertThat(ended).hasValue(500);
			assertThat(found).hasSize(10).extracting(Evidence::outcome).containsOnly(Outcome.PASS);
		}
	}

	@Test
	void cancelWhileWaitingForATurnEndsToo() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		AtomicInteger begun = new AtomicInteger();
		ProbeRun run = run(policy(1, 0, 1000), accounts("a", 300), _ -> {
			begun.incrementAndGet();
			inside.countDown();
			new CountDownLatch(1).await();
			return PASS;
		});
		List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
		Thread caller = Thread.ofVirtual().start(() -> {
			try {
				run.call();
			} catch (InterruptedException | IOException | RuntimeException e) {
				thrown.add(e);
			}
		});
		assertThat(inside.await(50, TimeUnit.SECONDS)).isTrue();
		caller.interrupt();
		caller.join();
		assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
		assertThat(found).isEmpty();
		assertThat(begun).hasValue(1);
	}

	@Test
	void anInterruptBeforeTheStartIsHonoured() {
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> run(policy(1, 0, 1000), accounts("a", 3), _ -> {
			new CountDownLatch(1).await();
			return PASS;
		}).call()).isInstanceOf(InterruptedException.class);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void aSinkThatCannotKeepEndsTheRun() {
		ProbeRun run = new ProbeRun(tasks(Account.class, accounts("a", 100), account -> {
			if (!account.user().equals("user0")) {
				new CountDownLatch(1).await();
			}
			return PASS;
		}), context(policy(100, 0, 1000)), _ -> {
			throw new IOException("disk full");
		});
		assertThatThrownBy(run::call).isInstanceOf(IOException.class).hasMessage("disk full");
	}

	@Test
	void theSinkIsCalledByTheCallerOnlyAndNeverWithNothing() throws Exception {
		List<Thread> threads = new ArrayList<>();
		List<Integer> sizes = new ArrayList<>();
		new ProbeRun(tasks(Account.class, accounts("a", 100), _ -> PASS), context(policy(10, 0, 1000)), batch -> {
			threads.add(Thread.currentThread());
			sizes.add(batch.size());
		}).call();
		assertThat(threads).containsOnly(Thread.currentThread());
		assertThat(sizes).doesNotContain(0);
		assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
	}
}
