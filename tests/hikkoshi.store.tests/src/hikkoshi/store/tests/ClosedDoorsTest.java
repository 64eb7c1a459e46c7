package hikkoshi.store.tests;

import static hikkoshi.store.tests.Samples.ANN;
import static hikkoshi.store.tests.Samples.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceException;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.model.Target;
import hikkoshi.store.SqliteEvidenceStore;

/// Why a log cannot be opened or written, told apart.
class ClosedDoorsTest {
	@TempDir
	Path project;

	private final EvidenceStore store = new SqliteEvidenceStore(Duration.ofMillis(200));

	private Path file() {
		return project.resolve(EvidenceStore.FILE);
	}

	private void make() throws IOException {
		try (EvidenceLog log = store.open(project)) {
			log.append(pass(ANN, 0));
		}
	}

	private static void expect(String reason, Path file, ThrowingCallable action) {
		assertThat(catchThrowable(action)).isInstanceOfSatisfying(EvidenceException.class, e -> {
			assertThat(e.reason().id()).isEqualTo(reason);
			assertThat(e.reason().args().getFirst()).isEqualTo(file.toString());
			assertThat(e).hasMessageContaining(file.toString());
		});
	}

	@Test
	void noDatabase() throws IOException {
		Files.writeString(file(), "this is a text file, long enough to have the header of a database: " + "x".repeat(5000));
		expect("evidence.not-a-log", file(), () -> store.open(project));
		assertThat(file()).content().startsWith("this is a text file");
	}

	@Test
	void anothersDatabase() throws SQLException {
		Samples.tamper(project, "CREATE TABLE contacts (name TEXT)");
		expect("evidence.not-a-log", file(), () -> store.open(project));
		Samples.tamper(project, "DROP TABLE contacts", "PRAGMA application_id = 7");
		expect("evidence.not-a-log", file(), () -> store.open(project));
	}

	@Test
	void aFolderInItsPlace() throws IOException {
		Files.createDirectory(file());
		expect("evidence.not-a-log", file(), () -> store.open(project));
	}

	@Test
	void noFolder() {
		expect("evidence.no-folder", project.resolve("gone").resolve(EvidenceStore.FILE), () -> store.open(project.resolve("gone")));
	}

	@Test
	void aNewerForm() throws IOException, SQLException {
		make();
		Samples.tamper(project, "PRAGMA user_version = 2");
		expect("evidence.newer", file(), () -> store.open(project));
	}

	@Test
	void aFolderThatCannotBeWritten() {
		// even root cannot make a file there, but only the attempt shows it
		Path folder = Path.of("/proc");
		Assumptions.assumeTrue(Files.isDirectory(folder));
		expect("evidence.read-only", folder.resolve(EvidenceStore.FILE), () -> {
			try (EvidenceLog log = store.open(folder)) {
				log.append(pass(ANN, 0));
			}
		});
	}

	@Test
	void heldTooLongByAnother() throws IOException, SQLException {
		make();
		try (EvidenceLog log = store.open(project);
				Connection other = Samples.connect(project);
				Statement statement = other.createStatement()) {
			statement.execute("BEGIN IMMEDIATE");
			expect("evidence.locked", file(), () -> log.append(pass(ANN, 1)));
			// reading goes on
			assertThat(log.latest("imap.login", ANN).orElseThrow().count()).isEqualTo(1);
			statement.execute("ROLLBACK");
			log.append(pass(ANN, 2));
			assertThat(log.latest("imap.login", ANN).orElseThrow().count()).isEqualTo(2);
		}
	}

	@Test
	void emptyFileLeftByOneWhoDiedEarlyBecomesALog() throws IOException {
		Files.createFile(file());
		make();
		try (EvidenceLog log = store.open(project)) {
			assertThat(log.lastRow()).isEqualTo(1);
		}
	}

	@Test
	void aFullDiskLosesNothing() throws Exception {
		Path disk = Files.createDirectory(project.resolve("disk"));
		Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk.toString()).redirectErrorStream(true).start();
		mount.getInputStream().readAllBytes();
		Assumptions.assumeTrue(mount.waitFor(20, TimeUnit.SECONDS) && mount.exitValue() == 0, "needs the right to mount a small file system");
		try {
			long written = 0;
			try (EvidenceLog log = store.open(disk)) {
				Throwable thrown = null;
				while (thrown == null) {
					Evidence next = Samples.evidence("p", new Target.Id("t" + written), written, Outcome.PASS, Reason.of("x"),
							new Facts.Text("x".repeat(5000)));
					thrown = catchThrowable(() -> log.append(next));
					written += thrown == null ? 1 : 0;
				}
				assertThat(thrown).isInstanceOfSatisfying(EvidenceException.class, e -> assertThat(e.reason().id()).isEqualTo("evidence.disk-full"));
				assertThat(written).isPositive();
				assertThat(log.lastRow()).isEqualTo(written);
				assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
			}
		} finally {
			new ProcessBuilder("umount", disk.toString()).inheritIO().start().waitFor();
		}
	}
}
