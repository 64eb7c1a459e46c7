package hikkoshi.ui.dns.zone;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.format.ZoneEntry;
import hikkoshi.core.format.ZoneFaults;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// The records of a zone; only rows that are on the screen are drawn. What is wrong with one is its icon, and its sentence stands in the last column.
/// UI thread only.
final class RecordTable {
	private static final int[] WIDTHS = {90, 190, 90, 80, 340, 300};
	private static final List<String> COLUMNS = List.of("zone.line", "zone.owner", "zone.ttl", "zone.type", "zone.data", "zone.wrong");
	/// A key is longer than anybody reads in a row.
	private static final int MOST_DATA = 400;

	private final Table table;
	private final Phrases words;
	private final Icons icons;
	private @Nullable ZoneDocument zone;
	private List<ZoneEntry> rows = List.of();
	private final Map<ZoneEntry, Fault> wrong = new HashMap<>();

	RecordTable(Composite parent, Phrases words) {
		this.words = words;
		table = new Table(parent, SWT.VIRTUAL | SWT.MULTI | SWT.FULL_SELECTION | SWT.BORDER);
		icons = new Icons(table);
		table.setHeaderVisible(true);
		table.setLinesVisible(true);
		for (int i = 0; i < WIDTHS.length; i++) {
			TableColumn column = new TableColumn(table, SWT.NONE);
			column.setText(words.say(COLUMNS.get(i)));
			column.setWidth(WIDTHS[i]);
		}
		table.addListener(SWT.SetData, this::draw);
	}

	Table table() {
		return table;
	}

	/// @param filter words that a row must have, in any order
	void show(ZoneDocument read, List<Fault> faults, String filter, boolean onlyFaulty) {
		int[] selected = table.getSelectionIndices();
		int before = rows.size();
		int top = table.getTopIndex();
		zone = read;
		wrong.clear();
		faults.forEach(fault -> read.atLine(fault.line()).ifPresent(entry -> wrong.putIfAbsent(entry, fault)));
		List<String> parts = Arrays.stream(filter.toLowerCase(Locale.ROOT).split("\\s+")).filter(part -> !part.isEmpty()).toList();
		rows = read.records().stream().filter(entry -> !onlyFaulty || wrong.containsKey(entry)).filter(entry -> matches(entry, parts)).toList();
		table.setItemCount(rows.size());
		table.clearAll();
		table.deselectAll();
		if (before == rows.size()) {
			table.select(selected);
		} else if (selected.length == 1 && selected[0] < rows.size()) {
			table.select(selected[0]);
		}
		table.setTopIndex(top);
	}

	private static boolean matches(ZoneEntry entry, List<String> parts) {
		if (parts.isEmpty()) {
			return true;
		}
		String text = entry.owner() + " " + entry.type().toLowerCase(Locale.ROOT) + " " + entry.data().toLowerCase(Locale.ROOT);
		return parts.stream().allMatch(text::contains);
	}

	List<ZoneEntry> rows() {
		return rows;
	}

	List<ZoneEntry> selected() {
		return Arrays.stream(table.getSelectionIndices()).filter(index -> index < rows.size()).mapToObj(rows::get).toList();
	}

	/// Selects the record at a place of the text, when it is shown.
	void reveal(int offset) {
		ZoneDocument read = zone;
		if (read != null) {
			read.at(offset).map(rows::indexOf).filter(index -> index >= 0).ifPresent(index -> {
				table.setSelection(index);
				table.showSelection();
			});
		}
	}

	private void draw(Event event) {
		ZoneDocument read = zone;
		TableItem item = (TableItem) event.item;
		if (read == null || event.index >= rows.size()) {
			return;
		}
		ZoneEntry entry = rows.get(event.index);
		Fault fault = wrong.get(entry);
		String data = entry.data().length() > MOST_DATA ? entry.data().substring(0, MOST_DATA) + "…" : entry.data();
		item.setText(new String[] {String.valueOf(read.line(entry)), ZoneFaults.visible(read.relative(entry.owner())),
				entry.writtenTtl().isPresent() ? String.valueOf(entry.ttl()) : words.say("zone.ttl.default", String.valueOf(entry.ttl())), ZoneFaults.visible(entry.type()),
				ZoneFaults.visible(data), fault == null ? "" : words.say(fault.reason())});
		item.setImage(0, fault == null ? null : icons.outcome(fault.severity() == Fault.Severity.ERROR ? Outcome.FAIL : Outcome.WARN));
	}
}
