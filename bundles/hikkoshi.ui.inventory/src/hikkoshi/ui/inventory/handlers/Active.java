package hikkoshi.ui.inventory.handlers;

import java.util.function.Predicate;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.Words;
import hikkoshi.ui.evidence.EvidencePart;
import hikkoshi.ui.probe.ProbeStart;

/// What the handlers share: the migration that a command means, and the start of a run with the Evidence view in sight.
final class Active {
	static final Phrases WORDS = Words.of(Active.class);

	private Active() {}

	/// The active migration; tells the person when there is none.
	static @Nullable IProject migration(ExecutionEvent event) throws ExecutionException {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
		IProject project = ActiveMigration.of(window.getActivePage());
		if (project == null) {
			MessageDialog.openInformation(window.getShell(), WORDS.say("command.title"), WORDS.say("migration.none"));
		}
		return project;
	}

	static void probe(ExecutionEvent event, Predicate<Probe<?>> probes, Predicate<Target> targets) throws ExecutionException {
		IProject project = migration(event);
		if (project != null) {
			IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
			try {
				window.getActivePage().showView(EvidencePart.ID, null, IWorkbenchPage.VIEW_VISIBLE);
			} catch (PartInitException e) {
				throw new ExecutionException(e.getMessage(), e);
			}
			new ProbeStart(window.getShell(), window, project, probes, targets).go();
		}
	}
}
