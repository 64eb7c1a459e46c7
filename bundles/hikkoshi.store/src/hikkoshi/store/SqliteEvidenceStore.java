package hikkoshi.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.EvidenceStore;

/// Keeps a project's evidence in the file `evidence.db` of its folder. Stateless, safe for several threads; several logs of one project may
/// be open at once, in one process or in several.
public final class SqliteEvidenceStore implements EvidenceStore {
	/// How long another process may hold the log before an append gives up.
	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final Duration patience;

	public SqliteEvidenceStore() {
		this(PATIENCE);
	}

	/// @param patience how long to wait for another process that is writing
	public SqliteEvidenceStore(Duration patience) {
		this.patience = patience;
	}

	@Override
	public EvidenceLog open(Path project) throws IOException {
		LogFile file = new LogFile(project.resolve(FILE).toAbsolutePath().normalize(), patience);
		file.check();
		return Files.exists(file.path()) ? SqliteEvidenceLog.open(file) : new UnwrittenLog(file);
	}
}
