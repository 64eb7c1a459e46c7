package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault.Severity;

/// `mailboxes.csv` as it is being edited: which rows its text has and what is wrong with them, kept up to date from one edit of the text to
/// the next. A keystroke reads its row again and judges that row and those it collides with, whatever the size of the file; only an edit of
/// the header, or one that opens or closes a quote over many rows, reads everything. Says the same faults as [MigrationFiles] does of the
/// whole. For one thread; [#snapshot] gives another one what it needs to sort and filter.
public final class RosterDocument {
	private final GapText text;
	private final RowIndex index = new RowIndex();
	private final RosterJudge judge;
	private final RosterRows rows;

	/// What an edit did to the rows. Others have changed neither their text nor their number.
	///
	/// @param isWhole whether everything has been read again; columns may be others
	public record Change(boolean isWhole, List<RosterLine> gone, List<RosterLine> come) {
		static final Change NONE = new Change(false, List.of(), List.of());

		public Change {
			gone = List.copyOf(gone);
			come = List.copyOf(come);
		}
	}

	/// How much was done since the beginning.
	///
	/// @param read rows that were read out of the text
	/// @param judged rows that were held against the others
	public record Effort(long read, long judged) {}

	/// @param cell of the row, from 0; -1 for the row as a whole
	public record CellFault(int cell, Fault fault) {}

	public RosterDocument(String text, RosterDomains domains) {
		this.text = new GapText(text);
		judge = new RosterJudge(index, domains);
		rows = new RosterRows(this.text, index, judge);
	}

	public String text() {
		return text.toString();
	}

	public int length() {
		return text.length();
	}

	String text(int from, int to) {
		return text.subSequence(from, to);
	}

	/// Rows of the table: all but the header and blank lines.
	public int size() {
		return index.size() - (rows.header() == null ? 0 : 1);
	}

	public RosterLine row(int row) {
		RosterLine first = rows.header();
		int skipped = first != null && index.indexOf(first) <= row ? 1 : 0;
		return index.get(row + skipped);
	}

	/// Its place in the table; -1 when it is gone.
	public int indexOf(RosterLine row) {
		int at = index.indexOf(row);
		RosterLine first = rows.header();
		return first != null && at > index.indexOf(first) ? at - 1 : at;
	}

	/// The row that an offset of the text is in; that before it where it is in none.
	public Optional<RosterLine> at(int offset) {
		int at = index.before(offset + 1);
		RosterLine row = at < 0 ? null : index.get(at);
		return row == rows.header() ? Optional.empty() : Optional.ofNullable(row);
	}

	/// Whether its quotes are as they should be.
	public boolean isReadable(RosterLine row) {
		return !row.isBroken();
	}

	/// Of its first character, 1-based.
	public int line(RosterLine row) {
		return index.line(row);
	}

	public int start(RosterLine row) {
		return index.start(row);
	}

	public int end(RosterLine row) {
		return index.end(row);
	}

	/// Whether the first row names the columns: without it nothing can be read.
	public boolean hasColumns() {
		return rows.said().columns().isPresent();
	}

	/// The names of the cells in the order of the file, as [FileKeys#COLUMNS] has them where it knows them.
	public List<String> headings() {
		return rows.said().headings();
	}

	char delimiter() {
		return rows.delimiter();
	}

	Optional<RosterLine> header() {
		return Optional.ofNullable(rows.header());
	}

	public RosterDomains domains() {
		return judge.domains();
	}

	/// A row's cells without their quotes; one with the whole line when its quotes are wrong.
	public List<String> cells(RosterLine row) {
		if (row.isBroken()) {
			return List.of(text.subSequence(index.start(row), index.end(row)));
		}
		return spans(row).stream().map(Csv.Cell::value).toList();
	}

	/// With their places in the row.
	List<Csv.Cell> spans(RosterLine row) {
		List<Csv.Cell> cells = new ArrayList<>();
		new Csv.Reader(text.subSequence(index.start(row), index.end(row)), rows.delimiter(), FaultList.ofFile(""), found -> cells.addAll(found.cells()))
				.row(0);
		return cells;
	}

	/// How bad it is; null when nothing is wrong with it.
	public @Nullable Severity worst(RosterLine row) {
		return row.worst;
	}

	/// Rows with an error.
	public int errors() {
		return judge.errors();
	}

	/// Rows with warnings only.
	public int warnings() {
		return judge.warnings();
	}

	public Effort effort() {
		return new Effort(rows.read(), judge.judged());
	}

	/// An edit of the text. What is equal at the beginning and the end of both texts does not count as edited.
	public Change replace(int offset, int length, String replacement) {
		String before = text.subSequence(offset, offset + length);
		List<TextEdit> edit = TextEdit.difference(before, replacement);
		return edit.isEmpty() ? Change.NONE : rows.edit(offset + edit.getFirst().offset(), edit.getFirst().length(), edit.getFirst().replacement());
	}

	/// Another `migration.yaml`: judges the rows of the domains that differ.
	public void domains(RosterDomains domains) {
		Set<RosterLine> touched = new LinkedHashSet<>();
		List<RosterLine> all = new ArrayList<>();
		for (int i = 0; i < index.size(); i++) {
			all.add(index.get(i));
		}
		judge.domains(domains, all, touched);
	}

	/// What is wrong with a row, in the order of its cells.
	public List<CellFault> faults(RosterLine row) {
		return RosterCells.place(this, row, rows.said().columns().orElse(null), judge.faults(row));
	}

	/// What is wrong with the file, in its order; bounded as [FaultList] is.
	public List<Fault> faults() {
		FaultList within = FaultList.ofFile(MigrationProject.MAILBOXES_FILE);
		FaultList joined = FaultList.ofFile(MigrationProject.MAILBOXES_FILE);
		judge.faults(within, joined);
		rows.faults(within);
		List<Fault> all = new ArrayList<>(within.list());
		all.addAll(joined.list());
		all.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
		return all;
	}

	/// What would be wrong with a row if a cell had another value. Changes nothing.
	public List<CellFault> preview(RosterLine row, String column, String value) {
		List<TextEdit> edits = RosterChanges.set(this, List.of(row), column, value);
		if (edits.size() != 1) {
			return faults(row);
		}
		TextEdit edit = edits.getFirst();
		String before = text.subSequence(edit.offset(), edit.offset() + edit.length());
		replace(edit.offset(), edit.length(), edit.replacement());
		List<CellFault> faults = faults(row);
		replace(edit.offset(), edit.replacement().length(), before);
		return faults;
	}

	/// For another thread to sort and filter by.
	public RosterSnapshot snapshot() {
		RosterLine first = rows.header();
		int skipped = first == null ? -1 : index.indexOf(first);
		int size = size();
		RosterLine[] lines = new RosterLine[size];
		int[] starts = new int[size];
		int[] ends = new int[size];
		boolean[] faulty = new boolean[size];
		for (int i = 0; i < size; i++) {
			RosterLine line = index.get(first != null && i >= skipped ? i + 1 : i);
			lines[i] = line;
			starts[i] = index.start(line);
			ends[i] = index.end(line);
			faulty[i] = line.worst != null;
		}
		return new RosterSnapshot(text.toString(), rows.delimiter(), headings(), lines, starts, ends, faulty);
	}
}
