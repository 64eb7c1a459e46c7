package hikkoshi.ui.mailbox.handlers;

import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.TargetRow;
import hikkoshi.ui.Words;
import hikkoshi.ui.mailbox.sheets.SheetsWizard;

/// Opens the set-up sheets of the active migration, for the selected mailboxes where there are some.
public final class SheetsHandler extends AbstractHandler {
	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
		IProject project = ActiveMigration.of(window.getActivePage());
		if (project == null) {
			Phrases words = Words.of(SheetsWizard.class, window);
			MessageDialog.openInformation(window.getShell(), words.say("sheets.window"), words.say("migration.none"));
			return null;
		}
		Set<EmailAddress> selected = TargetRow.targets(HandlerUtil.getCurrentStructuredSelection(event)).stream().filter(Mailbox.class::isInstance)
				.map(target -> ((Mailbox) target).address()).collect(Collectors.toSet());
		new WizardDialog(window.getShell(), new SheetsWizard(window, project, selected)).open();
		return null;
	}
}
