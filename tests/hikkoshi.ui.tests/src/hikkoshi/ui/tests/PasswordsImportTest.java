package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.ui.inventory.passwords.KeptPasswordsDialog;
import hikkoshi.ui.inventory.passwords.PasswordsImportWizard;
import hikkoshi.ui.tests.harness.MemoryVault;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

class PasswordsImportTest {
	private static final CredentialId OLD = new CredentialId("old.example", "ann");
	private static final CredentialId NEW = new CredentialId("new.example", "ann@example.org");

	@TempDir
	Path folder;

	private final MemoryVault vault = new MemoryVault();
	private Project project;

	/// The wizard, as a person sees it.
	private record Page(WizardDialog dialog) {
		Shell shell() {
			return dialog.getShell();
		}

		Table lines() {
			return Windows.find(shell(), Table.class, table -> true);
		}

		List<String> line(int index) {
			return Arrays.stream(new int[] {0, 1, 2, 3, 4}).mapToObj(lines().getItem(index)::getText).toList();
		}

		Page ready() {
			Pump.until("the file is read", () -> dialog.getErrorMessage() != null || lines().getItemCount() > 0);
			return this;
		}

		String summary() {
			return Windows.find(shell(), Label.class, label -> label.getText().startsWith("To be stored")).getText();
		}

		boolean canFinish() {
			return Windows.find(shell(), Button.class, button -> button.getText().replace("&", "").equals("Finish")).isEnabled();
		}

		boolean says(String text) {
			return Windows.all(shell(), Text.class).stream().anyMatch(field -> field.getText().contains(text))
					|| Windows.all(shell(), Label.class).stream().anyMatch(field -> field.getText().contains(text));
		}
	}

	@BeforeEach
	void create() throws Exception {
		project = Project.create();
	}

	@AfterEach
	void close() throws Exception {
		Windows.closeDialogs();
		project.close();
	}

	private Page open(Path file) {
		PasswordsImportWizard wizard = new PasswordsImportWizard(vault);
		wizard.init(PlatformUI.getWorkbench(), new StructuredSelection(project.project()));
		wizard.begin(file.toString());
		WizardDialog dialog = new WizardDialog(Windows.shell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		return new Page(dialog).ready();
	}

	private Path file(String text, String mode) throws Exception {
		Path file = Files.write(folder.resolve("passwords.csv"), text.getBytes(StandardCharsets.UTF_8));
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
		return file;
	}

	@Test
	void eachLineIsShownWithWhatBecomesOfItThenStored() throws Exception {
		vault.kept().put(OLD, "hunter0");
		Page wizard = open(file("address,old_password,new_password\nann@example.org,hunter1,hunter2\nbob@example.org,hunter3,\n", "rw-------"));
		assertThat(wizard.lines().getItemCount()).isEqualTo(3);
		assertThat(wizard.line(0)).containsExactly("2", "will be changed", "ann", "Old: old.example", "");
		assertThat(wizard.line(1)).startsWith("2", "will be stored", "ann@example.org", "New: new.example");
		assertThat(wizard.line(2)).startsWith("3", "refused");
		assertThat(wizard.line(2).get(4)).contains("bob@example.org");
		assertThat(wizard.summary()).isEqualTo("To be stored: 1. To be changed: 1. The same: 0. Refused: 1.");
		Pump.until("how it is protected", () -> wizard.says("random key"));
		assertThat(wizard.says("hunter")).isFalse();
		Windows.picture(wizard.shell(), "passwords-import");
		Pump.Modal done = Pump.whenOpen("Import Passwords", shell -> {
			// the wizard has the same title: its message is above it
			assertThat(Windows.all(shell, Label.class)).anyMatch(label -> label.getText().startsWith("Stored: 1. Changed: 1. The same: 0. Refused: 1."));
			Windows.press(shell, "OK");
		}, shell -> shell != wizard.shell());
		Windows.press(wizard.shell(), "Finish");
		done.done();
		assertThat(vault.kept()).containsEntry(OLD, "hunter1").containsEntry(NEW, "hunter2").hasSize(2);
		assertThat(project.project().members()).extracting(member -> member.getName()).doesNotContain("passwords.csv");
	}

	@Test
	void theSideIsAskedForWhereTheFileDoesNotSayIt() throws Exception {
		Page wizard = open(file("address,password\nann@example.org,hunter1\n", "rw-r--r--"));
		assertThat(wizard.line(0)).startsWith("2", "refused");
		assertThat(wizard.canFinish()).isFalse();
		assertThat(wizard.says("Others may read this file")).isTrue();
		Combo side = Windows.find(wizard.shell(), Combo.class, combo -> Arrays.asList(combo.getItems()).contains("As the file says"));
		side.select(2);
		side.notifyListeners(SWT.Selection, new Event());
		Pump.until("the new side", wizard::canFinish);
		assertThat(wizard.line(0)).startsWith("2", "will be stored", "ann@example.org", "New: new.example");
	}

	@Test
	void aFileWithinTheProjectAndOneWithoutPasswordsAreRefused() throws Exception {
		project.write("passwords.csv", "address,password\nann@example.org,x\n");
		Page wizard = open(Migrations.folder(project.project()).resolve("passwords.csv"));
		assertThat(wizard.dialog().getErrorMessage()).contains("project folder");
		assertThat(wizard.canFinish()).isFalse();
		Text field = Windows.find(wizard.shell(), Text.class, text -> text.getText().endsWith("passwords.csv"));
		field.setText(file("address,note\nann@example.org,x\n", "rw-------").toString());
		Pump.until("what is wrong with it", () -> String.valueOf(wizard.dialog().getErrorMessage()).contains("No column of passwords"));
	}

	@Test
	void whatSecureStorageRefusesIsSaidWithItsReason() throws Exception {
		vault.refuse(Reason.of(SecretReasons.NONE));
		Page wizard = open(file("server,user,password\nold,ann,hunter1\n", "rw-------"));
		Pump.Modal done = Pump.whenOpen("Import Passwords", shell -> {
			assertThat(Windows.all(shell, Label.class)).anyMatch(label -> label.getText().contains("no secret can be kept"));
			Windows.press(shell, "OK");
		}, shell -> shell != wizard.shell());
		Windows.press(wizard.shell(), "Finish");
		done.done();
		assertThat(vault.kept()).isEmpty();
		assertThat(wizard.shell().isVisible()).isTrue();
	}

	@Test
	void theListSaysWhoHasAPasswordAndRemovesIt() throws Exception {
		vault.kept().put(OLD, "hunter1");
		KeptPasswordsDialog dialog = new KeptPasswordsDialog(Windows.shell(), PlatformUI.getWorkbench(), project.project(), vault);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Table table = Windows.find(dialog.getShell(), Table.class, each -> true);
		Pump.until("the accounts", () -> table.getItemCount() == 2);
		assertThat(table.getItem(0).getText(0)).isEqualTo("ann");
		assertThat(table.getItem(0).getText(2)).isEqualTo("known");
		assertThat(table.getItem(1).getText(2)).isEqualTo("missing");
		assertThat(Windows.all(dialog.getShell(), Label.class)).anyMatch(label -> label.getText().contains("1 of 2 accounts"));
		Windows.picture(dialog.getShell(), "passwords-kept");
		table.select(0);
		table.notifyListeners(SWT.Selection, new Event());
		Pump.Modal asked = Pump.whenOpen("Passwords in Secure Storage", shell -> Windows.press(shell, "OK"), shell -> shell != dialog.getShell());
		Windows.press(dialog.getShell(), "Remove");
		asked.done();
		Pump.until("it is gone", () -> table.getItem(0).getText(2).equals("missing"));
		assertThat(vault.kept()).isEmpty();
		dialog.close();
	}
}
