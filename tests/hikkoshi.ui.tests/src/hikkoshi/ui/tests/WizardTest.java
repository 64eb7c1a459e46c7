package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.ui.inventory.editor.MigrationEditor;
import hikkoshi.ui.inventory.wizard.NewMigrationWizard;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

class WizardTest {
	private final String name = "wizard " + UUID.randomUUID();
	private final NewMigrationWizard wizard = new NewMigrationWizard();
	private WizardDialog dialog;

	@BeforeEach
	void open() {
		wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
		dialog = new WizardDialog(Windows.shell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Pump.all();
	}

	@AfterEach
	void close() throws Exception {
		dialog.close();
		Windows.page().closeAllEditors(false);
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		if (project.exists()) {
			project.delete(true, true, new NullProgressMonitor());
		}
	}

	@Test
	void writesFilesWithoutFaultsAndOpensTheEditor() throws Exception {
		fill(name, "example.org, 日本語.example", "mail.old.example", "192.0.2.1, 2001:db8::1", "mail.new.example", "192.0.2.2");
		assertThat(wizard.canFinish()).isTrue();
		Windows.press(dialog.getShell(), "Finish");
		Pump.until("the editor", () -> Windows.page().getActiveEditor() instanceof MigrationEditor);
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		MigrationProject read = MigrationFiles.load(Migrations.folder(project));
		assertThat(read.hasErrors()).as(read.faults().toString()).isFalse();
		Migration migration = read.migration().orElseThrow();
		assertThat(migration.name()).isEqualTo(name);
		assertThat(migration.domains()).extracting(domain -> domain.name().unicode()).containsExactly("example.org", "日本語.example");
		assertThat(migration.server("old").orElseThrow().addresses()).hasSize(2);
		assertThat(migration.server("new").orElseThrow().side()).isEqualTo(Side.NEW);
		assertThat(project.getFile(MigrationProject.CHECKLIST_FILE).exists()).isTrue();
		assertThat(project.getFile(MigrationProject.MAILBOXES_FILE).readString()).startsWith("address,");
	}

	@Test
	void eachServerMayBeDiscovered() {
		fill(name, "example.org", "", "192.0.2.1", "", "192.0.2.2");
		for (Button discover : Windows.all(dialog.getShell(), Button.class).stream().filter(button -> button.getText().equals("Discover…")).toList()) {
			Pump.Modal open = Pump.whenOpen("Discover Server", shell -> {
				assertThat(Windows.find(shell, Button.class, button -> button.getText().replace("&", "").equals("Finish")).isEnabled()).isFalse();
				assertThat(Windows.all(shell, Button.class)).as("the side is known").noneMatch(button -> (button.getStyle() & SWT.RADIO) != 0);
				Windows.press(shell, "Cancel");
			});
			Windows.click(discover);
			open.done();
			assertThat(Windows.dialog("Discover Server")).isEmpty();
		}
		assertThat(Windows.all(dialog.getShell(), Button.class)).filteredOn(button -> button.getText().equals("Discover…")).hasSize(2);
	}

	@Test
	void cannotFinishWhileSomethingIsMissingOrWrong() {
		for (List<String> entries : List.of(List.of("", "example.org", "old.example", "192.0.2.1", "new.example", "192.0.2.2"),
				List.of(name, "", "old.example", "192.0.2.1", "new.example", "192.0.2.2"),
				List.of(name, "not a domain!", "old.example", "192.0.2.1", "new.example", "192.0.2.2"),
				List.of(name, "example.org", "old.example", "", "new.example", "192.0.2.2"),
				List.of(name, "example.org", "old.example", "300.0.2.1", "new.example", "192.0.2.2"),
				List.of(name, "example.org", "old.example", "192.0.2.1", "", "192.0.2.2"),
				List.of("a/b", "example.org", "old.example", "192.0.2.1", "new.example", "192.0.2.2"))) {
			fill(entries.toArray(String[]::new));
			assertThat(wizard.canFinish()).as(entries.toString()).isFalse();
			assertThat(dialog.getCurrentPage().getMessage()).isNotBlank();
		}
	}

	@Test
	void theSameAddressOnBothSidesIsAWarningOnly() {
		fill(name, "example.org", "old.example", "192.0.2.1", "new.example", "192.0.2.1");
		assertThat(wizard.canFinish()).isTrue();
		assertThat(dialog.getCurrentPage().getMessage()).contains("share");
	}

	/// Fills name, domains, old host, old addresses, new host, new addresses.
	private void fill(String... entries) {
		List<Text> fields = Windows.all(dialog.getShell(), Text.class).stream().filter(Text::getEditable).toList();
		assertThat(fields).hasSize(6);
		for (int i = 0; i < entries.length; i++) {
			fields.get(i).setText(entries[i]);
		}
	}
}
