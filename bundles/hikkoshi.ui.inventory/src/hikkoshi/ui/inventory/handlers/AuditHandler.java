package hikkoshi.ui.inventory.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.probe.ProbeSet;

/// Audits the mail set-up of every domain of the active migration; the Evidence view shows what each check says.
public final class AuditHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		Active.probe(event, ProbeSet::isAudit, target -> true);
		return null;
	}
}
