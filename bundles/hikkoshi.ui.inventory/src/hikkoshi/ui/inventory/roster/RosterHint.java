package hikkoshi.ui.inventory.roster;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.ILog;

import hikkoshi.core.format.RosterChanges;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.text.Phrases;

/// In place of a table that has nothing to show: how rows come into it, or what keeps it from being read. UI thread only.
final class RosterHint {
	private static final int WIDTH = 460;

	private final RosterText text;
	private final Phrases words;
	private final Composite pane;
	private final Label title;
	private final Label sentence;
	private final Button header;

	RosterHint(FormToolkit toolkit, Composite parent, RosterText text, RosterActions actions, RosterEditor editor, Phrases words) {
		this.text = text;
		this.words = words;
		pane = toolkit.createComposite(parent);
		GridLayoutFactory.swtDefaults().margins(24, 24).spacing(6, 10).applyTo(pane);
		title = toolkit.createLabel(pane, "");
		title.setFont(JFaceResources.getHeaderFont());
		GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.END).grab(true, true).applyTo(title);
		sentence = toolkit.createLabel(pane, "", SWT.WRAP | SWT.CENTER);
		GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).hint(WIDTH, SWT.DEFAULT).applyTo(sentence);
		Composite buttons = toolkit.createComposite(pane);
		GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.BEGINNING).grab(true, true).applyTo(buttons);
		button(toolkit, buttons, "roster.hint.paste", actions::pasteRows);
		button(toolkit, buttons, "roster.hint.import", () -> run(editor, IWorkbenchCommandConstants.FILE_IMPORT));
		button(toolkit, buttons, "roster.add", actions::add);
		header = button(toolkit, buttons, "roster.hint.header", this::insertHeader);
		GridLayoutFactory.fillDefaults().numColumns(buttons.getChildren().length).applyTo(buttons);
	}

	private Button button(FormToolkit toolkit, Composite parent, String id, Runnable verb) {
		Button button = toolkit.createButton(parent, words.say(id), SWT.PUSH);
		button.addListener(SWT.Selection, event -> verb.run());
		return button;
	}

	private static void run(RosterEditor editor, String command) {
		try {
			editor.getSite().getService(IHandlerService.class).executeCommand(command, null);
		} catch (CommandException e) {
			ILog.get().error(command, e);
		}
	}

	private void insertHeader() {
		RosterDocument rows = text.rows();
		if (rows != null) {
			text.edit(RosterChanges.header(rows));
		}
	}

	Control control() {
		return pane;
	}

	void show() {
		RosterDocument rows = text.rows();
		boolean unreadable = rows != null && rows.length() > 0 && !rows.hasColumns();
		title.setText(words.say(unreadable ? "roster.hint.no-header" : "roster.hint.empty"));
		sentence.setText(words.say(unreadable ? "roster.hint.no-header.text" : "roster.hint.empty.text"));
		for (Control button : header.getParent().getChildren()) {
			boolean shown = (button == header) == unreadable;
			button.setVisible(shown);
			((GridData) layoutData(button)).exclude = !shown;
		}
		pane.layout(true, true);
	}

	private static Object layoutData(Control control) {
		if (control.getLayoutData() == null) {
			GridDataFactory.fillDefaults().applyTo(control);
		}
		return control.getLayoutData();
	}
}
