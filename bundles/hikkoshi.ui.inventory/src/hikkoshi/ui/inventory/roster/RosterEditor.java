package hikkoshi.ui.inventory.roster;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.contexts.IContextActivation;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.statushandlers.StatusManager;
import org.eclipse.ui.texteditor.MarkerUtilities;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;
import hikkoshi.ui.inventory.editor.SourceEditor;
import hikkoshi.workspace.Migrations;

/// The editor of `mailboxes.csv`: a table and the text(). The document's text is the only truth; a change in the table is an edit of the text,
/// so undo, dirty and save come from the text editor.
public final class RosterEditor extends SourceEditor {
	public static final String ID = "hikkoshi.ui.inventory.roster";

	private final Phrases words = Words.of(RosterEditor.class);
	private @Nullable RosterText text;
	private @Nullable RosterPage page;
	private @Nullable IContextActivation keys;

	@Override
	public void init(IEditorSite site, IEditorInput input) throws PartInitException {
		super.init(site, input);
		IFile file = Adapters.adapt(input, IFile.class);
		setPartName(file == null ? input.getName() : words.say("roster.part", file.getProject().getName(), input.getName()));
	}

	@Override
	protected void addPages() {
		try {
			int index = addPage(text(), getEditorInput());
			setPageText(index, words.say("roster.source"));
			RosterText mine = new RosterText(text(), getContainer(), getSite().getService(Migrations.class), words);
			text = mine;
			RosterPage table = new RosterPage(this, mine, words);
			page = table;
			addPage(0, table);
			setActivePage(0);
		} catch (PartInitException e) {
			StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW | StatusManager.LOG);
		}
	}

	/// The table has keys of its own, which mean something else in the text().
	@Override
	protected void pageChange(int index) {
		super.pageChange(index);
		IContextService contexts = getSite().getService(IContextService.class);
		if (keys != null) {
			contexts.deactivateContext(keys);
			keys = null;
		}
		if (actions() != null) {
			keys = contexts.activateContext(ID);
		}
	}

	/// What the table can do, for menus and keys; null while the source is shown.
	public @Nullable RosterActions actions() {
		return page == null || getActivePageInstance() != page ? null : page.actions();
	}

	/// To the row in the table, or to the source for what is no row.
	@Override
	protected void go(IMarker marker) {
		IDocument document = text().getDocumentProvider().getDocument(getEditorInput());
		int start = MarkerUtilities.getCharStart(marker);
		int line = MarkerUtilities.getLineNumber(marker);
		try {
			int offset = start >= 0 ? start : document.getLineOffset(Math.max(0, line - 1));
			RosterPage table = page;
			if (line > 0 && table != null && table.reveal(offset)) {
				setActivePage(table.getId());
				return;
			}
			showSource();
			text().selectAndReveal(offset, 0);
		} catch (BadLocationException _) {
			showSource();
		}
	}

	@Override
	public void dispose() {
		if (text != null) {
			text.close();
		}
		super.dispose();
	}
}
