package hikkoshi.ui.inventory.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Presence;

/// Proves every account of the active migration, and asks for every address whether it exists.
public final class ProbeAccountsHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		Active.probe(event, probe -> probe.isRoutine() && (probe.target() == Account.class || probe.target() == Presence.class), target -> true);
		return null;
	}
}
