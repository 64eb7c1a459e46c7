package hikkoshi.ui.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ListenerList;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.ISelectionChangedListener;
import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.SelectionChangedEvent;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.gate.Standing;
import hikkoshi.core.probe.ProofMatrix;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.mailbox.MatrixLines.Group;
import hikkoshi.ui.mailbox.MatrixLines.Line;
import hikkoshi.ui.mailbox.MatrixLines.Shown;

/// The table of the matrix: only lines on the screen are worded and drawn. Headings are lines too, which Left and Right shut and open. UI thread only.
final class MatrixTable implements ISelectionProvider {
	private static final int CELL_WIDTH = 150;
	/// Columns before those of the matrix.
	private static final int BEFORE = 2;

	private final Table table;
	private final Phrases words;
	private final Icons icons;
	private final Consumer<MatrixQuery> ask;
	private final ListenerList<ISelectionChangedListener> listeners = new ListenerList<>();
	private MatrixQuery query = MatrixQuery.ALL;
	private List<ProofMatrix.Column> columns = List.of();
	private List<Line> lines = List.of();

	/// @param ask takes what is to be shown from now on
	MatrixTable(Composite parent, Phrases words, Consumer<MatrixQuery> ask) {
		this.words = words;
		this.ask = ask;
		table = new Table(parent, SWT.VIRTUAL | SWT.MULTI | SWT.FULL_SELECTION);
		table.setHeaderVisible(true);
		table.setLinesVisible(true);
		icons = new Icons(table);
		table.addListener(SWT.SetData, event -> fill((TableItem) event.item, event.index));
		table.addListener(SWT.Selection, _ -> tell());
		table.addListener(SWT.DefaultSelection, _ -> toggle(null));
		table.addListener(SWT.KeyDown, this::key);
		table.addListener(SWT.MouseMove, event -> hint(new Point(event.x, event.y)));
	}

	Table control() {
		return table;
	}

	MatrixQuery query() {
		return query;
	}

	void ask(MatrixQuery next) {
		query = next;
		ask.accept(next);
	}

	/// Shows these lines; what is selected stays so where it still stands.
	void show(MatrixLines next) {
		if (!columns.equals(next.columns()) || table.getColumnCount() == 0) {
			columns = next.columns();
			createColumns();
		}
		Set<Object> chosen = new HashSet<>();
		for (int index : table.getSelectionIndices()) {
			chosen.add(identity(lines.get(index)));
		}
		int[] before = table.getSelectionIndices();
		lines = next.lines();
		if (table.getItemCount() != lines.size()) {
			table.setItemCount(lines.size());
		}
		table.clearAll();
		if (!chosen.isEmpty()) {
			select(chosen, before);
		}
	}

	private void select(Set<Object> chosen, int[] before) {
		int[] now = new int[lines.size()];
		int found = 0;
		for (int i = 0; i < lines.size(); i++) {
			if (chosen.contains(identity(lines.get(i)))) {
				now[found++] = i;
			}
		}
		int[] indices = Arrays.copyOf(now, found);
		Arrays.sort(before);
		if (!Arrays.equals(before, indices)) {
			table.deselectAll();
			table.select(indices);
		}
		tell();
	}

	private static Object identity(Line line) {
		return switch (line) {
			case Group group -> "group " + group.key();
			case Shown row -> row.row().mailbox().address();
		};
	}

	/// Words that change with time alone.
	void redraw() {
		table.clearAll();
	}

	private void createColumns() {
		for (TableColumn column : table.getColumns()) {
			column.dispose();
		}
		column(words.say("column.mailbox"), 230, MatrixQuery.Key.MAILBOX, 0);
		column(words.say("column.wave"), 70, MatrixQuery.Key.WAVE, 0);
		for (int i = 0; i < columns.size(); i++) {
			column(MatrixWords.heading(columns.get(i), words), CELL_WIDTH, MatrixQuery.Key.CELL, i);
		}
		column(words.say("column.why"), 520, MatrixQuery.Key.WHY, 0);
	}

	private void column(String title, int width, MatrixQuery.Key key, int cell) {
		TableColumn column = new TableColumn(table, SWT.LEFT);
		column.setText(title);
		column.setWidth(width);
		column.setMoveable(true);
		column.addListener(SWT.Selection, _ -> {
			MatrixQuery.Sort sort = query.sort().next(key, cell);
			boolean isDefault = sort.equals(MatrixQuery.Sort.WORST_FIRST);
			table.setSortColumn(isDefault ? null : column);
			table.setSortDirection(isDefault ? SWT.NONE : sort.reversed() ? SWT.DOWN : SWT.UP);
			ask(query.sorted(sort));
		});
	}

	private void fill(TableItem item, int index) {
		if (index >= lines.size()) {
			return;
		}
		Line line = lines.get(index);
		item.setData(line);
		item.setText(MatrixWords.cells(line, words, Instant.now()).stream().map(MatrixTable::oneLine).toArray(String[]::new));
		switch (line) {
			case Group group -> {
				item.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
				item.setImage(0, icons.outcome(group.worst().outcome()));
			}
			case Shown row -> {
				item.setFont(null);
				item.setImage(0, icons.outcome(row.worst().outcome()));
				for (int i = 0; i < row.cells().size(); i++) {
					Standing cell = row.cells().get(i);
					item.setImage(i + BEFORE, cell == null || row.waiting().get(i) > 0 ? null : icons.outcome(cell.outcome()));
				}
			}
		}
	}

	private static String oneLine(String text) {
		return text.replaceAll("\\p{Cntrl}+", " ");
	}

	private void key(Event event) {
		switch (event.keyCode) {
			case SWT.ARROW_LEFT -> event.doit = !toggle(false);
			case SWT.ARROW_RIGHT -> event.doit = !toggle(true);
			default -> {
				// the table's own keys
			}
		}
	}

	/// Opens or shuts the heading that has the focus; shutting goes from a mailbox to its heading.
	///
	/// @param open null for the other way round
	private boolean toggle(@Nullable Boolean open) {
		int index = table.getSelectionIndex();
		if (index < 0 || index >= lines.size()) {
			return false;
		}
		if (lines.get(index) instanceof Group group) {
			if (open == null || open != group.isOpen()) {
				Set<String> closed = new HashSet<>(query.closed());
				if (!closed.remove(group.key())) {
					closed.add(group.key());
				}
				ask(query.closing(closed));
			}
			return true;
		}
		if (open == null || open || query.grouping() == MatrixQuery.Grouping.NONE) {
			return false;
		}
		while (index > 0 && !(lines.get(index) instanceof Group)) {
			index--;
		}
		table.setSelection(index);
		tell();
		return true;
	}

	private void hint(Point at) {
		TableItem item = table.getItem(at);
		String text = null;
		if (item != null && item.getData() instanceof Shown row) {
			for (int i = 0; i < row.cells().size(); i++) {
				if (item.getBounds(i + BEFORE).contains(at) && row.cells().get(i) != null) {
					text = MatrixWords.hint(row, i, words, Instant.now());
				}
			}
		}
		if (!Objects.equals(text, table.getToolTipText())) {
			table.setToolTipText(text);
		}
	}

	/// The selected lines, all of a heading's mailboxes included, each once and in order.
	List<Shown> chosen() {
		Set<Shown> all = new LinkedHashSet<>();
		for (int index : table.getSelectionIndices()) {
			switch (lines.get(index)) {
				case Group group -> all.addAll(group.members());
				case Shown row -> all.add(row);
			}
		}
		return List.copyOf(all);
	}

	/// The selected lines as cells, below the headings; all lines when none is selected.
	List<List<String>> copied() {
		List<List<String>> copied = new ArrayList<>();
		copied.add(Arrays.stream(table.getColumns()).map(TableColumn::getText).toList());
		int[] indices = table.getSelectionIndices();
		Arrays.sort(indices);
		Instant now = Instant.now();
		List<Line> wanted = indices.length == 0 ? lines : Arrays.stream(indices).mapToObj(lines::get).toList();
		wanted.forEach(line -> copied.add(MatrixWords.cells(line, words, now)));
		return copied;
	}

	private void tell() {
		SelectionChangedEvent event = new SelectionChangedEvent(this, getSelection());
		listeners.forEach(listener -> listener.selectionChanged(event));
	}

	@Override
	public IStructuredSelection getSelection() {
		return new StructuredSelection(Arrays.stream(table.getSelectionIndices()).filter(index -> index < lines.size()).mapToObj(lines::get).toArray());
	}

	@Override
	public void setSelection(ISelection selection) {
		Set<Object> wanted = new HashSet<>();
		if (selection instanceof IStructuredSelection structured) {
			for (Object one : structured.toArray()) {
				if (one instanceof Line line) {
					wanted.add(identity(line));
				}
			}
		}
		table.deselectAll();
		select(wanted, new int[0]);
	}

	@Override
	public void addSelectionChangedListener(ISelectionChangedListener listener) {
		listeners.add(listener);
	}

	@Override
	public void removeSelectionChangedListener(ISelectionChangedListener listener) {
		listeners.remove(listener);
	}
}
