package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.text.IDocument;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.ui.inventory.editor.MigrationEditor;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class EditorTest {
	private Project project;
	private MigrationEditor editor;

	@BeforeEach
	void open() throws Exception {
		project = Project.create();
		editor = (MigrationEditor) IDE.openEditor(Windows.page(), project.file(MigrationProject.MIGRATION_FILE));
		Pump.all();
	}

	@AfterEach
	void close() throws Exception {
		project.close();
	}

	@Test
	void whatIsTypedInTheFormIsAnEditOfTheText() throws Exception {
		field("Test").setText("Customer & Sons");
		assertThat(text()).contains("Customer & Sons").contains("# a comment that must survive").contains("# behind it");
		assertThat(editor.isDirty()).isTrue();
		editor.doSave(new NullProgressMonitor());
		assertThat(editor.isDirty()).isFalse();
		assertThat(project.read(MigrationProject.MIGRATION_FILE)).isEqualTo(text());
	}

	@Test
	void undoOfTheTextIsUndoOfTheForm() {
		String before = text();
		field("Test").setText("Other");
		editor.source().getAction(ITextEditorActionConstants.UNDO).run();
		assertThat(text()).isEqualTo(before);
		Pump.until("the form follows", () -> fields().contains("Test"));
	}

	@Test
	void whatIsTypedInTheSourceIsInTheForm() {
		document().set(text().replace("name: Test", "name: From the source"));
		Pump.until("the form follows", () -> fields().contains("From the source"));
	}

	@Test
	void aServersFieldsAreEdited() {
		field("old.example").setText("mail.old.example");
		field("127.0.0.1").setText("127.0.0.1, ::1");
		assertThat(text()).contains("name: mail.old.example").contains("::1").contains("name: new.example");
	}

	@Test
	void aServerIsAddedAndRemoved() {
		Windows.press(root(), "Add New");
		assertThat(servers().getItemCount()).isEqualTo(3);
		assertThat(text()).contains("new-2");
		assertThat(servers().getSelectionIndex()).isEqualTo(2);
		Windows.press(root(), "Remove");
		assertThat(servers().getItemCount()).isEqualTo(2);
		assertThat(text()).doesNotContain("new-2").contains("# behind it");
	}

	@Test
	void aTextThatIsNoYamlDisablesTheFormAndSaysSo() {
		document().set("servers: [unclosed\nname: x");
		Pump.until("the form is shut", () -> Windows.all(root(), Text.class).stream().noneMatch(Text::isEnabled));
		document().set(Project.YAML.formatted(1993));
		Pump.until("the form is open again", () -> fields().contains("Test"));
	}

	@Test
	void aMarkerLeadsToItsLineInTheSource() throws Exception {
		IMarker marker = project.file(MigrationProject.MIGRATION_FILE).createMarker(IMarker.PROBLEM);
		marker.setAttribute(IMarker.LINE_NUMBER, 3);
		IDE.gotoMarker(editor, marker);
		Pump.all();
		assertThat(editor.getActiveEditor()).isInstanceOf(ITextEditor.class);
	}

	private IDocument document() {
		return editor.source().getDocumentProvider().getDocument(editor.getEditorInput());
	}

	private String text() {
		return document().get();
	}

	private Composite root() {
		return ((FormPage) editor.findPage("hikkoshi.ui.inventory.editor.overview")).getManagedForm().getForm();
	}

	private List<String> fields() {
		return Windows.all(root(), Text.class).stream().filter(Text::isEnabled).map(Text::getText).toList();
	}

	private Text field(String value) {
		return Windows.find(root(), Text.class, text -> text.getText().equals(value));
	}

	private Table servers() {
		return Windows.find(root(), Table.class, each -> !each.getHeaderVisible());
	}
}
