package hikkoshi.ui.dns.zone;

import java.util.Objects;

import org.eclipse.core.resources.IFile;
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

import hikkoshi.core.model.DomainName;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;

/// `zones/DOMAIN.zone`: the records of the planned zone, what would change in DNS, and the source. The source page's document is the only truth: what
/// the records page changes are edits of it, so undo, dirty, save and comments come from the text editor.
public final class ZoneEditor extends FormEditor {
	public static final String ID = "hikkoshi.ui.dns.zone";
	private static final String EXTENSION = ".zone";

	private final TextEditor source = new TextEditor();
	private @Nullable DomainName name;
	private @Nullable ZoneText text;
	private @Nullable RecordsPage records;
	private @Nullable ChangesPage changes;

	@Override
	public void init(IEditorSite site, IEditorInput input) throws PartInitException {
		super.init(site, input);
		Phrases words = Words.of(ZoneEditor.class);
		String file = input.getName();
		try {
			name = DomainName.parse(file.endsWith(EXTENSION) ? file.substring(0, file.length() - EXTENSION.length()) : file);
		} catch (IllegalArgumentException e) {
			throw new PartInitException(words.say("zone.no-name", file), e);
		}
		setPartName(words.say("zone.part", name.unicode()));
	}

	@Override
	protected void addPages() {
		Phrases words = Words.of(ZoneEditor.class, getSite());
		try {
			int index = addPage(source, getEditorInput());
			setPageText(index, words.say("zone.source"));
			ZoneText mine = new ZoneText(source, getContainer(), Objects.requireNonNull(name), getSite().getService(Zones.class), words);
			text = mine;
			RecordsPage first = new RecordsPage(this, mine, words);
			records = first;
			addPage(0, first);
			ChangesPage second = new ChangesPage(this, mine, words);
			changes = second;
			addPage(1, second);
			setActivePage(0);
		} catch (PartInitException e) {
			StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW | StatusManager.LOG);
		}
	}

	/// The page with the text, for menus and tests.
	public ITextEditor source() {
		return source;
	}

	/// The page with the records, once it was created.
	public @Nullable RecordsPage records() {
		return records;
	}

	public @Nullable ChangesPage changes() {
		return changes;
	}

	/// The file; null for an input from elsewhere.
	@Nullable
	IFile file() {
		return Adapters.adapt(getEditorInput(), IFile.class);
	}

	IDocument document() {
		return source.getDocumentProvider().getDocument(getEditorInput());
	}

	/// Shows a line of the source.
	///
	/// @param line 1-based
	void showSource(int offset) {
		setActiveEditor(source);
		source.selectAndReveal(offset, 0);
	}

	@Override
	public void doSave(IProgressMonitor monitor) {
		source.doSave(monitor);
		editorDirtyStateChanged();
	}

	@Override
	public void doSaveAs() {
		throw new UnsupportedOperationException("a planned zone keeps its name");
	}

	@Override
	public boolean isSaveAsAllowed() {
		return false;
	}

	@Override
	public <T> @Nullable T getAdapter(Class<T> type) {
		if (type == IGotoMarker.class) {
			return type.cast((IGotoMarker) marker -> {
				setActiveEditor(source);
				IDE.gotoMarker(source, marker);
			});
		}
		return type == ITextEditor.class ? type.cast(source) : super.getAdapter(type);
	}

	@Override
	public void dispose() {
		if (text != null) {
			text.close();
		}
		super.dispose();
	}
}
