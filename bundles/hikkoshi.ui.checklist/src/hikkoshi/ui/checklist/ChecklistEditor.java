package hikkoshi.ui.checklist;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.editors.text.TextEditor;
import org.eclipse.ui.forms.editor.FormEditor;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.ide.IGotoMarker;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;

/// `cutover.checklist`: the steps with the state of their gates, and the source. The source page's document is the only truth; the steps page
/// judges what is saved.
public final class ChecklistEditor extends FormEditor {
	public static final String ID = "hikkoshi.ui.checklist.editor";

	private final TextEditor source = new TextEditor();
	private @Nullable StepsPage steps;

	@Override
	public void init(IEditorSite site, IEditorInput input) throws PartInitException {
		super.init(site, input);
		setPartName(input.getName());
	}

	@Override
	protected void addPages() {
		Phrases words = Words.of(ChecklistEditor.class, getSite());
		try {
			steps = new StepsPage(this, words);
			addPage(steps);
			int index = addPage(source, getEditorInput());
			setPageText(index, words.say("page.source"));
		} catch (PartInitException e) {
			throw new IllegalStateException("the checklist's pages do not open", e);
		}
	}

	@Override
	public void doSave(IProgressMonitor monitor) {
		source.doSave(monitor);
		editorDirtyStateChanged();
	}

	@Override
	public void doSaveAs() {
		throw new UnsupportedOperationException("a checklist keeps its name");
	}

	@Override
	public boolean isSaveAsAllowed() {
		return false;
	}

	/// The page with the states, once it was created.
	public @Nullable StepsPage steps() {
		return steps;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T getAdapter(Class<T> type) {
		if (type == IGotoMarker.class) {
			return (T) (IGotoMarker) marker -> {
				setActiveEditor(source);
				IDE.gotoMarker(source, marker);
			};
		}
		T adapter = super.getAdapter(type);
		return adapter != null ? adapter : source.getAdapter(type);
	}
}
