package hikkoshi.store;

/// The questions that the log is asked, each answered by index: a test asks SQLite for its plan.
public final class Queries {
	/// What is read of a sighting: its newest row `l`, the row `w` that holds the observation, and the run's first row `f`.
	private static final String SIGHTING = """
			SELECT l.row, w.row, w.probe, w.target, w.at, w.took, w.outcome, w.reason, w.facts, f.at, l.at, l.nth, l.run
			""";
	private static final String JOINS = " JOIN log w ON w.row = l.whole JOIN log f ON f.row = l.run ";

	/// The newest word of a probe about a target.
	public static final String LATEST_ONE =
			SIGHTING + "FROM latest n JOIN log l ON l.row = n.last" + JOINS + "WHERE n.probe = ? AND n.target = ?";
	/// The newest word of every probe about every target.
	public static final String LATEST_ALL = SIGHTING + "FROM latest n JOIN log l ON l.row = n.last" + JOINS + "ORDER BY l.row";
	/// The newest runs of a probe about a target.
	public static final String HISTORY = SIGHTING + """
			FROM (SELECT DISTINCT run FROM log WHERE probe = ? AND target = ? ORDER BY run DESC LIMIT ?) r
			JOIN log l ON l.row = (SELECT max(row) FROM log WHERE run = r.run)
			""" + JOINS + "ORDER BY r.run";
	/// The rows after a row.
	public static final String SINCE = SIGHTING + "FROM log l" + JOINS + "WHERE l.row > ? ORDER BY l.row LIMIT ?";

	private Queries() {}
}
