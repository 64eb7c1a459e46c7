package hikkoshi.core.format;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import hikkoshi.core.format.Roster.RosterColumns;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;

/// How faults of `mailboxes.csv` are mended. The text is read once for all of its faults.
final class RosterMendings {
	private static final String FILE = MigrationProject.MAILBOXES_FILE;

	private final Csv csv;
	private final Lines lines;

	RosterMendings(String text) {
		csv = Csv.parse(text, FaultList.ofFile(FILE));
		lines = Lines.of(text);
	}

	/// What a file that holds nothing begins with; or one that holds bare addresses only.
	Optional<Mending> header() {
		if (csv.text().isBlank()) {
			return Optional.of(Mending.plain(FILE, List.of(TextEdit.insert(0, MigrationTemplate.mailboxes())), "header", "address"));
		}
		boolean bare = csv.rows().stream().allMatch(row -> row.count() == 1 && row.value(0).indexOf('@') > 0);
		return bare && !csv.rows().isEmpty()
				? Optional.of(Mending.plain(FILE, List.of(TextEdit.insert(0, "address" + lineBreak())), "header", "address")) : Optional.empty();
	}

	/// The one column that holds an address in every row, when none is called so.
	Optional<Mending> addressColumn() {
		List<Csv.Row> rows = csv.rows();
		if (rows.size() < 2) {
			return Optional.empty();
		}
		List<Integer> candidates = new ArrayList<>();
		for (int i = 0; i < rows.getFirst().count(); i++) {
			int column = i;
			if (rows.stream().skip(1).allMatch(row -> row.value(column).indexOf('@') > 0) && !FileKeys.COLUMNS.contains(name(i))) {
				candidates.add(i);
			}
		}
		return candidates.size() == 1 ? heading(rows.getFirst().cell(candidates.getFirst()), "address") : Optional.empty();
	}

	Optional<Mending> rename(Fault fault, String column) {
		boolean isFree = csv.rows().isEmpty() || csv.rows().getFirst().values().stream().noneMatch(value -> RosterColumns.name(value).equals(column));
		return isFree ? column(fault).flatMap(index -> heading(csv.rows().getFirst().cell(index), column)) : Optional.empty();
	}

	private Optional<Mending> heading(Csv.Cell cell, String column) {
		return Optional.of(Mending.plain(FILE, List.of(RosterEdit.replacing(csv, cell, column)), "rename", cell.value(), column));
	}

	Optional<Mending> removePasswords(Fault fault) {
		return column(fault).map(index -> Mending.removes(FILE, without(index), "password-column", csv.rows().getFirst().value(index)));
	}

	/// A column that is there twice, when the second says nothing of its own.
	Optional<Mending> duplicateColumn(Fault fault) {
		Optional<Integer> again = column(fault);
		if (again.isEmpty()) {
			return Optional.empty();
		}
		int first = 0;
		while (first < again.get() && !name(first).equals(name(again.get()))) {
			first++;
		}
		int one = first;
		boolean isSaid = one < again.get() && csv.rows().stream().skip(1).allMatch(row -> row.value(again.get()).isBlank()
				|| row.value(again.get()).strip().equals(row.value(one).strip()));
		return isSaid ? Optional.of(Mending.plain(FILE, without(again.get()), "duplicate", csv.rows().getFirst().value(again.get()))) : Optional.empty();
	}

	private List<TextEdit> without(int column) {
		List<TextEdit> edits = new ArrayList<>();
		for (Csv.Row row : csv.rows()) {
			if (column < row.count()) {
				Csv.Cell cell = row.cell(column);
				// with the delimiter before it; the first cell with the one behind
				int start = column > 0 ? cell.start() - 1 : cell.start();
				int end = column == 0 && row.count() > 1 ? cell.end() + 1 : cell.end();
				edits.add(new TextEdit(start, end - start, ""));
			}
		}
		return edits;
	}

	Optional<Mending> quote(Fault fault) {
		return cell(fault).map(cell -> Mending.plain(FILE, List.of(new TextEdit(cell.start(), cell.end() - cell.start(),
				'"' + cell.value().replace("\"", "\"\"") + '"')), "quote-cell"));
	}

	/// Empty cells at the end of a line are all that a spreadsheet adds or leaves out.
	Optional<Mending> cells(Fault fault) {
		Optional<Csv.Row> found = row(fault);
		if (found.isEmpty() || csv.rows().isEmpty()) {
			return Optional.empty();
		}
		Csv.Row row = found.get();
		int wanted = csv.rows().getFirst().count();
		int has = row.count();
		if (has < wanted) {
			return Optional.of(Mending.plain(FILE, List.of(TextEdit.insert(row.end(), String.valueOf(csv.delimiter()).repeat(wanted - has))), "fill-cells",
					wanted));
		}
		boolean isEmpty = has > wanted && row.values().subList(wanted, has).stream().allMatch(String::isBlank);
		int from = row.cell(Math.min(wanted, has) - 1).end();
		return isEmpty ? Optional.of(Mending.plain(FILE, List.of(new TextEdit(from, row.end() - from, "")), "cut-cells", wanted)) : Optional.empty();
	}

	/// A line that holds delimiters only.
	Optional<Mending> emptyRow(Fault fault) {
		return row(fault).filter(row -> row.values().stream().allMatch(String::isBlank))
				.map(row -> Mending.plain(FILE, List.of(RosterEdit.removing(csv, row)), "empty-line"));
	}

	/// A second line of an address that says nothing which the first does not say.
	///
	/// @param firstLine of the row that stays
	Optional<Mending> duplicateRow(Fault fault, String address, int firstLine) {
		Optional<Csv.Row> again = row(fault);
		Optional<Csv.Row> first = row(firstLine);
		int column = column("address");
		if (again.isEmpty() || first.isEmpty() || again.get() == first.get() || column < 0) {
			return Optional.empty();
		}
		String one = parsed(first.get().value(column).strip());
		String other = parsed(again.get().value(column).strip());
		for (int i = 0; i < again.get().count(); i++) {
			if (!isSaid(name(i), again.get().value(i).strip(), first.get().value(i).strip(), one, other)) {
				return Optional.empty();
			}
		}
		return Optional.of(Mending.plain(FILE, List.of(RosterEdit.removing(csv, again.get())), "duplicate-line", address));
	}

	/// @param one the first row's address
	/// @param other the second one's
	private static boolean isSaid(String column, String again, String first, String one, String other) {
		return switch (column) {
			case "address" -> one.equals(other);
			// an empty cell means the address
			case "old_user", "new_user" -> (again.isEmpty() ? other : again).equals(first.isEmpty() ? one : first);
			case "kind" -> (again.isEmpty() ? Recipient.MAILBOX_TOKEN : again).equals(first.isEmpty() ? Recipient.MAILBOX_TOKEN : first);
			default -> again.isEmpty() || again.equals(first);
		};
	}

	/// As it is read: the case of its domain does not matter.
	private static String parsed(String address) {
		try {
			return EmailAddress.parse(address).toString();
		} catch (IllegalArgumentException e) {
			return address;
		}
	}

	/// `<ann@example.org>`, `mailto:ann@example.org`, `ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ` → `ann@example.org`
	Optional<Mending> address(Fault fault) {
		return cell(fault).flatMap(cell -> {
			String bare = Normalizer.normalize(cell.value(), Normalizer.Form.NFKC).strip().replaceFirst("^(?i)mailto:", "")
					.replaceFirst("^[^<>]*<([^<>]+)>$", "$1").replaceFirst("[.,;]+$", "").strip();
			return bare.equals(cell.value()) || !isAddress(bare) ? Optional.empty()
					: Optional.of(Mending.plain(FILE, List.of(RosterEdit.replacing(csv, cell, bare)), "replace", cell.value(), bare));
		});
	}

	private static boolean isAddress(String text) {
		try {
			return !Hosts.isNumeric(EmailAddress.parse(text).domain());
		} catch (IllegalArgumentException e) {
			return false;
		}
	}

	/// The address in a domain that is listed, which is nearly the one that is written.
	Optional<Mending> domain(Fault fault, String domain, String near) {
		return cell(fault).filter(cell -> cell.value().strip().lastIndexOf('@') > 0).map(cell -> {
			String address = cell.value().strip();
			String better = address.substring(0, address.lastIndexOf('@') + 1) + near;
			return Mending.plain(FILE, List.of(RosterEdit.replacing(csv, cell, better)), "replace", address, better);
		});
	}

	Optional<Mending> replace(Fault fault, String column, String value) {
		int index = column(column);
		return row(fault).filter(row -> index >= 0 && index < row.count() && !row.value(index).strip().equals(value))
				.map(row -> Mending.plain(FILE, List.of(RosterEdit.replacing(csv, row.cell(index), value)), "replace", row.value(index).strip(), value));
	}

	/// A word by the known one that is nearest to it.
	Optional<Mending> word(Fault fault, Stream<String> known) {
		List<String> words = known.toList();
		return cell(fault).flatMap(cell -> NearWords.nearest(cell.value(), words)
				.map(near -> Mending.plain(FILE, List.of(RosterEdit.replacing(csv, cell, near)), "replace", cell.value(), near)));
	}

	/// What a cell of the row with a fault says.
	String value(Fault fault, String column) {
		return row(fault).map(row -> row.value(column(column)).strip()).orElse("");
	}

	private Optional<Csv.Row> row(Fault fault) {
		return row(fault.line());
	}

	private Optional<Csv.Row> row(int line) {
		int low = 0;
		int high = csv.rows().size() - 1;
		while (low <= high) {
			int middle = low + high >>> 1;
			Csv.Row row = csv.rows().get(middle);
			if (lines.line(row.end()) < line) {
				low = middle + 1;
			} else if (lines.line(row.start()) > line) {
				high = middle - 1;
			} else {
				return Optional.of(row);
			}
		}
		return Optional.empty();
	}

	private Optional<Csv.Cell> cell(Fault fault) {
		return row(fault).flatMap(row -> row.cells().stream()
				.filter(cell -> lines.line(cell.start()) == fault.line() && lines.column(cell.start()) == fault.column()).findFirst());
	}

	/// The column whose heading has the fault.
	private Optional<Integer> column(Fault fault) {
		return cell(fault).map(cell -> csv.rows().getFirst().cells().indexOf(cell)).filter(index -> index >= 0);
	}

	private int column(String name) {
		List<Csv.Cell> header = csv.rows().isEmpty() ? List.of() : csv.rows().getFirst().cells();
		for (int i = 0; i < header.size(); i++) {
			if (name(i).equals(name)) {
				return i;
			}
		}
		return -1;
	}

	private String name(int column) {
		return RosterColumns.name(csv.rows().getFirst().value(column));
	}

	private String lineBreak() {
		return csv.text().contains("\r\n") ? "\r\n" : "\n";
	}
}
