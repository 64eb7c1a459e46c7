package hikkoshi.ui.inventory.handlers;

import java.util.function.UnaryOperator;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IProject;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Side;
import hikkoshi.ui.inventory.discover.DiscoverWizard;

/// Finds out what the mail set-up of names is, for the active migration.
public final class DiscoverHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		IProject project = Active.migration(event);
		if (project != null) {
			IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
			new WizardDialog(window.getShell(), new DiscoverWizard(window, project, Side.OLD, UnaryOperator.identity())).open();
		}
		return null;
	}
}
