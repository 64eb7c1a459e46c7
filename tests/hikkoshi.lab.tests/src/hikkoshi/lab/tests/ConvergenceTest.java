package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.LedgerReasons;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.model.WatchSettings;
import hikkoshi.core.model.Wave;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.dns.DnsProbes;
import hikkoshi.dns.Lookup;
import hikkoshi.store.SqliteEvidenceStore;
import hikkoshi.testkit.Wait;

/// A cutover at two real servers, one after the other, with six real caches that were filled at different times: the ledger's deadline against what
/// the caches said. A TTL was lowered shortly before, and one of the records did not exist.
@ExtendWith(WithLab.class)
class ConvergenceTest {
	private static final RecordSet.Key MX = new RecordSet.Key("conv.test.", "MX");
	private static final RecordSet.Key DMARC = new RecordSet.Key("_dmarc.conv.test.", "TXT");
	private static final int BEFORE = 15;
	private static final int LOWERED = 3;
	/// Caches count whole seconds.
	private static final Duration GRANULARITY = Duration.ofSeconds(1);

	private final Lab lab;
	private final List<CacheObserver> honest = new ArrayList<>();
	private final List<Deadlines> predicted = new ArrayList<>();

	/// What the ledger said at one moment.
	private record Deadlines(Optional<Instant> mx, Optional<Instant> dmarc, Ledger ledger) {}

	@TempDir
	Path folder;

	ConvergenceTest(Lab lab) throws Exception {
		this.lab = lab.with("converge");
	}

	private NameServer cache(String name) {
		return new NameServer(name, lab.address("converge." + name), lab.port("converge.port"));
	}

	private Server server(Side side) {
		return new Server(side.token(), side, DomainName.parse("mail-" + side.token() + ".conv.test"), List.of(lab.address(side.token() + ".address")),
				List.of(new Endpoint(Protocol.IMAP, 993, Security.TLS)), List.of());
	}

	private Migration migration() {
		WatchSettings watch = new WatchSettings(false, List.of(new WatchSettings.Name("@", List.of("MX", "NS")), new WatchSettings.Name("_dmarc", List.of("TXT"))),
				Duration.ofSeconds(MovingZone.NEGATIVE));
		List<NameServer> caches = List.of(cache("bind"), cache("early"), cache("late"), cache("busy"), cache("stretch"), cache("clamp"));
		DnsSettings dns = new DnsSettings(caches, List.of(new NameServer("root", lab.address("converge.a"), NameServer.DNS_PORT)), NameServer.DNS_PORT, List.of(), List.of(), watch);
		return new Migration("converge", List.of(server(Side.OLD), server(Side.NEW)), List.of(Lab.domain("conv.test")), List.of(new Wave("first", null)), List.of(),
				List.of(), dns, List.of(), Probing.PATIENT);
	}

	private CacheObserver observe(String cache, RecordSet.Key key, Lookup lookup) throws Exception {
		String name = key.name().substring(0, key.name().length() - 1);
		return new CacheObserver(cache, cache(cache), name, key.type(), key.equals(MX) ? "mail-new" : "DMARC1", lookup);
	}

	/// One look as the product makes it, and what follows from all that have been made.
	private Deadlines look(Migration migration, EvidenceLog log) throws Exception {
		Domain domain = migration.domains().getFirst();
		try (RunMemo memo = new RunMemo()) {
			ProbeContext context = new ProbeContext(Clock.systemUTC(), Secrets.none(), migration.policy(), migration.dns(), List.of(), memo, migration.servers());
			List<ProbeTask<?>> tasks = new ArrayList<>();
			for (Probe<?> probe : new DnsProbes().probes()) {
				if (probe.id().equals("dns.watch")) {
					add(probe, domain, tasks);
				}
			}
			assertThat(tasks).hasSize(1);
			new ProbeRun(tasks, context, log::appendAll).call();
		}
		Ledger ledger = Ledger.of(domain, migration, log, null, Instant.now());
		Deadlines said = new Deadlines(at(ledger, MX), at(ledger, DMARC), ledger);
		predicted.add(said);
		return said;
	}

	private static <T extends Target> void add(Probe<T> probe, Domain domain, List<ProbeTask<?>> tasks) {
		tasks.add(new ProbeTask<>(probe, probe.target().cast(domain)));
	}

	private static Optional<Instant> at(Ledger ledger, RecordSet.Key key) {
		return ledger.entry(key).filter(entry -> entry.deadline() instanceof Deadline.Known).map(entry -> ((Deadline.Known) entry.deadline()).at());
	}

	@Test
	@Timeout(180)
	void noHonestCacheGivesTheOldAnswerAfterTheDeadline() throws Exception {
		Migration migration = migration();
		List<CacheObserver> all = new ArrayList<>();
		try (Lookup lookup = new Lookup(); EvidenceLog log = new SqliteEvidenceStore().open(folder)) {
			MovingZone zone = new MovingZone(lab, lookup);
			zone.serve("a", BEFORE, "mail-old", false);
			zone.serve("b", BEFORE, "mail-old", false);
			List<CacheObserver> dishonest = new ArrayList<>();
			for (String each : List.of("busy", "clamp")) {
				honest.add(observe(each, MX, lookup));
				honest.add(observe(each, DMARC, lookup));
			}
			honest.add(observe("bind", DMARC, lookup));
			dishonest.add(observe("stretch", MX, lookup));
			all.addAll(honest);
			all.addAll(dishonest);
			look(migration, log);
			// filled just before the TTL is lowered: the longest of all that keep to the rules
			Instant filledEarly = Instant.now();
			List<CacheObserver> early = List.of(observe("early", MX, lookup), observe("bind", MX, lookup));
			honest.addAll(early);
			all.addAll(early);
			zone.serve("a", LOWERED, "mail-old", false);
			zone.serve("b", LOWERED, "mail-old", false);
			look(migration, log);
			Instant seenLowered = Instant.now();
			// the cutover
			zone.serve("a", LOWERED, "mail-new", true);
			for (int i = 0; i < 3; i++) {
				Deadlines torn = look(migration, log);
				assertThat(torn.mx()).as("one server still gives the old answer").isEmpty();
				assertThat(torn.dmarc()).isEmpty();
			}
			// filled just before the second server switches, from that server
			Instant filledLate = Instant.now();
			CacheObserver late = observe("late", DMARC, lookup);
			honest.add(late);
			honest.add(observe("late", MX, lookup));
			all.addAll(honest.subList(honest.size() - 2, honest.size()));
			assertThat(late.saysNew()).isFalse();
			zone.serve("b", LOWERED, "mail-new", true);
			Deadlines last = look(migration, log);
			Instant seenNew = Instant.now();
			assertThat(last.mx()).as(last.ledger().deadline().toString()).isPresent();
			while (!last.ledger().deadline().hasPassed(Instant.now()) || !honest.stream().allMatch(CacheObserver::saysNew)) {
				last = look(migration, log);
			}
			Instant deadline = last.mx().orElseThrow();
			Wait.until("the cache that stretches to be asked once more", () -> dishonest.getFirst().lastOld().orElseThrow().isAfter(deadline));
			last = look(migration, log);

			neverEarly(MX);
			neverEarly(DMARC);
			for (CacheObserver each : early) {
				closeTo(MX, each, last.mx().orElseThrow(), Duration.between(filledEarly, seenLowered));
			}
			closeTo(DMARC, late, last.dmarc().orElseThrow(), Duration.between(filledLate, seenNew));
			Reason why = ((Deadline.Known) last.ledger().entry(MX).orElseThrow().deadline()).why();
			assertThat(why.id()).isEqualTo(LedgerReasons.SEEN);
			assertThat(((Deadline.Known) last.ledger().entry(DMARC).orElseThrow().deadline()).why().args()).contains(String.valueOf(MovingZone.NEGATIVE));
			assertThat(why.args()).as("the TTL from before it was lowered decides").contains(String.valueOf(BEFORE));
			// the one that does not keep to the rules is still wrong, and is named, and nobody else is
			assertThat(last.ledger().remarks().stream().map(Reason::id).distinct()).contains(LedgerReasons.STRETCHES, LedgerReasons.STALE);
			assertThat(last.ledger().remarks()).allSatisfy(remark -> assertThat(remark.args().getFirst())
					.contains(lab.get(remark.id().equals(LedgerReasons.CLAMPS) ? "converge.clamp" : "converge.stretch")));
		} finally {
			for (CacheObserver each : all) {
				each.close();
			}
		}
	}

	/// Whenever the ledger named a moment, nobody gave the old answer to a question sent after it.
	private void neverEarly(RecordSet.Key key) {
		for (Deadlines each : predicted) {
			Optional<Instant> deadline = key.equals(MX) ? each.mx() : each.dmarc();
			for (CacheObserver cache : honest) {
				if (deadline.isPresent() && cache.name().endsWith(key.type())) {
					assertThat(cache.lastOld().orElse(Instant.MIN)).as(cache.name() + " against a deadline of " + deadline.get()).isBefore(deadline.get());
				}
			}
		}
	}

	/// The cache that had the old answer last had it until just before the deadline.
	///
	/// @param unseen between the cache's question and the end of the look that saw the change: what the ledger cannot know
	private void closeTo(RecordSet.Key key, CacheObserver longest, Instant deadline, Duration unseen) {
		Instant lastOld = longest.lastOld().orElseThrow();
		Duration pace = Duration.ZERO;
		List<CacheObserver.Seen> seen = longest.seen();
		for (int i = 1; i < seen.size(); i++) {
			Duration gap = Duration.between(seen.get(i - 1).sent(), seen.get(i).sent());
			pace = Comparator.<Duration>naturalOrder().compare(gap, pace) > 0 ? gap : pace;
		}
		assertThat(Duration.between(lastOld, deadline)).as(key + ": " + longest.name() + " until " + lastOld + ", deadline " + deadline)
				.isLessThanOrEqualTo(unseen.plus(pace).plus(GRANULARITY).plus(GRANULARITY));
	}
}
