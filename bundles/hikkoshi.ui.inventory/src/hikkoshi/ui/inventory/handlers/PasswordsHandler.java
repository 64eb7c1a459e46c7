package hikkoshi.ui.inventory.handlers;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IProject;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.Vault;
import hikkoshi.ui.inventory.passwords.KeptPasswordsDialog;

/// Shows which accounts of the active migration have a password in secure storage.
public final class PasswordsHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
		IProject project = Active.migration(event);
		if (project != null && window.getService(Secrets.class) instanceof Vault vault) {
			new KeptPasswordsDialog(window.getShell(), window.getWorkbench(), project, vault).open();
		}
		return null;
	}
}
