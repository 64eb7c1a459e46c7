package hikkoshi.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// The database file: how it comes to be, and how it is connected to.
///
/// @param patience how long to wait for a lock
record LogFile(Path path, Duration patience) {
	/// Whether a log can be there, or come to be: what else would only show at the first append, when evidence is to be kept.
	void check() throws IOException {
		Path folder = path.getParent();
		if (folder == null || !Files.isDirectory(folder)) {
			throw LogFaults.noFolder(path);
		}
		if (Files.isDirectory(path)) {
			throw LogFaults.notALog(path, null);
		}
		if (!Files.isWritable(folder) || Files.exists(path) && !Files.isWritable(path)) {
			throw LogFaults.readOnly(path, null);
		}
	}

	/// Creates an empty file, for its owner only, when there is none. SQLite gives its `-wal` and `-shm` files the same permissions.
	void create() throws IOException {
		check();
		if (Files.exists(path)) {
			return;
		}
		Path folder = path.getParent();
		boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
		FileAttribute<?>[] ownerOnly =
				posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
						: new FileAttribute<?>[0];
		try {
			Files.createFile(path, ownerOnly);
		} catch (FileAlreadyExistsException e) {
			return; // another process was quicker
		} catch (IOException e) {
			throw LogFaults.readOnly(path, e);
		}
		sync(folder);
	}

	/// A connection that writes durably: when a commit returns, it has reached the disk.
	Connection writer() throws SQLException {
		SQLiteConfig config = config();
		config.setJournalMode(JournalMode.WAL);
		config.setSynchronous(SynchronousMode.FULL);
		return connect(config);
	}

	/// A connection that cannot write, with its own view: never waits for a writer.
	Connection reader() throws SQLException {
		Connection connection = connect(config());
		execute(connection, "PRAGMA query_only = ON");
		return connection;
	}

	private SQLiteConfig config() {
		SQLiteConfig config = new SQLiteConfig();
		config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
		return config;
	}

	private Connection connect(SQLiteConfig config) throws SQLException {
		SQLiteDataSource source = new SQLiteDataSource(config);
		// as a URI, since the driver would take a '?' in a plain path for the begin of its options
		source.setUrl("jdbc:sqlite:" + path.toUri());
		Connection connection = source.getConnection();
		// a project may come from elsewhere: nothing planted in its schema may call what has side effects
		execute(connection, "PRAGMA trusted_schema = OFF");
		return connection;
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		} catch (SQLException e) {
			connection.close();
			throw e;
		}
	}

	/// So that the file's name too survives a power cut. Not every system can do this to a folder; SQLite does its part anyway.
	private static void sync(Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		} catch (IOException _) {
			// Windows
		}
	}
}
