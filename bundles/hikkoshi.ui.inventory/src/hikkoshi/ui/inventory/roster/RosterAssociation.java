package hikkoshi.ui.inventory.roster;

import java.util.Arrays;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.content.IContentType;
import org.eclipse.ui.IEditorDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorRegistry;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.editors.text.EditorsUI;
import org.eclipse.ui.ide.IEditorAssociationOverride;
import org.jspecify.annotations.Nullable;

import hikkoshi.workspace.MigrationNature;

/// Keeps the table for the `mailboxes.csv` of migrations: elsewhere a file of that name is anybody's.
public final class RosterAssociation implements IEditorAssociationOverride {
	@Override
	public IEditorDescriptor[] overrideEditors(IEditorInput input, @Nullable IContentType type, IEditorDescriptor[] editors) {
		return isOurs(input) ? editors : without(editors);
	}

	@Override
	public IEditorDescriptor[] overrideEditors(String name, @Nullable IContentType type, IEditorDescriptor[] editors) {
		return editors;
	}

	@Override
	public @Nullable IEditorDescriptor overrideDefaultEditor(IEditorInput input, @Nullable IContentType type, @Nullable IEditorDescriptor editor) {
		if (editor == null || !editor.getId().equals(RosterEditor.ID) || isOurs(input)) {
			return editor;
		}
		IEditorRegistry registry = PlatformUI.getWorkbench().getEditorRegistry();
		return Optional.ofNullable(registry.findEditor(EditorsUI.DEFAULT_TEXT_EDITOR_ID)).orElse(editor);
	}

	@Override
	public @Nullable IEditorDescriptor overrideDefaultEditor(String name, @Nullable IContentType type, @Nullable IEditorDescriptor editor) {
		return editor;
	}

	private static IEditorDescriptor[] without(IEditorDescriptor[] editors) {
		return Arrays.stream(editors).filter(editor -> !editor.getId().equals(RosterEditor.ID)).toArray(IEditorDescriptor[]::new);
	}

	private static boolean isOurs(IEditorInput input) {
		IFile file = Adapters.adapt(input, IFile.class);
		try {
			return file != null && file.getProject().isOpen() && file.getProject().hasNature(MigrationNature.ID);
		} catch (CoreException _) {
			return false;
		}
	}
}
