package hikkoshi.ui.dns.zone;

import java.util.List;

import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.MultiPageEditorActionBarContributor;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.jspecify.annotations.Nullable;

/// Gives the Edit menu the text editor's actions. Undo and redo are always the text's: what the pages do are changes of it.
public final class ZoneEditorContributor extends MultiPageEditorActionBarContributor {
	private static final List<String> EVERYWHERE = List.of(ITextEditorActionConstants.UNDO, ITextEditorActionConstants.REDO, ITextEditorActionConstants.REVERT);
	private static final List<String> IN_SOURCE = List.of(ActionFactory.CUT.getId(), ActionFactory.COPY.getId(), ActionFactory.PASTE.getId(),
			ActionFactory.DELETE.getId(), ActionFactory.SELECT_ALL.getId(), ActionFactory.FIND.getId());

	private @Nullable ZoneEditor editor;

	@Override
	public void setActiveEditor(IEditorPart part) {
		editor = part instanceof ZoneEditor mine ? mine : null;
		super.setActiveEditor(part);
	}

	@Override
	public void setActivePage(@Nullable IEditorPart page) {
		IActionBars bars = getActionBars();
		ZoneEditor shown = editor;
		EVERYWHERE.forEach(id -> bars.setGlobalActionHandler(id, shown == null ? null : shown.source().getAction(id)));
		IN_SOURCE.forEach(id -> bars.setGlobalActionHandler(id, shown == null || page != shown.source() ? null : shown.source().getAction(id)));
		bars.updateActionBars();
	}
}
