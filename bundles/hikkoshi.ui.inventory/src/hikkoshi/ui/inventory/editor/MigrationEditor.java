package hikkoshi.ui.inventory.editor;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.text.IDocument;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.editors.text.TextEditor;
import org.eclipse.ui.forms.editor.FormEditor;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.ide.IGotoMarker;
import org.eclipse.ui.statushandlers.StatusManager;
import org.eclipse.ui.texteditor.ITextEditor;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;

/// The editor of `migration.yaml`: a form and the source. The document's text is the only truth; a change in the form is an edit of the
/// text, so undo, dirty, save and comments come from the text editor.
public final class MigrationEditor extends FormEditor {
	public static final String ID = "hikkoshi.ui.inventory.editor";

	private final Phrases words = Words.of(MigrationEditor.class);
	private final TextEditor source = new TextEditor();
	private @Nullable MigrationText text;

	@Override
	public void init(IEditorSite site, IEditorInput input) throws PartInitException {
		super.init(site, input);
		IResource file = Adapters.adapt(input, IResource.class);
		setPartName(file == null ? input.getName() : words.say("editor.part", file.getProject().getName(), input.getName()));
	}

	@Override
	protected void addPages() {
		try {
			int index = addPage(source, getEditorInput());
			setPageText(index, words.say("editor.source"));
			IDocument document = source.getDocumentProvider().getDocument(getEditorInput());
			MigrationText mine = new MigrationText(document, source);
			text = mine;
			addPage(0, new OverviewPage(this, mine, words));
			setActivePage(0);
		} catch (PartInitException e) {
			StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW | StatusManager.LOG);
		}
	}

	/// The page with the text, for markers and tests.
	public ITextEditor source() {
		return source;
	}

	/// Shows the source page.
	public void showSource() {
		setActiveEditor(source);
	}

	@Override
	public void doSave(IProgressMonitor monitor) {
		source.doSave(monitor);
	}

	@Override
	public void doSaveAs() {
		source.doSaveAs();
		setInput(source.getEditorInput());
	}

	@Override
	public boolean isSaveAsAllowed() {
		return false;
	}

	@Override
	public <T> @Nullable T getAdapter(Class<T> type) {
		if (type == IGotoMarker.class) {
			return type.cast((IGotoMarker) this::go);
		}
		if (type == ITextEditor.class) {
			return type.cast(source);
		}
		return super.getAdapter(type);
	}

	private void go(IMarker marker) {
		showSource();
		IDE.gotoMarker(source, marker);
	}

	@Override
	public void dispose() {
		if (text != null) {
			text.close();
		}
		super.dispose();
	}
}
