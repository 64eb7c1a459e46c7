package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.ui.mailbox.sheets.SheetsWizard;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class SheetsWizardTest {
	@TempDir
	Path folder;
	private Project project;

	/// The wizard's page, found as a person finds it.
	private record Page(WizardDialog dialog) {
		Shell shell() {
			return dialog.getShell();
		}

		Combo whom() {
			return Windows.find(shell(), Combo.class, _ -> true);
		}

		void whom(String start) {
			Combo combo = whom();
			combo.setText(Stream.of(combo.getItems()).filter(item -> item.startsWith(start)).findFirst().orElseThrow());
			combo.notifyListeners(SWT.Selection, new Event());
		}

		String remarks() {
			return Windows.find(shell(), Text.class, text -> (text.getStyle() & SWT.MULTI) != 0 && (text.getStyle() & SWT.V_SCROLL) != 0).getText();
		}

		void folder(Path to) {
			Windows.find(shell(), Text.class, text -> (text.getStyle() & (SWT.MULTI | SWT.READ_ONLY)) == 0).setText(to.toString());
		}

		Button finish() {
			return Windows.find(shell(), Button.class, button -> button.getText().replace("&", "").equals("Finish"));
		}
	}

	@BeforeEach
	void open() throws Exception {
		project = Project.create();
		project.write(MigrationProject.MAILBOXES_FILE, Project.CSV + "bob@example.org,bob,bob@example.org,main,\neve@example.org,eve,eve@example.org,main,\n");
		project.select();
	}

	@AfterEach
	void close() throws Exception {
		Windows.closeDialogs();
		project.close();
	}

	private Page wizard(Set<EmailAddress> selected) {
		WizardDialog dialog = new WizardDialog(Windows.shell(), new SheetsWizard(PlatformUI.getWorkbench().getActiveWorkbenchWindow(), project.project(), selected));
		dialog.setBlockOnOpen(false);
		dialog.open();
		Page page = new Page(dialog);
		Pump.until("the remarks", () -> page.remarks().contains("•"));
		return page;
	}

	@Test
	void theSelectedMailboxesGetSheetsAfterHonestWarnings() throws Exception {
		Page page = wizard(Set.of(EmailAddress.parse("ann@example.org"), EmailAddress.parse("bob@example.org")));
		assertThat(List.of(page.whom().getItems())).containsExactly("The 2 selected mailboxes", "All 3 mailboxes", "Wave main (3 mailboxes)");
		assertThat(page.remarks()).contains("old.example", "→ ");
		assertThat(page.dialog().getMessage()).contains("remarks to look at");
		Path into = folder.resolve("sheets");
		page.folder(into);
		Windows.press(page.shell(), "Japanese");
		Windows.press(page.shell(), "Thunderbird");
		Windows.picture(page.shell(), "sheets-wizard");
		Pump.Modal told = Pump.whenOpen("Set-up Sheets", shell -> Windows.press(shell, "OK"), shell -> shell != page.shell());
		Windows.click(page.finish());
		told.done();
		try (Stream<Path> files = Files.list(into)) {
			assertThat(files.map(file -> file.getFileName().toString())).contains("ann@example.org.en.html", "ann@example.org.ja.html", "bob@example.org.en.html")
					.noneMatch(name -> name.startsWith("eve")).noneMatch(name -> name.endsWith(".tmp"));
		}
		assertThat(into.resolve("ann@example.org.ja.html")).content().contains("lang=\"ja\"");
	}

	@Test
	void whatIsMissingIsSaidAndNothingIsWritten() {
		Page page = wizard(Set.of());
		page.whom("Wave main");
		assertThat(page.finish().isEnabled()).isTrue();
		Windows.press(page.shell(), "HTML");
		assertThat(page.dialog().getErrorMessage()).isEqualTo("Choose at least one form.");
		assertThat(page.finish().isEnabled()).isFalse();
		Windows.press(page.shell(), "HTML");
		page.folder(Path.of("relative"));
		assertThat(page.dialog().getErrorMessage()).isEqualTo("Give the absolute path of a folder.");
		assertThat(page.finish().isEnabled()).isFalse();
	}
}
