package hikkoshi.ui.mailbox.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.ui.mailbox.MatrixPart;

/// Proves the selected mailboxes of the matrix again.
public final class ProbeMailboxesHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) {
		if (HandlerUtil.getActivePart(event) instanceof MatrixPart matrix) {
			matrix.probe();
		}
		return null;
	}
}
