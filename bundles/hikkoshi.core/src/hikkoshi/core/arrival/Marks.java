package hikkoshi.core.arrival;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.RunMemo;

/// How far each mailbox has been read, for the probes that look for what is new. One per run, in its memo; a run without one looks at every mailbox for
/// the first time. Safe for several threads.
public interface Marks {
	/// @param probe that looked
	/// @param account into which
	/// @return one mark for each folder, empty before the first look
	List<Mark> of(String probe, Target.Id account);

	/// The marks of a run.
	static Marks of(RunMemo memo) throws IOException, InterruptedException {
		return memo.once(Marks.class, Marks.class, () -> (_, _) -> List.of());
	}

	/// Makes these the marks that the probes of a run find. Before the first probe.
	///
	/// @throws IllegalStateException when the run has others already
	static void open(RunMemo memo, Marks marks) throws IOException, InterruptedException {
		if (memo.once(Marks.class, Marks.class, () -> marks) != marks) {
			throw new IllegalStateException("the run has marks already");
		}
	}

	/// What the log says: the newest look that had a word for where it stood. One that failed has none.
	static Marks in(EvidenceView log) {
		return (probe, account) -> {
			Optional<List<Mark>> latest = log.latest(probe, account).flatMap(Marks::read);
			for (int limit = 32; latest.isEmpty(); limit *= 32) {
				List<Sighting> history = log.history(probe, account, limit);
				latest = history.reversed().stream().flatMap(sighting -> read(sighting).stream()).findFirst();
				if (history.size() < limit) {
					break;
				}
			}
			return latest.orElse(List.of());
		};
	}

	private static Optional<List<Mark>> read(Sighting sighting) {
		return ArrivalFacts.in(sighting.evidence().facts()).map(ArrivalFacts::marks).filter(marks -> !marks.isEmpty());
	}
}
