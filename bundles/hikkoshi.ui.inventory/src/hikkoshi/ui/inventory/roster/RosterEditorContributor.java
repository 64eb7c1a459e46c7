package hikkoshi.ui.inventory.roster;

import java.util.Map;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.MultiPageEditorActionBarContributor;
import org.eclipse.ui.texteditor.ITextEditor;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.jspecify.annotations.Nullable;

/// Gives the Edit menu the table's verbs or the text editor's. Undo and redo are always the text's: what the table does is a change of it.
public final class RosterEditorContributor extends MultiPageEditorActionBarContributor {
	private static final String[] TEXT = {ITextEditorActionConstants.UNDO, ITextEditorActionConstants.REDO, ITextEditorActionConstants.REVERT};
	private static final String[] BOTH = {ActionFactory.CUT.getId(), ActionFactory.COPY.getId(), ActionFactory.PASTE.getId(),
			ActionFactory.DELETE.getId(), ActionFactory.SELECT_ALL.getId(), ActionFactory.FIND.getId()};

	private @Nullable RosterEditor editor;

	@Override
	public void setActiveEditor(IEditorPart part) {
		editor = part instanceof RosterEditor mine ? mine : null;
		super.setActiveEditor(part);
	}

	@Override
	public void setActivePage(@Nullable IEditorPart shown) {
		IActionBars bars = getActionBars();
		ITextEditor source = editor == null ? null : editor.source();
		RosterActions table = editor == null ? null : editor.actions();
		for (String id : TEXT) {
			bars.setGlobalActionHandler(id, source == null ? null : source.getAction(id));
		}
		Map<String, Runnable> verbs = table == null ? Map.of() : table.edits();
		for (String id : BOTH) {
			Runnable verb = verbs.get(id);
			IAction action = verb != null ? action(verb) : source == null || table != null ? null : source.getAction(id);
			bars.setGlobalActionHandler(id, action);
		}
		bars.updateActionBars();
	}

	private static IAction action(Runnable verb) {
		return new Action() {
			@Override
			public void run() {
				verb.run();
			}
		};
	}
}
