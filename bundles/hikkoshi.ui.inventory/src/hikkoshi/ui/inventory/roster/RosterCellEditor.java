package hikkoshi.ui.inventory.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CCombo;
import org.eclipse.swt.custom.TableEditor;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.RosterChanges;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterDocument.CellFault;
import hikkoshi.core.format.RosterLine;
import hikkoshi.core.model.Recipient;

/// Editing in the cell: a keystroke shows at once what would be wrong. Enter takes it, with Ctrl for all selected rows, Tab goes on to the
/// next cell, Escape leaves all as it was. UI thread only.
final class RosterCellEditor {
	private final RosterText text;
	private final RosterTable table;
	private final RosterFooter footer;
	private @Nullable Control open;
	private @Nullable TableEditor editor;
	private @Nullable RosterLine row;
	private String column = "";

	RosterCellEditor(RosterText text, RosterTable table, RosterFooter footer) {
		this.text = text;
		this.table = table;
		this.footer = footer;
		Table widget = table.table();
		widget.addListener(SWT.DefaultSelection, event -> edit(null));
		widget.addListener(SWT.KeyDown, this::key);
	}

	private void key(Event event) {
		boolean plain = (event.stateMask & (SWT.MOD1 | SWT.MOD3 | SWT.COMMAND)) == 0;
		if (event.keyCode == SWT.ARROW_LEFT || event.keyCode == SWT.ARROW_RIGHT) {
			table.moveColumn(event.keyCode == SWT.ARROW_LEFT ? -1 : 1);
			event.doit = false;
		} else if (event.keyCode == SWT.F2) {
			edit(null);
			event.doit = false;
		} else if (plain && event.character > ' ' && event.character != SWT.DEL) {
			edit(String.valueOf(event.character));
			event.doit = false;
		}
	}

	/// The words that a column takes; empty where it takes any.
	static List<String> choices(RosterDocument rows, String column) {
		return switch (column) {
			case "kind" -> Stream.concat(Stream.of("", Recipient.MAILBOX_TOKEN), Stream.of(Recipient.Kind.values()).map(Recipient.Kind::token)).toList();
			case "wave" -> Stream.concat(Stream.of(""), rows.domains().waves().stream()).toList();
			default -> List.of();
		};
	}

	/// Opens the focused cell.
	///
	/// @param typed what stands in it at first; null for its value
	void edit(@Nullable String typed) {
		close(false);
		RosterDocument rows = text.rows();
		RosterLine at = table.focusRow();
		TableItem item = table.focusItem();
		if (rows == null || at == null || item == null || !rows.isReadable(at)) {
			return;
		}
		row = at;
		column = table.focusColumn();
		String value = typed != null ? typed : RosterTable.value(rows, at, column);
		List<String> choices = choices(rows, column);
		Control control = choices.isEmpty() ? field(value) : combo(value, choices);
		TableEditor place = new TableEditor(table.table());
		place.horizontalAlignment = SWT.LEFT;
		place.grabHorizontal = true;
		place.minimumHeight = item.getBounds().height;
		place.setEditor(control, item, table.focusIndex());
		editor = place;
		control.addListener(SWT.Traverse, this::traverse);
		control.addListener(SWT.Modify, event -> preview());
		control.addListener(SWT.FocusOut, event -> table.table().getDisplay().asyncExec(() -> leave(control)));
		open = control;
		control.setFocus();
		if (control instanceof Text field) {
			field.setSelection(typed != null ? value.length() : 0, value.length());
		}
		preview();
	}

	private Text field(String value) {
		Text field = new Text(table.table(), SWT.SINGLE | SWT.BORDER);
		field.setText(value);
		return field;
	}

	private CCombo combo(String value, List<String> choices) {
		CCombo combo = new CCombo(table.table(), SWT.BORDER);
		List<String> items = new ArrayList<>(choices);
		combo.setItems(items.toArray(String[]::new));
		combo.setVisibleItemCount(Math.min(items.size(), 12));
		// one letter is enough for a word that begins with it
		String word = value.length() == 1 ? items.stream().filter(item -> item.startsWith(value)).findFirst().orElse(value) : value;
		combo.setText(word);
		return combo;
	}

	private static String value(Control control) {
		return control instanceof CCombo combo ? combo.getText() : ((Text) control).getText();
	}

	private void preview() {
		RosterDocument rows = text.rows();
		RosterLine at = row;
		Control control = open;
		if (rows != null && at != null && control != null && rows.indexOf(at) >= 0) {
			footer.show(rows.preview(at, column, value(control)).stream().map(CellFault::fault).toList());
		}
	}

	private void traverse(Event event) {
		switch (event.detail) {
			case SWT.TRAVERSE_ESCAPE -> {
				event.doit = false;
				close(false);
			}
			case SWT.TRAVERSE_RETURN -> {
				event.doit = false;
				close(true, (event.stateMask & SWT.MOD1) != 0);
			}
			case SWT.TRAVERSE_TAB_NEXT, SWT.TRAVERSE_TAB_PREVIOUS -> {
				event.doit = false;
				close(true);
				if (table.moveColumn(event.detail == SWT.TRAVERSE_TAB_NEXT ? 1 : -1)) {
					edit(null);
				}
			}
			default -> {
			}
		}
	}

	/// Elsewhere was clicked: what was typed counts. A combo's own list is not elsewhere.
	private void leave(Control control) {
		if (control.isDisposed() || control != open || control.isFocusControl() || control instanceof CCombo combo && combo.getListVisible()) {
			return;
		}
		close(true);
	}

	boolean isOpen() {
		return open != null;
	}

	void close(boolean take) {
		close(take, false);
	}

	private void close(boolean take, boolean all) {
		Control control = open;
		RosterLine at = row;
		RosterDocument rows = text.rows();
		if (control == null || control.isDisposed()) {
			open = null;
			return;
		}
		String value = value(control);
		boolean hadFocus = control.isFocusControl();
		open = null;
		if (editor != null) {
			editor.dispose();
			editor = null;
		}
		control.dispose();
		if (hadFocus) {
			table.table().setFocus();
		}
		if (take && at != null && rows != null && rows.indexOf(at) >= 0 && (all || !value.equals(RosterTable.value(rows, at, column)))) {
			List<RosterLine> targets = all && table.selected().contains(at) ? table.selected() : List.of(at);
			text.edit(RosterChanges.set(rows, targets, column, value));
		}
		footer.show();
	}
}
