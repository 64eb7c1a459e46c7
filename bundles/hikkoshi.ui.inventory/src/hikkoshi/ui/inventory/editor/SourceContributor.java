package hikkoshi.ui.inventory.editor;

import org.eclipse.jface.action.IAction;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.MultiPageEditorActionBarContributor;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.jspecify.annotations.Nullable;

/// Gives the menus the actions of a [SourceEditor]. Undo and redo are always the text's: what its pages do are changes of it.
public abstract class SourceContributor extends MultiPageEditorActionBarContributor {
	private static final String[] EVERYWHERE = {ITextEditorActionConstants.UNDO, ITextEditorActionConstants.REDO,
			ITextEditorActionConstants.REVERT};
	private static final String[] BY_PAGE = {ActionFactory.CUT.getId(), ActionFactory.COPY.getId(), ActionFactory.PASTE.getId(),
			ActionFactory.DELETE.getId(), ActionFactory.SELECT_ALL.getId(), ActionFactory.FIND.getId()};

	private @Nullable SourceEditor editor;

	@Override
	public void setActiveEditor(IEditorPart part) {
		editor = part instanceof SourceEditor mine ? mine : null;
		super.setActiveEditor(part);
	}

	@Override
	public void setActivePage(@Nullable IEditorPart page) {
		IActionBars bars = getActionBars();
		SourceEditor shown = editor;
		for (String id : EVERYWHERE) {
			bars.setGlobalActionHandler(id, shown == null ? null : shown.source().getAction(id));
		}
		for (String id : BY_PAGE) {
			bars.setGlobalActionHandler(id, shown == null ? null : action(shown, page, id));
		}
		bars.updateActionBars();
	}

	/// What a menu entry does while a page is shown; null for nothing.
	///
	/// @param page null for one that is no editor
	protected abstract @Nullable IAction action(SourceEditor shown, @Nullable IEditorPart page, String id);
}
