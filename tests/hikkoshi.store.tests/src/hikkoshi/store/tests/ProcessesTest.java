package hikkoshi.store.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.model.Target;
import hikkoshi.store.SqliteEvidenceStore;

/// The window and a headless run on one project, and processes that die.
class ProcessesTest {
	@TempDir
	Path project;

	@Test
	void twoProcessesAppendToOneChain() throws Exception {
		int batches = 100;
		Process one = Appender.start(project, "one", batches, 3);
		Process two = Appender.start(project, "two", batches, 3);
		Target.Id mine = new Target.Id("domain:mine");
		int own = 0;
		try (EvidenceLog log = new SqliteEvidenceStore().open(project)) {
			while (one.isAlive() || two.isAlive()) {
				log.append(Samples.pass(mine, own++));
				assertThat(log.latest("imap.login", mine).orElseThrow().count()).isEqualTo(own);
			}
			assertThat(one.exitValue()).isZero();
			assertThat(two.exitValue()).isZero();
			long rows = 2L * batches * 3 + own;
			assertThat(log.verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.rows()).isEqualTo(rows));
			for (String name : new String[] {"one", "two"}) {
				assertThat(log.latest("imap.login", new Target.Id("domain:" + name)).orElseThrow().lastSeen())
						.isEqualTo(Samples.T0.plusSeconds(batches * 3 - 1));
			}
		}
	}

	@Test
	void whatWasAcknowledgedSurvivesKillAtAnyInstant() throws Exception {
		Random random = new Random(2);
		long rows = 0;
		for (int round = 0; round < 12; round++) {
			Process process = Appender.start(project, "round" + round, Integer.MAX_VALUE / 8, 4);
			long acknowledged = 0;
			// the instant differs in each round, from "while it makes the file" to "in the middle of the work"
			int lines = random.nextInt(60);
			try (BufferedReader reader = process.inputReader()) {
				for (int i = 0; i < lines; i++) {
					acknowledged = Long.parseLong(reader.readLine());
				}
				if (lines > 0) {
					Thread.sleep(0, random.nextInt(900_000));
				}
				// by handle: Process would close the pipe with what is still in it
				process.toHandle().destroyForcibly();
				for (String line = reader.readLine(); line != null; line = reader.readLine()) {
					acknowledged = Long.parseLong(line);
				}
			}
			process.waitFor();
			try (EvidenceLog log = new SqliteEvidenceStore().open(project)) {
				long survived = log.lastRow() - rows;
				// whole batches, all that were acknowledged, and at most the one under way
				assertThat(survived % 4).isZero();
				assertThat(survived).isBetween(acknowledged, acknowledged + 4);
				rows = log.lastRow();
				long expected = rows;
				assertThat(log.verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.rows()).isEqualTo(expected));
			}
		}
		assertThat(rows).isPositive();
	}
}
