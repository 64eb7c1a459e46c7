package hikkoshi.core.evidence;

import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.Target;

/// What gates, verdicts, views and reports read. Implementations are safe for use by several threads;
/// a failure to read is an [java.io.UncheckedIOException].
public interface EvidenceView {
	/// The newest word of a probe about a target.
	Optional<Sighting> latest(String probe, Target.Id target);

	/// The newest word of every probe about every target, by row.
	List<Sighting> latest();

	/// All runs of equal observations of a probe about a target, oldest first, at most `limit` newest ones.
	List<Sighting> history(String probe, Target.Id target, int limit);

	/// Number of the last row: grows with every append by anyone, so that a reader can notice news cheaply. 0 when empty.
	long lastRow();

	/// Rows after `row`, oldest first, at most `limit`: what a view that follows the log asks for. A repeat of an unchanged outcome is a row of
	/// its own here: [Sighting#row] is *its* number (ask on from the last one), the rest is its run as of that row.
	List<Sighting> since(long row, int limit);
}
