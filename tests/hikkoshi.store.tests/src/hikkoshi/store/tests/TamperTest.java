package hikkoshi.store.tests;

import static hikkoshi.store.tests.Samples.ANN;
import static hikkoshi.store.tests.Samples.BOB;
import static hikkoshi.store.tests.Samples.fail;
import static hikkoshi.store.tests.Samples.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.store.SqliteEvidenceStore;

/// What `verify` says to a file that somebody has changed behind our back.
class TamperTest {
	private static final String RULES_OFF = "DROP TRIGGER log_never_updated; DROP TRIGGER log_never_deleted; DROP TRIGGER log_in_order";
	/// The form is frozen: `docs/evidence.md` describes it, and a script that only read that page computed this head for [#write]'s rows.
	private static final String HEAD = "1132f7c75d372b2bdc7565f7c16517864341cd873ce5adf179cfb4f2756f756b";

	@TempDir
	Path project;

	private final EvidenceStore store = new SqliteEvidenceStore();
	private Verification whole;

	/// Rows: 1 ann PASS, 2 bob PASS, 3 ann repeat, 4 bob FAIL, 5 ann repeat, 6 bob repeat.
	@BeforeEach
	void write() throws IOException {
		try (EvidenceLog log = store.open(project)) {
			log.appendAll(List.of(pass(ANN, 0), pass(BOB, 1), pass(ANN, 2), fail(BOB, 3), pass(ANN, 4), fail(BOB, 5)));
			whole = log.verify();
		}
	}

	private Verification verify() throws IOException {
		try (EvidenceLog log = store.open(project)) {
			return log.verify();
		}
	}

	@Test
	void theFormOnDiskIsFrozen() {
		assertThat(whole).isEqualTo(new Verification.Intact(6, HEAD));
	}

	@ParameterizedTest(name = "{2} at row {1}: {0}")
	@CsvSource(delimiter = '|', value = {
		"UPDATE log SET outcome = 'PASS' WHERE row = 4 | 4 | evidence.broken.hash",
		"UPDATE log SET facts = replace(facts, 'text', 'Text') WHERE row = 2 | 2 | evidence.broken.hash",
		"UPDATE log SET reason = '{}' WHERE row = 1 | 1 | evidence.broken.hash",
		"UPDATE log SET at = '2027-01-01T00:00:00Z' WHERE row = 5 | 5 | evidence.broken.hash",
		"UPDATE log SET took = 'PT0S' WHERE row = 6 | 6 | evidence.broken.hash",
		"UPDATE log SET nth = 1000 WHERE row = 5 | 5 | evidence.broken.hash",
		"UPDATE log SET whole = 2 WHERE row = 3 | 3 | evidence.broken.hash",
		"UPDATE log SET run = 2 WHERE row = 3 | 3 | evidence.broken.hash",
		"UPDATE log SET probe = 'pop3.login' WHERE row = 2 | 2 | evidence.broken.hash",
		"UPDATE log SET target = 'x' WHERE row = 1 | 1 | evidence.broken.hash",
		"UPDATE log SET hash = zeroblob(32) WHERE row = 3 | 3 | evidence.broken.hash",
		"UPDATE log SET hash = x'' WHERE row = 1 | 1 | evidence.broken.hash",
		"DELETE FROM log WHERE row = 3 | 3 | evidence.broken.missing",
		"DELETE FROM log WHERE row = 1 | 1 | evidence.broken.missing",
		"DELETE FROM log | 1 | evidence.broken.missing",
		"DELETE FROM log WHERE row = 2; UPDATE log SET row = row - 1 WHERE row > 2 | 2 | evidence.broken.hash",
		"UPDATE log SET row = 99 WHERE row = 3; UPDATE log SET row = 3 WHERE row = 4; UPDATE log SET row = 4 WHERE row = 99 | 3 | evidence.broken.hash",
		"INSERT INTO log SELECT 9, run, whole, nth, probe, target, outcome, reason, facts, at, took, hash FROM log WHERE row = 6 | 7 "
				+ "| evidence.broken.missing",
		"INSERT INTO log SELECT 7, run, whole, nth, probe, target, outcome, reason, facts, at, took, hash FROM log WHERE row = 6 | 7 "
				+ "| evidence.broken.hash",
		"DELETE FROM log WHERE row = 6 | 6 | evidence.broken.missing",
		"UPDATE latest SET last = 2 WHERE last = 6 | 2 | evidence.broken.latest",
		"DELETE FROM latest WHERE last = 5 | 6 | evidence.broken.latest",
		"INSERT INTO latest VALUES ('imap.login', 'x', 4) | 4 | evidence.broken.latest",
		"SELECT 1 | 0 | evidence.broken.schema",
		"DROP TABLE log | 0 | evidence.broken.schema",
		"DROP TABLE latest | 0 | evidence.broken.schema",
		"ALTER TABLE log ADD COLUMN note TEXT | 0 | evidence.broken.schema",
		"UPDATE log SET outcome = 'PASS' WHERE row = 4; CREATE TABLE more (x) | 4 | evidence.broken.hash"})
	void theFirstBrokenRowIsNamed(String sql, long row, String reason) throws Exception {
		Samples.tamper(project, (RULES_OFF + ";" + sql).split(";"));
		assertThat(verify()).isInstanceOfSatisfying(Verification.Broken.class, broken -> {
			assertThat(broken.reason().id()).isEqualTo(reason);
			assertThat(broken.row()).isEqualTo(row);
		});
	}

	@Test
	void whatWasAddedToTheDatabaseIsNamed() throws Exception {
		Samples.tamper(project, "CREATE TRIGGER planted AFTER INSERT ON log BEGIN DELETE FROM latest; END");
		assertThat(verify()).isEqualTo(new Verification.Broken(0, Reason.of("evidence.broken.schema", "planted")));
	}

	@Test
	void aTruncatedTailIsShownByTheNotedHeadOnly() throws Exception {
		// one who cuts the tail off and mends all that is derived leaves a log that is intact in itself
		String onDelete = "CREATE TRIGGER log_never_deleted BEFORE DELETE ON log\nBEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END";
		Samples.tamper(project, "DROP TRIGGER log_never_deleted", "DELETE FROM log WHERE row > 4", "DELETE FROM latest",
				"INSERT INTO latest SELECT w.probe, w.target, max(l.row) FROM log l JOIN log w ON w.row = l.whole GROUP BY 1, 2", onDelete);
		Verification after = verify();
		assertThat(after).isInstanceOfSatisfying(Verification.Intact.class, intact -> {
			assertThat(intact.rows()).isEqualTo(4);
			assertThat(intact.head()).isNotEqualTo(((Verification.Intact) whole).head());
		});
	}

	@Test
	void theDerivedTableCanBeMadeAnew() throws Exception {
		List<Sighting> before;
		try (EvidenceLog log = store.open(project)) {
			before = log.latest();
		}
		Samples.tamper(project, "UPDATE latest SET last = 1");
		assertThat(verify()).isInstanceOf(Verification.Broken.class);
		Samples.tamper(project, "DELETE FROM latest",
				"INSERT INTO latest SELECT w.probe, w.target, max(l.row) FROM log l JOIN log w ON w.row = l.whole GROUP BY 1, 2");
		assertThat(verify()).isEqualTo(whole);
		try (EvidenceLog log = store.open(project)) {
			assertThat(log.latest()).isEqualTo(before);
		}
	}

	@Test
	void aChangedByteInTheFileIsFound() throws Exception {
		Path file = project.resolve(EvidenceStore.FILE);
		byte[] bytes = Files.readAllBytes(file);
		byte[] needle = "AUTHENTICATIONFAILED".getBytes(StandardCharsets.US_ASCII);
		int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(needle, StandardCharsets.US_ASCII));
		assertThat(at).isPositive();
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[] {'B'}), at);
		}
		assertThat(verify()).isInstanceOfSatisfying(Verification.Broken.class, broken -> assertThat(broken.row()).isEqualTo(4));
	}

	@Test
	void aLogWithAHoleInItIsBrokenNotACrash() throws Exception {
		try (EvidenceLog log = store.open(project)) {
			for (int i = 0; i < 500; i++) {
				log.append(i % 2 == 0 ? fail(ANN, i) : pass(ANN, i));
			}
		}
		Path file = project.resolve(EvidenceStore.FILE);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			for (long page = 8 * 4096L; page < channel.size(); page += 4096) {
				channel.write(ByteBuffer.allocate(4096), page);
			}
		}
		assertThat(verify()).isInstanceOf(Verification.Broken.class);
	}

	@Test
	void aLongWalkCanBeInterrupted() throws IOException {
		try (EvidenceLog log = store.open(project)) {
			Thread.currentThread().interrupt();
			assertThatThrownBy(log::verify).isInstanceOf(InterruptedIOException.class);
			assertThat(Thread.interrupted()).isTrue();
			assertThat(log.verify()).isEqualTo(whole);
		}
	}
}
