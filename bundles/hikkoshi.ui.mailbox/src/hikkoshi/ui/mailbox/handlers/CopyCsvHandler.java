package hikkoshi.ui.mailbox.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.roster.TableText;
import hikkoshi.ui.mailbox.MatrixPart;

/// Copies the selected rows of the matrix as CSV.
public final class CopyCsvHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) {
		if (HandlerUtil.getActivePart(event) instanceof MatrixPart matrix) {
			matrix.copy(TableText.CSV);
		}
		return null;
	}
}
