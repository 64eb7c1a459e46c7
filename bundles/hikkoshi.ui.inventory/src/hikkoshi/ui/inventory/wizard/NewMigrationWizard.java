package hikkoshi.ui.inventory.wizard;

import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.actions.WorkspaceModifyOperation;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationTemplate;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.MigrationNature;

/// New Migration: asks for the two servers and the domains, writes the three files, opens the editor.
public final class NewMigrationWizard extends Wizard implements INewWizard {
	private final Phrases words = Words.of(NewMigrationWizard.class);
	private final MigrationPage page = new MigrationPage(words);
	private @Nullable IWorkbenchPage workbenchPage;

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		workbenchPage = workbench.getActiveWorkbenchWindow().getActivePage();
		setWindowTitle(words.say("wizard.window"));
		setNeedsProgressMonitor(true);
	}

	@Override
	public void addPages() {
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		MigrationDraft draft = page.draft().orElseThrow();
		try {
			getContainer().run(true, false, new WorkspaceModifyOperation() {
				@Override
				protected void execute(IProgressMonitor monitor) throws CoreException {
					create(draft, monitor);
				}
			});
			return true;
		} catch (InvocationTargetException e) {
			MessageDialog.openError(getShell(), words.say("wizard.window"),
					words.say("wizard.failed", draft.name(), Ui.message(e.getTargetException())));
			return false;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void create(MigrationDraft draft, IProgressMonitor monitor) throws CoreException {
		SubMonitor progress = SubMonitor.convert(monitor, 4);
		IProject project = MigrationNature.create(draft.name(), null, progress.split(1));
		write(project, MigrationProject.MAILBOXES_FILE, MigrationTemplate.mailboxes(), progress.split(1));
		write(project, MigrationProject.CHECKLIST_FILE, draft.checklist(words.locale()), progress.split(1));
		write(project, MigrationProject.MIGRATION_FILE, draft.yaml(words.locale()), progress.split(1));
		if (workbenchPage != null) {
			OpenProject.edit(workbenchPage, project);
		}
	}

	private static void write(IProject project, String name, String text, IProgressMonitor monitor) throws CoreException {
		IFile file = project.getFile(name);
		file.write(text.getBytes(StandardCharsets.UTF_8), true, false, false, monitor);
	}
}
