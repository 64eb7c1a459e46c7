package hikkoshi.core.tests.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Phase;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.gate.Step;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
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
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.model.Target;
import hikkoshi.core.model.Wave;
import hikkoshi.core.overview.DomainState;
import hikkoshi.core.overview.NextStep;
import hikkoshi.core.overview.NextStep.Action;
import hikkoshi.core.overview.Overview;

/// What the overview makes of files and evidence: two domains in two waves, an old server and a new one with two addresses.
class OverviewTest {
	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
	private static final Duration HOUR = Duration.ofHours(1);
	private static final Server OLD = server("mx-old", Side.OLD, "192.0.2.1");
	private static final Server NEW = server("mx-new", Side.NEW, "192.0.2.2", "2001:db8::2");
	private static final Instant EARLY = Instant.parse("2026-03-10T00:00:00Z");

	private final Log log = new Log();

	private static Server server(String key, Side side, String... addresses) {
		return new Server(key, side, DomainName.parse(key + ".example"), List.of(addresses).stream().map(InetAddress::ofLiteral).toList(),
				List.of(new Endpoint(Protocol.IMAP, 993, Security.TLS), new Endpoint(Protocol.SMTP, 25, Security.STARTTLS)), List.of());
	}

	private static Domain domain(String name, String wave) {
		return new Domain(DomainName.parse(name), wave, "mx-old", "mx-new");
	}

	private static Mailbox mailbox(String address, String wave, int line) {
		EmailAddress parsed = EmailAddress.parse(address);
		return new Mailbox(parsed, parsed.localPart(), address, wave, "", line);
	}

	private static Migration migration(Recipient... recipients) {
		return new Migration("test", List.of(OLD, NEW), List.of(domain("example.org", "first"), domain("example.com", "late")),
				List.of(new Wave("late", null), new Wave("first", EARLY)),
				List.of(mailbox("ann@example.org", "first", 2), mailbox("bob@example.org", "first", 3), mailbox("cat@example.com", "late", 4)),
				List.of(recipients), DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
	}

	private static Checklist checklist() {
		return new Checklist(List.of(new Phase("p", "P", List.of(
				new Step("prove", "Prove all", "", "", List.of(new GateSpec.Accounts(Set.of(Side.values()), Set.of(Protocol.IMAP), HOUR.multipliedBy(24))), ""),
				new Step("cut", "Cut over", "", "", List.of(new GateSpec.DnsPointsTo(Side.NEW, HOUR)), "")))));
	}

	private Overview overview(Migration migration) {
		return Overview.of(migration, Optional.of(checklist()), log, NOW);
	}

	private void login(Account account, Outcome outcome, Duration ago) {
		Reason reason = outcome == Outcome.FAIL ? Reason.of("login.bad-credentials", "NO sorry") : Reason.of("login.ok", "imap", "TLSv1.3", "PLAIN");
		log.add(new Evidence("imap.login", account.id(), NOW.minus(ago), Duration.ZERO, outcome, reason, Facts.NONE));
	}

	private void proveAll(Migration migration, Duration ago) {
		migration.mailboxes().forEach(mailbox -> {
			for (Side side : Side.values()) {
				migration.accounts(mailbox, side).forEach(account -> login(account, Outcome.PASS, ago));
			}
		});
	}

	private void sign(String wave, String step) {
		log.add(new Evidence("person.sign-off", new StepTarget(step, wave).id(), NOW, Duration.ZERO, Outcome.PASS,
				Reason.of("person.signed-off", "Ann"), Facts.NONE));
	}

	private static DomainState of(Overview overview, String name) {
		return overview.domains().stream().filter(one -> one.domain().name().ascii().equals(name)).findFirst().orElseThrow();
	}

	@Test
	void countsAndWavesInTheOrderOfTheirDates() {
		Overview overview = overview(migration(recipient("info@example.org", Recipient.Kind.ALIAS), recipient("*@example.com", Recipient.Kind.CATCH_ALL)));
		assertThat(overview.servers()).isEqualTo(Map.of(Side.OLD, 1, Side.NEW, 1));
		assertThat(overview.mailboxes()).isEqualTo(3);
		assertThat(overview.recipients()).isEqualTo(Map.of(Recipient.Kind.ALIAS, 1, Recipient.Kind.CATCH_ALL, 1));
		assertThat(overview.waves().stream().map(wave -> wave.wave().key()).toList()).containsExactly("first", "late");
		assertThat(overview.waves().getFirst().mailboxes()).isEqualTo(2);
		assertThat(overview.tallies()).hasSize(2).allMatch(tally -> tally.count(Standing.NEVER) == 3 && tally.proven() == 0);
		assertThat(overview.lastProbe()).isEmpty();
		assertThat(overview.next()).isEqualTo(new NextStep(Reason.of(NextStep.PROBE, 3), new Action.ProbeLogins()));
	}

	@Test
	void aDomainIsTheWorstOfItsMailboxesWithReasonAndSinceWhen() {
		Migration migration = migration();
		proveAll(migration, HOUR);
		Account bob = migration.accounts(migration.mailboxes().get(1), Side.NEW).getLast();
		login(bob, Outcome.FAIL, Duration.ofMinutes(30));
		login(bob, Outcome.FAIL, Duration.ofMinutes(5));
		Overview overview = overview(migration);
		DomainState org = of(overview, "example.org");
		assertThat(org.state().standing()).isEqualTo(Standing.FAILED);
		assertThat(org.state().since()).isEqualTo(NOW.minus(Duration.ofMinutes(30)));
		assertThat(org.state().reason().id()).isEqualTo("gate.account-failed");
		assertThat(org.state().line()).isEqualTo(3);
		assertThat(org.mailboxes()).isEqualTo(Map.of(Standing.PROVEN, 1, Standing.FAILED, 1));
		assertThat(of(overview, "example.com").state().standing()).isEqualTo(Standing.PROVEN);
		assertThat(overview.waves().getFirst().state().standing()).isEqualTo(Standing.FAILED);
		assertThat(overview.worstDomain()).contains(org);
		assertThat(overview.tallies().getLast().count(Standing.FAILED)).as("new side, worst of both addresses").isEqualTo(1);
		assertThat(overview.tallies().getFirst().proven()).as("old side").isEqualTo(3);
		assertThat(overview.next().reason().id()).isEqualTo(NextStep.LOOK);
		assertThat(overview.next().reason().args()).startsWith("bob@example.org", "1", "gate.account-failed");
		assertThat(overview.next().action()).isEqualTo(new Action.Open("mailboxes.csv", 3));
	}

	@Test
	void aWholeIsProvenSinceItsLastPartIs() {
		Migration migration = migration();
		proveAll(migration, HOUR.multipliedBy(2));
		Account cat = migration.accounts(migration.mailboxes().get(2), Side.NEW).getFirst();
		login(cat, Outcome.FAIL, HOUR);
		login(cat, Outcome.PASS, Duration.ofMinutes(10));
		assertThat(of(overview(migration), "example.com").state().since()).isEqualTo(NOW.minus(Duration.ofMinutes(10)));
		assertThat(of(overview(migration), "example.org").state().since()).isEqualTo(NOW.minus(HOUR.multipliedBy(2)));
	}

	@Test
	void oldProofIsStaleSinceItBecameSo() {
		Migration migration = migration();
		proveAll(migration, HOUR.multipliedBy(30));
		Overview overview = overview(migration);
		assertThat(overview.standing()).isEqualTo(Standing.STALE);
		assertThat(of(overview, "example.org").state().since()).isEqualTo(NOW.minus(HOUR.multipliedBy(6)));
		assertThat(overview.next().reason().id()).isEqualTo(NextStep.STALE);
	}

	@Test
	void whatIsDoneMayGrowOldInPeace() {
		Migration migration = migration();
		proveAll(migration, HOUR.multipliedBy(30));
		for (String wave : List.of("first", "late")) {
			sign(wave, "prove");
			sign(wave, "cut");
		}
		Overview overview = overview(migration);
		assertThat(overview.standing()).isEqualTo(Standing.PROVEN);
		assertThat(overview.waves()).allMatch(wave -> wave.done());
		assertThat(overview.next()).isEqualTo(new NextStep(Reason.of(NextStep.NOTHING), new Action.Nothing()));
	}

	@Test
	void theChecklistSaysWhatIsNext() {
		Migration migration = migration();
		proveAll(migration, HOUR);
		assertThat(overview(migration).next()).isEqualTo(new NextStep(Reason.of(NextStep.STEP_READY, "Prove all", "first"), new Action.OpenStep("first", "prove")));
		assertThat(overview(migration).blocks()).isEmpty();
		sign("first", "prove");
		Overview overview = overview(migration);
		assertThat(overview.next().reason()).isEqualTo(Reason.of(NextStep.DNS, "Cut over", "first"));
		assertThat(overview.next().action()).isEqualTo(new Action.ProbeDns());
		assertThat(overview.blocks()).singleElement().matches(block -> block.wave().equals("first") && block.step().step().key().equals("cut"));
		sign("first", "cut");
		assertThat(overview(migration).next()).isEqualTo(new NextStep(Reason.of(NextStep.PLAN, "late"), new Action.PlanWaves()));
	}

	@Test
	void anAliasThatTheNewServerDoesNotKnowIsAFailure() {
		Recipient alias = recipient("info@example.org", Recipient.Kind.ALIAS);
		Migration migration = migration(alias);
		proveAll(migration, HOUR);
		assertThat(of(overview(migration), "example.org").state().standing()).as("never asked").isEqualTo(Standing.PROVEN);
		Presence presence = migration.presences(alias.address(), Side.NEW).getFirst();
		said(presence, Outcome.FAIL, "presence.missing", Duration.ZERO);
		DomainState org = of(overview(migration), "example.org");
		assertThat(org.state().standing()).isEqualTo(Standing.FAILED);
		assertThat(org.state().reason().id()).isEqualTo("overview.missing");
		assertThat(org.recipients()).isEqualTo(1);
	}

	private void said(Presence presence, Outcome outcome, String reason, Duration ago) {
		log.add(new Evidence("smtp.recipient", presence.id(), NOW.minus(ago), Duration.ZERO, outcome, Reason.of(reason, "550"), Facts.NONE));
	}

	@Test
	void noSuchAddressAtOneDoorOutweighsLoginsAndTheOtherDoor() {
		Migration migration = migration();
		proveAll(migration, HOUR);
		List<Presence> doors = migration.presences(EmailAddress.parse("cat@example.com"), Side.NEW);
		assertThat(doors).hasSize(2);
		said(doors.getFirst(), Outcome.FAIL, "presence.missing", HOUR.multipliedBy(48));
		said(doors.getLast(), Outcome.PASS, "presence.receives", HOUR);
		DomainState com = of(overview(migration), "example.com");
		assertThat(com.state().standing()).isEqualTo(Standing.FAILED);
		assertThat(com.state().reason().args()).contains("cat@example.com", "presence.missing");
		assertThat(com.state().since()).isEqualTo(NOW.minus(HOUR.multipliedBy(48)));
	}

	@ParameterizedTest
	@EnumSource(Outcome.class)
	void whatTheServerSaysOfTheAskerIsNotSaidOfTheAddress(Outcome outcome) {
		Recipient alias = recipient("info@example.org", Recipient.Kind.ALIAS);
		Migration migration = migration(alias);
		proveAll(migration, HOUR);
		for (Presence presence : migration.presences(alias.address(), Side.NEW)) {
			said(presence, outcome, "presence.policy", HOUR);
		}
		assertThat(of(overview(migration), "example.org").state().standing()).isEqualTo(Standing.PROVEN);
	}

	@Test
	void anAddressThatTakesNoMailIsMissing() {
		Recipient alias = recipient("info@example.org", Recipient.Kind.ALIAS);
		Migration migration = migration(alias);
		proveAll(migration, HOUR);
		said(migration.presences(alias.address(), Side.NEW).getLast(), Outcome.FAIL, "presence.disabled", HOUR);
		assertThat(of(overview(migration), "example.org").state().reason().args()).contains("info@example.org", "presence.disabled");
	}

	@Test
	void nothingListedIsNothingProven() {
		Migration empty = new Migration("test", List.of(OLD, NEW), List.of(domain("example.org", "main")), List.of(new Wave("main", null)), List.of(),
				DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
		Overview overview = overview(empty);
		assertThat(overview.standing()).isEqualTo(Standing.NEVER);
		assertThat(overview.next().reason().id()).isEqualTo(NextStep.LIST);
		assertThat(of(overview, "example.org").state().reason()).isEqualTo(Reason.of("overview.empty", "example.org"));
	}

	@ParameterizedTest
	@EnumSource(Outcome.class)
	void aStandingIsWhatTheGatesWouldSay(Outcome outcome) {
		Evidence evidence = new Evidence("imap.login", new Target.Id("x"), NOW, Duration.ZERO, outcome, Reason.of("r"), Facts.NONE);
		Sighting fresh = new Sighting(1, evidence, NOW, NOW, 1);
		Sighting old = new Sighting(1, evidence, NOW.minus(HOUR.multipliedBy(2)), NOW.minus(HOUR.multipliedBy(2)), 1);
		Sighting future = new Sighting(1, evidence, NOW.plus(HOUR), NOW.plus(HOUR), 1);
		boolean passed = outcome == Outcome.PASS || outcome == Outcome.WARN;
		assertThat(Standing.of(fresh, HOUR, NOW).isProven()).isEqualTo(passed);
		assertThat(Standing.of(old, HOUR, NOW) == Standing.STALE).isEqualTo(passed);
		assertThat(Standing.of(future, HOUR, NOW).isProven()).isFalse();
		assertThat(Standing.of(null, HOUR, NOW)).isEqualTo(Standing.NEVER);
	}

	@Test
	void fiftyThousandMailboxesAreOnePass() {
		List<Domain> domains = new ArrayList<>();
		List<Mailbox> mailboxes = new ArrayList<>();
		for (int d = 0; d < 100; d++) {
			domains.add(domain("d" + d + ".example", "first"));
			for (int m = 0; m < 500; m++) {
				mailboxes.add(mailbox("m" + m + "@d" + d + ".example", "first", mailboxes.size() + 2));
			}
		}
		Migration migration = new Migration("big", List.of(OLD, NEW), domains, List.of(new Wave("first", EARLY)), mailboxes, DnsSettings.DEFAULT,
				List.of(), Policy.DEFAULT);
		proveAll(migration, HOUR);
		int reads = log.reads;
		Overview overview = overview(migration);
		assertThat(log.reads - reads).as("the log is read once").isEqualTo(1);
		assertThat(overview.tallies()).allMatch(tally -> tally.proven() == 50_000);
		assertThat(overview.domains()).allMatch(one -> one.count() == 500 && one.state().standing() == Standing.PROVEN);
	}

	private static Recipient recipient(String address, Recipient.Kind kind) {
		EmailAddress parsed = EmailAddress.parse(address);
		return new Recipient(parsed, kind, List.of(), parsed.domain().ascii().equals("example.org") ? "first" : "late", "", 9);
	}

	/// A log in memory: the newest word, and since when.
	private static final class Log implements EvidenceView {
		private final Map<String, Sighting> latest = new LinkedHashMap<>();
		private int reads;

		void add(Evidence evidence) {
			latest.merge(evidence.probe() + " " + evidence.target(), new Sighting(latest.size() + 1, evidence, evidence.at(), evidence.at(), 1),
					(old, now) -> old.evidence().outcome() == now.evidence().outcome()
							? new Sighting(old.row(), old.evidence(), old.firstSeen(), now.lastSeen(), old.count() + 1) : now);
		}

		@Override
		public Optional<Sighting> latest(String probe, Target.Id target) {
			throw new AssertionError("one question for each account is too slow");
		}

		@Override
		public List<Sighting> latest() {
			reads++;
			return List.copyOf(latest.values());
		}

		@Override
		public List<Sighting> history(String probe, Target.Id target, int limit) {
			return List.of();
		}

		@Override
		public long lastRow() {
			return latest.size();
		}

		@Override
		public List<Sighting> since(long row, int limit) {
			return List.of();
		}
	}
}
