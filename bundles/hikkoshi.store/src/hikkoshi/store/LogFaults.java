package hikkoshi.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

import hikkoshi.core.evidence.EvidenceException;
import hikkoshi.core.evidence.Reason;

/// What can go wrong with the file, in words that name it and say what to do. The reasons' sentences are in `hikkoshi.core.text`.
final class LogFaults {
	private LogFaults() {}

	static IOException of(Path file, SQLException e) {
		// the low byte is the primary code: https://sqlite.org/rescode.html
		SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
		return switch (code) {
			case SQLITE_NOTADB -> notALog(file, e);
			case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN -> readOnly(file, e);
			case SQLITE_FULL -> fault("evidence.disk-full", file, ": no space left on the disk; make room and run again, nothing was lost", e);
			case SQLITE_BUSY, SQLITE_LOCKED -> fault("evidence.locked", file,
					" is being written by another process for too long; end it (or wait) and run again", e);
			case SQLITE_CORRUPT -> fault("evidence.damaged", file, " is damaged; run 'hikkoshi evidence verify' and restore it from a copy", e);
			default -> fault("evidence.failed", file, ": " + e.getMessage(), e, String.valueOf(e.getMessage()));
		};
	}

	static IOException notALog(Path file, @Nullable Throwable cause) {
		return fault("evidence.not-a-log", file, " is not an evidence log; move it away, a new one will be made", cause);
	}

	static IOException readOnly(Path file, @Nullable Throwable cause) {
		return fault("evidence.read-only", file, ": the folder and the file must be writable", cause);
	}

	static IOException noFolder(Path file) {
		return fault("evidence.no-folder", file, ": its folder does not exist", null);
	}

	static IOException newer(Path file, int version) {
		return fault("evidence.newer", file, " was written by a newer Hikkoshi (form " + version + "); use that one", null,
				String.valueOf(version));
	}

	static IOException unreadable(Path file, long row, Exception e) {
		return fault("evidence.unreadable", file, ": row " + row + " cannot be read; run 'hikkoshi evidence verify'", e, String.valueOf(row));
	}

	static IOException closed(Path file) {
		return fault("evidence.closed", file, " has been closed", null);
	}

	private static IOException fault(String id, Path file, String words, @Nullable Throwable cause, String... more) {
		Object[] args = new Object[more.length + 1];
		args[0] = file;
		System.arraycopy(more, 0, args, 1, more.length);
		return new EvidenceException(Reason.of(id, args), file + words, cause);
	}
}
