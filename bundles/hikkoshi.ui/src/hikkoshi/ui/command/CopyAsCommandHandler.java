package hikkoshi.ui.command;

import java.util.List;
import java.util.Optional;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.command.Tool;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.TargetRow;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;

/// Copies how another program would ask what Hikkoshi asks of the selected servers, mailboxes or accounts. Never with a password.
public final class CopyAsCommandHandler extends AbstractHandler {
	/// Of the command.
	public static final String TOOL = "hikkoshi.ui.copy-as-command.tool";

	@Override
	public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
		Phrases words = Words.of(CopyAsCommandHandler.class, window);
		Tool tool = Optional.ofNullable(event.getParameter(TOOL)).flatMap(Tool::of).orElse(Tool.OPENSSL);
		List<Target> chosen = TargetRow.targets(HandlerUtil.getCurrentStructuredSelection(event));
		IProject project = ActiveMigration.of(window.getActivePage());
		if (project == null || chosen.isEmpty()) {
			MessageDialog.openInformation(window.getShell(), words.say("command.title"), words.say("command.select"));
		} else {
			Ui.load(window.getShell(), words.say("command.title"), () -> new CommandText(project, window, words).of(tool, chosen), text -> {
				if (text.isEmpty()) {
					MessageDialog.openInformation(window.getShell(), words.say("command.title"), words.say("command.none", tool.token()));
				} else {
					Ui.copy(window.getShell().getDisplay(), text);
				}
			});
		}
		return null;
	}
}
