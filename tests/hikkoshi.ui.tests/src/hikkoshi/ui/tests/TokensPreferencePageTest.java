package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.ui.preferences.TokensPreferencePage;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeJob;
import hikkoshi.workspace.TokenPrograms;

/// Which program prints access tokens: named in the preferences, kept in the workspace, and never asked for again as a password.
class TokensPreferencePageTest {
	private Project project;

	@BeforeEach
	void create() throws Exception {
		TokenPrograms.keep(Map.of("gone.example", "/opt/old token"));
		project = Project.create();
		String yaml = project.read(MigrationProject.MIGRATION_FILE);
		project.write(MigrationProject.MIGRATION_FILE, yaml.replace("name: old.example\n", "name: old.example\n      auth: oauth2\n")
				.replace("name: new.example\n", "name: new.example\n      auth: {method: oauth2, client-id: c, token-endpoint: 'https://login.example/token'}\n"));
	}

	@AfterEach
	void delete() throws Exception {
		Windows.closeDialogs();
		TokenPrograms.keep(Map.of());
		project.close();
	}

	@Test
	void aServersProgramIsNamedAndKept() throws Exception {
		PreferenceDialog dialog = PreferencesUtil.createPreferenceDialogOn(Windows.shell(), "hikkoshi.ui.preferences.tokens", new String[] {
			"hikkoshi.ui.preferences.tokens"}, null);
		dialog.setBlockOnOpen(false);
		dialog.open();
		assertThat(dialog.getSelectedPage()).isInstanceOf(TokensPreferencePage.class);
		Composite page = (Composite) ((TokensPreferencePage) dialog.getSelectedPage()).getControl();
		Table table = Windows.all(page, Table.class).getFirst();
		Pump.until("the server that takes tokens from a program", () -> table.getItemCount() == 2);
		assertThat(Arrays.stream(table.getItems()).map(item -> item.getText(0))).as("a token endpoint needs none").containsExactly("gone.example", "old.example");

		choose(table, 0);
		type(page, "");
		choose(table, 1);
		type(page, "/opt/token \"open");
		assertThat(((TokensPreferencePage) dialog.getSelectedPage()).isValid()).isFalse();
		type(page, "/opt/token --scope \"imap smtp\"");
		Windows.picture(dialog.getShell(), "preferences-tokens-" + Locale.getDefault().getLanguage());
		Button apply = Windows.find(dialog.getShell(), Button.class, button -> button.equals(dialog.getShell().getDefaultButton()));
		Windows.click(apply);

		assertThat(TokenPrograms.known()).isEqualTo(Map.of("old.example", "/opt/token --scope \"imap smtp\""));
		var migration = Windows.page().getWorkbenchWindow().getService(Migrations.class).load(project.project()).migration().orElseThrow();
		assertThat(TokenPrograms.of(migration)).isEqualTo(Map.of("old", TokenCommand.parse("/opt/token --scope \"imap smtp\"").orElseThrow()));
	}

	/// Only the new side's refresh token is missing.
	@Test
	void whoHasAProgramIsNotAskedForAToken() throws Exception {
		TokenPrograms.keep(Map.of("old.example", "/opt/token"));
		project.select();
		String[] asked = new String[1];
		Pump.Modal dialog = Pump.whenOpen("Passwords", shell -> {
			Table table = Windows.all(shell, Table.class).getFirst();
			asked[0] = Arrays.stream(table.getItems()).map(item -> item.getText(1) + " " + item.getText(2)).toList().toString();
			Windows.picture(shell, "passwords-token");
			Windows.press(shell, "Cancel");
		});
		Windows.page().getWorkbenchWindow().getService(IHandlerService.class).executeCommand("hikkoshi.ui.inventory.probe-accounts", null);
		dialog.done();
		assertThat(asked[0]).isEqualTo("[ann@example.org Refresh token]");
		assertThat(Job.getJobManager().find(project.project())).noneMatch(ProbeJob.class::isInstance);
	}

	private static void choose(Table table, int index) {
		table.setSelection(index);
		table.notifyListeners(SWT.Selection, new Event());
	}

	private static void type(Composite page, String line) {
		Windows.find(page, Text.class, text -> (text.getStyle() & SWT.READ_ONLY) == 0).setText(line);
	}
}
