package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.ScrolledForm;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.ui.tests.harness.EditorPages;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

class EditorTest {
	private Project project;
	private EditorPages editor;

	@TempDir
	Path folder;

	@BeforeEach
	void open() throws Exception {
		project = Project.create();
		editor = EditorPages.open(project);
	}

	@AfterEach
	void close() throws Exception {
		Windows.closeDialogs();
		project.close();
	}

	@Test
	void whatIsTypedInTheFormIsAnEditOfTheText() throws Exception {
		Composite page = editor.show("overview");
		EditorPages.field(page, "Test").setText("Customer & Sons");
		assertThat(editor.text()).contains("Customer & Sons").contains("# a comment that must survive").contains("# behind it");
		assertThat(editor.editor().isDirty()).isTrue();
		editor.editor().doSave(new NullProgressMonitor());
		assertThat(editor.editor().isDirty()).isFalse();
		assertThat(project.read(MigrationProject.MIGRATION_FILE)).isEqualTo(editor.text());
	}

	@Test
	void undoOfTheTextIsUndoOfTheForm() {
		String before = editor.text();
		Composite page = editor.show("overview");
		EditorPages.field(page, "Test").setText("Other");
		editor.undo();
		assertThat(editor.text()).isEqualTo(before);
		Pump.until("the form follows", () -> fields(page).contains("Test"));
	}

	@Test
	void whatIsTypedInTheSourceIsInTheForm() {
		Composite page = editor.show("overview");
		editor.document().set(editor.text().replace("name: Test", "name: From the source"));
		Pump.until("the form follows", () -> fields(page).contains("From the source"));
	}

	@Test
	void theOverviewSaysWhereTheMigrationStandsAndWhatIsNext() throws Exception {
		Composite page = editor.show("overview");
		Pump.until("the next step", () -> EditorPages.nextStep(page).startsWith("Probe the accounts: one mailbox"));
		assertThat(EditorPages.rows(EditorPages.table(page, "Mailboxes by proof"))).containsExactly(List.of("Old IMAP", "0", "0", "1", "0", "0"),
				List.of("New IMAP", "0", "0", "1", "0", "0"));
		List<Account> accounts = accounts();
		Project.logs().append(project.project(), accounts.stream().map(account -> login(account, Outcome.FAIL)).toList());
		Pump.until("the failure", () -> EditorPages.nextStep(page).startsWith("Look at ann@example.org"));
		assertThat(EditorPages.rows(EditorPages.table(page, "Domains, the worst first")).getFirst()).startsWith("example.org", "failed");
		assertThat(EditorPages.rows(EditorPages.table(page, "Waves")).getFirst()).startsWith("main", "no date", "1", "1", "failed");
		Project.logs().append(project.project(), accounts.stream().map(account -> login(account, Outcome.PASS)).toList());
		Pump.until("the proof", () -> EditorPages.rows(EditorPages.table(page, "Mailboxes by proof")).getFirst().get(1).equals("1"));
	}

	@Test
	void theNextStepOfFaultyFilesLeadsToTheLine() throws Exception {
		Composite page = editor.show("overview");
		project.write(MigrationProject.MAILBOXES_FILE, "address\nann@elsewhere.example\n");
		Pump.until("the fault", () -> EditorPages.nextStep(page).contains("mailboxes.csv, line 2"));
		EditorPages.link(page).notifyListeners(SWT.Selection, new Event());
		Pump.until("the file", () -> Windows.page().getActiveEditor() != null
				&& Windows.page().getActiveEditor().getEditorInput().getName().equals(MigrationProject.MAILBOXES_FILE));
	}

	@Test
	void aServersFieldsAreEdited() {
		Composite page = editor.show("servers");
		EditorPages.field(page, "old.example").setText("mail.old.example");
		EditorPages.field(page, "127.0.0.1").setText("127.0.0.1, ::1");
		EditorPages.field(page, "old").setText("attic");
		assertThat(editor.text()).contains("name: mail.old.example").contains("::1").contains("name: new.example").contains("key: attic")
				.contains("old: attic").contains("# behind it");
		editor.undo();
		assertThat(editor.text()).contains("key: old").contains("old: old");
	}

	@Test
	void theOtherSidesServerIsShownWhenItIsSelected() {
		Composite page = editor.show("servers");
		EditorPages.select(EditorPages.table(page, "New servers"), 0);
		assertThat(fields(page)).contains("new.example").doesNotContain("old.example");
		assertThat(EditorPages.table(page, "Old servers").getSelectionCount()).isZero();
		assertThat(EditorPages.rows(EditorPages.table(page, "Endpoints")).getFirst()).startsWith("imap").endsWith("tls");
	}

	@Test
	void howMailboxesLogInIsEdited() {
		Composite page = editor.show("servers");
		Combo method = Windows.find(page, Combo.class, combo -> List.of(combo.getItems()).contains("master user"));
		method.select(1);
		method.notifyListeners(SWT.Selection, new Event());
		Pump.until("the master’s field", () -> Windows.all(page, Text.class).stream().anyMatch(text -> text.isVisible() && !text.getMessage().isEmpty()));
		Windows.find(page, Text.class, text -> !text.getMessage().isEmpty()).setText("admin");
		assertThat(editor.text()).contains("method: master").contains("user: admin");
		method.select(0);
		method.notifyListeners(SWT.Selection, new Event());
		assertThat(editor.text()).doesNotContain("master").contains("# a comment that must survive");
	}

	@Test
	void aServerIsAddedAndRemoved() {
		Composite page = editor.show("servers");
		String before = editor.text();
		Windows.press(EditorPages.section(page, "New servers"), "Add");
		assertThat(EditorPages.table(page, "New servers").getItemCount()).isEqualTo(2);
		assertThat(editor.text()).contains("key: new-2");
		assertThat(EditorPages.table(page, "New servers").getSelectionIndex()).isEqualTo(1);
		Windows.press(EditorPages.section(page, "New servers"), "Remove");
		assertThat(editor.text()).doesNotContain("new-2").contains("# behind it");
		editor.undo();
		editor.undo();
		assertThat(editor.text()).isEqualTo(before);
	}

	@Test
	void aServerMovesAfterAQuestionAndTheOnlyOneStays() {
		Composite page = editor.show("servers");
		Pump.Modal refused = Pump.whenOpen("Move Server", shell -> Windows.press(shell, "OK"));
		Windows.press(EditorPages.section(page, "Old servers"), "Move to New");
		refused.done();
		assertThat(editor.text()).contains("old: old");
		Windows.press(EditorPages.section(page, "Old servers"), "Add");
		EditorPages.select(EditorPages.table(page, "Old servers"), 0);
		String before = editor.text();
		Pump.Modal question = Pump.whenOpen("Move Server", shell -> Windows.press(shell, "Yes"));
		Windows.press(EditorPages.section(page, "Old servers"), "Move to New");
		question.done();
		assertThat(EditorPages.rows(EditorPages.table(page, "New servers"))).extracting(List::getFirst).containsExactly("new", "old");
		assertThat(editor.text()).contains("old: old-2").contains("# behind it");
		editor.undo();
		assertThat(editor.text()).isEqualTo(before);
	}

	@Test
	void serversAreCopiedAndPastedAsUrls() {
		Composite page = editor.show("servers");
		Table old = EditorPages.table(page, "Old servers");
		EditorPages.select(old, 0);
		key(old, SWT.MOD1, 'c');
		assertThat(clipboard()).startsWith("imaps://old.example:").endsWith("?ip=127.0.0.1");
		clipboard("imaps://mail.example.net?ip=192.0.2.7&ip=2001:db8::7\nsubmissions://mail.example.net");
		key(EditorPages.table(page, "New servers"), SWT.MOD1, 'v');
		assertThat(editor.text()).contains("name: mail.example.net").contains("2001:db8::7").contains("submission:465/tls").contains("# behind it");
		assertThat(EditorPages.table(page, "New servers").getSelectionIndex()).isEqualTo(1);
		String before = editor.text();
		clipboard("imaps://ann:hunter2@mail.example.net");
		Pump.Modal refused = Pump.whenOpen("Paste Servers", shell -> Windows.press(shell, "OK"));
		key(old, SWT.MOD1, 'v');
		refused.done();
		assertThat(editor.text()).isEqualTo(before).doesNotContain("hunter2");
	}

	@Test
	void domainsAreAssignedToAWaveAndTheWaveHasADate() {
		Composite page = editor.show("waves");
		Windows.press(EditorPages.section(page, "Waves"), "Add");
		Pump.all();
		assertThat(editor.text()).contains("waves:").contains("key: main");
		Pump.until("the state", () -> EditorPages.rows(EditorPages.table(page, "Domains")).getFirst().getLast().startsWith("not proven yet"));
		EditorPages.select(EditorPages.table(page, "Domains"), 0);
		assertThat(Windows.find(EditorPages.section(page, "Domains"), Button.class, button -> button.getText().startsWith("Assign")).isEnabled()).isTrue();
		editor.undo();
		assertThat(editor.text()).doesNotContain("waves:");
	}

	@Test
	void aFaultIsMarkedAtItsField() {
		Composite page = editor.show("servers");
		EditorPages.field(page, "127.0.0.1").setText("mail.example");
		Pump.until("the mark", () -> EditorPages.field(page, "mail.example").getParent() != null
				&& ((ScrolledForm) page).getForm().getMessageType() == IMessageProvider.ERROR);
		assertThat(((ScrolledForm) page).getForm().getChildrenMessages())
				.anyMatch(message -> message.getControl() instanceof Text field && field.getText().equals("mail.example"));
	}

	@Test
	void aTextThatIsNoYamlDisablesTheFormAndSaysSo() {
		Composite page = editor.show("overview");
		editor.document().set("servers: [unclosed\nname: x");
		Pump.until("the form is shut", () -> Windows.all(page, Text.class).stream().noneMatch(Text::isEnabled));
		editor.document().set(Project.YAML.formatted(1993));
		Pump.until("the form is open again", () -> fields(page).contains("Test"));
	}

	@Test
	void aMarkerLeadsToItsLineInTheSource() throws Exception {
		IMarker marker = project.file(MigrationProject.MIGRATION_FILE).createMarker(IMarker.PROBLEM);
		marker.setAttribute(IMarker.LINE_NUMBER, 3);
		IDE.gotoMarker(editor.editor(), marker);
		Pump.all();
		assertThat(editor.editor().getActiveEditor()).isInstanceOf(ITextEditor.class);
	}

	@Test
	void theChecksAskTheServersAndShowWhatCameOfIt() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("check"))) {
			EditorPages rehearsed = EditorPages.open(world.project());
			Composite page = rehearsed.show("servers");
			Windows.press(page, "Check Connection");
			Table results = EditorPages.table(page, "Check");
			Pump.until("every door", () -> results.getItemCount() >= 3);
			Text details = Windows.find(EditorPages.section(page, "Check"), Text.class, text -> (text.getStyle() & SWT.MULTI) != 0);
			Pump.until("the transcript", () -> details.getText().contains("S: ") && details.getText().contains("C: "));
			Combo account = Windows.find(EditorPages.section(page, "Check"), Combo.class, _ -> true);
			Pump.until("the accounts", () -> account.getItemCount() == 5);
			Pump.until("no run", () -> Job.getJobManager().find(world.project().project()).length == 0);
			int doors = results.getItemCount();
			Pump.Modal dialog = Pump.whenOpen("Passwords", shell -> enter(shell, world));
			Windows.press(page, "Check Login");
			dialog.done();
			Pump.until("the login", () -> results.getItemCount() > doors);
			Pump.until("its transcript", () -> EditorPages.rows(results).stream().anyMatch(row -> row.get(1).startsWith("Logged in")));
			assertThat(details.getText()).doesNotContain(world.play().secrets().find(CredentialId.of(first(world))).map(secret -> new String(secret.reveal())).orElseThrow());
			Windows.picture(Windows.shell(), "editor-servers");
			rehearsed.show("overview");
			Pump.until("the overview", () -> EditorPages.nextStep(rehearsed.show("overview")).startsWith("Probe"));
			Windows.picture(Windows.shell(), "editor-overview");
			rehearsed.show("waves");
			Windows.picture(Windows.shell(), "editor-waves");
		}
	}

	private static Account first(Rehearsed world) throws Exception {
		var migration = world.snapshot().migration().orElseThrow();
		return migration.accounts(migration.mailboxes().getFirst(), Side.OLD).getFirst();
	}

	private static void enter(Shell shell, Rehearsed world) {
		Table table = Windows.find(shell, Table.class, _ -> true);
		Text field = Windows.find(shell, Text.class, text -> (text.getStyle() & SWT.PASSWORD) != 0);
		table.setSelection(0);
		table.notifyListeners(SWT.Selection, new Event());
		try (Secret secret = world.play().secrets().find((CredentialId) table.getItem(0).getData()).orElseThrow()) {
			field.setTextChars(secret.reveal());
		} catch (IOException e) {
			throw new AssertionError(e);
		}
		Windows.click(Windows.find(shell, Button.class, button -> (button.getStyle() & SWT.CHECK) != 0));
		Windows.press(shell, "Start");
	}

	private List<Account> accounts() throws Exception {
		var migration = Rehearsed.service(Migrations.class).load(project.project()).migration().orElseThrow();
		return Arrays.stream(Side.values())
				.flatMap(side -> migration.accounts(migration.mailboxes().getFirst(), side).stream()).toList();
	}

	private static Evidence login(Account account, Outcome outcome) {
		return new Evidence("imap.login", account.id(), Instant.now(), Duration.ZERO, outcome, Reason.of("login.bad-credentials", "NO"), Facts.NONE);
	}

	private static void key(Table table, int mask, int code) {
		Event event = new Event();
		event.stateMask = mask;
		event.keyCode = code;
		table.notifyListeners(SWT.KeyDown, event);
		Pump.all();
	}

	private static String clipboard() {
		Clipboard clipboard = new Clipboard(Windows.shell().getDisplay());
		try {
			return (String) clipboard.getContents(TextTransfer.getInstance());
		} finally {
			clipboard.dispose();
		}
	}

	private static void clipboard(String text) {
		Clipboard clipboard = new Clipboard(Windows.shell().getDisplay());
		clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
		clipboard.dispose();
	}

	private static List<String> fields(Composite page) {
		return Windows.all(page, Text.class).stream().filter(Text::isEnabled).map(Text::getText).toList();
	}
}
