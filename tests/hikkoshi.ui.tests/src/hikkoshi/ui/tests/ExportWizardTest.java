package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.ui.inventory.exporting.ExportWizard;
import hikkoshi.ui.tests.harness.MemoryVault;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

class ExportWizardTest {
	private static final String CSV = """
			address,old_user,new_user,wave,note,kind,goes_to
			ann@example.org,ann,ann@example.org,main,=HYPERLINK("x"),,
			info@example.org,,,main,,alias,ann@example.org
			""";

	@TempDir
	Path folder;

	private final MemoryVault vault = new MemoryVault();
	private Project project;
	private Page wizard;

	/// The wizard, as a person sees it.
	private record Page(WizardDialog dialog) {
		Shell shell() {
			return dialog.getShell();
		}

		String preview() {
			return Windows.find(shell(), Text.class, text -> (text.getStyle() & SWT.MULTI) != 0 && (text.getStyle() & SWT.H_SCROLL) != 0).getText();
		}

		void file(Path file) {
			Windows.find(shell(), Text.class, text -> (text.getStyle() & (SWT.MULTI | SWT.READ_ONLY)) == 0).setText(file.toString());
		}

		Button button(String start) {
			return Windows.find(shell(), Button.class, button -> button.getText().replace("&", "").startsWith(start));
		}

		void format(String start) {
			for (Button each : Windows.all(shell(), Button.class)) {
				if ((each.getStyle() & SWT.RADIO) != 0) {
					each.setSelection(each.getText().startsWith(start));
				}
			}
			button(start).notifyListeners(SWT.Selection, new Event());
		}

		boolean says(String text) {
			return Windows.all(shell(), Label.class).stream().anyMatch(label -> label.getText().contains(text));
		}

		/// Answers what Finish shows, one dialog after the other.
		void finish(String... buttons) {
			Pump.Modal[] answers = new Pump.Modal[buttons.length];
			Shell[] last = {shell()};
			answer(buttons, 0, answers, last);
			Windows.click(button("Finish"));
			for (Pump.Modal answer : answers) {
				answer.done();
			}
		}

		private static void answer(String[] buttons, int index, Pump.Modal[] answers, Shell[] last) {
			Shell before = last[0];
			Shell first = last.length > 1 ? last[1] : before;
			answers[index] = Pump.whenOpen("Export Mailboxes", shell -> {
				if (index + 1 < buttons.length) {
					answer(buttons, index + 1, answers, new Shell[] {shell, first});
				}
				Windows.press(shell, buttons[index]);
			}, shell -> shell != before && shell != first);
		}
	}

	@BeforeEach
	void open() throws Exception {
		project = Project.create();
		project.write(MigrationProject.MAILBOXES_FILE, CSV);
		ExportWizard wanted = new ExportWizard(vault);
		wanted.init(PlatformUI.getWorkbench(), new StructuredSelection(project.project()));
		WizardDialog dialog = new WizardDialog(Windows.shell(), wanted);
		dialog.setBlockOnOpen(false);
		dialog.open();
		wizard = new Page(dialog);
		Pump.until("the preview", () -> wizard.preview().contains("ann@example.org"));
	}

	@AfterEach
	void close() throws Exception {
		Windows.closeDialogs();
		project.close();
	}

	@Test
	void ourCsvIsPreviewedGuardedAndWrittenWithoutPasswords() throws Exception {
		vault.kept().put(new CredentialId("old.example", "ann"), "hunter1");
		assertThat(wizard.preview()).startsWith("address,old_user,new_user").contains("\"'=HYPERLINK(").doesNotContain("hunter1");
		assertThat(wizard.says("2 rows will be written.")).isTrue();
		assertThat(wizard.says("One cell that a spreadsheet would take for a formula begins with an apostrophe")).isTrue();
		assertThat(wizard.button("Finish").isEnabled()).isFalse();
		Path file = folder.resolve("out.csv");
		wizard.file(file);
		Windows.picture(wizard.shell(), "export");
		wizard.finish("OK");
		assertThat(file).content().contains("'=HYPERLINK").doesNotContain("hunter1");
	}

	@Test
	void withoutTheGuardTheCellIsExact() {
		Windows.click(wizard.button("Guard cells"));
		Pump.until("the preview", () -> wizard.preview().contains("\"=HYPERLINK("));
	}

	@Test
	void passwordsComeAfterAWarningIntoAFileOfTheOwnersOnly() throws Exception {
		vault.kept().put(new CredentialId("old.example", "ann"), "hunter1");
		wizard.format("imapsync");
		Pump.until("the preview", () -> wizard.preview().startsWith("# host1"));
		assertThat(wizard.button("Guard cells").isEnabled()).isFalse();
		assertThat(wizard.says("One row will be written.")).isTrue();
		Windows.click(wizard.button("Include passwords"));
		Path within = Migrations.folder(project.project()).resolve("out.csv");
		wizard.file(within);
		assertThat(wizard.dialog().getErrorMessage()).contains("project folder");
		Path file = folder.resolve("list.txt");
		wizard.file(file);
		assertThat(wizard.preview()).doesNotContain("hunter1");
		assertThat(wizard.says("anybody who gets it can read") || wizard.dialog().getMessage().contains("anybody who gets it can read")).isTrue();
		Windows.picture(wizard.shell(), "export-passwords");
		wizard.finish("OK", "OK");
		assertThat(file).content().contains("ann;hunter1");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	@Test
	void aFileThatExistsIsNotTouched() throws Exception {
		Path file = Files.writeString(folder.resolve("mine.csv"), "mine");
		wizard.file(file);
		assertThat(wizard.dialog().getErrorMessage()).contains("exists already");
		assertThat(wizard.button("Finish").isEnabled()).isFalse();
	}
}
