package hikkoshi.ui.inventory.handlers;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.ui.inventory.wizard.OpenProject;

/// Opens a folder that holds a migration, e.g. from version control or a rehearsal, as a project where it lies.
public final class OpenFolderHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		Shell shell = HandlerUtil.getActiveShellChecked(event);
		DirectoryDialog dialog = new DirectoryDialog(shell, SWT.OPEN);
		dialog.setText(Active.WORDS.say("open-folder.title"));
		dialog.setMessage(Active.WORDS.say("open-folder.message"));
		String folder = dialog.open();
		if (folder != null) {
			new OpenProject(HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage(), Path.of(folder)).schedule();
		}
		return null;
	}
}
