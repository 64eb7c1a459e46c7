package hikkoshi.ui.inventory.editor;

import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.MultiPageEditorActionBarContributor;
import org.eclipse.ui.texteditor.ITextEditor;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.jspecify.annotations.Nullable;

/// Gives the menus the text editor's actions. Undo and redo also while the form is shown: its changes are changes of the text.
public final class MigrationEditorContributor extends MultiPageEditorActionBarContributor {
	private static final String[] EVERYWHERE = {ITextEditorActionConstants.UNDO, ITextEditorActionConstants.REDO,
			ITextEditorActionConstants.REVERT};
	private static final String[] IN_SOURCE = {ActionFactory.CUT.getId(), ActionFactory.COPY.getId(), ActionFactory.PASTE.getId(),
			ActionFactory.DELETE.getId(), ActionFactory.SELECT_ALL.getId(), ActionFactory.FIND.getId()};

	private @Nullable MigrationEditor editor;

	@Override
	public void setActiveEditor(IEditorPart part) {
		editor = part instanceof MigrationEditor mine ? mine : null;
		super.setActiveEditor(part);
	}

	@Override
	public void setActivePage(@Nullable IEditorPart page) {
		IActionBars bars = getActionBars();
		ITextEditor source = editor == null ? null : editor.source();
		for (String id : EVERYWHERE) {
			bars.setGlobalActionHandler(id, source == null ? null : source.getAction(id));
		}
		for (String id : IN_SOURCE) {
			bars.setGlobalActionHandler(id, source == null || page != source ? null : source.getAction(id));
		}
		bars.updateActionBars();
	}
}
