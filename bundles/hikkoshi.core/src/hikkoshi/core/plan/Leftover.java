package hikkoshi.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.evidence.Facts;

/// A record of a domain that still leads to the old server, and what should become of it.
///
/// @param name without trailing dot
/// @param data of the record, as a master file has it
/// @param leads by what it leads there: the host, the address, the term
/// @param change what the data should be; empty to take the record away, [#FOLLOWS] when it changes with the name it points at, [#OPEN] when nobody but a
/// person knows
public record Leftover(String name, String type, String data, String leads, String change, When when) implements Comparable<Leftover> {
	/// Nothing to do here: what it points at is another row.
	public static final String FOLLOWS = "=";
	/// To be decided by a person.
	public static final String OPEN = "?";
	/// The check that a sweep for what must change with the cutover is, and the one for what must go at the end.
	public static final String CUTOVER_CHECK = "audit.leftovers";
	public static final String END_CHECK = "audit.leftovers.end";
	/// Columns of the evidence.
	public static final List<String> COLUMNS = List.of("name", "type", "data", "leads", "change", "when");

	/// When it should change.
	public enum When {
		/// With the cutover: whoever asks then is sent to the wrong server.
		CUTOVER,
		/// Not before propagation has ended: until then it must stay, so that mail on its way is not refused.
		END;

		public String token() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	public static Facts.Table table(List<Leftover> rows) {
		return new Facts.Table(COLUMNS, rows.stream().sorted()
				.map(row -> List.of(row.name, row.type, row.data, row.leads, row.change, row.when.token())).toList());
	}

	/// The rows behind evidence of a sweep; empty for other facts, e.g. when a server owed an answer.
	public static List<Leftover> of(Facts facts) {
		List<Leftover> rows = new ArrayList<>();
		if (facts instanceof Facts.Table(List<String> columns, List<List<String>> cells) && columns.equals(COLUMNS)) {
			for (List<String> row : cells) {
				When when = row.get(5).equals(When.END.token()) ? When.END : When.CUTOVER;
				rows.add(new Leftover(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), when));
			}
		}
		return rows;
	}

	/// What must change first comes first, then by name.
	@Override
	public int compareTo(Leftover other) {
		int byWhen = when.compareTo(other.when);
		int byName = byWhen == 0 ? name.compareTo(other.name) : byWhen;
		int byType = byName == 0 ? type.compareTo(other.type) : byName;
		return byType == 0 ? data.compareTo(other.data) : byType;
	}
}
