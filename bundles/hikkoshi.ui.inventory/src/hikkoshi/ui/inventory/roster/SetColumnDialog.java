package hikkoshi.ui.inventory.roster;

import java.util.List;

import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.FileKeys;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.text.Phrases;

/// Asks for a column and the value that all selected rows are to have in it.
final class SetColumnDialog extends TrayDialog {
	private final RosterDocument rows;
	private final List<String> columns;
	private final int count;
	private final Phrases words;
	private String column;
	private String value = "";
	private @Nullable Combo values;

	SetColumnDialog(Shell shell, RosterDocument rows, List<String> columns, String column, int count, Phrases words) {
		super(shell);
		this.rows = rows;
		this.columns = columns;
		this.column = column;
		this.count = count;
		this.words = words;
	}

	String column() {
		return column;
	}

	String value() {
		return value;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText(words.say("roster.set.title"));
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		Composite body = new Composite(area, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(body);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
		Label head = new Label(body, SWT.NONE);
		head.setText(words.say("roster.set.head", count));
		GridDataFactory.fillDefaults().span(2, 1).applyTo(head);
		new Label(body, SWT.NONE).setText(words.say("roster.set.column"));
		Combo names = new Combo(body, SWT.READ_ONLY | SWT.DROP_DOWN);
		columns.forEach(name -> names.add(FileKeys.COLUMNS.contains(name) ? words.say("roster.column." + name) : name));
		names.select(Math.max(0, columns.indexOf(column)));
		GridDataFactory.fillDefaults().grab(true, false).applyTo(names);
		new Label(body, SWT.NONE).setText(words.say("roster.set.value"));
		Combo choice = new Combo(body, SWT.DROP_DOWN);
		values = choice;
		GridDataFactory.fillDefaults().grab(true, false).hint(320, SWT.DEFAULT).applyTo(choice);
		choice.setItems(RosterCellEditor.choices(rows, column).toArray(String[]::new));
		names.addListener(SWT.Selection, event -> {
			column = columns.get(names.getSelectionIndex());
			String typed = choice.getText();
			choice.setItems(RosterCellEditor.choices(rows, column).toArray(String[]::new));
			choice.setText(typed);
		});
		choice.setFocus();
		return area;
	}

	@Override
	protected void okPressed() {
		value = values == null ? "" : values.getText();
		super.okPressed();
	}
}
