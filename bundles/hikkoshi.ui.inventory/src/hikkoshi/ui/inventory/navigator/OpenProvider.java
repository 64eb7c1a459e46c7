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
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlNode;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
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
		return YamlDocument.parse(text, MigrationProject.MIGRATION_FILE).value().flatMap(yaml -> switch (target) {
			case Server server -> item(yaml, YamlPath.of("servers", server.side().token()), "key", server.key());
			case Domain domain -> item(yaml, YamlPath.of("domains"), "name", domain.name().unicode())
					.or(() -> item(yaml, YamlPath.of("domains"), "name", domain.name().ascii()));
			case null, default -> Optional.empty();
		});
	}

	private static Optional<YamlNode> item(YamlDocument yaml, YamlPath list, String key, String value) {
		if (yaml.at(list).orElse(null) instanceof YamlNode.Sequence items) {
			for (int i = 0; i < items.items().size(); i++) {
				YamlNode item = items.items().get(i);
				YamlNode name = item instanceof YamlNode.Mapping ? yaml.at(list.then(i, key)).orElse(item) : item;
				if (name instanceof YamlNode.Scalar scalar && scalar.value().strip().equalsIgnoreCase(value)) {
					return Optional.of(item);
				}
			}
		}
		return Optional.empty();
	}
}
