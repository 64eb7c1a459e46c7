package hikkoshi.ui.inventory.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.ui.inventory.exporting.ExportWizard;

/// Opens the export of the mailboxes of the active migration.
public final class ExportHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
		ExportWizard wizard = new ExportWizard();
		wizard.init(window.getWorkbench(), HandlerUtil.getCurrentStructuredSelection(event));
		new WizardDialog(window.getShell(), wizard).open();
		return null;
	}
}
