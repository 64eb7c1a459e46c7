package hikkoshi.ui.inventory.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.ui.inventory.compare.ComparePart;

/// Lays the selected servers side by side, or those of the selected domain.
public final class CompareHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		String old = null;
		String fresh = null;
		for (Object element : HandlerUtil.getCurrentStructuredSelection(event)) {
			Domain domain = Adapters.adapt(element, Domain.class);
			Server server = Adapters.adapt(element, Server.class);
			old = domain != null ? domain.oldServer() : server != null && server.side() == Side.OLD ? server.key() : old;
			fresh = domain != null ? domain.newServer() : server != null && server.side() == Side.NEW ? server.key() : fresh;
		}
		try {
			if (HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage().showView(ComparePart.ID) instanceof ComparePart view) {
				view.select(old, fresh);
			}
			return null;
		} catch (PartInitException e) {
			throw new ExecutionException(e.getMessage(), e);
		}
	}
}
