package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.text.IDocument;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.ui.inventory.roster.RosterEditor;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class RosterEditorTest {
	private static final String HEADER = "address,old_user,new_user,wave,note\n";
	private static final String ROWS = HEADER + "ann@example.org,ann,,main,\nbob@example.org,bob,,main,\ncid@example.org,cid,,main,\n";

	@TempDir
	Path folder;

	private Project project;
	private RosterEditor editor;

	@BeforeEach
	void open() throws Exception {
		project = Project.create();
		show(ROWS);
	}

	private void show(String text) throws Exception {
		Windows.page().closeAllEditors(false);
		project.write(MigrationProject.MAILBOXES_FILE, text);
		editor = (RosterEditor) IDE.openEditor(Windows.page(), project.file(MigrationProject.MAILBOXES_FILE));
		Pump.all();
	}

	@AfterEach
	void close() throws Exception {
		project.close();
	}

	@Test
	void theTableSaysWhatTheTextSays() {
		Pump.until("three rows", () -> table().getItemCount() == 3);
		assertThat(row(1)).startsWith("3", "bob@example.org", "bob");
		document().set(text().replace("bob@", "Bob.2@"));
		Pump.until("the table follows", () -> row(1).get(1).equals("Bob.2@example.org"));
	}

	@Test
	void aCellIsEditedInPlaceAndJudgedAtOnce() {
		select(1);
		Text cell = cell();
		cell.setText("ann@example.org");
		Pump.until("what would be wrong is said", () -> footer().contains("ann@example.org"));
		assertThat(text()).as("not before Enter").isEqualTo(ROWS);
		traverse(cell, SWT.TRAVERSE_RETURN, 0);
		assertThat(text()).contains("ann@example.org,bob");
		Pump.until("the row is marked", () -> table().getItem(1).getImage(1) != null);
		editor.source().getAction(ITextEditorActionConstants.UNDO).run();
		assertThat(text()).isEqualTo(ROWS);
		Pump.until("nothing is wrong any more", () -> table().getItem(1).getImage(1) == null);
		assertThat(editor.isDirty()).isFalse();
	}

	@Test
	void escapeLeavesAllAsItWas() {
		select(0);
		Text cell = cell();
		cell.setText("x");
		traverse(cell, SWT.TRAVERSE_ESCAPE, 0);
		assertThat(text()).isEqualTo(ROWS);
		assertThat(editor.isDirty()).isFalse();
	}

	@Test
	void aColumnIsSetInAllSelectedRowsAndUndoneInOneStep() throws Exception {
		select(0, 2);
		Pump.Modal dialog = Pump.whenOpen("Set Column", shell -> {
			Combo column = Windows.all(shell, Combo.class).getFirst();
			column.select(column.indexOf("Note"));
			column.notifyListeners(SWT.Selection, new Event());
			Windows.all(shell, Combo.class).getLast().setText("VIP, call first");
			Windows.press(shell, "OK");
		});
		editor.actions().askAndSet();
		dialog.done();
		assertThat(text()).isEqualTo(ROWS.replace("ann,,main,", "ann,,main,\"VIP, call first\"").replace("cid,,main,", "cid,,main,\"VIP, call first\""));
		editor.source().getAction(ITextEditorActionConstants.UNDO).run();
		assertThat(text()).isEqualTo(ROWS);
	}

	@Test
	void cellsOfASpreadsheetAreTakenAndPasswordsAreNot() {
		clip("Address\tPassword\tNote\ndan@example.org\tgeheim\tnew\n");
		editor.actions().pasteRows();
		assertThat(text()).isEqualTo(ROWS + "dan@example.org,,,,new\n");
		Pump.until("it says what was left behind", () -> footer().contains("Password"));
		select(0, 1);
		clip("eve@example.org\nfay@example.org\ngus@example.org\n");
		run(ActionFactory.PASTE);
		assertThat(text()).startsWith(HEADER + "eve@example.org,ann,,main,\nfay@example.org,bob,,main,\ncid@example.org").endsWith("gus@example.org,,,,\n");
		Pump.until("five rows", () -> table().getItemCount() == 5);
	}

	@Test
	void copiedRowsAreWhatASpreadsheetTakes() {
		select(0, 1);
		run(ActionFactory.COPY);
		Clipboard clipboard = new Clipboard(Display.getCurrent());
		Object content = clipboard.getContents(TextTransfer.getInstance());
		clipboard.dispose();
		assertThat(String.valueOf(content)).isEqualTo("ann@example.org\tann\t\tmain\t\t\t\nbob@example.org\tbob\t\tmain\t\t\t\n");
	}

	@Test
	void rowsAreAddedAndRemoved() {
		select(1);
		editor.actions().remove();
		assertThat(text()).doesNotContain("bob");
		editor.actions().add();
		assertThat(text()).endsWith(",,,,\n");
		Pump.until("its address is open", () -> !Windows.all(table(), Text.class).isEmpty());
	}

	@Test
	void sortingAndFilteringChangeNoText() {
		table().getColumn(1).notifyListeners(SWT.Selection, new Event());
		table().getColumn(1).notifyListeners(SWT.Selection, new Event());
		Pump.until("the other way round", () -> row(0).get(1).equals("cid@example.org"));
		Windows.find(root(), Text.class, text -> (text.getStyle() & SWT.SEARCH) != 0).setText("BOB");
		Pump.until("one row", () -> table().getItemCount() == 1 && row(0).get(1).equals("bob@example.org"));
		assertThat(text()).isEqualTo(ROWS);
	}

	@Test
	void theSelectionStaysWhileTheTextChanges() {
		select(2);
		document().set(text().replace(HEADER, HEADER + "zoe@example.org,,,,\n"));
		Pump.until("four rows", () -> table().getItemCount() == 4);
		Pump.until("the same row is selected", () -> table().getSelectionIndex() == 3);
	}

	@Test
	void theNextFaultIsFoundAndAMarkerLeadsToItsRow() throws Exception {
		document().set(text().replace("cid@example.org,cid,,main", "cid@example.org,cid,,other"));
		Pump.until("it is marked", () -> table().getItem(2).getImage(4) != null);
		editor.actions().nextFault(1);
		assertThat(table().getSelectionIndex()).isEqualTo(2);
		Pump.until("and explained", () -> footer().contains("other"));
		IMarker marker = project.file(MigrationProject.MAILBOXES_FILE).createMarker(IMarker.PROBLEM);
		marker.setAttribute(IMarker.LINE_NUMBER, 3);
		IDE.gotoMarker(editor, marker);
		Pump.until("its row", () -> table().getSelectionIndex() == 1);
	}

	@Test
	void anEmptyRosterSaysHowRowsComeIn() throws Exception {
		show(HEADER);
		Pump.until("a hint", () -> label("No mailboxes yet"));
		clip("dan@example.org,dan\n");
		Windows.press(root(), "Paste Rows");
		assertThat(text()).isEqualTo(HEADER + "dan@example.org,dan,,,\n");
		Pump.until("the table", () -> table().isVisible() && table().getItemCount() == 1);
		show("dan@example.org,dan\n");
		Pump.until("another hint", () -> label("The first line does not name the columns"));
		Windows.press(root(), "Insert Header");
		assertThat(text()).isEqualTo("address,old_user\ndan@example.org,dan\n");
	}

	@Test
	void aListOfAnotherToolComesIntoTheTextOfTheEditor() throws Exception {
		Path list = Files.writeString(folder.resolve("users.csv"), "address\nann@example.org\ndan@example.org\n");
		Pump.Modal wizard = Pump.whenOpen("Import Mailboxes", shell -> {
			Windows.all(shell, Text.class).stream().filter(Text::getEditable).findFirst().orElseThrow().setText(list.toString());
			Button finish = Windows.find(shell, Button.class, button -> button.getText().replace("&", "").equals("Finish"));
			Button next = Windows.find(shell, Button.class, button -> button.getText().replace("&", "").startsWith("Next"));
			Pump.until("the file is read", next::isEnabled);
			Windows.click(next);
			Pump.until("its rows are there", finish::isEnabled);
			Windows.click(finish);
		});
		Windows.press(root(), "Import…");
		wizard.done();
		Pump.until("the row", () -> text().contains("dan@example.org"));
		assertThat(text()).startsWith(ROWS);
		Pump.until("the table", () -> table().getItemCount() == 4);
		editor.source().getAction(ITextEditorActionConstants.UNDO).run();
		assertThat(text()).isEqualTo(ROWS);
	}

	@Test
	void elsewhereAFileOfThatNameIsAnybodys() throws Exception {
		IProject other = ResourcesPlugin.getWorkspace().getRoot().getProject("no-migration");
		other.create(new NullProgressMonitor());
		other.open(new NullProgressMonitor());
		try {
			other.getFile(MigrationProject.MAILBOXES_FILE).create("a;b\n".getBytes(StandardCharsets.UTF_8), true, false, new NullProgressMonitor());
			assertThat(IDE.openEditor(Windows.page(), other.getFile(MigrationProject.MAILBOXES_FILE))).isNotInstanceOf(RosterEditor.class);
			assertThat(IDE.getEditorDescriptor(project.file("other.csv"), true, true).getId()).isNotEqualTo(RosterEditor.ID);
		} finally {
			Windows.page().closeAllEditors(false);
			other.delete(true, true, new NullProgressMonitor());
		}
	}

	@Test
	void tensOfThousandsOfRowsAreDrawnAsTheyAreSeen() throws Exception {
		StringBuilder many = new StringBuilder(HEADER);
		for (int i = 0; i < 30_000; i++) {
			many.append("user").append(i).append("@example.org,,,,\n");
		}
		show(many.toString());
		Pump.until("the rows", () -> table().getItemCount() == 30_000);
		Pump.until("drawn", () -> row(0).get(1).equals("user0@example.org"));
		int[] drawn = new int[1];
		int[] painted = new int[1];
		table().addListener(SWT.SetData, event -> drawn[0]++);
		table().addListener(SWT.Paint, event -> painted[0]++);
		table().setTopIndex(20_000);
		table().redraw();
		Pump.until("painted", () -> painted[0] > 0);
		Pump.until("read", () -> drawn[0] > 0);
		assertThat(drawn[0]).as("no more than a few screens").isLessThan(1_000);
	}

	private Table table() {
		return Windows.find(root(), Table.class, table -> (table.getStyle() & SWT.VIRTUAL) != 0);
	}

	private Composite root() {
		return ((FormPage) editor.findPage("hikkoshi.ui.inventory.roster.table")).getManagedForm().getForm();
	}

	private List<String> row(int index) {
		List<String> cells = new ArrayList<>();
		for (int i = 0; i < table().getColumnCount(); i++) {
			cells.add(table().getItem(index).getText(i));
		}
		return cells;
	}

	private boolean label(String text) {
		return Windows.all(root(), Label.class).stream().anyMatch(label -> label.isVisible() && label.getText().equals(text));
	}

	private String footer() {
		return String.join("\n", Windows.all(root(), Label.class).stream().map(Label::getText).toList());
	}

	private void select(int... rows) {
		Pump.until("the rows", () -> table().getItemCount() > rows[rows.length - 1]);
		table().setSelection(rows);
		Event event = new Event();
		event.item = table().getItem(rows[0]);
		table().notifyListeners(SWT.Selection, event);
	}

	/// Opens the focused cell.
	private Text cell() {
		table().notifyListeners(SWT.DefaultSelection, new Event());
		return Windows.find(table(), Text.class, text -> true);
	}

	private static void traverse(Text cell, int detail, int mask) {
		Event event = new Event();
		event.detail = detail;
		event.stateMask = mask;
		cell.notifyListeners(SWT.Traverse, event);
	}

	private void run(ActionFactory action) {
		table().setFocus();
		editor.getEditorSite().getActionBars().getGlobalActionHandler(action.getId()).run();
	}

	private static void clip(String text) {
		Clipboard clipboard = new Clipboard(Display.getCurrent());
		clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
		clipboard.dispose();
	}

	private IDocument document() {
		return editor.source().getDocumentProvider().getDocument(editor.getEditorInput());
	}

	private String text() {
		return document().get();
	}
}
