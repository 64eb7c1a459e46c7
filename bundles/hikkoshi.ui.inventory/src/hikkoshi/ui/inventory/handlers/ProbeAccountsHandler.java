package hikkoshi.ui.inventory.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Account;

/// Proves every account of the active migration.
public final class ProbeAccountsHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		Active.probe(event, probe -> probe.target() == Account.class && probe.isRoutine(), target -> true);
		return null;
	}
}
