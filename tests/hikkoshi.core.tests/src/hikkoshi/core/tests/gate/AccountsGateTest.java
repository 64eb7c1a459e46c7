package hikkoshi.core.tests.gate;

import static hikkoshi.core.tests.gate.World.DAY;
import static hikkoshi.core.tests.gate.World.NOW;
import static hikkoshi.core.tests.gate.World.about;
import static hikkoshi.core.tests.gate.World.accounts;
import static hikkoshi.core.tests.gate.World.blockers;
import static hikkoshi.core.tests.gate.World.judge;
import static hikkoshi.core.tests.gate.World.login;
import static hikkoshi.core.tests.gate.World.mailbox;
import static hikkoshi.core.tests.gate.World.migration;
import static hikkoshi.core.tests.gate.World.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Opening;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

class AccountsGateTest {
	private static final Set<Protocol> LOGINS = EnumSet.of(Protocol.IMAP, Protocol.POP3, Protocol.SUBMISSION);
	private static final GateSpec BOTH = new GateSpec.Accounts(EnumSet.allOf(Side.class), LOGINS, DAY);

	private final MemoryEvidence evidence = new MemoryEvidence();
	private final Migration migration = migration();
	private final List<Account> accounts = accounts(migration);

	@BeforeEach
	void thereAreTwoMailboxesOnThreeAddressesWithThreeProtocols() {
		assertThat(accounts).hasSize(2 * 3 * 3);
	}

	private void prove(Outcome outcome, Duration ago, int... except) {
		for (int i = 0; i < accounts.size(); i++) {
			int index = i;
			if (Arrays.stream(except).noneMatch(e -> e == index)) {
				evidence.add(login(accounts.get(i), outcome, ago));
			}
		}
	}

	@Test
	void allProvenOpensAndNamesItsProof() {
		prove(Outcome.PASS, Duration.ofHours(1));
		assertThat(judge(BOTH, migration, evidence)).isInstanceOfSatisfying(Opening.Open.class,
				open -> assertThat(open.proof()).hasSize(accounts.size()));
	}

	@Test
	void aWarningIsProof() {
		prove(Outcome.WARN, Duration.ofHours(1));
		assertThat(judge(BOTH, migration, evidence)).isInstanceOf(Opening.Open.class);
	}

	/// A master that was let in says nothing of a mailbox's own password, and a password nothing of a token.
	@ParameterizedTest
	@MethodSource("waysToLogIn")
	void proofOfOneWayToLogInIsNoneOfAnother(Authentication way) {
		Migration other = with(way);
		accounts(other).forEach(account -> evidence.add(login(account, Outcome.PASS, Duration.ofHours(1))));
		assertThat(judge(BOTH, other, evidence)).isInstanceOf(Opening.Open.class);
		waysToLogIn().filter(third -> !third.equals(way)).forEach(third -> assertThat(blockers(judge(BOTH, with(third), evidence))).as("%s", third)
				.allSatisfy(blocker -> assertThat(blocker.reason().id()).isEqualTo(GateReasons.ACCOUNTS_NEVER)).hasSize(4));
	}

	static Stream<Authentication> waysToLogIn() {
		return Stream.of(Authentication.PASSWORD, new OAuth(null), new MasterUser("admin", new MasterUser.Form.Separator("*")),
				new MasterUser("admin", new MasterUser.Form.AuthorizationId()), new MasterUser("root/admin", new MasterUser.Form.AuthorizationId()));
	}

	/// A token is a token, wherever it came from.
	@Test
	void aProgramsTokenProvesWhatARefreshedOneDoes() {
		accounts(with(new OAuth(null))).forEach(account -> evidence.add(login(account, Outcome.PASS, Duration.ofHours(1))));
		assertThat(judge(BOTH, with(new OAuth(new OAuth.Refresh(URI.create("https://l.example/t"), "c", ""))), evidence)).isInstanceOf(Opening.Open.class);
	}

	private Migration with(Authentication way) {
		List<Server> servers = migration.servers().stream()
				.map(server -> new Server(server.key(), server.side(), server.name(), server.addresses(), server.endpoints(), server.pins(), way)).toList();
		return migration(servers, migration.domains(), migration.mailboxes());
	}

	@Test
	void proofCountsToTheLastInstantOfItsAge() {
		prove(Outcome.PASS, DAY);
		assertThat(judge(BOTH, migration, evidence)).isInstanceOf(Opening.Open.class);
		assertThat(judge(BOTH, migration, evidence, NOW.plusNanos(1))).isInstanceOfSatisfying(Opening.Stale.class, stale -> {
			assertThat(about(stale)).hasSize(accounts.size());
			assertThat(stale.since()).isEqualTo(NOW);
			assertThat(reasons(stale)).containsExactly(GateReasons.ACCOUNTS_STALE);
		});
	}

	@Test
	void oneMissingProofNamesMailboxSideProtocolAndPlace() {
		prove(Outcome.PASS, Duration.ofHours(1), 5);
		Account account = accounts.get(5);
		assertThat(blockers(judge(BOTH, migration, evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.target()).isEqualTo(account.id());
			assertThat(blocker.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(blocker.since()).isNull();
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.ACCOUNT_NEVER);
			assertThat(blocker.reason().args()).containsExactly("ann@example.org", "new", "pop3", "192.0.2.2:110");
		});
	}

	@Test
	void anIpv6PlaceIsWrittenInBrackets() {
		prove(Outcome.PASS, Duration.ofHours(1), 4);
		assertThat(blockers(judge(BOTH, migration, evidence)).getFirst().reason().args()).last().isEqualTo("[2001:db8::2]:993");
	}

	@Test
	void failureCarriesTheProbesOwnReasonAndSinceWhen() {
		prove(Outcome.PASS, Duration.ofHours(5));
		evidence.add(login(accounts.getFirst(), Outcome.FAIL, Duration.ofHours(3)));
		evidence.add(login(accounts.getFirst(), Outcome.FAIL, Duration.ofHours(1)));
		assertThat(blockers(judge(BOTH, migration, evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.outcome()).isEqualTo(Outcome.FAIL);
			assertThat(blocker.since()).isEqualTo(NOW.minus(Duration.ofHours(3)));
			assertThat(blocker.reason().args()).containsExactly("ann@example.org", "old", "imap", "192.0.2.1:993", "2026-03-01T09:00:00Z",
					"login.bad-credentials", "NO [AUTHENTICATIONFAILED] sorry");
		});
	}

	@Test
	void oneReasonAtSeveralDoorsOfAnAccountIsSaidOnceAndNamesThem() {
		prove(Outcome.PASS, Duration.ofHours(5), 3, 4, 5);
		evidence.add(login(accounts.get(3), Outcome.FAIL, Duration.ofHours(2)));
		evidence.add(login(accounts.get(4), Outcome.FAIL, Duration.ofHours(3)));
		evidence.add(login(accounts.get(5), Outcome.UNKNOWN, Duration.ofHours(1)));
		List<Blocker> by = blockers(judge(BOTH, migration, evidence));
		assertThat(by).extracting(blocker -> blocker.reason().id()).containsExactly(GateReasons.ACCOUNTS_FAILED, GateReasons.ACCOUNT_UNKNOWN);
		assertThat(by.getFirst().about()).containsExactly(new Blocker.About(accounts.get(3).id(), "imap.login"),
				new Blocker.About(accounts.get(4).id(), "imap.login"));
		assertThat(by.getFirst().since()).as("of the first that failed").isEqualTo(NOW.minus(Duration.ofHours(3)));
		assertThat(by.getFirst().reason().args()).containsExactly("ann@example.org", "new", "imap 192.0.2.2:993, imap [2001:db8::2]:993",
				"2026-03-01T09:00:00Z", "login.bad-credentials", "NO [AUTHENTICATIONFAILED] sorry");
	}

	@Test
	void couldNotFindOutIsNeitherProofNorFailure() {
		prove(Outcome.PASS, Duration.ofHours(5));
		evidence.add(login(accounts.getFirst(), Outcome.UNKNOWN, Duration.ofHours(1)));
		assertThat(blockers(judge(BOTH, migration, evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.ACCOUNT_UNKNOWN);
		});
	}

	@Test
	void worstFirstAndStaleOnlyWhenNothingFails() {
		prove(Outcome.PASS, Duration.ofDays(2), 7);
		evidence.add(login(accounts.get(9), Outcome.FAIL, Duration.ofHours(1)));
		Opening opening = judge(BOTH, migration, evidence);
		assertThat(opening).isInstanceOf(Opening.Blocked.class);
		assertThat(about(opening)).hasSize(accounts.size());
		assertThat(blockers(opening)).extracting(Blocker::outcome).startsWith(Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS);
		assertThat(reasons(opening)).containsExactly(GateReasons.ACCOUNT_FAILED, GateReasons.ACCOUNT_NEVER, GateReasons.ACCOUNTS_STALE);
	}

	@Test
	void aTimeInTheFutureIsNotBelieved() {
		prove(Outcome.PASS, Duration.ofHours(1), 0);
		evidence.add(login(accounts.getFirst(), Outcome.PASS, Duration.ofMinutes(-6)));
		assertThat(reasons(judge(BOTH, migration, evidence))).containsExactly(GateReasons.FUTURE);
	}

	@Test
	void clocksMayDifferALittle() {
		prove(Outcome.PASS, Duration.ofMinutes(-4));
		assertThat(judge(BOTH, migration, evidence)).isInstanceOf(Opening.Open.class);
	}

	@Test
	void onlyTheSidesAndProtocolsAskedForCount() {
		for (Account account : accounts) {
			if (account.server().side() == Side.NEW && account.endpoint().protocol() == Protocol.IMAP) {
				evidence.add(login(account, Outcome.PASS, Duration.ofHours(1)));
			}
		}
		assertThat(judge(new GateSpec.Accounts(Set.of(Side.NEW), Set.of(Protocol.IMAP), DAY), migration, evidence)).isInstanceOf(Opening.Open.class);
		assertThat(judge(new GateSpec.Accounts(Set.of(Side.NEW), LOGINS, DAY), migration, evidence)).isInstanceOf(Opening.Blocked.class);
		assertThat(judge(new GateSpec.Accounts(Set.of(Side.OLD, Side.NEW), Set.of(Protocol.IMAP), DAY), migration, evidence))
				.isInstanceOf(Opening.Blocked.class);
	}

	@Test
	void lookingAtNothingProvesNothing() {
		Migration empty = migration(List.of(World.OLD, World.NEW), List.of(World.MOVED), List.of());
		assertThat(reasons(judge(BOTH, empty, evidence))).containsExactly(GateReasons.NO_MAILBOXES);
	}

	@Test
	void askingForNothingProvesNothing() {
		prove(Outcome.PASS, Duration.ofHours(1));
		assertThat(reasons(judge(new GateSpec.Accounts(Set.of(), LOGINS, DAY), migration, evidence))).containsExactly(GateReasons.NOTHING_ASKED);
		assertThat(reasons(judge(new GateSpec.Accounts(Set.of(Side.NEW), Set.of(), DAY), migration, evidence))).containsExactly(GateReasons.NOTHING_ASKED);
	}

	@Test
	void aServerWithoutAWantedProtocolBlocksOnce() {
		Migration gap = migration(List.of(World.OLD, World.server("mx-new", Side.NEW, List.of("192.0.2.2"),
				new Endpoint(Protocol.IMAP, 993, Security.TLS), new Endpoint(Protocol.SUBMISSION, 465, Security.TLS))), List.of(World.MOVED),
				List.of(mailbox("ann", World.WAVE), mailbox("bob", World.WAVE)));
		accounts(gap).forEach(account -> evidence.add(login(account, Outcome.PASS, Duration.ofHours(1))));
		assertThat(blockers(judge(BOTH, gap, evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.NO_ENDPOINT);
			assertThat(blocker.reason().args()).containsExactly("mx-new", "new", "pop3");
		});
	}

	@Test
	void aServerWithoutAddressesOrADomainWithoutServerBlocks() {
		Migration nowhere = migration(List.of(World.OLD, World.server("mx-new", Side.NEW, List.of())), List.of(World.MOVED),
				List.of(mailbox("ann", World.WAVE)));
		accounts(nowhere).forEach(account -> evidence.add(login(account, Outcome.PASS, Duration.ofHours(1))));
		assertThat(reasons(judge(BOTH, nowhere, evidence))).containsExactly(GateReasons.NO_ADDRESS);
		Migration noServer = migration(List.of(World.OLD), List.of(World.MOVED), List.of(mailbox("ann", World.WAVE)));
		assertThat(reasons(judge(BOTH, noServer, evidence))).containsExactly(GateReasons.NO_SERVER);
	}

	@Test
	void aMailboxMovesWithItsDomainWhateverWaveItNames() {
		prove(Outcome.PASS, Duration.ofHours(1));
		Migration late = migration(List.of(World.OLD, World.NEW), List.of(World.MOVED),
				List.of(mailbox("ann", World.WAVE), mailbox("bob", World.WAVE), mailbox("cid", "later")));
		assertThat(about(judge(BOTH, late, evidence))).hasSize(9);
		assertThat(blockers(judge(BOTH, late, evidence))).hasSize(2).allSatisfy(
				blocker -> assertThat(blocker.reason().args().getFirst()).isEqualTo("cid@example.org"));
	}

	/// Whatever the evidence is: the gate is open exactly when every account has fresh proof.
	@RepeatedTest(300)
	void neverOpensWhileAnyAccountLacksFreshProof(RepetitionInfo info) {
		Random random = new Random(info.getCurrentRepetition());
		List<Account> shut = new ArrayList<>();
		int bad = 0;
		double trouble = random.nextInt(4) * 0.05;
		for (Account account : accounts) {
			Outcome last = null;
			Duration age = Duration.ofHours(40);
			for (int n = random.nextDouble() < trouble ? 0 : 1 + random.nextInt(4); n > 0; n--) {
				last = random.nextDouble() < trouble ? Outcome.values()[random.nextInt(4)] : Outcome.PASS;
				age = random.nextDouble() < trouble ? age : Duration.ofHours(random.nextInt(24) + 1).minusMinutes(1);
				evidence.add(login(account, last, age));
			}
			boolean proven = last == Outcome.PASS || last == Outcome.WARN;
			if (!proven || age.compareTo(DAY) > 0) {
				shut.add(account);
				bad += proven ? 0 : 1;
			}
		}
		Opening opening = judge(BOTH, migration, evidence);
		if (shut.isEmpty()) {
			assertThat(opening).isInstanceOf(Opening.Open.class);
		} else {
			assertThat(opening).isInstanceOf(bad > 0 ? Opening.Blocked.class : Opening.Stale.class);
			assertThat(about(opening)).containsExactlyInAnyOrderElementsOf(shut.stream().map(Account::id).toList());
		}
	}
}
