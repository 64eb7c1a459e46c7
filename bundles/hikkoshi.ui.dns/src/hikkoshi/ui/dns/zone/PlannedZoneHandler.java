package hikkoshi.ui.dns.zone;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IProject;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.TargetRow;

/// The planned zone of the selected domain.
public final class PlannedZoneHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
		IProject project = ActiveMigration.of(page);
		if (project != null) {
			TargetRow.targets(HandlerUtil.getCurrentStructuredSelection(event)).stream().filter(Domain.class::isInstance).map(Domain.class::cast).findFirst()
					.ifPresent(domain -> new PlannedZone(page).open(project, domain));
		}
		return null;
	}
}
