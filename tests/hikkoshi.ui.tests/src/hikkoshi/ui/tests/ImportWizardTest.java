package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.ui.inventory.importing.ImportWizard;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class ImportWizardTest {
	private static final String LIST = """
			EmailAddress,UserName,Password
			ann@example.org,ann,hunter2
			bob@example.org,bob,hunter3
			carl@third.example,carl,hunter4
			not an address,x,y
			""";

	@TempDir
	Path folder;

	private Project project;
	private WizardDialog dialog;

	@BeforeEach
	void create() throws Exception {
		project = Project.create();
	}

	@AfterEach
	void close() throws Exception {
		if (dialog != null) {
			dialog.close();
		}
		project.close();
	}

	private Shell open(String text, Charset charset) throws Exception {
		Path file = Files.write(folder.resolve("users.csv"), text.getBytes(charset));
		ImportWizard wizard = new ImportWizard();
		wizard.init(PlatformUI.getWorkbench(), new StructuredSelection(project.project()));
		wizard.begin(file.toString());
		dialog = new WizardDialog(Windows.shell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Pump.until("the file is read", () -> dialog.getCurrentPage().isPageComplete() || Windows.all(dialog.getShell(), Text.class).stream().anyMatch(field -> field.getText().contains("read.")));
		return dialog.getShell();
	}

	private Table rows() {
		return Windows.find(dialog.getShell(), Table.class, table -> (table.getStyle() & SWT.VIRTUAL) != 0);
	}

	private void next() {
		Windows.find(dialog.getShell(), Button.class, button -> button.getText().replace("&", "").startsWith("Next"));
		dialog.showPage(dialog.getCurrentPage().getNextPage());
		Pump.all();
	}

	@Test
	void saysWhatTheFileIsShowsEveryRowAndWritesWhatIsSelected() throws Exception {
		Shell shell = open(LIST, StandardCharsets.UTF_8);
		assertThat(Windows.all(shell, Text.class)).anyMatch(text -> text.getText().contains("Exchange, IMAP batch") && text.getText().contains("UTF-8"));
		Windows.picture(shell, "import-file");
		next();
		assertThat(rows().getItemCount()).isEqualTo(4);
		assertThat(text(0, 1)).isEqualTo("same");
		assertThat(text(1, 1)).isEqualTo("added");
		assertThat(text(3, 1)).isEqualTo("refused");
		assertThat(text(3, 4)).isNotBlank();
		Windows.picture(shell, "import-rows");
		tick(1, false);
		assertThat(rows().getItem(1).getChecked()).isFalse();
		next();
		assertThat(Windows.all(shell, Text.class)).anyMatch(text -> text.getText().contains("Added to mailboxes.csv: 1"));
		assertThat(Windows.all(shell, Button.class)).anyMatch(button -> button.getText().contains("secure storage") && !button.getSelection());
		Windows.picture(shell, "import-summary");
		Windows.press(shell, "Finish");
		Pump.until("the mailboxes are written", () -> read(MigrationProject.MAILBOXES_FILE).contains("carl@third.example"));
		Pump.until("the domain is added", () -> read(MigrationProject.MIGRATION_FILE).contains("third.example"));
		assertThat(read(MigrationProject.MAILBOXES_FILE)).doesNotContain("hunter").doesNotContain("bob@");
		dialog = null;
	}

	@Test
	void aFilterNarrowsAndSelectsWhatIsShown() throws Exception {
		StringBuilder many = new StringBuilder("address\n");
		for (int i = 0; i < 50_000; i++) {
			many.append("user").append(i).append("@example.org\n");
		}
		Shell shell = open(many.toString(), StandardCharsets.UTF_8);
		next();
		assertThat(rows().getItemCount()).isEqualTo(50_000);
		Windows.find(shell, Text.class, text -> (text.getStyle() & SWT.SEARCH) != 0).setText("user4999");
		assertThat(rows().getItemCount()).isEqualTo(11);
		Windows.press(shell, "Select Shown Only");
		Windows.press(shell, "Select None");
		assertThat(dialog.getCurrentPage().isPageComplete()).isFalse();
		Windows.press(shell, "Select Shown Only");
		Windows.press(shell, "Finish");
		Pump.until("eleven are added", () -> read(MigrationProject.MAILBOXES_FILE).lines().count() == 13);
		dialog = null;
	}

	@Test
	void japaneseNamesAreReadAndTheGuessIsSaid() throws Exception {
		Shell shell = open("メールアドレス,氏名\nann@example.org,山田花子\ntaro@example.org,鈴木太郎\n", Charset.forName("windows-31j"));
		assertThat(Windows.all(shell, Text.class)).anyMatch(text -> text.getText().toLowerCase(Locale.ROOT).contains("windows-31j"));
	}

	@Test
	void whatIsNoListIsSaid() throws Exception {
		Shell shell = open("\u0000\u0001\u0002", StandardCharsets.UTF_8);
		assertThat(dialog.getCurrentPage().isPageComplete()).isFalse();
		assertThat(Windows.all(shell, Button.class)).noneMatch(button -> button.getText().equals("Finish") && button.isEnabled());
	}

	private String text(int row, int column) {
		TableItem item = rows().getItem(row);
		return item.getText(column);
	}

	private void tick(int row, boolean checked) {
		TableItem item = rows().getItem(row);
		item.setChecked(checked);
		Event event = new Event();
		event.detail = SWT.CHECK;
		event.item = item;
		rows().notifyListeners(SWT.Selection, event);
	}

	private String read(String name) {
		try {
			return project.read(name);
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}
}
