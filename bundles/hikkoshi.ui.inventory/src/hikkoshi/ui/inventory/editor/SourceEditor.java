package hikkoshi.ui.inventory.editor;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.ui.editors.text.TextEditor;
import org.eclipse.ui.forms.editor.FormEditor;
import org.eclipse.ui.ide.IGotoMarker;
import org.eclipse.ui.texteditor.ITextEditor;
import org.jspecify.annotations.Nullable;

/// An editor with pages of its own over one text, whose last page is the source. The document's text is the only truth: what the pages change are edits
/// of it, so undo, dirty, save and comments come from the text editor.
public abstract class SourceEditor extends FormEditor {
	private final TextEditor source = new TextEditor();

	/// The page with the text, for markers, menus and tests.
	public final ITextEditor source() {
		return source;
	}

	/// The text editor itself, for the pages that edit its document.
	protected final TextEditor text() {
		return source;
	}

	/// Shows the source page.
	public final void showSource() {
		setActiveEditor(source);
	}

	/// Leads to what a marker is about.
	protected abstract void go(IMarker marker);

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
}
