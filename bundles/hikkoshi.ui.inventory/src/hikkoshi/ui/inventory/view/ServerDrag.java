package hikkoshi.ui.inventory.view;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.util.LocalSelectionTransfer;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.ViewerDropAdapter;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.dnd.TransferData;
import org.eclipse.ui.IWorkbenchPage;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Server;
import hikkoshi.ui.inventory.editor.MigrationEditor;

/// Drags a server to the other side of its migration. UI thread only.
final class ServerDrag {
	private ServerDrag() {}

	static void on(TreeViewer viewer, IWorkbenchPage page) {
		Transfer[] transfers = {LocalSelectionTransfer.getTransfer()};
		viewer.addDragSupport(DND.DROP_MOVE, transfers, new DragSourceAdapter() {
			@Override
			public void dragStart(DragSourceEvent event) {
				event.doit = dragged(viewer.getStructuredSelection()) != null;
				LocalSelectionTransfer.getTransfer().setSelection(viewer.getSelection());
			}
		});
		viewer.addDropSupport(DND.DROP_MOVE, transfers, new ViewerDropAdapter(viewer) {
			@Override
			public boolean validateDrop(Object target, int operation, TransferData type) {
				InventoryNode node = LocalSelectionTransfer.getTransfer().getSelection() instanceof IStructuredSelection moved ? dragged(moved) : null;
				Server server = node == null ? null : node.getAdapter(Server.class);
				return server != null && target instanceof InventoryNode over && over.side() == server.side().other()
						&& Adapters.adapt(over, IProject.class).equals(Adapters.adapt(node, IProject.class));
			}

			@Override
			public boolean performDrop(Object data) {
				InventoryNode node = data instanceof IStructuredSelection moved ? dragged(moved) : null;
				if (node != null) {
					// the drag's own loop must end before a question is asked
					viewer.getControl().getDisplay().asyncExec(() -> move(node, page));
				}
				return false;
			}
		});
	}

	private static @Nullable InventoryNode dragged(IStructuredSelection selection) {
		return selection.size() == 1 && selection.getFirstElement() instanceof InventoryNode node && node.getAdapter(Server.class) != null ? node : null;
	}

	private static void move(InventoryNode node, IWorkbenchPage page) {
		Server server = node.getAdapter(Server.class);
		IProject project = node.getAdapter(IProject.class);
		if (server != null && project != null) {
			MigrationEditor.on(page, project)
					.ifPresent(editor -> editor.change(verbs -> verbs.find(server.side(), server.key()).ifPresent(verbs::move)));
		}
	}
}
