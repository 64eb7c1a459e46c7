package hikkoshi.ui.inventory.handlers;

import java.util.function.BiConsumer;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.ui.inventory.editor.MigrationEditor;
import hikkoshi.ui.inventory.editor.ServerVerbs;
import hikkoshi.ui.inventory.view.InventoryNode;

/// A verb on the server that is selected in Servers & Domains; one class below for each, as plugin.xml names them. Edits the text of the
/// migration's editor, so that its undo takes it back.
public abstract class ServerHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		Object element = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
		IProject project = Adapters.adapt(element, IProject.class);
		if (project != null && element instanceof InventoryNode node) {
			MigrationEditor.on(HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage(), project).ifPresent(editor -> apply(editor, node));
		}
		return null;
	}

	abstract void apply(MigrationEditor editor, InventoryNode node);

	private static void onServer(MigrationEditor editor, InventoryNode node, BiConsumer<ServerVerbs, Server> verb) {
		Server server = node.getAdapter(Server.class);
		if (server != null) {
			editor.change(verbs -> verb.accept(verbs, server));
		}
	}

	public static final class Copy extends ServerHandler {
		@Override
		void apply(MigrationEditor editor, InventoryNode node) {
			onServer(editor, node, (verbs, server) -> verbs.find(server.side(), server.key()).ifPresent(verbs::copy));
		}
	}

	/// To the side that is selected, or that the selected server is on.
	public static final class Paste extends ServerHandler {
		@Override
		void apply(MigrationEditor editor, InventoryNode node) {
			Side side = node.side();
			if (side != null) {
				editor.change(verbs -> verbs.paste(side));
			}
		}
	}

	public static final class Delete extends ServerHandler {
		@Override
		void apply(MigrationEditor editor, InventoryNode node) {
			onServer(editor, node, (verbs, server) -> verbs.find(server.side(), server.key()).ifPresent(verbs::delete));
		}
	}

	public static final class Rename extends ServerHandler {
		@Override
		void apply(MigrationEditor editor, InventoryNode node) {
			onServer(editor, node, (verbs, server) -> verbs.find(server.side(), server.key()).ifPresent(verbs::rename));
		}
	}

	public static final class Move extends ServerHandler {
		@Override
		void apply(MigrationEditor editor, InventoryNode node) {
			onServer(editor, node, (verbs, server) -> verbs.find(server.side(), server.key()).ifPresent(verbs::move));
		}
	}
}
