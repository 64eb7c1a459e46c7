package hikkoshi.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.model.Target;

/// The log of a project that has none yet: empty to readers, and made by the first append, here or in another process. Who only looks at a project
/// leaves no trace in it.
final class UnwrittenLog implements EvidenceLog {
	private final LogFile file;
	private @Nullable EvidenceLog written;
	private boolean closed;

	UnwrittenLog(LogFile file) {
		this.file = file;
	}

	@Override
	public void append(Evidence evidence) throws IOException {
		writable().append(evidence);
	}

	@Override
	public void appendAll(List<Evidence> evidence) throws IOException {
		if (!evidence.isEmpty()) {
			writable().appendAll(evidence);
		}
	}

	private synchronized EvidenceLog writable() throws IOException {
		if (closed) {
			throw LogFaults.closed(file.path());
		}
		EvidenceLog known = written;
		if (known == null) {
			known = SqliteEvidenceLog.open(file);
			written = known;
		}
		return known;
	}

	/// Empty while nobody has written anything.
	private synchronized Optional<EvidenceLog> readable() throws IOException {
		if (closed) {
			throw LogFaults.closed(file.path());
		}
		return written == null && !Files.exists(file.path()) ? Optional.empty() : Optional.of(writable());
	}

	private Optional<EvidenceLog> view() {
		try {
			return readable();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public Optional<Sighting> latest(String probe, Target.Id target) {
		return view().flatMap(log -> log.latest(probe, target));
	}

	@Override
	public List<Sighting> latest() {
		return view().map(EvidenceLog::latest).orElse(List.of());
	}

	@Override
	public List<Sighting> history(String probe, Target.Id target, int limit) {
		return view().map(log -> log.history(probe, target, limit)).orElse(List.of());
	}

	@Override
	public long lastRow() {
		return view().map(EvidenceLog::lastRow).orElse(0L);
	}

	@Override
	public List<Sighting> since(long row, int limit) {
		return view().map(log -> log.since(row, limit)).orElse(List.of());
	}

	@Override
	public Verification verify() throws IOException {
		Optional<EvidenceLog> log = readable();
		return log.isPresent() ? log.get().verify() : new Verification.Intact(0, HexFormat.of().formatHex(Row.genesis()));
	}

	@Override
	public synchronized void close() throws IOException {
		closed = true;
		EvidenceLog known = written;
		if (known != null) {
			known.close();
		}
	}
}
