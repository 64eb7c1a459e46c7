package hikkoshi.ui.inventory.editor;

import org.eclipse.jface.action.IAction;
import org.eclipse.ui.IEditorPart;
import org.jspecify.annotations.Nullable;

/// Gives the menus the text editor's actions.
public final class MigrationEditorContributor extends SourceContributor {
	@Override
	protected @Nullable IAction action(SourceEditor shown, @Nullable IEditorPart page, String id) {
		return page == shown.source() ? shown.source().getAction(id) : null;
	}
}
