package hikkoshi.ui.evidence;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnPixelData;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ages;
import hikkoshi.ui.Icons;
import hikkoshi.ui.TargetLabels;

/// The table of the Evidence view: virtual, so that ten thousand rows cost no more than those on the screen. UI thread only.
final class EvidenceTable {
	private static final int COPY_LIMIT = 50_000;
	private static final List<Column> COLUMNS = List.of(new Column("outcome", 85, 0, EvidenceRows.Order.OUTCOME),
			new Column("target", 150, 35, EvidenceRows.Order.TARGET), new Column("sentence", 170, 45, null),
			new Column("probe", 95, 12, EvidenceRows.Order.PROBE), new Column("age", 90, 0, EvidenceRows.Order.TIME),
			new Column("time", 145, 0, EvidenceRows.Order.TIME));

	private final Table table;
	private final EvidenceRows rows;
	private final Phrases words;
	private final Icons icons;
	private final DateTimeFormatter times;

	/// @param width least width in pixels
	/// @param weight share of what is left, 0 for none
	/// @param order what a click on the heading sorts by, or null
	private record Column(String key, int width, int weight, EvidenceRows.@Nullable Order order) {}

	EvidenceTable(Composite parent, EvidenceRows rows, Phrases words, Consumer<@Nullable Sighting> selected) {
		this.rows = rows;
		this.words = words;
		times = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM).withLocale(words.locale())
				.withZone(ZoneId.systemDefault());
		TableColumnLayout layout = new TableColumnLayout();
		Composite holder = WidgetFactory.composite(SWT.NONE).layout(layout).create(parent);
		table = WidgetFactory.table(SWT.VIRTUAL | SWT.MULTI | SWT.FULL_SELECTION).headerVisible(true).create(holder);
		icons = new Icons(table);
		for (Column column : COLUMNS) {
			TableColumn widget = WidgetFactory.tableColumn(SWT.LEFT).text(words.say("evidence." + column.key)).create(table);
			layout.setColumnData(widget, column.weight == 0
					? new ColumnPixelData(column.width, true)
					: new ColumnWeightData(column.weight, column.width, true));
			widget.setMoveable(true);
			EvidenceRows.Order order = column.order;
			if (order != null) {
				widget.addListener(SWT.Selection, e -> sort(widget, order));
			}
		}
		table.addListener(SWT.SetData, e -> fill((TableItem) e.item, e.index));
		table.addListener(SWT.Selection, e -> selected.accept(selection()));
	}

	Table control() {
		return table;
	}

	/// Shows the rows as they are now, keeping the selection on what it was.
	void refresh() {
		Sighting before = selection();
		table.setItemCount(rows.visible().size());
		table.clearAll();
		if (before != null) {
			int index = indexOf(before);
			if (index >= 0 && index != table.getSelectionIndex()) {
				table.setSelection(index);
			} else if (index < 0) {
				table.deselectAll();
			}
		}
	}

	@Nullable Sighting selection() {
		Object data = table.getSelectionCount() > 0 ? table.getSelection()[0].getData() : null;
		return data instanceof Sighting sighting ? sighting : null;
	}

	/// The selected rows, or all visible ones when none is selected, as lines with tabs.
	void copy() {
		List<Sighting> chosen = table.getSelectionCount() == 0
				? rows.visible().stream().limit(COPY_LIMIT).toList()
				: Arrays.stream(table.getSelectionIndices()).mapToObj(rows.visible()::get).toList();
		if (chosen.isEmpty()) {
			return;
		}
		String text = chosen.stream().map(sighting -> String.join("\t", cells(sighting))).collect(Collectors.joining("\n", "", "\n"));
		Clipboard clipboard = new Clipboard(table.getDisplay());
		try {
			clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
		} finally {
			clipboard.dispose();
		}
	}

	String text(Sighting sighting) {
		return String.join(" ", cells(sighting)) + " " + sighting.evidence().target() + " " + sighting.evidence().probe();
	}

	private String[] cells(Sighting sighting) {
		Evidence evidence = sighting.evidence();
		return new String[] {words.outcome(evidence.outcome()), TargetLabels.of(evidence.target(), words),
				oneLine(words.say(evidence.reason())), words.title(evidence.probe()), Ages.say(sighting.lastSeen(), Instant.now(), words),
				times.format(sighting.lastSeen())};
	}

	private void fill(TableItem item, int index) {
		if (index >= rows.visible().size()) {
			return;
		}
		Sighting sighting = rows.visible().get(index);
		item.setData(sighting);
		item.setText(cells(sighting));
		item.setImage(0, icons.outcome(sighting.evidence().outcome()));
	}

	private void sort(TableColumn column, EvidenceRows.Order order) {
		rows.sort(order);
		table.setSortColumn(column);
		table.setSortDirection(rows.reversed() ? SWT.UP : SWT.DOWN);
		refresh();
	}

	private int indexOf(Sighting before) {
		List<Sighting> visible = rows.visible();
		for (int i = 0; i < visible.size(); i++) {
			Evidence evidence = visible.get(i).evidence();
			if (evidence.target().equals(before.evidence().target()) && evidence.probe().equals(before.evidence().probe())) {
				return i;
			}
		}
		return -1;
	}

	private static String oneLine(String sentence) {
		return sentence.replaceAll("\\p{Cntrl}+", " ");
	}
}
