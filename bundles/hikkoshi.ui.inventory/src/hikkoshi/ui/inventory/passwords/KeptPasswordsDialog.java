package hikkoshi.ui.inventory.passwords;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbench;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.secret.ProtectionNote;
import hikkoshi.workspace.Migrations;

/// Which accounts of a migration have a password in secure storage, how that is protected; removal, and the way to the import. Shows no password.
public final class KeptPasswordsDialog extends TitleAreaDialog {
	private static final Point SIZE = new Point(720, 600);
	private static final int IMPORT_ID = IDialogConstants.CLIENT_ID;
	private static final int REMOVE_ID = IDialogConstants.CLIENT_ID + 1;

	private final Phrases words = Words.of(KeptPasswordsDialog.class);
	private final IWorkbench bench;
	private final IProject project;
	private final Vault vault;
	private List<Row> rows = List.of();
	private List<Row> shown = List.of();
	private @Nullable ServerNameVault mine;
	private @Nullable Widgets widgets;

	private record Row(CredentialId id, @Nullable Server server, String place, boolean isKnown) {}

	private record Found(ServerNameVault vault, List<Row> rows) {}

	private record Widgets(Text filter, Table table, Icons icons) {}

	public KeptPasswordsDialog(Shell parent, IWorkbench bench, IProject project, Vault vault) {
		super(parent);
		this.bench = bench;
		this.project = project;
		this.vault = vault;
		setShellStyle(getShellStyle() | SWT.RESIZE);
		setHelpAvailable(false);
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText(words.say("kept.window"));
	}

	@Override
	protected Point getInitialSize() {
		return SIZE;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		setTitle(words.say("kept.window"));
		setMessage(words.say("kept.message"));
		Composite area = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().margins(10, 8).create())
				.create((Composite) super.createDialogArea(parent));
		GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
		Text filter = WidgetFactory.text(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("kept.filter")).onModify(e -> filter()).create(area);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(filter);
		Table table = WidgetFactory.table(SWT.MULTI | SWT.VIRTUAL | SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(area);
		GridDataFactory.fillDefaults().grab(true, true).hint(SWT.DEFAULT, 240).applyTo(table);
		column(table, "kept.column.user", 260);
		column(table, "kept.column.server", 260);
		column(table, "kept.column.state", 110);
		table.addListener(SWT.SetData, this::fill);
		table.addListener(SWT.Selection, e -> select());
		GridDataFactory.fillDefaults().grab(true, false).applyTo(ProtectionNote.create(area, vault, SIZE.x - 80));
		widgets = new Widgets(filter, table, new Icons(table));
		return area;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IMPORT_ID, words.say("kept.import"), false);
		createButton(parent, REMOVE_ID, words.say("kept.remove"), false).setEnabled(false);
		createButton(parent, IDialogConstants.OK_ID, words.say("kept.close"), true);
		load();
	}

	private void column(Table table, String key, int width) {
		WidgetFactory.tableColumn(SWT.LEFT).text(words.say(key)).width(width).create(table);
	}

	private void load() {
		Widgets now = widgets;
		if (now != null) {
			Ui.load(now.table, words.say("kept.reading"), this::read, this::show, e -> setErrorMessage(Ui.message(e)));
		}
	}

	/// Every account that logs in, each once, the old side before the new one.
	private Found read() throws IOException {
		Migration migration = bench.getService(Migrations.class).load(project).migration()
				.orElseThrow(() -> new PasswordPlan.Unusable(words.say("passwords.faulty", project.getName())));
		ServerNameVault of = new ServerNameVault(migration, vault);
		Set<CredentialId> kept = new HashSet<>(vault.known());
		Set<CredentialId> wanted = new LinkedHashSet<>();
		for (Side side : Side.values()) {
			migration.mailboxes().forEach(mailbox -> migration.accounts(mailbox, side).forEach(account -> wanted.add(CredentialId.of(account))));
		}
		List<Row> read = new ArrayList<>();
		for (CredentialId id : wanted) {
			Server server = migration.server(id.server()).orElse(null);
			read.add(new Row(id, server, PasswordsPage.server(server, words), of.place(id).filter(kept::contains).isPresent()));
		}
		return new Found(of, List.copyOf(read));
	}

	private void show(Found found) {
		mine = found.vault;
		rows = found.rows;
		setErrorMessage(null);
		setTitle(words.say("kept.heading", rows.stream().filter(Row::isKnown).count(), rows.size()));
		filter();
	}

	private void filter() {
		Widgets now = widgets;
		if (now == null) {
			return;
		}
		String wanted = now.filter.getText().strip().toLowerCase(Locale.ROOT);
		shown = rows.stream().filter(row -> (row.id.user() + " " + row.place).toLowerCase(Locale.ROOT).contains(wanted)).toList();
		now.table.deselectAll();
		now.table.setItemCount(shown.size());
		now.table.clearAll();
		select();
	}

	private void fill(Event event) {
		Widgets now = widgets;
		if (now != null && event.index < shown.size()) {
			Row row = shown.get(event.index);
			TableItem item = (TableItem) event.item;
			item.setText(new String[] {row.id.user(), row.place, words.say(row.isKnown ? "kept.known" : "kept.missing")});
			item.setImage(2, now.icons.outcome(row.isKnown ? Outcome.PASS : null));
		}
	}

	private List<CredentialId> selected() {
		List<CredentialId> selected = new ArrayList<>();
		Widgets now = widgets;
		if (now != null) {
			for (int index : now.table.getSelectionIndices()) {
				if (index < shown.size() && shown.get(index).isKnown) {
					selected.add(shown.get(index).id);
				}
			}
		}
		return selected;
	}

	private void select() {
		Button remove = getButton(REMOVE_ID);
		if (remove != null) {
			remove.setEnabled(!selected().isEmpty());
		}
	}

	@Override
	protected void buttonPressed(int id) {
		switch (id) {
			case IMPORT_ID -> importFile();
			case REMOVE_ID -> remove();
			default -> super.buttonPressed(id);
		}
	}

	private void importFile() {
		PasswordsImportWizard wizard = new PasswordsImportWizard(vault);
		wizard.init(bench, new StructuredSelection(project));
		new WizardDialog(getShell(), wizard).open();
		load();
	}

	private void remove() {
		List<CredentialId> gone = selected();
		ServerNameVault from = mine;
		Widgets now = widgets;
		if (from != null && now != null && MessageDialog.openConfirm(getShell(), words.say("kept.window"), words.say("kept.remove.ask", gone.size()))) {
			Ui.load(now.table, words.say("kept.reading"), () -> {
				for (CredentialId id : gone) {
					from.remove(id);
				}
				return read();
			}, this::show, e -> setErrorMessage(Ui.message(e)));
		}
	}
}
