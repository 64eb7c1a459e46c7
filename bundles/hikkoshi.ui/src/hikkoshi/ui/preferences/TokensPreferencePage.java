package hikkoshi.ui.preferences;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.prefs.BackingStoreException;

import hikkoshi.core.model.Migration;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.core.secret.TokenCommands;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.MigrationNature;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.TokenPrograms;

/// Which program prints the access tokens of a server: one line for each server of an open migration that wants one, and for each that has one.
public final class TokensPreferencePage extends PreferencePage implements IWorkbenchPreferencePage {
	private static final int WIDTH = 460;
	private static final int TABLE_HEIGHT = 140;

	private final Phrases words = Words.of(TokensPreferencePage.class);
	private final Map<String, String> programs = new TreeMap<>();
	private @Nullable IWorkbench workbench;
	private @Nullable Table table;
	private @Nullable Text program;
	private boolean switching;

	@Override
	public void init(IWorkbench bench) {
		workbench = bench;
		programs.putAll(TokenPrograms.known());
		noDefaultButton();
	}

	@Override
	protected Control createContents(Composite parent) {
		Composite area = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(2).create()).create(parent);
		wrapped(area, "tokens.what");
		Table list = WidgetFactory.table(SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).onSelect(e -> select()).create(area);
		GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(WIDTH, TABLE_HEIGHT).applyTo(list);
		WidgetFactory.tableColumn(SWT.LEFT).text(words.say("tokens.server")).width(190).create(list);
		WidgetFactory.tableColumn(SWT.LEFT).text(words.say("tokens.program")).width(250).create(list);
		WidgetFactory.label(SWT.NONE).text(words.say("tokens.field")).create(area);
		Text field = WidgetFactory.text(SWT.SINGLE | SWT.BORDER).onModify(e -> enter()).enabled(false).create(area);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(field);
		wrapped(area, "tokens.how");
		wrapped(area, "tokens.why");
		table = list;
		program = field;
		fill();
		Ui.load(area, words.say("tokens.load"), this::wanting, servers -> {
			servers.forEach(server -> programs.putIfAbsent(server, ""));
			fill();
		});
		return area;
	}

	private void wrapped(Composite area, String id) {
		Control label = WidgetFactory.label(SWT.WRAP).text(words.say(id)).create(area);
		GridDataFactory.fillDefaults().span(2, 1).grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(label);
	}

	/// Reads files: not for the UI thread.
	private Set<String> wanting() throws IOException {
		Migrations migrations = Objects.requireNonNull(workbench).getService(Migrations.class);
		Set<String> servers = new TreeSet<>();
		for (IProject project : ResourcesPlugin.getWorkspace().getRoot().getProjects()) {
			if (MigrationNature.isOn(project)) {
				migrations.load(project).migration().map(Migration::servers).ifPresent(all -> all.stream().filter(TokenCommands::fit)
						.forEach(server -> servers.add(server.name().ascii())));
			}
		}
		return servers;
	}

	private void fill() {
		Table list = Objects.requireNonNull(table);
		int chosen = Math.max(list.getSelectionIndex(), 0);
		String before = list.getItemCount() == 0 ? "" : list.getItem(chosen).getText(0);
		list.removeAll();
		Icons icons = new Icons(list);
		programs.forEach((server, line) -> {
			TableItem item = new TableItem(list, SWT.NONE);
			item.setImage(icons.image("key"));
			item.setText(new String[] {server, line});
			if (server.equals(before)) {
				list.setSelection(item);
			}
		});
		if (list.getSelectionIndex() < 0 && list.getItemCount() > 0) {
			list.select(0);
		}
		if (programs.isEmpty()) {
			setMessage(words.say("tokens.none"), INFORMATION);
		} else {
			setMessage(null);
		}
		select();
	}

	private void select() {
		int index = Objects.requireNonNull(table).getSelectionIndex();
		Text field = Objects.requireNonNull(program);
		field.setEnabled(index >= 0);
		switching = true;
		field.setText(index < 0 ? "" : Objects.requireNonNull(table).getItem(index).getText(1));
		switching = false;
	}

	private void enter() {
		Table list = Objects.requireNonNull(table);
		int index = list.getSelectionIndex();
		if (switching || index < 0) {
			return;
		}
		String line = Objects.requireNonNull(program).getText();
		list.getItem(index).setText(1, line);
		programs.put(list.getItem(index).getText(0), line);
		boolean usable = programs.values().stream().allMatch(one -> one.isBlank() || TokenCommand.parse(one).isPresent());
		setErrorMessage(usable ? null : words.say("tokens.bad"));
		setValid(usable);
	}

	@Override
	public boolean performOk() {
		try {
			TokenPrograms.keep(programs);
			return true;
		} catch (BackingStoreException e) {
			ILog.get().error("token programs could not be kept", e);
			setErrorMessage(words.say("tokens.not-kept", Ui.message(e)));
			return false;
		}
	}
}
