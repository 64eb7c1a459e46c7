package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault.Severity;
import hikkoshi.core.format.Roster.RosterColumns;
import hikkoshi.core.model.EmailAddress;

/// `mailboxes.csv` as it is being edited: which rows its text has and what is wrong with them, kept up to date from one edit of the text to
/// the next. A keystroke reads its row again and judges that row and those it collides with, whatever the size of the file; only an edit of
/// the header, or one that opens or closes a quote over many rows, reads everything. Says the same faults as [MigrationFiles] does of the
/// whole. For one thread; [#snapshot] gives another one what it needs to sort and filter.
public final class RosterDocument {
	private static final int MAX_RESCUES = 100;

	private final GapText text;
	private final RowIndex index = new RowIndex();
	private final RosterClashes clashes;
	private final Set<RosterLine> broken = new LinkedHashSet<>();
	private final RosterRules rules = new RosterRules();
	private Csv.Head head = new Csv.Head(',', 0);
	private @Nullable RosterLine header;
	private @Nullable RosterColumns columns;
	private List<String> headings = List.of();
	private List<Fault> headerFaults = List.of();
	/// Where the rows are too many; -1 when they are not.
	private int overflow;
	private boolean limited;
	private int errors;
	private int warnings;
	private long read;
	private long judged;

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

	/// @param start offset in the text
	/// @param stray where a bad quote was given up, as an offset; -1 in a good row
	private record Span(int start, int end, int stray) {}

	public RosterDocument(String text, RosterDomains domains) {
		this.text = new GapText(text);
		clashes = new RosterClashes(index, domains);
		rebuild();
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
		return index.size() - (header == null ? 0 : 1);
	}

	public RosterLine row(int row) {
		RosterLine first = header;
		int skipped = first != null && index.indexOf(first) <= row ? 1 : 0;
		return index.get(row + skipped);
	}

	/// Its place in the table; -1 when it is gone.
	public int indexOf(RosterLine row) {
		int at = index.indexOf(row);
		RosterLine first = header;
		return first != null && at > index.indexOf(first) ? at - 1 : at;
	}

	/// The row that an offset of the text is in; that before it where it is in none.
	public Optional<RosterLine> at(int offset) {
		int at = index.before(offset + 1);
		RosterLine row = at < 0 ? null : index.get(at);
		return row == header ? Optional.empty() : Optional.ofNullable(row);
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
		return columns != null;
	}

	/// The names of the cells in the order of the file, as [FileKeys#COLUMNS] has them where it knows them.
	public List<String> headings() {
		return headings;
	}

	char delimiter() {
		return head.delimiter();
	}

	Optional<RosterLine> header() {
		return Optional.ofNullable(header);
	}

	public RosterDomains domains() {
		return clashes.domains();
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
		new Csv.Reader(text.subSequence(index.start(row), index.end(row)), head.delimiter(), FaultList.ofFile(""), found -> cells.addAll(found.cells()))
				.row(0);
		return cells;
	}

	/// How bad it is; null when nothing is wrong with it.
	public @Nullable Severity worst(RosterLine row) {
		return row.worst;
	}

	/// Rows with an error.
	public int errors() {
		return errors;
	}

	/// Rows with warnings only.
	public int warnings() {
		return warnings;
	}

	public Effort effort() {
		return new Effort(read, judged);
	}

	/// An edit of the text. What is equal at the beginning and the end of both texts does not count as edited.
	public Change replace(int offset, int length, String replacement) {
		String before = text.subSequence(offset, offset + length);
		List<TextEdit> edit = TextEdit.difference(before, replacement);
		return edit.isEmpty() ? Change.NONE : edit(offset + edit.getFirst().offset(), edit.getFirst().length(), edit.getFirst().replacement());
	}

	private Change edit(int offset, int length, String replacement) {
		RosterLine first = header;
		if (limited || first == null || offset <= head.reach() + 1 || offset <= index.end(first) + 1) {
			text.replace(offset, length, replacement);
			return rebuild();
		}
		int from = index.before(offset);
		int start = index.start(index.get(from));
		boolean kept = index.end(index.get(from)) < offset;
		if (kept) {
			start = index.end(index.get(from++));
		}
		List<RosterLine> far = new ArrayList<>();
		for (RosterLine row : broken) {
			if (index.start(row) < start && index.start(row) + row.stray >= offset) {
				far.add(row);
			}
		}
		int breaks = -text.breaks(offset - 1, offset + length);
		text.replace(offset, length, replacement);
		breaks += text.breaks(offset - 1, offset + replacement.length());
		if (kept) {
			start = behindBreak(start);
		}
		int delta = replacement.length() - length;
		List<Span> spans = new ArrayList<>();
		int to = scan(start, offset + replacement.length(), delta, from, spans);
		index.open(to);
		Set<RosterLine> touched = new LinkedHashSet<>();
		List<RosterLine> old = cut(from, to, touched);
		index.text(text.length(), index.breaks() + breaks);
		Change change = put(spans, from, old, touched);
		for (RosterLine row : far) {
			if (!probe(row, touched)) {
				return rebuild();
			}
		}
		if (broken.size() >= MAX_RESCUES || index.size() - broken.size() >= Csv.MAX_ROWS) {
			return rebuild();
		}
		judge(touched);
		return change;
	}

	/// Reads rows until one begins where one began before the edit, behind it.
	///
	/// @return the index of that one
	private int scan(int start, int behind, int delta, int from, List<Span> spans) {
		List<Csv.Row> found = new ArrayList<>();
		Csv.Reader reader = new Csv.Reader(text, head.delimiter(), FaultList.ofFile(""), found::add);
		int at = start;
		while (at < text.length()) {
			if (at >= behind) {
				int same = index.before(at - delta + 1);
				if (same >= from && index.start(index.get(same)) == at - delta) {
					return same;
				}
			}
			reader.row(at);
			span(at, reader, found).ifPresent(spans::add);
			at = reader.at();
		}
		return index.size();
	}

	private Optional<Span> span(int start, Csv.Reader reader, List<Csv.Row> found) {
		if (!found.isEmpty()) {
			Csv.Row row = found.removeFirst();
			return Optional.of(new Span(row.start(), row.end(), -1));
		}
		if (reader.reach() < 0) {
			return Optional.empty();
		}
		int end = reader.at();
		end -= end > start && text.charAt(end - 1) == '\n' ? 1 : 0;
		end -= end > start && text.charAt(end - 1) == '\r' ? 1 : 0;
		return Optional.of(new Span(start, end, reader.reach()));
	}

	private int behindBreak(int at) {
		int next = at;
		next += next < text.length() && text.charAt(next) == '\r' ? 1 : 0;
		return next + (next < text.length() && text.charAt(next) == '\n' ? 1 : 0);
	}

	/// A row whose bad quote was looked for beyond the edit.
	///
	/// @return false when it is no longer the same
	private boolean probe(RosterLine row, Set<RosterLine> touched) {
		List<Csv.Row> found = new ArrayList<>();
		Csv.Reader reader = new Csv.Reader(text, head.delimiter(), FaultList.ofFile(""), found::add);
		reader.row(index.start(row));
		Optional<Span> span = span(index.start(row), reader, found);
		if (span.isEmpty() || span.get().stray() < 0 || span.get().end() != index.end(row)) {
			return false;
		}
		read(row, span.get());
		touched.add(row);
		return true;
	}

	private Change rebuild() {
		Set<RosterLine> touched = new LinkedHashSet<>();
		index.open(index.size());
		List<RosterLine> old = cut(0, index.size(), touched);
		index.text(text.length(), text.breaks(0, text.length()));
		RosterLine before = header;
		head = Csv.head(text);
		header = null;
		columns = null;
		overflow = -1;
		limited = false;
		List<Span> spans = new ArrayList<>();
		List<Csv.Row> found = new ArrayList<>();
		Csv.Reader reader = new Csv.Reader(text, head.delimiter(), FaultList.ofFile(""), found::add);
		int taken = 0;
		for (int at = 0; at < text.length() && !limited; at = reader.at()) {
			if (taken == Csv.MAX_ROWS) {
				overflow = at;
				limited = true;
				break;
			}
			limited = !reader.row(at);
			Optional<Span> span = span(at, reader, found);
			span.ifPresent(spans::add);
			taken += span.filter(each -> each.stray() < 0).isPresent() ? 1 : 0;
		}
		spans.stream().filter(span -> span.stray() < 0).findFirst().ifPresentOrElse(this::columns, () -> headings = List.of());
		if (before != null) {
			// no row of the table becomes the header, or the other way round
			old.remove(before);
			before.gone = true;
		}
		Change change = put(spans, 0, old, touched);
		judge(touched);
		return new Change(true, change.gone(), change.come());
	}

	private void columns(Span span) {
		String line = text.subSequence(span.start(), span.end());
		FaultList faults = new FaultList(MigrationProject.MAILBOXES_FILE, Lines.of(line));
		List<Csv.Row> rows = new ArrayList<>();
		new Csv.Reader(line, head.delimiter(), faults, rows::add).row(0);
		columns = RosterColumns.of(rows.getFirst(), faults).orElse(null);
		headings = rows.getFirst().values().stream().map(RosterColumns::name).toList();
		headerFaults = faults.asFound();
	}

	private List<RosterLine> cut(int from, int to, Set<RosterLine> touched) {
		List<RosterLine> old = new ArrayList<>();
		for (int i = from; i < to; i++) {
			RosterLine row = index.get(i);
			old.add(row);
			clashes.remove(row, touched);
			count(row.worst, -1);
			row.worst = null;
			broken.remove(row);
		}
		index.cut(from);
		return old;
	}

	private Change put(List<Span> spans, int from, List<RosterLine> old, Set<RosterLine> touched) {
		List<RosterLine> fresh = new ArrayList<>();
		int at = from == 0 ? 0 : index.start(index.get(from - 1));
		int breaks = from == 0 ? 0 : index.line(index.get(from - 1)) - 1;
		for (Span span : spans) {
			RosterLine row = new RosterLine();
			breaks += text.breaks(at, span.start());
			at = span.start();
			row.breaks = breaks;
			row.start = at;
			row.length = span.end() - at;
			read(row, span);
			if (header == null && !row.isBroken()) {
				header = row;
				row.row = null;
				row.own = headerFaults;
			}
			fresh.add(row);
		}
		Same same = Same.of(old, fresh, header);
		index.put(same.rows());
		for (RosterLine row : same.rows()) {
			clashes.add(row, touched);
			if (row.isBroken()) {
				broken.add(row);
			}
		}
		return new Change(false, same.gone(), same.come());
	}

	/// What a row says by itself.
	private void read(RosterLine row, Span span) {
		read++;
		String line = text.subSequence(span.start(), span.end());
		FaultList faults = new FaultList(MigrationProject.MAILBOXES_FILE, Lines.of(line));
		List<Csv.Row> rows = new ArrayList<>(1);
		new Csv.Reader(line, head.delimiter(), faults, rows::add).row(0);
		RosterColumns known = columns;
		row.row = null;
		row.listed = false;
		row.stray = 0;
		if (span.stray() >= 0) {
			row.stray = span.stray() - span.start();
			row.strayLines = text.breaks(span.start(), span.stray());
			// it is by its end that a bad quote is known, and that may stand in another line
			row.unclosed = span.stray() == text.length();
		} else if (known != null && rows.getFirst().count() != known.count()) {
			faults.at(0, FaultKind.CSV_CELLS, rows.getFirst().count(), known.count());
		} else if (known != null) {
			row.row = rules.row(rows.getFirst(), known, faults).orElse(null);
		}
		row.own = faults.asFound();
	}

	private void judge(Set<RosterLine> touched) {
		for (RosterLine row : touched) {
			if (row.gone) {
				continue;
			}
			judged++;
			count(row.worst, -1);
			row.worst = null;
			if (row.isBroken()) {
				row.worst = Severity.ERROR;
			} else {
				worse(row, row.own);
				worse(row, clashes.within(row));
				worse(row, clashes.joined(row));
				worse(row, clashes.astray(row));
			}
			count(row.worst, 1);
		}
	}

	private static void worse(RosterLine row, List<Fault> faults) {
		for (Fault fault : faults) {
			if (row.worst != Severity.ERROR) {
				row.worst = fault.severity();
			}
		}
	}

	private void count(@Nullable Severity severity, int by) {
		if (severity == Severity.ERROR) {
			errors += by;
		} else if (severity == Severity.WARNING) {
			warnings += by;
		}
	}

	/// Another `migration.yaml`: judges the rows of the domains that differ.
	public void domains(RosterDomains domains) {
		Set<RosterLine> touched = new LinkedHashSet<>();
		List<RosterLine> all = new ArrayList<>();
		for (int i = 0; i < index.size(); i++) {
			all.add(index.get(i));
		}
		clashes.domains(domains, all, touched);
		judge(touched);
	}

	/// What is wrong with a row, in the order of its cells.
	public List<CellFault> faults(RosterLine row) {
		List<Fault> faults = new ArrayList<>(own(row));
		faults.addAll(clashes.within(row));
		faults.addAll(clashes.joined(row));
		faults.addAll(clashes.astray(row));
		return RosterCells.place(this, row, columns, faults);
	}

	private List<Fault> own(RosterLine row) {
		if (row.own.isEmpty()) {
			return row.own;
		}
		List<Fault> own = new ArrayList<>();
		int line = index.line(row) - 1;
		for (Fault fault : row.own) {
			own.add(fault.line() == 0 ? fault : new Fault(fault.file(), fault.line() + line, fault.column(), fault.severity(), fault.reason()));
		}
		if (row.isBroken()) {
			// its one error is the bad quote, seen as if its line were the last
			FaultKind kind = row.unclosed ? FaultKind.CSV_QUOTE : FaultKind.CSV_AFTER_QUOTE;
			List<String> args = row.unclosed ? List.of() : List.of(String.valueOf(line + 1 + row.strayLines));
			own.replaceAll(fault -> fault.severity() == Severity.ERROR ? kind.at(fault.file(), fault.line(), fault.column(), args) : fault);
		}
		return own;
	}

	/// What is wrong with the file, in its order; bounded as [FaultList] is.
	public List<Fault> faults() {
		FaultList within = FaultList.ofFile(MigrationProject.MAILBOXES_FILE);
		FaultList joined = FaultList.ofFile(MigrationProject.MAILBOXES_FILE);
		List<RosterLine> faulty = new ArrayList<>();
		for (int i = 0; i < index.size(); i++) {
			if (index.get(i).worst != null) {
				faulty.add(index.get(i));
			}
		}
		for (RosterLine row : faulty) {
			own(row).forEach(within::add);
			clashes.within(row).forEach(within::add);
			clashes.joined(row).forEach(joined::add);
		}
		faulty.forEach(row -> clashes.astray(row).forEach(joined::add));
		if (header == null) {
			within.whole(FaultKind.CSV_NO_HEADER);
		} else if (index.size() - broken.size() == 1 && columns != null) {
			within.whole(FaultKind.ROSTER_EMPTY);
		}
		if (overflow >= 0) {
			within.on(FaultKind.CSV_ROWS, text.breaks(0, overflow) + 1, 1, Csv.MAX_ROWS);
		}
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
		int size = size();
		RosterLine[] rows = new RosterLine[size];
		int[] starts = new int[size];
		int[] ends = new int[size];
		boolean[] faulty = new boolean[size];
		for (int i = 0; i < size; i++) {
			rows[i] = row(i);
			starts[i] = index.start(rows[i]);
			ends[i] = index.end(rows[i]);
			faulty[i] = rows[i].worst != null;
		}
		return new RosterSnapshot(text.toString(), head.delimiter(), headings, rows, starts, ends, faulty);
	}

	/// Which rows are the same ones as before: by their address, or else by their place.
	private record Same(List<RosterLine> rows, List<RosterLine> gone, List<RosterLine> come) {
		static Same of(List<RosterLine> old, List<RosterLine> fresh, @Nullable RosterLine header) {
			Map<EmailAddress, RosterLine> byAddress = new HashMap<>();
			for (RosterLine each : old) {
				Roster.Row row = each.row;
				if (row != null) {
					byAddress.put(row.address(), each);
				}
			}
			Map<RosterLine, RosterLine> kept = new LinkedHashMap<>();
			Set<RosterLine> left = new LinkedHashSet<>(old);
			List<RosterLine> open = new ArrayList<>();
			for (RosterLine each : fresh) {
				Roster.Row row = each.row;
				RosterLine same = row == null ? null : byAddress.remove(row.address());
				if (same != null) {
					kept.put(each, same);
					left.remove(same);
				} else if (each != header) {
					open.add(each);
				}
			}
			if (left.size() == open.size()) {
				List<RosterLine> rest = List.copyOf(left);
				for (int i = 0; i < open.size(); i++) {
					kept.put(open.get(i), rest.get(i));
				}
				left.clear();
				open.clear();
			}
			List<RosterLine> rows = new ArrayList<>();
			for (RosterLine row : fresh) {
				RosterLine same = kept.get(row);
				if (same != null) {
					take(same, row);
				}
				rows.add(same == null ? row : same);
			}
			left.forEach(row -> row.gone = true);
			return new Same(rows, List.copyOf(left), open);
		}

		private static void take(RosterLine same, RosterLine row) {
			same.start = row.start;
			same.breaks = row.breaks;
			same.behind = false;
			same.length = row.length;
			same.own = row.own;
			same.row = row.row;
			same.listed = false;
			same.stray = row.stray;
			same.strayLines = row.strayLines;
			same.unclosed = row.unclosed;
		}
	}
}
