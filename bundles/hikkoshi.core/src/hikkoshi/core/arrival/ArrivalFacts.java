package hikkoshi.core.arrival;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.Facts;

import org.jspecify.annotations.Nullable;

/// What a look into a mailbox leaves in the log: the marks to go on from, and the messages that were new. A table, one row each.
///
/// @param marks one for each folder that is watched
public record ArrivalFacts(List<Mark> marks, List<Arrival> arrivals) {
	private static final String KIND = "arrival.kind";
	private static final String MARK = "mark";
	private static final String MESSAGE = "message";
	private static final List<String> COLUMNS = List.of(KIND, "arrival.folder", "arrival.position", "arrival.received", "arrival.internal", "arrival.mta",
			"arrival.helo", "arrival.address", "arrival.by", "arrival.with", "arrival.id", "arrival.envelope", "arrival.from", "arrival.message-id",
			"arrival.canary", "arrival.way", "arrival.size");

	public ArrivalFacts {
		marks = List.copyOf(marks);
		arrivals = List.copyOf(arrivals);
	}

	public Facts.Table table() {
		List<List<String>> rows = new ArrayList<>();
		marks.forEach(mark -> rows.add(List.of(MARK, mark.folder(), mark.token(), "", "", "", "", "", "", "", "", "", "", "", "", "", "")));
		arrivals.forEach(arrival -> rows.add(row(arrival)));
		return new Facts.Table(COLUMNS, rows);
	}

	private static List<String> row(Arrival a) {
		StringBuilder way = new StringBuilder();
		a.legs().forEach(leg -> way.append(way.isEmpty() ? "" : " ").append(leg.by()).append('=').append(leg.at()));
		return List.of(MESSAGE, a.folder(), a.uid(), text(a.received()), text(a.internal()), a.sender().name(), a.sender().helo(), a.sender().address(), a.sender().by(),
				a.sender().with(), a.sender().id(), a.envelope(), a.from(), a.messageId(), a.canary(), way.toString(), a.size() < 0 ? "" : String.valueOf(a.size()));
	}

	private static String text(@Nullable Instant at) {
		return at == null ? "" : at.toString();
	}

	/// Whether facts are such a table.
	public static boolean isIn(Facts facts) {
		return facts instanceof Facts.Table table && table.columns().contains(KIND);
	}

	/// Reads what [#table] wrote; empty when the facts are something else, e.g. the dialogue of a look that failed.
	public static Optional<ArrivalFacts> in(Facts facts) {
		if (!(facts instanceof Facts.Table table) || !table.columns().contains(KIND)) {
			return Optional.empty();
		}
		List<Mark> marks = new ArrayList<>();
		List<Arrival> arrivals = new ArrayList<>();
		for (List<String> cells : table.rows()) {
			Cells row = new Cells(table.columns(), cells);
			switch (row.cell(KIND)) {
				case MARK -> Mark.parse(row.cell("arrival.folder"), row.cell("arrival.position")).ifPresent(marks::add);
				case MESSAGE -> arrivals.add(arrival(row));
				default -> {
					// of a newer Hikkoshi
				}
			}
		}
		return Optional.of(new ArrivalFacts(marks, arrivals));
	}

	private static Arrival arrival(Cells row) {
		return new Arrival(row.cell("arrival.folder"), row.cell("arrival.position"), row.time("arrival.received"), row.time("arrival.internal"),
				new Arrival.Sender(row.cell("arrival.mta"), row.cell("arrival.helo"), row.cell("arrival.address"), row.cell("arrival.by"), row.cell("arrival.with"),
						row.cell("arrival.id")),
				row.cell("arrival.envelope"), row.cell("arrival.from"), row.cell("arrival.message-id"), row.cell("arrival.canary"), legs(row.cell("arrival.way")),
				row.cell("arrival.size").matches("[0-9]{1,18}") ? Long.parseLong(row.cell("arrival.size")) : -1);
	}

	private static List<Leg> legs(String way) {
		List<Leg> legs = new ArrayList<>();
		for (String leg : way.isEmpty() ? new String[0] : way.split(" ")) {
			int equals = leg.lastIndexOf('=');
			Instant at = equals < 0 ? null : time(leg.substring(equals + 1));
			if (at != null) {
				legs.add(new Leg(leg.substring(0, equals), at));
			}
		}
		return legs;
	}

	private static @Nullable Instant time(String text) {
		try {
			return text.isEmpty() ? null : Instant.parse(text);
		} catch (DateTimeException e) {
			return null;
		}
	}

	private record Cells(List<String> columns, List<String> cells) {
		String cell(String column) {
			int at = columns.indexOf(column);
			return at < 0 ? "" : cells.get(at);
		}

		@Nullable Instant time(String column) {
			return ArrivalFacts.time(cell(column));
		}
	}
}
