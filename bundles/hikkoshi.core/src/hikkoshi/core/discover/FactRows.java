package hikkoshi.core.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import hikkoshi.core.evidence.Facts;

/// Tables of facts as rows of named cells. A table of another form (an older Hikkoshi's, a newer one's) gives empty cells, never an exception.
final class FactRows {
	private FactRows() {}

	/// A row that knows its columns.
	record Row(List<String> columns, List<String> cells) {
		String cell(String column) {
			int at = columns.indexOf(column);
			return at < 0 ? "" : cells.get(at);
		}

		int number(String column) {
			String cell = cell(column);
			return cell.matches("[0-9]{1,9}") ? Integer.parseInt(cell) : 0;
		}

		<E extends Enum<E>> E word(String column, Class<E> type, E otherwise) {
			for (E value : type.getEnumConstants()) {
				if (token(value).equals(cell(column))) {
					return value;
				}
			}
			return otherwise;
		}
	}

	static String token(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static <T> List<T> read(Facts facts, Function<Row, T> reader) {
		List<T> read = new ArrayList<>();
		if (facts instanceof Facts.Table table) {
			table.rows().forEach(cells -> read.add(reader.apply(new Row(table.columns(), cells))));
		}
		return List.copyOf(read);
	}
}
