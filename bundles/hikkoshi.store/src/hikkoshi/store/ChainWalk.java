package hikkoshi.store;

import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Verification;

/// Reads the whole log once, in one transaction, and stops at the first row that does not fit: a hash that is not that of its content and the
/// hash before, a number left out, a repeat that points to something else than the newest word about its target. Then the tables that are derived
/// from the log, the rules that keep it append-only, and the file itself. Used once.
final class ChainWalk {
	private record Key(String probe, String target) {}

	/// Where a target's newest run stands.
	private record Run(long run, long whole, long nth, long last, String outcome, String reason) {}

	private final Connection connection;
	private final Map<Key, Run> runs = new HashMap<>();
	private final Map<Long, Key> wholes = new HashMap<>();
	private long rows;
	private byte[] head = Row.genesis();

	ChainWalk(Connection connection) {
		this.connection = connection;
	}

	Verification walk() throws SQLException, InterruptedIOException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("BEGIN");
			try {
				return check(statement);
			} finally {
				statement.execute("ROLLBACK");
			}
		} catch (SQLException e) {
			if ((e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code) {
				return broken(rows + 1, "evidence.broken.file", e.getMessage());
			}
			throw e;
		}
	}

	private Verification check(Statement statement) throws SQLException, InterruptedIOException {
		Verification tables = rules(statement, Schema.TABLES);
		if (tables != null) {
			return tables;
		}
		try (ResultSet result = statement.executeQuery("SELECT " + Row.COLUMNS + " FROM log NOT INDEXED ORDER BY row")) {
			while (result.next()) {
				if (Thread.interrupted()) {
					Thread.currentThread().interrupt();
					throw new InterruptedIOException("interrupted at row " + rows);
				}
				Row row = Row.read(result);
				if (row.row() != rows + 1) {
					return broken(rows + 1, "evidence.broken.missing");
				}
				byte[] hash = row.hash(head);
				if (!Arrays.equals(hash, result.getBytes(12))) {
					return broken(row.row(), "evidence.broken.hash");
				}
				if (!follows(row)) {
					return broken(row.row(), "evidence.broken.order");
				}
				rows++;
				head = hash;
			}
		}
		Verification derived = derived(statement);
		return derived != null ? derived : new Verification.Intact(rows, HexFormat.of().formatHex(head));
	}

	/// Whether the row says about its run what the rows before say.
	private boolean follows(Row row) {
		if (row.isRepeat()) {
			Key key = wholes.get(row.whole());
			Run run = key == null ? null : runs.get(key);
			if (run == null || run.whole() != row.whole() || run.run() != row.run() || row.nth() != run.nth() + 1 || row.probe() != null
					|| row.target() != null || row.outcome() != null || row.reason() != null || row.facts() != null) {
				return false;
			}
			runs.put(key, new Run(run.run(), run.whole(), row.nth(), row.row(), run.outcome(), run.reason()));
			return true;
		}
		if (row.probe() == null || row.target() == null || row.outcome() == null || row.reason() == null || row.facts() == null) {
			return false;
		}
		Key key = new Key(row.probe(), row.target());
		Run before = runs.get(key);
		boolean begins = row.run() == row.row() && row.nth() == 1;
		boolean goesOn = before != null && row.run() == before.run() && row.nth() == before.nth() + 1
				&& row.outcome().equals(before.outcome()) && row.reason().equals(before.reason());
		if (!begins && !goesOn) {
			return false;
		}
		if (before != null) {
			wholes.remove(before.whole());
		}
		runs.put(key, new Run(row.run(), row.row(), row.nth(), row.row(), row.outcome(), row.reason()));
		wholes.put(row.row(), key);
		return true;
	}

	private @Nullable Verification derived(Statement statement) throws SQLException {
		int seen = 0;
		try (ResultSet result = statement.executeQuery("SELECT probe, target, last FROM latest")) {
			while (result.next()) {
				if (result.getLong(3) > rows) {
					return broken(rows + 1, "evidence.broken.missing");
				}
				Run run = runs.get(new Key(result.getString(1), result.getString(2)));
				if (run == null || run.last() != result.getLong(3)) {
					return broken(result.getLong(3), "evidence.broken.latest", result.getString(1), result.getString(2));
				}
				seen++;
			}
		}
		if (seen != runs.size()) {
			return broken(rows, "evidence.broken.latest", "", "");
		}
		Verification rules = rules(statement, Schema.OBJECTS.keySet());
		if (rules != null) {
			return rules;
		}
		try (ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
			String words = result.next() ? result.getString(1) : "";
			return words.equals("ok") ? null : broken(0, "evidence.broken.file", words);
		}
	}

	/// Whether these objects of the schema are there as we make them; when all are asked for, also whether there are others.
	private static @Nullable Verification rules(Statement statement, Set<String> names) throws SQLException {
		Map<String, String> schema = new HashMap<>();
		try (ResultSet result = statement.executeQuery("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")) {
			while (result.next()) {
				schema.put(result.getString(1), result.getString(2));
			}
		}
		for (String name : names) {
			if (!Objects.equals(Schema.OBJECTS.get(name), schema.get(name))) {
				return broken(0, "evidence.broken.schema", name);
			}
		}
		schema.keySet().removeAll(Schema.OBJECTS.keySet());
		// what was added is said last: a broken row is the worse news
		return schema.isEmpty() || names.size() < Schema.OBJECTS.size() ? null : broken(0, "evidence.broken.schema", schema.keySet().iterator().next());
	}

	private static Verification broken(long row, String id, Object... args) {
		return new Verification.Broken(row, Reason.of(id, args));
	}
}
