package hikkoshi.core.tests.gate;

import static hikkoshi.core.tests.gate.World.DAY;
import static hikkoshi.core.tests.gate.World.DOMAIN;
import static hikkoshi.core.tests.gate.World.NOW;
import static hikkoshi.core.tests.gate.World.WAVE;
import static hikkoshi.core.tests.gate.World.about;
import static hikkoshi.core.tests.gate.World.blockers;
import static hikkoshi.core.tests.gate.World.judge;
import static hikkoshi.core.tests.gate.World.login;
import static hikkoshi.core.tests.gate.World.mailbox;
import static hikkoshi.core.tests.gate.World.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.ForgottenAddresses;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Opening;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.probe.Existence;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.core.probe.Proof;

/// Every address of the wave exists on the new side; [Existence] says what proves it.
class RecipientsGateTest {
	private static final GateSpec ON_NEW = new GateSpec.Recipients(Set.of(Side.NEW), DAY);
	private static final GateSpec ON_BOTH = new GateSpec.Recipients(Set.of(Side.OLD, Side.NEW), DAY);
	private static final EmailAddress ANN = new EmailAddress("ann", DOMAIN);
	private static final EmailAddress INFO = new EmailAddress("info", DOMAIN);
	private static final EmailAddress ANY = new EmailAddress(Recipient.ANY, DOMAIN);

	private final MemoryEvidence evidence = new MemoryEvidence();
	private final Migration migration = migration(World.OLD, World.NEW);

	private static Migration migration(Server... servers) {
		return new Migration("test", List.of(servers), List.of(World.MOVED), List.of(new Wave(WAVE, null)), List.of(mailbox("ann", WAVE)),
				List.of(new Recipient(INFO, Recipient.Kind.ALIAS, List.of(ANN), WAVE, "", 3),
						new Recipient(ANY, Recipient.Kind.CATCH_ALL, List.of(ANN), WAVE, "", 4)),
				DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
	}

	private Presence presence(EmailAddress address, Side side) {
		return migration.presences(address, side).getFirst();
	}

	private static Evidence said(Presence presence, Outcome outcome, String reason, Duration ago, Object... args) {
		return new Evidence(PresenceReasons.PROBE, presence.id(), NOW.minus(ago), Duration.ofSeconds(1), outcome, Reason.of(reason, args), Facts.NONE);
	}

	private void receives(EmailAddress address, Side side, Duration ago) {
		evidence.add(said(presence(address, side), Outcome.PASS, PresenceReasons.RECEIVES, ago, "250 2.1.5 Ok"));
	}

	private void allExistOnNew(Duration ago) {
		for (EmailAddress address : migration.addresses()) {
			receives(address, Side.NEW, ago);
		}
	}

	private Account imap(Side side) {
		return migration.accounts(migration.mailboxes().getFirst(), side).getFirst();
	}

	private Proof proof(EmailAddress address, Side side) {
		return entry(address).on(side);
	}

	private Existence.Entry entry(EmailAddress address) {
		return Existence.of(migration, evidence, DAY, NOW, address::equals).getFirst();
	}

	@Test
	void opensWhenEveryAddressIsTakenAtOneDoor() {
		allExistOnNew(Duration.ofHours(1));
		assertThat(judge(ON_NEW, migration, evidence)).isInstanceOfSatisfying(Opening.Open.class, open -> assertThat(open.proof()).hasSize(3));
		assertThat(judge(ON_BOTH, migration, evidence)).isInstanceOf(Opening.Blocked.class);
	}

	@Test
	void aLoginProvesAMailboxAndNoAlias() {
		evidence.add(login(imap(Side.NEW), Outcome.WARN, Duration.ofHours(1)));
		receives(INFO, Side.NEW, Duration.ofHours(1));
		assertThat(judge(ON_NEW, migration, evidence)).isInstanceOf(Opening.Blocked.class);
		receives(ANY, Side.NEW, Duration.ofHours(1));
		assertThat(judge(ON_NEW, migration, evidence)).isInstanceOf(Opening.Open.class);
		assertThat(proof(ANN, Side.NEW)).isInstanceOfSatisfying(Proof.Exists.class, exists -> assertThat(exists.byLogin()).isTrue());
	}

	@Test
	void aLoginThatFailedProvesNothing() {
		allExistOnNew(Duration.ofDays(2));
		evidence.add(login(imap(Side.NEW), Outcome.FAIL, Duration.ofHours(1)));
		assertThat(proof(ANN, Side.NEW)).isInstanceOf(Proof.Stale.class);
	}

	@Test
	void aMissingAddressBlocksInTheServersWords() {
		allExistOnNew(Duration.ofHours(9));
		evidence.add(said(presence(INFO, Side.NEW), Outcome.FAIL, PresenceReasons.MISSING, Duration.ofHours(3), "550 5.1.1 User unknown"));
		evidence.add(said(presence(INFO, Side.NEW), Outcome.FAIL, PresenceReasons.MISSING, Duration.ofHours(1), "550 5.1.1 User unknown"));
		assertThat(blockers(judge(ON_NEW, migration, evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.outcome()).isEqualTo(Outcome.FAIL);
			assertThat(blocker.target()).isEqualTo(presence(INFO, Side.NEW).id());
			assertThat(blocker.probe()).isEqualTo("smtp.recipient");
			assertThat(blocker.since()).isEqualTo(NOW.minus(Duration.ofHours(3)));
			assertThat(blocker.reason()).isEqualTo(Reason.of(GateReasons.RECIPIENT_MISSING, "info@example.org", "new", "2026-03-01T09:00:00Z",
					"presence.missing", "550 5.1.1 User unknown"));
		});
	}

	/// Who may log in and receives nothing loses mail; and a refusal does not lapse with age.
	@ParameterizedTest
	@CsvSource({"presence.missing", "presence.not-local", "presence.no-catch-all", "presence.no-smtputf8"})
	void aRefusalOutweighsLoginsAndOtherDoorsAndDoesNotAge(String reason) {
		allExistOnNew(Duration.ofHours(1));
		evidence.add(login(imap(Side.NEW), Outcome.PASS, Duration.ofHours(1)));
		Presence other = migration.presences(ANN, Side.NEW).getLast();
		assertThat(other).isNotEqualTo(presence(ANN, Side.NEW));
		evidence.add(said(other, Outcome.FAIL, reason, Duration.ofDays(9), "550 no"));
		assertThat(reasons(judge(ON_NEW, migration, evidence))).containsExactly(GateReasons.RECIPIENT_MISSING);
		evidence.add(said(other, Outcome.PASS, PresenceReasons.RECEIVES, Duration.ofMinutes(1), "250 ok"));
		assertThat(judge(ON_NEW, migration, evidence)).as("until it is asked again").isInstanceOf(Opening.Open.class);
	}

	@Test
	void aDisabledMailboxBlocksAndAFullOneExists() {
		allExistOnNew(Duration.ofHours(1));
		evidence.add(said(presence(INFO, Side.NEW), Outcome.WARN, PresenceReasons.FULL, Duration.ofMinutes(5), "452 4.2.2 full"));
		assertThat(judge(ON_NEW, migration, evidence)).isInstanceOf(Opening.Open.class);
		evidence.add(said(presence(INFO, Side.NEW), Outcome.FAIL, PresenceReasons.DISABLED, Duration.ofMinutes(1), "550 5.2.1 disabled"));
		assertThat(reasons(judge(ON_NEW, migration, evidence))).containsExactly(GateReasons.RECIPIENT_DISABLED);
	}

	@ParameterizedTest
	@CsvSource({"presence.accepts-all", "presence.greylisted", "presence.cannot-verify", "presence.policy", "presence.null-sender", "connect.timeout",
			"a.reason.of.tomorrow"})
	void whatTellsNothingIsNoProofAndNoFailure(String reason) {
		allExistOnNew(Duration.ofDays(2));
		evidence.add(said(presence(INFO, Side.NEW), Outcome.UNKNOWN, reason, Duration.ofHours(1), "words"));
		receives(ANN, Side.NEW, Duration.ofHours(1));
		receives(ANY, Side.NEW, Duration.ofHours(1));
		assertThat(blockers(judge(ON_NEW, migration, evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.outcome()).isEqualTo(Outcome.UNKNOWN);
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.RECIPIENT_UNKNOWN);
			assertThat(blocker.reason().args()).contains(reason);
		});
	}

	@Test
	void proofCountsToTheLastInstantOfItsAgeAndNotBeforeItsTime() {
		allExistOnNew(DAY);
		assertThat(judge(ON_NEW, migration, evidence)).isInstanceOf(Opening.Open.class);
		assertThat(judge(ON_NEW, migration, evidence, NOW.plusNanos(1))).isInstanceOfSatisfying(Opening.Stale.class, stale -> {
			assertThat(reasons(stale)).containsExactly(GateReasons.RECIPIENT_STALE);
			assertThat(about(stale)).hasSize(3);
			assertThat(stale.since()).isEqualTo(NOW);
		});
		receives(ANN, Side.NEW, Duration.ofMinutes(-6));
		assertThat(reasons(judge(ON_NEW, migration, evidence))).containsExactly(GateReasons.FUTURE);
	}

	@Test
	void whatWasNeverAskedBlocks() {
		assertThat(blockers(judge(ON_NEW, migration, evidence))).hasSize(3).allSatisfy(blocker -> {
			assertThat(blocker.reason().id()).isEqualTo(GateReasons.RECIPIENT_NEVER);
			assertThat(blocker.since()).isNull();
		});
	}

	@Test
	void aServerWithoutAnSmtpEndpointBlocksOnceAndSaysForHowMany() {
		Server closed = World.server("mx-new", Side.NEW, List.of("192.0.2.2"), new Endpoint(Protocol.IMAP, 993, Security.TLS));
		Migration noDoor = migration(World.OLD, closed);
		assertThat(blockers(judge(ON_NEW, noDoor, evidence))).singleElement().satisfies(blocker -> {
			assertThat(blocker.target()).isEqualTo(closed.id());
			assertThat(blocker.reason()).isEqualTo(Reason.of(GateReasons.RECIPIENT_NO_DOOR, "mx-new", "new", "ann@example.org", 3));
		});
		Mailbox ann = noDoor.mailboxes().getFirst();
		evidence.add(login(noDoor.accounts(ann, Side.NEW).getFirst(), Outcome.PASS, Duration.ofHours(1)));
		assertThat(blockers(judge(ON_NEW, noDoor, evidence)).getFirst().reason().args()).containsExactly("mx-new", "new", "info@example.org", "2");
	}

	@Test
	void aDomainWithoutServerBlocks() {
		assertThat(reasons(judge(ON_NEW, migration(World.OLD), evidence))).containsExactly(GateReasons.RECIPIENT_NO_SERVER);
	}

	@Test
	void lookingAtNothingProvesNothing() {
		Migration empty = World.migration(List.of(World.OLD, World.NEW), List.of(World.MOVED), List.of());
		assertThat(reasons(judge(ON_NEW, empty, evidence))).containsExactly(GateReasons.NO_RECIPIENTS);
		allExistOnNew(Duration.ofHours(1));
		assertThat(reasons(judge(new GateSpec.Recipients(Set.of(), DAY), migration, evidence))).containsExactly(GateReasons.NO_SIDE);
	}

	/// The one that loses mail: alive on OLD, gone on NEW.
	@Test
	void forgottenIsAliveOnOldAndMissingOnNew() {
		assertThat(entry(INFO).isForgotten()).isFalse();
		evidence.add(said(presence(INFO, Side.NEW), Outcome.FAIL, PresenceReasons.MISSING, Duration.ofHours(1), "550"));
		assertThat(entry(INFO).isForgotten()).as("not known on OLD").isFalse();
		assertThat(ForgottenAddresses.faults(migration, evidence, NOW)).isEmpty();
		receives(INFO, Side.OLD, Duration.ofDays(30));
		assertThat(entry(INFO).isForgotten()).as("was alive when last looked at").isTrue();
		assertThat(ForgottenAddresses.faults(migration, evidence, NOW)).containsExactly(new Fault("mailboxes.csv", 3, 1, Fault.Severity.ERROR,
				Reason.of(PresenceReasons.FORGOTTEN, "info@example.org", PresenceReasons.MISSING, "550")));
		evidence.add(said(presence(INFO, Side.OLD), Outcome.FAIL, PresenceReasons.MISSING, Duration.ofHours(1), "550"));
		assertThat(entry(INFO).isForgotten()).as("dead on both sides").isFalse();
		assertThat(entry(INFO).kind()).isEqualTo(Recipient.Kind.ALIAS);
		assertThat(entry(INFO).line()).isEqualTo(3);
	}

	@Test
	void statesAreTheShortForm() {
		assertThat(proof(ANN, Side.NEW).state()).isEqualTo(Proof.State.UNKNOWN);
		assertThat(proof(ANN, Side.NEW).target()).hasValue(presence(ANN, Side.NEW).id());
		receives(ANN, Side.NEW, Duration.ofHours(1));
		assertThat(proof(ANN, Side.NEW).state()).isEqualTo(Proof.State.EXISTS);
		assertThat(proof(ANN, Side.NEW).evidence()).hasValueSatisfying(word -> assertThat(word.lastSeen()).isEqualTo(Instant.parse("2026-03-01T11:00:00Z")));
	}
}
