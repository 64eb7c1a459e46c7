package hikkoshi.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.format.EvidenceJson;
import hikkoshi.core.model.Target;

/// An open log. One connection writes and one reads, each under its own lock, so a view that reads never waits for a writer's disk.
///
/// Every append is one immediate transaction: it sees the newest row of every process, adds to the chain, and is there as a whole or not at all,
/// whenever the process dies.
final class SqliteEvidenceLog implements EvidenceLog {
	private static final String LAST_ROW = "SELECT max(row) FROM log";
	private static final String HEAD = "SELECT row, hash FROM log ORDER BY row DESC LIMIT 1";
	private static final String INSERT = "INSERT INTO log (" + Row.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	private final LogFile file;
	private final Connection writer;
	private final Connection reader;
	private final ReentrantLock writing = new ReentrantLock();
	private final ReentrantLock reading = new ReentrantLock();

	private SqliteEvidenceLog(LogFile file, Connection writer, Connection reader) {
		this.file = file;
		this.writer = writer;
		this.reader = reader;
	}

	static SqliteEvidenceLog open(LogFile file) throws IOException {
		file.create();
		Connection writer = null;
		try {
			writer = connectPatiently(file);
			Schema.prepare(writer, file.path());
			return new SqliteEvidenceLog(file, writer, file.reader());
		} catch (SQLException e) {
			throw closing(writer, LogFaults.of(file.path(), e));
		} catch (IOException e) {
			throw closing(writer, e);
		}
	}

	/// Going over to WAL needs the file alone and does not wait by itself (SQLite gives up at once to avoid a deadlock), so two processes
	/// that make a project's log at the same time meet here.
	private static Connection connectPatiently(LogFile file) throws SQLException {
		long end = System.nanoTime() + file.patience().toNanos();
		while (true) {
			try {
				return file.writer();
			} catch (SQLException e) {
				boolean busy = (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
				if (!busy || System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
					throw e;
				}
				LockSupport.parkNanos(5_000_000);
			}
		}
	}

	private static IOException closing(@Nullable Connection connection, IOException cause) {
		if (connection != null) {
			try {
				connection.close();
			} catch (SQLException e) {
				cause.addSuppressed(e);
			}
		}
		return cause;
	}

	@Override
	public void append(Evidence evidence) throws IOException {
		appendAll(List.of(evidence));
	}

	@Override
	public void appendAll(List<Evidence> evidence) throws IOException {
		if (evidence.isEmpty()) {
			return;
		}
		writing.lock();
		try (Statement statement = writing(writer)) {
			statement.execute("BEGIN IMMEDIATE");
			try {
				addToChain(evidence);
				statement.execute("COMMIT");
			} catch (SQLException | IOException | RuntimeException e) {
				Schema.rollBack(statement, e);
				throw e;
			}
		} catch (SQLException e) {
			throw LogFaults.of(file.path(), e);
		} finally {
			writing.unlock();
		}
	}

	private void addToChain(List<Evidence> evidence) throws SQLException, IOException {
		long row = 0;
		byte[] hash = Row.genesis();
		try (PreparedStatement head = writer.prepareStatement(HEAD);
				ResultSet result = head.executeQuery()) {
			if (result.next()) {
				row = result.getLong(1);
				hash = result.getBytes(2);
			}
		}
		try (PreparedStatement latest = writer.prepareStatement(Queries.LATEST_ONE);
				PreparedStatement insert = writer.prepareStatement(INSERT)) {
			for (Evidence observation : evidence) {
				Row next = next(++row, storable(observation), latest);
				hash = next.hash(hash);
				insert(insert, next, hash);
			}
		}
	}

	private Row next(long row, Evidence evidence, PreparedStatement latest) throws SQLException, IOException {
		latest.setString(1, evidence.probe());
		latest.setString(2, evidence.target().value());
		long run = row;
		long nth = 1;
		try (ResultSet result = latest.executeQuery()) {
			if (result.next()) {
				Sighting before = sighting(result, result.getLong(2));
				// a clock that went back begins a run of its own: within one run the earlier, later time would be lost, and a deadline rest on what came after
				if (before.evidence().saysSameAs(evidence) && !evidence.at().isBefore(before.lastSeen())) {
					run = result.getLong(13);
					nth = before.count() + 1;
					if (SteadyFacts.same(before.evidence().facts(), evidence.facts())) {
						return new Row(row, run, before.row(), nth, null, null, null, null, null, evidence.at().toString(),
								evidence.took().toString());
					}
				}
			}
		}
		return new Row(row, run, row, nth, evidence.probe(), evidence.target().value(), evidence.outcome().name(),
				EvidenceJson.write(evidence.reason()), EvidenceJson.write(evidence.facts()), evidence.at().toString(), evidence.took().toString());
	}

	/// What can be written and read again: text that has a UTF-8 form, and facts within bounds. Facts beyond them are left out and that is
	/// said; the outcome counts more than a gigabyte of details.
	private static Evidence storable(Evidence evidence) {
		Reason reason = new Reason(EvidenceJson.wellFormed(evidence.reason().id()),
				evidence.reason().args().stream().map(EvidenceJson::wellFormed).toList());
		Facts facts = EvidenceJson.fits(evidence.facts()) ? evidence.facts() : Facts.Tree.of("facts.too-large", "");
		return new Evidence(EvidenceJson.wellFormed(evidence.probe()), new Target.Id(EvidenceJson.wellFormed(evidence.target().value())),
				evidence.at(), evidence.took(), evidence.outcome(), reason, facts);
	}

	private static void insert(PreparedStatement insert, Row row, byte[] hash) throws SQLException {
		insert.setLong(1, row.row());
		insert.setLong(2, row.run());
		insert.setLong(3, row.whole());
		insert.setLong(4, row.nth());
		insert.setString(5, row.probe());
		insert.setString(6, row.target());
		insert.setString(7, row.outcome());
		insert.setString(8, row.reason());
		insert.setString(9, row.facts());
		insert.setString(10, row.at());
		insert.setString(11, row.took());
		insert.setBytes(12, hash);
		insert.executeUpdate();
	}

	private Statement writing(Connection connection) throws SQLException, IOException {
		if (connection.isClosed()) {
			throw LogFaults.closed(file.path());
		}
		return connection.createStatement();
	}

	@Override
	public Optional<Sighting> latest(String probe, Target.Id target) {
		return query(Queries.LATEST_ONE, false, probe, target.value()).stream().findFirst();
	}

	@Override
	public List<Sighting> latest() {
		return query(Queries.LATEST_ALL, false);
	}

	@Override
	public List<Sighting> history(String probe, Target.Id target, int limit) {
		return query(Queries.HISTORY, false, probe, target.value(), Math.max(0, limit));
	}

	@Override
	public List<Sighting> since(long row, int limit) {
		return query(Queries.SINCE, true, row, Math.max(0, limit));
	}

	@Override
	public long lastRow() {
		reading.lock();
		try {
			if (reader.isClosed()) {
				throw LogFaults.closed(file.path());
			}
			try (PreparedStatement statement = reader.prepareStatement(LAST_ROW);
					ResultSet result = statement.executeQuery()) {
				return result.next() ? result.getLong(1) : 0;
			}
		} catch (SQLException e) {
			throw new UncheckedIOException(LogFaults.of(file.path(), e));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} finally {
			reading.unlock();
		}
	}

	/// @param follows whether the row asked for is the newest one of the sighting, or the one that holds the observation
	private List<Sighting> query(String sql, boolean follows, Object... arguments) {
		reading.lock();
		try {
			if (reader.isClosed()) {
				throw LogFaults.closed(file.path());
			}
			try (PreparedStatement statement = reader.prepareStatement(sql)) {
				for (int i = 0; i < arguments.length; i++) {
					statement.setObject(i + 1, arguments[i]);
				}
				List<Sighting> sightings = new ArrayList<>();
				try (ResultSet result = statement.executeQuery()) {
					while (result.next()) {
						sightings.add(sighting(result, result.getLong(follows ? 1 : 2)));
					}
				}
				return sightings;
			}
		} catch (SQLException e) {
			throw new UncheckedIOException(LogFaults.of(file.path(), e));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} finally {
			reading.unlock();
		}
	}

	private Sighting sighting(ResultSet result, long row) throws SQLException, IOException {
		try {
			Evidence evidence = new Evidence(text(result, 3), new Target.Id(text(result, 4)), Instant.parse(text(result, 5)),
					Duration.parse(text(result, 6)), Outcome.valueOf(text(result, 7)), EvidenceJson.reason(text(result, 8)),
					EvidenceJson.facts(text(result, 9)));
			return new Sighting(row, evidence, Instant.parse(text(result, 10)), Instant.parse(text(result, 11)), result.getLong(12));
		} catch (DateTimeException | IllegalArgumentException | IOException e) {
			throw LogFaults.unreadable(file.path(), result.getLong(2), e);
		}
	}

	private static String text(ResultSet result, int column) throws SQLException, IOException {
		String text = result.getString(column);
		if (text == null) {
			throw new IOException("column " + column + " is empty");
		}
		return text;
	}

	/// Walks on a connection of its own, so that nobody waits for it. An interrupt ends it with [java.io.InterruptedIOException].
	@Override
	public Verification verify() throws IOException {
		try (Connection connection = file.reader()) {
			return new ChainWalk(connection).walk();
		} catch (SQLException e) {
			throw LogFaults.of(file.path(), e);
		}
	}

	@Override
	public void close() throws IOException {
		writing.lock();
		reading.lock();
		try {
			try {
				reader.close();
			} finally {
				writer.close();
			}
		} catch (SQLException e) {
			throw LogFaults.of(file.path(), e);
		} finally {
			reading.unlock();
			writing.unlock();
		}
	}
}
