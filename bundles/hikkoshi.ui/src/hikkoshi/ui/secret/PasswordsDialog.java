package hikkoshi.ui.secret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Migration;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Words;

/// Asks once for all passwords that a run lacks: a table of the accounts without one, one masked field for whatever is selected in it — one
/// account, or many that share a password. What is left empty is skipped: those probes say so in their evidence.
public final class PasswordsDialog extends TitleAreaDialog {
	private static final String MASK = "••••••••";
	private static final Point SIZE = new Point(680, 580);

	private final Phrases words = Words.of(PasswordsDialog.class);
	private final Migration migration;
	private final List<CredentialId> accounts;
	private final boolean canRemember;
	private final Map<CredentialId, Secret> given = new HashMap<>();
	private boolean remember;
	private boolean switching;
	private @Nullable Widgets widgets;

	private record Widgets(Table table, Label whose, Text password, Label status, Button remember) {}

	/// @param accounts those without a password, in the order to show
	public PasswordsDialog(Shell parent, Migration migration, Collection<CredentialId> accounts, boolean canRemember) {
		super(parent);
		this.migration = migration;
		this.accounts = List.copyOf(accounts);
		this.canRemember = canRemember;
		remember = canRemember;
		setShellStyle(getShellStyle() | SWT.RESIZE);
		setHelpAvailable(false);
	}

	/// What was entered; the caller closes each.
	public Map<CredentialId, Secret> given() {
		return Map.copyOf(given);
	}

	/// Whether to keep it in secure storage.
	public boolean remember() {
		return remember;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText(words.say("passwords.title"));
	}

	@Override
	protected Point getInitialSize() {
		return SIZE;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		setTitle(words.say("passwords.heading", accounts.size()));
		setMessage(words.say("passwords.message"));
		Composite area = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().margins(10, 8).numColumns(2).create())
				.create((Composite) super.createDialogArea(parent));
		GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
		Table table = WidgetFactory.table(SWT.MULTI | SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(area);
		GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(SWT.DEFAULT, 200).applyTo(table);
		column(table, "passwords.server", 190);
		column(table, "passwords.user", 190);
		column(table, "passwords.what", 120);
		column(table, "passwords.password", 90);
		Icons icons = new Icons(table);
		for (CredentialId account : accounts) {
			TableItem item = new TableItem(table, SWT.NONE);
			item.setData(account);
			item.setImage(icons.image("key"));
			item.setText(new String[] {server(account), account.user(), what(account), ""});
		}
		Label whose = WidgetFactory.label(SWT.WRAP).create(area);
		GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(whose);
		WidgetFactory.label(SWT.NONE).text(words.say("passwords.field")).create(area);
		Text password = WidgetFactory.text(SWT.SINGLE | SWT.PASSWORD | SWT.BORDER).onModify(e -> enter()).create(area);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(password);
		Button keep = WidgetFactory.button(SWT.CHECK).text(words.say("passwords.remember")).create(area);
		GridDataFactory.fillDefaults().span(2, 1).applyTo(keep);
		keep.setSelection(remember);
		keep.setEnabled(canRemember);
		keep.addListener(SWT.Selection, e -> remember = keep.getSelection());
		Label status = WidgetFactory.label(SWT.NONE).create(area);
		GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(status);
		if (canRemember) {
			GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(ProtectionNote.create(area, PlatformUI.getWorkbench(), SIZE.x - 80));
		}
		widgets = new Widgets(table, whose, password, status, keep);
		table.addListener(SWT.Selection, e -> select(false));
		table.select(0);
		select(true);
		return area;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, words.say("passwords.start"), true);
		createButton(parent, IDialogConstants.CANCEL_ID, words.say("cancel"), false);
	}

	private void column(Table table, String key, int width) {
		WidgetFactory.tableColumn(SWT.LEFT).text(words.say(key)).width(width).create(table);
	}

	private String server(CredentialId account) {
		return migration.server(account.server())
				.map(server -> words.say("passwords.server.of", words.say("side.label." + server.side().token()), server.name().unicode()))
				.orElse(account.server());
	}

	private String what(CredentialId account) {
		return words.say("passwords.what." + migration.server(account.server()).map(server -> switch (server.authentication()) {
			case Authentication.Password _ -> "password";
			case Authentication.MasterUser _ -> "master";
			case Authentication.OAuth(Authentication.OAuth.Refresh refresh) -> refresh == null ? "access-token" : "refresh-token";
		}).orElse("password"));
	}

	private List<CredentialId> selected(Table table) {
		return Arrays.stream(table.getSelection()).map(item -> (CredentialId) item.getData()).toList();
	}

	private void select(boolean first) {
		Widgets mine = widgets;
		if (mine == null) {
			return;
		}
		List<CredentialId> chosen = selected(mine.table);
		mine.whose.setText(switch (chosen.size()) {
			case 0 -> words.say("passwords.choose");
			case 1 -> words.say("passwords.one", chosen.getFirst().user(), server(chosen.getFirst()));
			default -> words.say("passwords.many", chosen.size());
		});
		mine.password.setEnabled(!chosen.isEmpty());
		// what was typed for others must not be given to these
		switching = true;
		mine.password.setTextChars(new char[0]);
		switching = false;
		if (first) {
			mine.password.setFocus();
		}
		count(mine);
	}

	private void enter() {
		Widgets mine = widgets;
		if (mine == null || switching) {
			return;
		}
		char[] value = mine.password.getTextChars();
		for (TableItem item : mine.table.getSelection()) {
			CredentialId account = (CredentialId) item.getData();
			Secret before = value.length > 0 ? given.put(account, Secret.of(value)) : given.remove(account);
			if (before != null) {
				before.close();
			}
			item.setText(3, value.length > 0 ? MASK : "");
		}
		Arrays.fill(value, '\0');
		count(mine);
	}

	private void count(Widgets mine) {
		int missing = accounts.size() - given.size();
		mine.status.setText(missing == 0 ? words.say("passwords.complete") : words.say("passwords.skipped", missing));
	}

	@Override
	protected void cancelPressed() {
		List<Secret> forgotten = new ArrayList<>(given.values());
		given.clear();
		forgotten.forEach(Secret::close);
		super.cancelPressed();
	}
}
