package hikkoshi.ui.tests.harness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.jface.text.IDocument;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.Section;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.ui.inventory.editor.MigrationEditor;

/// The editor of `migration.yaml` as a person uses it: pages, sections by their titles, tables, fields, and the text behind them.
public record EditorPages(MigrationEditor editor) {
	public static EditorPages open(Project project) throws PartInitException {
		EditorPages pages = new EditorPages((MigrationEditor) IDE.openEditor(Windows.page(), project.file(MigrationProject.MIGRATION_FILE)));
		Pump.all();
		return pages;
	}

	/// @param page `overview`, `servers` or `waves`
	public Composite show(String page) {
		editor.setActivePage("hikkoshi.ui.inventory.editor." + page);
		Pump.all();
		return ((FormPage) editor.findPage("hikkoshi.ui.inventory.editor." + page)).getManagedForm().getForm();
	}

	public IDocument document() {
		return editor.source().getDocumentProvider().getDocument(editor.getEditorInput());
	}

	public String text() {
		return document().get();
	}

	public void undo() {
		editor.source().getAction(ITextEditorActionConstants.UNDO).run();
		Pump.all();
	}

	public static Section section(Composite page, String title) {
		return Windows.find(page, Section.class, section -> section.getText().equals(title));
	}

	public static Table table(Composite page, String section) {
		return Windows.find(section(page, section), Table.class, _ -> true);
	}

	public static List<List<String>> rows(Table table) {
		return Arrays.stream(table.getItems()).map(item -> cells(item, table.getColumnCount())).toList();
	}

	private static List<String> cells(TableItem item, int columns) {
		return IntStream.range(0, columns).mapToObj(item::getText).toList();
	}

	/// Selects rows as a click does.
	public static void select(Table table, int... rows) {
		table.setSelection(rows);
		Event event = new Event();
		event.item = table.getItem(rows[0]);
		table.notifyListeners(SWT.Selection, event);
		Pump.all();
	}

	public static Text field(Composite page, String value) {
		return Windows.find(page, Text.class, text -> text.getText().equals(value));
	}

	public static Link link(Composite page) {
		return Windows.find(section(page, "Next step"), Link.class, _ -> true);
	}

	/// What the link says.
	public static String nextStep(Composite page) {
		return link(page).getText().replaceAll("^<a>|</a>$", "");
	}
}
