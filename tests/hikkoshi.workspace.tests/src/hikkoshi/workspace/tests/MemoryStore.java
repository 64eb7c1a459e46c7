package hikkoshi.workspace.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.model.Target;

/// An evidence store in memory: one log per folder, which another "process" may write to as well.
final class MemoryStore implements EvidenceStore {
	final Map<Path, MemoryLog> logs = new HashMap<>();
	int opened;
	int closed;

	@Override
	public synchronized EvidenceLog open(Path project) {
		opened++;
		return logs.computeIfAbsent(project, folder -> new MemoryLog());
	}

	final class MemoryLog implements EvidenceLog {
		private final List<Sighting> rows = new ArrayList<>();
		private boolean broken;

		synchronized void breakDown() {
			broken = true;
		}

		@Override
		public void append(Evidence evidence) throws IOException {
			appendAll(List.of(evidence));
		}

		@Override
		public synchronized void appendAll(List<Evidence> evidence) throws IOException {
			if (broken) {
				throw new IOException("disk full");
			}
			for (Evidence one : evidence) {
				Instant at = one.at();
				rows.add(new Sighting(rows.size() + 1L, one, at, at, 1));
			}
		}

		@Override
		public synchronized Optional<Sighting> latest(String probe, Target.Id target) {
			return history(probe, target, Integer.MAX_VALUE).reversed().stream().findFirst();
		}

		@Override
		public synchronized List<Sighting> latest() {
			Map<String, Sighting> newest = new LinkedHashMap<>();
			rows.forEach(row -> newest.put(row.evidence().probe() + row.evidence().target(), row));
			return List.copyOf(newest.values());
		}

		@Override
		public synchronized List<Sighting> history(String probe, Target.Id target, int limit) {
			return rows.stream().filter(row -> row.evidence().probe().equals(probe) && row.evidence().target().equals(target)).toList();
		}

		@Override
		public synchronized long lastRow() {
			return rows.size();
		}

		@Override
		public synchronized List<Sighting> since(long row, int limit) {
			return rows.stream().filter(one -> one.row() > row).limit(limit).toList();
		}

		@Override
		public Verification verify() {
			return new Verification.Intact(rows.size(), "");
		}

		@Override
		public void close() {
			closed++;
		}
	}
}
