package hikkoshi.ui.inventory.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;

/// Asks DNS about every domain of the active migration.
public final class ProbeDnsHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		Active.probe(event, probe -> probe.target() == Domain.class && probe.isRoutine(), target -> true);
		return null;
	}
}
