package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;

/// What `mailboxes.csv` says by itself: who moves. Whether domains and waves are known shows only together with `migration.yaml`
/// ([MigrationFiles]).
///
/// @param rows those that can be used
public record Roster(List<Row> rows) {
	/// Bytes of a file that is read at all.
	public static final int MAX_BYTES = 50_000_000;

	public Roster {
		rows = List.copyOf(rows);
	}

	/// @param address of a catch-all: `*@` and its domain
	/// @param kind null for a mailbox
	/// @param oldUser its login on the old side: the address where the cell is empty
	/// @param newUser the same on the new side
	/// @param goesTo where the mail of an address without a mailbox ends, as far as known
	/// @param wave empty when the cell is
	/// @param line 1-based
	/// @param addressColumn where its address stands in that line, 1-based
	/// @param waveColumn where its wave stands, 1-based; 0 when there is none
	/// @param goesToColumn where its targets stand, 1-based; 0 when there are none
	public record Row(EmailAddress address, Recipient.@Nullable Kind kind, String oldUser, String newUser, List<EmailAddress> goesTo, String wave,
			String note, int line, int addressColumn, int waveColumn, int goesToColumn) {
		public Row {
			goesTo = List.copyOf(goesTo);
		}

		/// Its login on that side.
		public String user(Side side) {
			return side == Side.OLD ? oldUser : newUser;
		}

		/// Whether somebody logs in to it.
		public boolean isMailbox() {
			return kind == null;
		}
	}

	/// @param bytes of the file; their encoding is found out ([TextFile])
	/// @return a value unless the bytes are no text
	public static Parsed<Roster> parse(byte[] bytes) {
		if (bytes.length > MAX_BYTES) {
			FaultList faults = FaultList.ofFile(MigrationProject.MAILBOXES_FILE);
			faults.whole(FaultKind.FILE_TOO_LARGE, MigrationProject.MAILBOXES_FILE, MAX_BYTES / 1_000_000);
			return new Parsed<>(Optional.empty(), faults.list());
		}
		Parsed<TextFile> file = TextFile.decode(bytes, MigrationProject.MAILBOXES_FILE);
		if (file.value().isEmpty()) {
			return new Parsed<>(Optional.empty(), file.faults());
		}
		Parsed<Roster> roster = parse(file.value().get().text());
		List<Fault> faults = new ArrayList<>(file.faults());
		faults.addAll(roster.faults());
		return new Parsed<>(roster.value(), faults);
	}

	/// @param text of the file or of an unsaved editor, without a byte order mark
	public static Parsed<Roster> parse(String text) {
		Lines lines = Lines.of(text);
		FaultList faults = new FaultList(MigrationProject.MAILBOXES_FILE, lines);
		Reader reader = new Reader(faults, Math.min(lines.count(), Csv.MAX_ROWS));
		Csv.scan(text, faults, reader);
		return new Parsed<>(Optional.of(new Roster(reader.end())), faults.list());
	}

	/// Takes the header, then the rows.
	private static final class Reader implements Consumer<Csv.Row> {
		private final FaultList faults;
		private final RosterRules rules = new RosterRules();
		private final List<Row> rows;
		private final FirstByName<Row> byAddress;
		/// Those that differ from an earlier one only in upper and lower case: few.
		private final Map<EmailAddress, Integer> alike = new HashMap<>();
		private @Nullable RosterColumns columns;
		private int taken;

		/// @param expected rows at most
		Reader(FaultList faults, int expected) {
			this.faults = faults;
			rows = new ArrayList<>(expected);
			byAddress = new FirstByName<>(row -> row.address().toString(), expected);
		}

		@Override
		public void accept(Csv.Row row) {
			RosterColumns known = columns;
			if (taken++ == 0) {
				columns = RosterColumns.of(row, faults).orElse(null);
			} else if (known != null && row.count() != known.count()) {
				faults.at(row.start(), FaultKind.CSV_CELLS, row.count(), known.count());
			} else if (known != null) {
				rules.row(row, known, faults).ifPresent(this::add);
			}
		}

		List<Row> end() {
			if (taken == 0) {
				faults.whole(FaultKind.CSV_NO_HEADER);
			} else if (taken == 1 && columns != null) {
				faults.whole(FaultKind.ROSTER_EMPTY);
			}
			return rows;
		}

		private void add(Row row) {
			EmailAddress address = row.address();
			Row like = byAddress.putIfAbsent(row);
			if (like != null) {
				RosterVerdicts.Sink sink = (kind, column, args) -> faults.on(kind, row.line(), column, args);
				Integer first = like.address().equals(address) ? Integer.valueOf(like.line()) : alike.putIfAbsent(address, row.line());
				if (first != null) {
					RosterVerdicts.again(row, first, sink);
					return;
				}
				RosterVerdicts.alike(row, like.line(), sink);
			}
			rows.add(row);
		}
	}

	/// Where the columns of `mailboxes.csv` stand; -1 for one that is not there.
	/// Shared with [RosterEdit].
	record RosterColumns(int count, int address, int oldUser, int newUser, int wave, int note, int kind, int goesTo) {
		/// Empty when without `address` nothing can be read.
		static Optional<RosterColumns> of(Csv.Row header, FaultList faults) {
			if (header.values().stream().anyMatch(value -> value.indexOf('@') >= 0)) {
				faults.at(header.start(), FaultKind.CSV_NO_HEADER);
				return Optional.empty();
			}
			Map<String, Integer> found = new HashMap<>();
			Set<String> missing = new HashSet<>(FileKeys.COLUMNS);
			header.values().forEach(value -> missing.remove(name(value)));
			for (int i = 0; i < header.count(); i++) {
				Csv.Cell cell = header.cell(i);
				String name = name(cell.value());
				if (FileKeys.COLUMNS.contains(name)) {
					if (found.putIfAbsent(name, i) != null) {
						faults.at(cell.start(), FaultKind.CSV_DUPLICATE_COLUMN, cell.value());
					}
					continue;
				}
				Optional<String> near = NearWords.nearest(name, missing);
				if (NearWords.isSecret(cell.value())) {
					faults.at(cell.start(), FaultKind.CSV_PASSWORD_COLUMN, cell.value());
				} else if (near.isPresent()) {
					faults.at(cell.start(), FaultKind.CSV_UNKNOWN_COLUMN_NEAR, cell.value(), near.get());
				} else {
					faults.at(cell.start(), FaultKind.CSV_UNKNOWN_COLUMN, cell.value(), String.join(", ", FileKeys.COLUMNS));
				}
			}
			if (!found.containsKey("address")) {
				faults.at(header.start(), FaultKind.CSV_MISSING_COLUMN, "address");
				return Optional.empty();
			}
			return Optional.of(new RosterColumns(header.count(), found.get("address"), found.getOrDefault("old_user", -1),
					found.getOrDefault("new_user", -1), found.getOrDefault("wave", -1), found.getOrDefault("note", -1),
					found.getOrDefault("kind", -1), found.getOrDefault("goes_to", -1)));
		}

		static String name(String heading) {
			return heading.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
		}
	}
}
