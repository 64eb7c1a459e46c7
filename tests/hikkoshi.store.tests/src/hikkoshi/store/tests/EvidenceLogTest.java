package hikkoshi.store.tests;

import static hikkoshi.store.tests.Samples.ANN;
import static hikkoshi.store.tests.Samples.BOB;
import static hikkoshi.store.tests.Samples.T0;
import static hikkoshi.store.tests.Samples.evidence;
import static hikkoshi.store.tests.Samples.fail;
import static hikkoshi.store.tests.Samples.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceException;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.model.Target;
import hikkoshi.store.Queries;
import hikkoshi.store.SqliteEvidenceStore;

class EvidenceLogTest {
	@TempDir
	Path project;

	private final EvidenceStore store = new SqliteEvidenceStore();
	private EvidenceLog log;

	@BeforeEach
	void open() throws IOException {
		log = store.open(project);
	}

	@AfterEach
	void close() throws IOException {
		log.close();
	}

	@Test
	void whoOnlyLooksLeavesNoTrace() throws IOException {
		assertThat(log.lastRow()).isZero();
		log.verify();
		log.appendAll(List.of());
		log.close();
		assertThat(project).isEmptyDirectory();
		assertThatThrownBy(() -> log.append(pass(ANN, 0))).isInstanceOf(EvidenceException.class);
		assertThat(project).isEmptyDirectory();
	}

	@Test
	void aLogThatAnotherHasBegunIsSeen() throws IOException {
		assertThat(log.latest()).isEmpty();
		try (EvidenceLog other = store.open(project)) {
			other.append(pass(ANN, 0));
			assertThat(log.latest("imap.login", ANN)).isPresent();
			log.append(pass(ANN, 1));
			assertThat(other.lastRow()).isEqualTo(2);
		}
		assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
	}

	@Test
	void anEmptyLogIsIntactAndSaysNothing() throws IOException {
		assertThat(log.lastRow()).isZero();
		assertThat(log.latest()).isEmpty();
		assertThat(log.latest("imap.login", ANN)).isEmpty();
		assertThat(log.history("imap.login", ANN, 10)).isEmpty();
		assertThat(log.since(0, 10)).isEmpty();
		assertThat(log.verify()).isEqualTo(new Verification.Intact(0, "0".repeat(64)));
	}

	@Test
	void evidenceComesBackAsItWasWritten() throws IOException {
		Facts tree = Facts.Tree.of("session", "", Facts.Tree.of("phase.connect", "ok", Facts.Tree.of("ms", 12)), Facts.Tree.of("tls", "TLSv1.3"));
		Facts table = new Facts.Table(List.of("server", "data"), List.of(List.of("ns1", "10 mx.example."), List.of("ns2", "")));
		Facts text = new Facts.Text("日本語 \"quoted\" \u0000\u0007\u001b[31m \ud83d\udce6\r\n\\ end");
		List<Evidence> all = List.of(evidence("a", ANN, 0, Outcome.PASS, Reason.of("x"), tree),
				evidence("b", ANN, 1, Outcome.WARN, Reason.of("x", "", "{0}", "\u0000"), table),
				evidence("c", BOB, 2, Outcome.UNKNOWN, Reason.of("x", "é"), text), evidence("d", BOB, 3, Outcome.FAIL, Reason.of("x"), Facts.NONE));
		log.appendAll(all);
		log.close();
		log = store.open(project);
		assertThat(log.latest()).extracting(Sighting::evidence).containsExactlyElementsOf(all);
		assertThat(log.latest()).extracting(Sighting::row).containsExactly(1L, 2L, 3L, 4L);
	}

	@Test
	void aHalfSurrogateIsReplacedSinceNoFileCanHoldIt() throws IOException {
		log.append(evidence("a", ANN, 0, Outcome.FAIL, Reason.of("x", "bad \ud800 half"), new Facts.Text("\udc00")));
		Sighting seen = log.latest("a", ANN).orElseThrow();
		assertThat(seen.evidence().reason().args()).containsExactly("bad \ufffd half");
		assertThat(seen.evidence().facts()).isEqualTo(new Facts.Text("\ufffd"));
		assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
	}

	@Test
	void repeatsAreCountedAndProvenByRowsOfTheirOwn() throws IOException {
		log.append(pass(ANN, 0));
		log.append(pass(ANN, 60));
		log.append(pass(ANN, 120));
		Sighting seen = log.latest("imap.login", ANN).orElseThrow();
		assertThat(seen.row()).isEqualTo(1);
		assertThat(seen.count()).isEqualTo(3);
		assertThat(seen.firstSeen()).isEqualTo(T0);
		assertThat(seen.lastSeen()).isEqualTo(T0.plusSeconds(120));
		assertThat(seen.evidence()).isEqualTo(pass(ANN, 0));
		assertThat(log.lastRow()).isEqualTo(3);
		assertThat(log.since(0, 10)).extracting(Sighting::row).containsExactly(1L, 2L, 3L);
		assertThat(log.since(1, 1)).singleElement().satisfies(second -> {
			assertThat(second.row()).isEqualTo(2);
			assertThat(second.count()).isEqualTo(2);
			assertThat(second.lastSeen()).isEqualTo(T0.plusSeconds(60));
		});
		assertThat(log.verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.rows()).isEqualTo(3));
	}

	@Test
	void aChangeBeginsANewRunEvenWhenItIsTheOldOutcomeAgain() throws IOException {
		log.appendAll(List.of(pass(ANN, 0), pass(ANN, 1), fail(ANN, 2), pass(ANN, 3), pass(BOB, 4)));
		assertThat(log.history("imap.login", ANN, 10)).extracting(sighting -> sighting.evidence().outcome()).containsExactly(Outcome.PASS,
				Outcome.FAIL, Outcome.PASS);
		assertThat(log.history("imap.login", ANN, 10)).extracting(Sighting::count).containsExactly(2L, 1L, 1L);
		assertThat(log.history("imap.login", ANN, 2)).extracting(Sighting::firstSeen).containsExactly(T0.plusSeconds(2), T0.plusSeconds(3));
		assertThat(log.latest("imap.login", ANN).orElseThrow().firstSeen()).isEqualTo(T0.plusSeconds(3));
	}

	@Test
	void aClockThatGoesBackBeginsARunSoThatTimeRunsForwardWithinEach() throws IOException {
		log.appendAll(List.of(pass(ANN, 0), pass(ANN, 100), pass(ANN, 50), pass(ANN, 50), pass(ANN, 60)));
		assertThat(log.history("imap.login", ANN, 10)).extracting(Sighting::firstSeen).containsExactly(T0, T0.plusSeconds(50));
		assertThat(log.history("imap.login", ANN, 10)).extracting(Sighting::lastSeen).containsExactly(T0.plusSeconds(100), T0.plusSeconds(60));
		assertThat(log.history("imap.login", ANN, 10)).extracting(Sighting::count).containsExactly(2L, 3L);
		assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
	}

	@Test
	void anotherArgumentIsAnotherOutcome() throws IOException {
		log.append(evidence("dns.mx", ANN, 0, Outcome.PASS, Reason.of("dns.ok", "example.org", "10 mx.", "3600"), Facts.NONE));
		log.append(evidence("dns.mx", ANN, 1, Outcome.PASS, Reason.of("dns.ok", "example.org", "10 mx.", "300"), Facts.NONE));
		assertThat(log.history("dns.mx", ANN, 10)).hasSize(2);
	}

	@Test
	void timesAndCountedDownTtlsMakeNoNewObservation() throws IOException {
		log.append(evidence("dns.mx", ANN, 0, Outcome.PASS, Reason.of("ok"), dns("authoritative", "300", "1", "resolver", "299", "12")));
		log.append(evidence("dns.mx", ANN, 1, Outcome.PASS, Reason.of("ok"), dns("authoritative", "300", "7", "resolver", "288", "3")));
		assertThat(log.latest("dns.mx", ANN).orElseThrow().row()).isEqualTo(1);
		log.append(evidence("imap.login", ANN, 0, Outcome.PASS, Reason.of("ok"), session("12", "ab:cd")));
		log.append(evidence("imap.login", ANN, 1, Outcome.PASS, Reason.of("ok"), session("99", "ab:cd")));
		assertThat(log.latest("imap.login", ANN).orElseThrow().row()).isEqualTo(3);
	}

	@Test
	void newFactsAreKeptInFullWithinTheSameRun() throws IOException {
		log.append(evidence("dns.mx", ANN, 0, Outcome.PASS, Reason.of("ok"), dns("authoritative", "300", "1", "resolver", "299", "12")));
		log.append(evidence("dns.mx", ANN, 1, Outcome.PASS, Reason.of("ok"), dns("authoritative", "60", "1", "resolver", "299", "12")));
		Sighting seen = log.latest("dns.mx", ANN).orElseThrow();
		assertThat(seen.row()).isEqualTo(2);
		assertThat(seen.count()).isEqualTo(2);
		assertThat(seen.firstSeen()).isEqualTo(T0);
		assertThat(seen.evidence().facts()).isEqualTo(dns("authoritative", "60", "1", "resolver", "299", "12"));
		log.append(evidence("imap.login", ANN, 0, Outcome.PASS, Reason.of("ok"), session("12", "ab:cd")));
		log.append(evidence("imap.login", ANN, 1, Outcome.PASS, Reason.of("ok"), session("12", "renewed")));
		assertThat(log.history("imap.login", ANN, 9)).singleElement()
				.satisfies(run -> assertThat(run.evidence().facts()).isEqualTo(session("12", "renewed")));
		assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
	}

	private static Facts dns(String... cells) {
		return new Facts.Table(List.of("kind", "ttl", "ms"),
				List.of(List.of(cells[0], cells[1], cells[2]), List.of(cells[3], cells[4], cells[5])));
	}

	private static Facts session(String ms, String fingerprint) {
		return Facts.Tree.of("session", "", Facts.Tree.of("phase.tls", "ok", Facts.Tree.of("phase.ms", ms), Facts.Tree.of("sha256", fingerprint)));
	}

	@Test
	void factsBeyondEveryBoundAreLeftOutTheOutcomeIsNot() throws IOException {
		Facts.Tree deep = Facts.Tree.of("leaf", "");
		for (int i = 0; i < 5000; i++) {
			deep = Facts.Tree.of("level", i, deep);
		}
		log.append(evidence("a", ANN, 0, Outcome.FAIL, Reason.of("x"), deep));
		log.append(evidence("b", ANN, 0, Outcome.FAIL, Reason.of("x"), new Facts.Text("\u0001".repeat(3_000_000))));
		assertThat(log.latest()).extracting(sighting -> sighting.evidence().facts()).containsOnly(Facts.Tree.of("facts.too-large", ""));
		log.append(evidence("c", ANN, 0, Outcome.FAIL, Reason.of("x"), new Facts.Text("\u0001".repeat(600_000))));
		assertThat(log.latest("c", ANN).orElseThrow().evidence().facts()).isEqualTo(new Facts.Text("\u0001".repeat(600_000)));
	}

	@Test
	void severalThreadsShareOneLog() throws Exception {
		int threads = 8;
		int each = 50;
		List<Callable<Object>> work = new ArrayList<>();
		for (int t = 0; t < threads; t++) {
			Target.Id target = new Target.Id("domain:d" + t);
			work.add(() -> {
				for (int i = 0; i < each; i++) {
					log.append(i % 10 == 0 ? fail(target, i) : pass(target, i));
					assertThat(log.latest("imap.login", target).orElseThrow().lastSeen()).isEqualTo(T0.plusSeconds(i));
				}
				return "";
			});
		}
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var future : executor.invokeAll(work)) {
				future.get();
			}
		}
		assertThat(log.verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.rows()).isEqualTo(threads * each));
	}

	@Test
	void anInterruptedCallerStillSavesWhatWasFound() throws IOException {
		Thread.currentThread().interrupt();
		try {
			log.append(pass(ANN, 0));
			assertThat(log.lastRow()).isEqualTo(1);
		} finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void aBatchIsAllOrNothing() throws Exception {
		log.append(pass(ANN, 0));
		Samples.tamper(project, "CREATE TRIGGER planted BEFORE INSERT ON log WHEN NEW.row = 4 BEGIN SELECT RAISE(ABORT, 'planted'); END");
		assertThatThrownBy(() -> log.appendAll(List.of(pass(BOB, 1), fail(BOB, 2), pass(BOB, 3)))).isInstanceOf(EvidenceException.class);
		assertThat(log.lastRow()).isEqualTo(1);
		Samples.tamper(project, "DROP TRIGGER planted");
		log.append(pass(BOB, 4));
		assertThat(log.verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.rows()).isEqualTo(2));
	}

	@ParameterizedTest
	@ValueSource(strings = {"UPDATE log SET facts = 'x' WHERE row = 1", "DELETE FROM log WHERE row = 2",
		"INSERT INTO log SELECT 9, run, whole, nth, probe, target, outcome, reason, facts, at, took, hash FROM log WHERE row = 1",
		"INSERT OR REPLACE INTO log SELECT 1, run, whole, nth, probe, 'other', outcome, reason, facts, at, took, hash FROM log WHERE row = 1"})
	void theDatabaseItselfRefusesToForget(String sql) throws Exception {
		log.appendAll(List.of(pass(ANN, 0), fail(ANN, 1)));
		Verification before = log.verify();
		assertThatThrownBy(() -> Samples.tamper(project, sql)).isInstanceOf(SQLException.class).hasMessageContaining("evidence is append");
		assertThat(log.verify()).isEqualTo(before);
	}

	@Test
	void theFileIsForItsOwnerOnly() throws IOException {
		log.append(pass(ANN, 0));
		try (var files = Files.list(project)) {
			List<Path> all = files.toList();
			assertThat(all).extracting(path -> path.getFileName().toString()).contains("evidence.db", "evidence.db-wal");
			for (Path file : all) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString()).isEqualTo("rw-------");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"with blank", "a?b=c&d", "per%41cent", "引越し", "file:x", "mode=memory", "#1"})
	void anyFolderNameWillDo(String name) throws IOException {
		Path folder = Files.createDirectory(project.resolve(name));
		try (EvidenceLog other = store.open(folder)) {
			other.append(pass(ANN, 0));
		}
		assertThat(folder.resolve("evidence.db")).exists();
		try (EvidenceLog other = store.open(folder)) {
			assertThat(other.lastRow()).isEqualTo(1);
		}
	}

	@Test
	void aClosedLogSaysSo() throws IOException {
		log.close();
		log.close();
		assertThatThrownBy(() -> log.append(pass(ANN, 0))).isInstanceOfSatisfying(EvidenceException.class,
				e -> assertThat(e.reason().id()).isEqualTo("evidence.closed"));
		assertThatThrownBy(log::latest).hasCauseInstanceOf(EvidenceException.class);
	}

	@Test
	void whatOneLogWritesTheOtherSeesAtOnce() throws IOException {
		try (EvidenceLog other = store.open(project)) {
			for (int i = 0; i < 20; i++) {
				(i % 2 == 0 ? log : other).append(pass(ANN, i));
				assertThat((i % 2 == 0 ? other : log).latest("imap.login", ANN).orElseThrow().count()).isEqualTo(i + 1);
			}
		}
	}

	@Test
	void latestIsFoundByIndexHoweverLongTheLog() throws Exception {
		int rows = 100_000;
		List<Evidence> batch = IntStream.range(0, rows)
				.mapToObj(i -> i % 7 == 0 ? fail(new Target.Id("domain:d" + i % 1000), i) : pass(new Target.Id("domain:d" + i % 1000), i)).toList();
		log.appendAll(batch);
		assertThat(log.lastRow()).isEqualTo(rows);
		assertThat(log.latest()).hasSize(1000);
		assertThat(log.latest("imap.login", new Target.Id("domain:d999")).orElseThrow().lastSeen()).isEqualTo(T0.plusSeconds(rows - 1));
		try (Connection connection = Samples.connect(project)) {
			for (String sql : List.of(Queries.LATEST_ONE, Queries.HISTORY, Queries.SINCE)) {
				assertThat(plan(connection, sql)).as(sql).isNotEmpty().noneMatch(step -> step.startsWith("SCAN") && !step.equals("SCAN r"));
			}
			// all latest: one step per target, never one per row of the log
			assertThat(plan(connection, Queries.LATEST_ALL)).filteredOn(step -> step.startsWith("SCAN")).containsExactly("SCAN n");
		}
		assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
	}

	private static List<String> plan(Connection connection, String sql) throws SQLException {
		List<String> steps = new ArrayList<>();
		try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
				var result = statement.executeQuery()) {
			while (result.next()) {
				steps.add(result.getString("detail"));
			}
		}
		return steps;
	}
}
