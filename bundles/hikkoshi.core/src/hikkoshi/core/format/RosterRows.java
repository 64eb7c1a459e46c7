package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Roster.RosterColumns;
import hikkoshi.core.format.RosterDocument.Change;
import hikkoshi.core.format.RosterScan.Span;

/// The rows of a text that is being edited: reads again what an edit may have changed, and no more, and has it judged. The machine within
/// [RosterDocument]. For one thread.
final class RosterRows {
	private static final int MAX_RESCUES = 100;

	private final GapText text;
	private final RowIndex index;
	private final RosterJudge judge;
	private final Set<RosterLine> broken = new LinkedHashSet<>();
	private final RosterRules rules = new RosterRules();
	private Csv.Head head = new Csv.Head(',', 0);
	private @Nullable RosterLine header;
	private RosterHeader said = RosterHeader.NONE;
	/// Where the rows are too many; -1 when they are not.
	private int overflow;
	private boolean limited;
	private long read;

	RosterRows(GapText text, RowIndex index, RosterJudge judge) {
		this.text = text;
		this.index = index;
		this.judge = judge;
		rebuild();
	}

	/// The row that names the columns; null when there is none.
	@Nullable RosterLine header() {
		return header;
	}

	RosterHeader said() {
		return said;
	}

	char delimiter() {
		return head.delimiter();
	}

	/// How many rows have been read so far.
	long read() {
		return read;
	}

	/// What is wrong with the file as a whole.
	void faults(FaultList faults) {
		if (header == null) {
			faults.whole(FaultKind.CSV_NO_HEADER);
		} else if (index.size() - broken.size() == 1 && said.columns().isPresent()) {
			faults.whole(FaultKind.ROSTER_EMPTY);
		}
		if (overflow >= 0) {
			faults.on(FaultKind.CSV_ROWS, text.breaks(0, overflow) + 1, 1, Csv.MAX_ROWS);
		}
	}

	/// An edit that changes every character it spans.
	Change edit(int offset, int length, String replacement) {
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
		judge.judge(touched);
		return change;
	}

	/// Reads rows until one begins where one began before the edit, behind it.
	///
	/// @return the index of that one
	private int scan(int start, int behind, int delta, int from, List<Span> spans) {
		RosterScan scan = new RosterScan(text, head.delimiter());
		int at = start;
		while (at < text.length()) {
			if (at >= behind) {
				int same = index.before(at - delta + 1);
				if (same >= from && index.start(index.get(same)) == at - delta) {
					return same;
				}
			}
			scan.row(at).ifPresent(spans::add);
			at = scan.at();
		}
		return index.size();
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
		Optional<Span> span = new RosterScan(text, head.delimiter()).row(index.start(row));
		if (span.isEmpty() || !span.get().isBroken() || span.get().end() != index.end(row)) {
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
		overflow = -1;
		limited = false;
		List<Span> spans = new ArrayList<>();
		RosterScan scan = new RosterScan(text, head.delimiter());
		int taken = 0;
		for (int at = 0; at < text.length() && !limited; at = scan.at()) {
			if (taken == Csv.MAX_ROWS) {
				overflow = at;
				limited = true;
				break;
			}
			Optional<Span> span = scan.row(at);
			limited = !scan.goesOn();
			span.ifPresent(spans::add);
			taken += span.filter(each -> !each.isBroken()).isPresent() ? 1 : 0;
		}
		said = spans.stream().filter(span -> !span.isBroken()).findFirst()
				.map(span -> RosterHeader.of(text.subSequence(span.start(), span.end()), head.delimiter())).orElse(RosterHeader.NONE);
		if (before != null) {
			// no row of the table becomes the header, or the other way round
			old.remove(before);
			before.gone = true;
		}
		Change change = put(spans, 0, old, touched);
		judge.judge(touched);
		return new Change(true, change.gone(), change.come());
	}

	private List<RosterLine> cut(int from, int to, Set<RosterLine> touched) {
		List<RosterLine> old = new ArrayList<>();
		for (int i = from; i < to; i++) {
			RosterLine row = index.get(i);
			old.add(row);
			judge.remove(row, touched);
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
				row.own = said.faults();
			}
			fresh.add(row);
		}
		RosterSame same = RosterSame.of(old, fresh, header);
		index.put(same.rows());
		for (RosterLine row : same.rows()) {
			judge.add(row, touched);
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
		RosterColumns known = said.columns().orElse(null);
		row.row = null;
		row.listed = false;
		row.stray = 0;
		if (span.isBroken()) {
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
}
