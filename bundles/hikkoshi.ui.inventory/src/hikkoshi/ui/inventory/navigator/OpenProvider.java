package hikkoshi.ui.inventory.navigator;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.navigator.CommonActionProvider;
import org.eclipse.ui.navigator.ICommonActionConstants;
import org.eclipse.ui.navigator.ICommonViewerWorkbenchSite;
import org.eclipse.ui.statushandlers.StatusManager;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.YamlNode;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.properties.TargetPlace;
import hikkoshi.ui.inventory.fixes.OpenTexts;
import hikkoshi.ui.inventory.view.InventoryNode;

/// A double click on a server or domain opens `migration.yaml` where it stands.
public final class OpenProvider extends CommonActionProvider {
	@Override
	public void fillActionBars(IActionBars bars) {
		bars.setGlobalActionHandler(ICommonActionConstants.OPEN, new Open());
	}

	private final class Open extends Action {
		@Override
		public void run() {
			if (getContext().getSelection() instanceof IStructuredSelection selection && selection.getFirstElement() instanceof InventoryNode node
					&& getActionSite().getViewSite() instanceof ICommonViewerWorkbenchSite site) {
				open(node, site.getPage());
			}
		}
	}

	/// @param page in which the editor opens
	public static void open(InventoryNode node, IWorkbenchPage page) {
		Phrases words = Words.of(OpenProvider.class);
		IFile file = node.project().getFile(MigrationProject.MIGRATION_FILE);
		Ui.load(page.getWorkbenchWindow().getShell(), words.say("navigator.load"), () -> place(node), place -> show(page, file, place));
	}

	private static void show(IWorkbenchPage page, IFile file, Optional<YamlNode> place) {
		try {
			IEditorPart editor = IDE.openEditor(page, file, true);
			if (place.isPresent()) {
				IMarker marker = file.createMarker(IMarker.TEXT, Map.of(IMarker.CHAR_START, place.get().start(), IMarker.CHAR_END, place.get().start()));
				IDE.gotoMarker(editor, marker);
				marker.delete();
			}
		} catch (CoreException e) {
			StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW);
		}
	}

	private static Optional<YamlNode> place(InventoryNode node) throws IOException {
		String text = new OpenTexts(node.project()).read().getOrDefault(MigrationProject.MIGRATION_FILE, "");
		Target target = node.target();
		return target == null ? Optional.empty() : TargetPlace.in(text, target);
	}
}
