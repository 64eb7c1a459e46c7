package hikkoshi.ui.inventory.roster;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.ui.IEditorPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.ui.inventory.editor.SourceContributor;
import hikkoshi.ui.inventory.editor.SourceEditor;

/// Gives the Edit menu the table's verbs or the text editor's.
public final class RosterEditorContributor extends SourceContributor {
	@Override
	protected @Nullable IAction action(SourceEditor shown, @Nullable IEditorPart page, String id) {
		RosterActions table = shown instanceof RosterEditor editor ? editor.actions() : null;
		if (table == null) {
			return shown.source().getAction(id);
		}
		Runnable verb = table.edits().get(id);
		return verb == null ? null : action(verb);
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
