package hikkoshi.ui.inventory.exporting;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.IExportWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.roster.RosterExport;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.MigrationNature;

/// Export mailboxes: our own CSV, imapsync's, Exchange's batch. Passwords only when asked, after a warning, into a new file that only its owner may
/// read.
public final class ExportWizard extends Wizard implements IExportWizard {
	private final Phrases words = words();
	private @Nullable Secrets vault;
	private @Nullable ExportPage page;

	private static Phrases words() {
		Phrases plain = Words.of(ExportWizard.class);
		return plain.with(Phrases.bundle(RosterExport.class, plain.locale())).with(Phrases.bundle(ExportWizard.class, plain.locale()));
	}

	/// With the platform's secure storage.
	public ExportWizard() {}

	/// @param vault where the passwords are
	public ExportWizard(Secrets vault) {
		this.vault = vault;
	}

	@Override
	public void init(IWorkbench bench, IStructuredSelection selection) {
		setWindowTitle(words.say("export.window"));
		setNeedsProgressMonitor(true);
		IProject chosen = selection.getFirstElement() == null ? null : Adapters.adapt(selection.getFirstElement(), IProject.class);
		IWorkbenchWindow window = bench.getActiveWorkbenchWindow();
		if (vault == null) {
			vault = bench.getService(Secrets.class);
		}
		page = new ExportPage(chosen != null && MigrationNature.isOn(chosen) ? chosen : window == null ? null : ActiveMigration.of(window.getActivePage()),
				vault != null, words);
	}

	@Override
	public void addPages() {
		if (page != null) {
			addPage(page);
		}
	}

	@Override
	public boolean performFinish() {
		RosterOut out = page == null ? null : page.out();
		if (page == null || out == null) {
			return false;
		}
		Path file = page.file();
		boolean withPasswords = page.withPasswords();
		Secrets from = vault == null ? Secrets.none() : vault;
		if (withPasswords && !MessageDialog.openConfirm(getShell(), words.say("export.window"), words.say("export.passwords.ask", file))) {
			return false;
		}
		RosterExport.Written[] written = new RosterExport.Written[1];
		try {
			getContainer().run(true, false, monitor -> {
				monitor.beginTask(words.say("export.writing"), -1);
				try {
					written[0] = out.write(file, withPasswords, from);
				} catch (IOException e) {
					throw new InvocationTargetException(e);
				}
			});
		} catch (InvocationTargetException e) {
			MessageDialog.openError(getShell(), words.say("export.window"),
					e.getTargetException() instanceof FileAlreadyExistsException ? words.say("export.exists") : Ui.message(e.getTargetException()));
			return false;
		} catch (InterruptedException e) {
			return false;
		}
		String remarks = written[0].remarks().stream().map(words::say).collect(Collectors.joining("\n"));
		MessageDialog.openInformation(getShell(), words.say("export.window"),
				words.say("export.written", written[0].rows(), file) + (remarks.isEmpty() ? "" : "\n\n" + remarks));
		return true;
	}
}
