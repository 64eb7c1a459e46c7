package hikkoshi.ui.inventory.roster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FileKeys;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterDocument.CellFault;
import hikkoshi.core.format.RosterLine;
import hikkoshi.core.format.RosterSnapshot.Query;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The table's widget: only rows that are on the screen are read and drawn. One cell has the focus, which the arrow keys move. UI thread only.
final class RosterTable {
	private static final Map<String, Integer> WIDTHS = Map.of("address", 230, "old_user", 140, "new_user", 190, "wave", 80, "note", 150, "kind", 80,
			"goes_to", 110);
	private static final int OTHER_WIDTH = 100;
	private static final int LINE_WIDTH = 80;
	/// Rows that are kept drawn; beyond it those out of sight are forgotten.
	private static final int MOST_DRAWN = 2_000;

	private final RosterText text;
	private final Phrases words;
	private final Icons icons;
	private final Table table;
	private final RosterView view;
	private List<String> columns = List.of();
	private List<RosterLine> selected = List.of();
	private @Nullable RosterLine focusRow;
	private int focusColumn;
	private int drawn;
	private long rendered;
	private Runnable moved = () -> {};

	RosterTable(Composite parent, RosterText text, Phrases words) {
		this.text = text;
		this.words = words;
		icons = new Icons(parent);
		table = new Table(parent, SWT.VIRTUAL | SWT.MULTI | SWT.FULL_SELECTION | SWT.BORDER);
		table.setHeaderVisible(true);
		table.setLinesVisible(true);
		view = new RosterView(text, table, words, this::refresh);
		table.addListener(SWT.SetData, this::draw);
		table.addListener(SWT.PaintItem, this::frame);
		table.addListener(SWT.Selection, event -> select((TableItem) event.item));
		table.addListener(SWT.MouseDown, event -> point(new Point(event.x, event.y)));
		table.addListener(SWT.MouseMove, event -> hint(new Point(event.x, event.y)));
	}

	Table table() {
		return table;
	}

	RosterView view() {
		return view;
	}

	/// Calls back when another cell has the focus or other rows are selected.
	void onMove(Runnable listener) {
		moved = listener;
	}

	/// The columns that are shown, in order: ours, then those that only the file knows.
	List<String> columns() {
		return columns;
	}

	/// Rows that were drawn since the beginning.
	long rendered() {
		return rendered;
	}

	@Nullable
	RosterLine focusRow() {
		return focusRow;
	}

	String focusColumn() {
		return columns.isEmpty() ? FileKeys.COLUMNS.getFirst() : columns.get(Math.min(focusColumn, columns.size() - 1));
	}

	List<RosterLine> selected() {
		return selected;
	}

	/// Brings the widget in line with the rows; the same ones stay selected and in sight.
	void refresh() {
		RosterDocument rows = text.rows();
		if (rows == null || table.isDisposed()) {
			return;
		}
		showColumns(rows);
		int size = view.size();
		if (table.getItemCount() != size) {
			table.setItemCount(size);
		}
		table.clearAll();
		drawn = 0;
		List<RosterLine> kept = selected.stream().filter(row -> view.indexOf(row) >= 0).toList();
		int[] indices = kept.stream().mapToInt(view::indexOf).toArray();
		int[] now = table.getSelectionIndices();
		Arrays.sort(indices);
		Arrays.sort(now);
		if (!Arrays.equals(indices, now)) {
			table.deselectAll();
			table.select(indices);
		}
		selected = kept;
		if (focusRow != null && view.indexOf(focusRow) < 0) {
			focusRow = kept.isEmpty() ? null : kept.getFirst();
		}
		moved.run();
	}

	private void showColumns(RosterDocument rows) {
		List<String> wanted = new ArrayList<>(FileKeys.COLUMNS);
		rows.headings().stream().filter(heading -> !wanted.contains(heading)).forEach(wanted::add);
		if (wanted.equals(columns)) {
			return;
		}
		for (TableColumn column : table.getColumns()) {
			column.dispose();
		}
		columns = List.copyOf(wanted);
		column("", words.say("roster.line"), LINE_WIDTH);
		columns.forEach(name -> column(name, FileKeys.COLUMNS.contains(name) ? words.say("roster.column." + name) : name,
				WIDTHS.getOrDefault(name, OTHER_WIDTH)));
		focusColumn = Math.min(focusColumn, columns.size() - 1);
	}

	private void column(String name, String title, int width) {
		TableColumn column = new TableColumn(table, SWT.LEFT);
		column.setText(title);
		column.setWidth(width);
		column.setMoveable(!name.isEmpty());
		column.addListener(SWT.Selection, event -> sort(name, column));
	}

	/// A click sorts, another one turns it round; the line number's column is the order of the file.
	private void sort(String name, TableColumn column) {
		Query now = view.query();
		boolean descending = !name.isEmpty() && now.sort().equals(name) && !now.descending();
		table.setSortColumn(name.isEmpty() ? null : column);
		table.setSortDirection(name.isEmpty() ? SWT.NONE : descending ? SWT.DOWN : SWT.UP);
		view.ask(new Query(name, descending, now.filter(), now.onlyFaulty()));
	}

	private void draw(Event event) {
		RosterDocument rows = text.rows();
		RosterLine row = view.at(event.index);
		if (rows == null || row == null) {
			return;
		}
		rendered++;
		TableItem item = (TableItem) event.item;
		String[] shown = new String[columns.size() + 1];
		shown[0] = String.valueOf(rows.line(row));
		for (int i = 0; i < columns.size(); i++) {
			shown[i + 1] = oneLine(value(rows, row, columns.get(i)));
		}
		item.setText(shown);
		List<CellFault> faults = rows.worst(row) == null ? List.of() : rows.faults(row);
		for (int i = 0; i <= columns.size(); i++) {
			mark(item, i, i == 0 ? rows.worst(row) : worst(rows, faults, columns.get(i - 1)));
		}
		if (++drawn > MOST_DRAWN) {
			drawn = 0;
			// those out of sight are read again when they come back
			table.getDisplay().asyncExec(() -> {
				if (!table.isDisposed()) {
					table.clearAll();
				}
			});
		}
	}

	private void mark(TableItem item, int column, Fault.@Nullable Severity severity) {
		item.setImage(column, severity == null ? null : icons.image(severity == Fault.Severity.ERROR ? "fail" : "warn"));
	}

	/// A cell's text; for a row whose quotes are wrong its whole line in the first column.
	static String value(RosterDocument rows, RosterLine row, String column) {
		List<String> cells = rows.cells(row);
		if (!rows.isReadable(row)) {
			return column.equals(FileKeys.COLUMNS.getFirst()) ? cells.getFirst() : "";
		}
		int index = rows.headings().indexOf(column);
		return index >= 0 && index < cells.size() ? cells.get(index) : "";
	}

	private static String oneLine(String value) {
		return value.indexOf('\n') < 0 && value.indexOf('\r') < 0 ? value : value.replaceAll("\\R", " ⏎ ");
	}

	private Fault.@Nullable Severity worst(RosterDocument rows, List<CellFault> faults, String column) {
		List<Fault> here = faults.stream().filter(each -> isAt(rows, each, column)).map(CellFault::fault).toList();
		return here.isEmpty() ? null
				: here.stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR) ? Fault.Severity.ERROR : Fault.Severity.WARNING;
	}

	/// A fault of a row as a whole shows at its address.
	private static boolean isAt(RosterDocument rows, CellFault fault, String column) {
		List<String> headings = rows.headings();
		String name = fault.cell() < 0 || fault.cell() >= headings.size() ? FileKeys.COLUMNS.getFirst() : headings.get(fault.cell());
		return name.equals(column);
	}

	/// What is wrong with a cell.
	List<Fault> faults(RosterLine row, String column) {
		RosterDocument rows = text.rows();
		return rows == null || rows.worst(row) == null || rows.indexOf(row) < 0 ? List.of()
				: rows.faults(row).stream().filter(each -> isAt(rows, each, column)).map(CellFault::fault).toList();
	}

	private void frame(Event event) {
		if (event.index == focusColumn + 1 && focusRow != null && view.at(table.indexOf((TableItem) event.item)) == focusRow) {
			Rectangle cell = ((TableItem) event.item).getBounds(event.index);
			event.gc.setForeground(table.getDisplay().getSystemColor(table.isFocusControl() ? SWT.COLOR_LIST_FOREGROUND : SWT.COLOR_GRAY));
			event.gc.setLineWidth(2);
			event.gc.drawRectangle(cell.x + 1, cell.y + 1, cell.width - 3, cell.height - 3);
		}
	}

	private void select(@Nullable TableItem at) {
		List<RosterLine> now = new ArrayList<>();
		for (int index : table.getSelectionIndices()) {
			RosterLine row = view.at(index);
			if (row != null) {
				now.add(row);
			}
		}
		selected = List.copyOf(now);
		RosterLine row = at == null ? null : view.at(table.indexOf(at));
		focusRow = row != null && now.contains(row) ? row : now.isEmpty() ? null : now.getFirst();
		table.redraw();
		moved.run();
	}

	private void point(Point at) {
		TableItem item = table.getItem(at);
		for (int i = 1; item != null && i <= columns.size(); i++) {
			if (item.getBounds(i).contains(at)) {
				focusColumn = i - 1;
				table.redraw();
				moved.run();
			}
		}
	}

	private void hint(Point at) {
		TableItem item = table.getItem(at);
		RosterLine row = item == null ? null : view.at(table.indexOf(item));
		String hint = null;
		for (int i = 1; row != null && item != null && i <= columns.size(); i++) {
			if (item.getBounds(i).contains(at)) {
				List<Fault> faults = faults(row, columns.get(i - 1));
				hint = faults.isEmpty() ? null : sentences(faults);
			}
		}
		if (!Objects.equals(hint, table.getToolTipText())) {
			table.setToolTipText(hint);
		}
	}

	/// What is wrong and what to do about it.
	String sentences(List<Fault> faults) {
		return String.join("\n", faults.stream()
				.map(fault -> words.say(fault.reason()) + words.remedy(fault.reason()).map(remedy -> " " + remedy).orElse("")).toList());
	}

	/// Gives a cell the focus and brings it into sight; its row is the only one selected.
	void go(RosterLine row, String column) {
		int index = view.indexOf(row);
		if (index < 0) {
			return;
		}
		focusColumn = Math.max(0, columns.indexOf(column));
		focusRow = row;
		selected = List.of(row);
		table.setSelection(index);
		reveal(index);
		// again when the focus has come: taking it, the widget scrolls back
		revealThen(() -> {});
		table.showColumn(table.getColumn(focusColumn + 1));
		table.redraw();
		moved.run();
	}

	private void reveal(int index) {
		int fit = Math.max(1, table.getClientArea().height / table.getItemHeight() - 2);
		if (index < table.getTopIndex() || index >= table.getTopIndex() + fit) {
			table.setTopIndex(Math.max(0, index - fit / 2));
		}
	}

	/// Brings the focused row into sight, then goes on: rows that have just come are on the screen only once it has been laid out.
	void revealThen(Runnable next) {
		table.getDisplay().asyncExec(() -> {
			RosterLine row = focusRow;
			if (!table.isDisposed() && row != null && view.indexOf(row) >= 0) {
				reveal(view.indexOf(row));
				table.showSelection();
				next.run();
			}
		});
	}

	/// Selects rows, and gives the first the focus.
	void select(List<RosterLine> rows) {
		List<RosterLine> shown = rows.stream().filter(row -> view.indexOf(row) >= 0).toList();
		if (!shown.isEmpty()) {
			go(shown.getFirst(), focusColumn());
			selected = shown;
			table.select(shown.stream().mapToInt(view::indexOf).toArray());
			moved.run();
		}
	}

	void selectAll() {
		table.selectAll();
		select(table.getItemCount() == 0 || focusRow == null ? null : table.getItem(Math.max(0, view.indexOf(focusRow))));
	}

	/// @return whether there is a column there
	boolean moveColumn(int by) {
		int next = focusColumn + by;
		if (next < 0 || next >= columns.size()) {
			return false;
		}
		focusColumn = next;
		table.showColumn(table.getColumn(next + 1));
		table.redraw();
		moved.run();
		return true;
	}

	/// The place of the focused cell in the table, for an editor in it.
	@Nullable
	TableItem focusItem() {
		RosterLine row = focusRow;
		int index = row == null ? -1 : view.indexOf(row);
		return index < 0 ? null : table.getItem(index);
	}

	int focusIndex() {
		return focusColumn + 1;
	}
}
