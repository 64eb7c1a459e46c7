package hikkoshi.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The tables, and the rules that the database itself enforces. docs/evidence.md explains each column.
final class Schema {
	static final int VERSION = 1;
	/// "HKSI": tells the file from any other SQLite database.
	static final int APPLICATION_ID = 0x484B5349;

	/// Without these nothing can be read.
	static final Set<String> TABLES = Set.of("log", "latest");

	/// By name, in order of creation. The text is compared by `verify`, so it must not change without a new [#VERSION].
	static final Map<String, String> OBJECTS = new LinkedHashMap<>();

	static {
		OBJECTS.put("log", """
				CREATE TABLE log (
					row INTEGER PRIMARY KEY,
					run INTEGER NOT NULL,
					whole INTEGER NOT NULL,
					nth INTEGER NOT NULL,
					probe TEXT,
					target TEXT,
					outcome TEXT,
					reason TEXT,
					facts TEXT,
					at TEXT NOT NULL,
					took TEXT NOT NULL,
					hash BLOB NOT NULL
				) STRICT""");
		OBJECTS.put("log_by_target", "CREATE INDEX log_by_target ON log (probe, target, run) WHERE probe IS NOT NULL");
		OBJECTS.put("log_by_run", "CREATE INDEX log_by_run ON log (run)");
		OBJECTS.put("latest", """
				CREATE TABLE latest (
					probe TEXT NOT NULL,
					target TEXT NOT NULL,
					last INTEGER NOT NULL,
					PRIMARY KEY (probe, target)
				) STRICT, WITHOUT ROWID""");
		OBJECTS.put("log_never_updated", """
				CREATE TRIGGER log_never_updated BEFORE UPDATE ON log
				BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END""");
		OBJECTS.put("log_never_deleted", """
				CREATE TRIGGER log_never_deleted BEFORE DELETE ON log
				BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END""");
		// also keeps INSERT OR REPLACE from replacing: that fires no DELETE trigger
		OBJECTS.put("log_in_order", """
				CREATE TRIGGER log_in_order BEFORE INSERT ON log
				WHEN NEW.row IS NOT (SELECT coalesce(max(row), 0) + 1 FROM log)
				BEGIN SELECT RAISE(ABORT, 'evidence is appended row by row'); END""");
		OBJECTS.put("log_keeps_latest", """
				CREATE TRIGGER log_keeps_latest AFTER INSERT ON log
				BEGIN
					INSERT INTO latest (probe, target, last) SELECT probe, target, NEW.row FROM log WHERE row = NEW.whole
					ON CONFLICT (probe, target) DO UPDATE SET last = excluded.last;
				END""");
	}

	private Schema() {}

	/// Makes the tables in an empty database, or checks that they are ours and not newer than we are.
	static void prepare(Connection connection, Path file) throws SQLException, IOException {
		if (number(connection, "PRAGMA user_version") == VERSION && number(connection, "PRAGMA application_id") == APPLICATION_ID) {
			return;
		}
		try (Statement statement = connection.createStatement()) {
			// another process may be making them just now
			statement.execute("BEGIN IMMEDIATE");
			try {
				int version = number(connection, "PRAGMA user_version");
				int application = number(connection, "PRAGMA application_id");
				if (application == 0 && version == 0 && number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
					for (String sql : OBJECTS.values()) {
						statement.execute(sql);
					}
					statement.execute("PRAGMA application_id = " + APPLICATION_ID);
					statement.execute("PRAGMA user_version = " + VERSION);
				} else if (application != APPLICATION_ID) {
					throw LogFaults.notALog(file, null);
				} else if (version > VERSION) {
					throw LogFaults.newer(file, version);
				} else if (version < VERSION) {
					throw LogFaults.notALog(file, null);
				}
				statement.execute("COMMIT");
			} catch (SQLException | IOException | RuntimeException e) {
				rollBack(statement, e);
				throw e;
			}
		}
	}

	static void rollBack(Statement statement, Exception cause) {
		try {
			statement.execute("ROLLBACK");
		} catch (SQLException e) {
			cause.addSuppressed(e); // SQLite has rolled back by itself, e.g. on a full disk
		}
	}

	private static int number(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			return result.next() ? result.getInt(1) : 0;
		}
	}
}
