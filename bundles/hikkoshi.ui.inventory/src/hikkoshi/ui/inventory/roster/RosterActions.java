package hikkoshi.ui.inventory.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.actions.ActionFactory;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FileKeys;
import hikkoshi.core.format.RosterChanges;
import hikkoshi.core.format.RosterClip;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterLine;
import hikkoshi.core.text.Phrases;

/// What the table can do: each is one edit of the text, so one step for undo. UI thread only.
public final class RosterActions {
	private final RosterText text;
	private final RosterTable table;
	private final RosterCellEditor cells;
	private final RosterFooter footer;
	private final Phrases words;
	private final Runnable find;

	/// @param find brings a person to the filter
	RosterActions(RosterText text, RosterTable table, RosterCellEditor cells, RosterFooter footer, Phrases words, Runnable find) {
		this.text = text;
		this.table = table;
		this.cells = cells;
		this.footer = footer;
		this.words = words;
		this.find = find;
	}

	/// The verbs of the Edit menu, by the id of their global action. In a field, such as an open cell, they are about its text.
	Map<String, Runnable> edits() {
		return Map.of(ActionFactory.CUT.getId(), () -> here(Text::cut, this::cut), ActionFactory.COPY.getId(), () -> here(Text::copy, this::copy),
				ActionFactory.PASTE.getId(), () -> here(Text::paste, this::paste),
				ActionFactory.DELETE.getId(), () -> here(RosterActions::deleteIn, this::clear),
				ActionFactory.SELECT_ALL.getId(), () -> here(Text::selectAll, table::selectAll), ActionFactory.FIND.getId(), find);
	}

	private void here(Consumer<Text> inField, Runnable inTable) {
		if (table.table().getDisplay().getFocusControl() instanceof Text field) {
			inField.accept(field);
		} else {
			inTable.run();
		}
	}

	private static void deleteIn(Text field) {
		if (field.getSelectionCount() == 0) {
			int caret = field.getCaretPosition();
			field.setSelection(caret, Math.min(caret + 1, field.getCharCount()));
		}
		field.insert("");
	}

	/// Adds a row at the end and opens its address.
	public void add() {
		RosterDocument rows = text.rows();
		if (rows != null) {
			append(rows, List.of(Map.of()));
			table.table().setFocus();
			table.revealThen(() -> cells.edit(null));
		}
	}

	/// Adds rows at the end and selects them.
	private void append(RosterDocument rows, List<Map<String, String>> added) {
		cells.close(true);
		int before = rows.size();
		if (text.edit(RosterChanges.append(rows, added))) {
			List<RosterLine> come = new ArrayList<>();
			for (int i = before; i < rows.size(); i++) {
				come.add(rows.row(i));
			}
			table.view().pin(come);
			table.refresh();
			if (!come.isEmpty()) {
				table.go(come.getFirst(), FileKeys.COLUMNS.getFirst());
				table.select(come);
			}
		}
	}

	/// Removes the selected rows.
	public void remove() {
		RosterDocument rows = text.rows();
		List<RosterLine> gone = table.selected();
		if (rows == null || gone.isEmpty() || cells.isOpen()) {
			return;
		}
		int at = table.view().indexOf(gone.getFirst());
		text.edit(RosterChanges.remove(rows, gone));
		RosterLine next = table.view().at(Math.min(at, table.view().size() - 1));
		if (next != null) {
			table.go(next, table.focusColumn());
		}
	}

	/// Empties the focused column in the selected rows.
	void clear() {
		set(table.focusColumn(), "");
	}

	/// Sets a column in all selected rows.
	public void set(String column, String value) {
		RosterDocument rows = text.rows();
		if (rows != null) {
			cells.close(false);
			text.edit(RosterChanges.set(rows, table.selected(), column, value));
		}
	}

	/// Asks for a column and a value for all selected rows.
	public void askAndSet() {
		RosterDocument rows = text.rows();
		if (rows != null && !table.selected().isEmpty()) {
			SetColumnDialog dialog = new SetColumnDialog(table.table().getShell(), rows, table.columns(), table.focusColumn(), table.selected().size(), words);
			if (dialog.open() == SetColumnDialog.OK) {
				set(dialog.column(), dialog.value());
			}
		}
	}

	private void cut() {
		copy();
		remove();
	}

	/// The selected rows as a spreadsheet takes them, in the order that is shown.
	void copy() {
		RosterDocument rows = text.rows();
		if (rows == null || table.selected().isEmpty()) {
			return;
		}
		List<List<String>> copied = new ArrayList<>();
		for (RosterLine row : table.selected()) {
			copied.add(table.columns().stream().map(column -> RosterTable.value(rows, row, column)).toList());
		}
		Clipboard clipboard = new Clipboard(table.table().getDisplay());
		clipboard.setContents(new Object[] {RosterClip.write(copied)}, new Transfer[] {TextTransfer.getInstance()});
		clipboard.dispose();
	}

	private @Nullable RosterClip clip() {
		Clipboard clipboard = new Clipboard(table.table().getDisplay());
		Object content = clipboard.getContents(TextTransfer.getInstance());
		clipboard.dispose();
		return content instanceof String string && !string.isBlank() ? RosterClip.parse(string) : null;
	}

	/// What was copied becomes new rows.
	public void pasteRows() {
		RosterDocument rows = text.rows();
		RosterClip clip = clip();
		if (rows != null && clip != null) {
			append(rows, clip.asRows(table.columns()));
			tell(clip, clip.rows().size());
		}
	}

	/// Over the selected rows from the focused cell on; one value goes into all of them. Cells with names, and those that are too many, become
	/// new rows.
	void paste() {
		RosterDocument rows = text.rows();
		RosterClip clip = clip();
		if (rows == null || clip == null) {
			return;
		}
		if (!clip.columns().isEmpty() || table.selected().isEmpty() || !rows.hasColumns()) {
			pasteRows();
			return;
		}
		cells.close(false);
		List<String> columns = table.columns();
		int width = clip.rows().stream().mapToInt(List::size).max().orElse(0);
		int first = width == columns.size() ? 0 : columns.indexOf(table.focusColumn());
		List<RosterLine> targets = targets(clip.rows().size());
		List<RosterChanges.Cell> changes = new ArrayList<>();
		int lines = clip.rows().size() == 1 ? targets.size() : Math.min(targets.size(), clip.rows().size());
		for (int i = 0; i < lines; i++) {
			List<String> values = clip.rows().get(clip.rows().size() == 1 ? 0 : i);
			for (int k = 0; k < values.size() && first + k < columns.size(); k++) {
				changes.add(new RosterChanges.Cell(targets.get(i), columns.get(first + k), values.get(k)));
			}
		}
		text.edit(RosterChanges.set(rows, changes));
		if (clip.rows().size() > Math.max(1, lines)) {
			RosterClip rest = new RosterClip(List.of(), clip.rows().subList(lines, clip.rows().size()), List.of(), clip.isCut());
			append(rows, rest.asRows(columns.subList(first, columns.size())));
		}
		tell(clip, clip.rows().size());
	}

	/// Several selected rows, or those from the only one on.
	private List<RosterLine> targets(int count) {
		List<RosterLine> selected = table.selected();
		if (selected.size() != 1) {
			return selected;
		}
		List<RosterLine> targets = new ArrayList<>();
		int from = table.view().indexOf(selected.getFirst());
		for (int i = from; i < Math.min(table.view().size(), from + count); i++) {
			RosterLine row = table.view().at(i);
			if (row != null) {
				targets.add(row);
			}
		}
		return targets;
	}

	private void tell(RosterClip clip, int count) {
		if (!clip.secrets().isEmpty()) {
			footer.say(words.say("roster.pasted-secrets", count, String.join(", ", clip.secrets())));
		} else {
			footer.say(words.say(clip.isCut() ? "roster.pasted-cut" : "roster.pasted", count));
		}
	}

	/// To the next row with a fault, in the order that is shown and round its end.
	///
	/// @param step 1, or -1 for the one before
	public void nextFault(int step) {
		RosterDocument rows = text.rows();
		int size = table.view().size();
		RosterLine focus = table.focusRow();
		if (rows == null || size == 0) {
			return;
		}
		int from = focus == null ? step > 0 ? -1 : size : table.view().indexOf(focus);
		for (int i = 1; i <= size; i++) {
			RosterLine row = table.view().at(Math.floorMod(from + i * step, size));
			if (row != null && rows.worst(row) != null) {
				table.go(row, table.columns().stream().filter(column -> hasFault(row, column)).findFirst().orElse(table.focusColumn()));
				table.table().setFocus();
				return;
			}
		}
		footer.say(words.say("roster.no-fault"));
	}

	private boolean hasFault(RosterLine row, String column) {
		List<Fault> faults = table.faults(row, column);
		return !faults.isEmpty();
	}
}
