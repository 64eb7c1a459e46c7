package hikkoshi.store.tests;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

import org.sqlite.SQLiteDataSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Target;

/// Evidence to append, and the back door to its file.
final class Samples {
	static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");
	static final Target.Id ANN = new Target.Id("account:old/mx-old/imap:993@192.0.2.1/ann");
	static final Target.Id BOB = new Target.Id("account:new/mx-new/imap:993@192.0.2.2/bob");

	private Samples() {}

	static Evidence pass(Target.Id target, long second) {
		return evidence("imap.login", target, second, Outcome.PASS, Reason.of("login.ok", "imap", "TLSv1.3", "PLAIN"), Facts.NONE);
	}

	static Evidence fail(Target.Id target, long second) {
		return evidence("imap.login", target, second, Outcome.FAIL, Reason.of("login.bad-credentials", "NO [AUTHENTICATIONFAILED]"), Facts.NONE);
	}

	static Evidence evidence(String probe, Target.Id target, long second, Outcome outcome, Reason reason, Facts facts) {
		return new Evidence(probe, target, T0.plusSeconds(second), Duration.ofMillis(20), outcome, reason, facts);
	}

	static Connection connect(Path project) throws SQLException {
		SQLiteDataSource source = new SQLiteDataSource();
		source.setUrl("jdbc:sqlite:" + project.resolve(EvidenceStore.FILE).toUri());
		return source.getConnection();
	}

	/// Does what an attacker with the file does.
	static void tamper(Path project, String... sql) throws SQLException {
		try (Connection connection = connect(project);
				Statement statement = connection.createStatement()) {
			for (String one : sql) {
				statement.execute(one);
			}
		}
	}
}
