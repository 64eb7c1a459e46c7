package hikkoshi.ui.inventory.roster;

import java.time.Duration;
import java.util.List;

import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.util.Throttler;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IFileEditorInput;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.menus.IMenuService;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterLine;
import hikkoshi.core.format.RosterSnapshot.Query;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.inventory.importing.ImportWizard;

/// The page with the table: filter and buttons above, what is wrong below; a hint in place of rows where there are none.
final class RosterPage extends FormPage {
	static final String ID = "hikkoshi.ui.inventory.roster.table";
	private static final int REFRESH_MILLIS = 80;
	private static final int FILTER_MILLIS = 200;

	private final RosterEditor editor;
	private final RosterText text;
	private final Phrases words;
	private @Nullable Parts parts;

	private record Parts(RosterTable table, RosterFooter footer, RosterCellEditor cells, RosterActions actions, Text filter, Button onlyFaulty,
			List<Button> needRows, RosterHint hint, Composite stack, Throttler refresh) {}

	RosterPage(RosterEditor editor, RosterText text, Phrases words) {
		super(editor, ID, words.say("roster.table"));
		this.editor = editor;
		this.text = text;
		this.words = words;
	}

	@Nullable
	RosterActions actions() {
		return parts == null ? null : parts.actions;
	}

	@Override
	protected void createFormContent(IManagedForm managed) {
		FormToolkit toolkit = managed.getToolkit();
		managed.getForm().setText(words.say("roster.title"));
		toolkit.decorateFormHeading(managed.getForm().getForm());
		managed.getForm().setExpandHorizontal(true);
		managed.getForm().setExpandVertical(true);
		Composite body = managed.getForm().getBody();
		GridLayoutFactory.swtDefaults().margins(8, 6).spacing(6, 6).applyTo(body);
		Composite bar = toolkit.createComposite(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Composite stack = toolkit.createComposite(body);
		stack.setLayout(new StackLayout());
		GridDataFactory.fillDefaults().grab(true, true).hint(300, 150).applyTo(stack);
		RosterTable table = new RosterTable(stack, text, words);
		RosterFooter footer = new RosterFooter(toolkit, body, text, table, words, editor.getEditorSite().getActionBars().getStatusLineManager());
		RosterCellEditor cells = new RosterCellEditor(text, table, footer);
		Text filter = toolkit.createText(bar, "", SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		RosterActions actions = new RosterActions(text, table, cells, footer, words, filter::setFocus);
		RosterHint hint = new RosterHint(toolkit, stack, text, actions, editor, words);
		filter.setMessage(words.say("roster.filter"));
		GridDataFactory.fillDefaults().grab(true, false).hint(160, SWT.DEFAULT).applyTo(filter);
		Button onlyFaulty = toolkit.createButton(bar, words.say("roster.only-faulty"), SWT.CHECK);
		List<Button> needRows = List.of(button(toolkit, bar, "roster.next-fault", () -> actions.nextFault(1)),
				button(toolkit, bar, "roster.set", actions::askAndSet), button(toolkit, bar, "roster.remove", actions::remove));
		button(toolkit, bar, "roster.add", actions::add);
		button(toolkit, bar, "roster.import", this::importFile);
		GridLayoutFactory.fillDefaults().numColumns(bar.getChildren().length).applyTo(bar);
		Throttler ask = new Throttler(body.getDisplay(), Duration.ofMillis(FILTER_MILLIS), this::ask);
		filter.addListener(SWT.Modify, event -> ask.throttledExec());
		filter.addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.ARROW_DOWN) {
				table.table().setFocus();
			}
		});
		onlyFaulty.addListener(SWT.Selection, event -> ask());
		Throttler refresh = new Throttler(body.getDisplay(), Duration.ofMillis(REFRESH_MILLIS), this::show);
		parts = new Parts(table, footer, cells, actions, filter, onlyFaulty, needRows, hint, stack, refresh);
		table.onMove(this::moved);
		MenuManager menu = new MenuManager();
		table.table().setMenu(menu.createContextMenu(table.table()));
		editor.getSite().getService(IMenuService.class).populateContributionManager(menu, "popup:" + RosterEditor.ID);
		text.onChange(change -> {
			table.view().changed(change);
			refresh.throttledExec();
		});
		show();
	}

	/// Into this text, as its editor shows it.
	private void importFile() {
		if (editor.getEditorInput() instanceof IFileEditorInput input) {
			ImportWizard wizard = new ImportWizard();
			wizard.init(editor.getSite().getWorkbenchWindow().getWorkbench(), new StructuredSelection(input.getFile().getProject()));
			new WizardDialog(editor.getSite().getShell(), wizard).open();
		}
	}

	private Button button(FormToolkit toolkit, Composite parent, String id, Runnable verb) {
		Button button = toolkit.createButton(parent, words.say(id), SWT.PUSH);
		button.setToolTipText(words.say(id + ".tip"));
		button.addListener(SWT.Selection, event -> verb.run());
		return button;
	}

	private void ask() {
		Parts mine = parts;
		if (mine != null && !mine.filter.isDisposed()) {
			Query now = mine.table.view().query();
			Query next = new Query(now.sort(), now.descending(), mine.filter.getText().strip(), mine.onlyFaulty.getSelection());
			if (!next.equals(now)) {
				mine.cells.close(true);
				mine.table.view().ask(next);
			}
		}
	}

	private void moved() {
		Parts mine = parts;
		if (mine != null && !mine.cells.isOpen()) {
			mine.footer.show();
			mine.needRows.forEach(button -> button.setEnabled(!mine.table.selected().isEmpty() || button == mine.needRows.getFirst()));
		}
	}

	/// Brings the table in line with the rows.
	private void show() {
		Parts mine = parts;
		RosterDocument rows = text.rows();
		if (mine == null || mine.stack.isDisposed()) {
			return;
		}
		((StackLayout) mine.stack.getLayout()).topControl = rows == null || rows.size() > 0 && rows.hasColumns() ? mine.table.table() : mine.hint.control();
		mine.hint.show();
		mine.stack.layout();
		mine.table.refresh();
		moved();
	}

	/// Shows the row at an offset of the text, whatever the filter hides.
	///
	/// @return whether there is one
	boolean reveal(int offset) {
		Parts mine = parts;
		RosterDocument rows = text.rows();
		RosterLine row = rows == null ? null : rows.at(offset).orElse(null);
		if (mine == null || row == null) {
			return false;
		}
		if (mine.table.view().indexOf(row) < 0) {
			mine.filter.setText("");
			mine.onlyFaulty.setSelection(false);
			mine.table.table().setSortColumn(null);
			mine.table.view().ask(Query.ALL);
		}
		mine.table.refresh();
		mine.table.go(row, mine.table.columns().stream().filter(column -> !mine.table.faults(row, column).isEmpty()).findFirst()
				.orElse(mine.table.focusColumn()));
		return true;
	}

	@Override
	public void setFocus() {
		Parts mine = parts;
		if (mine != null && !mine.cells.isOpen()) {
			if (((StackLayout) mine.stack.getLayout()).topControl == mine.table.table()) {
				mine.table.table().setFocus();
			} else {
				mine.hint.control().setFocus();
			}
		}
	}
}
