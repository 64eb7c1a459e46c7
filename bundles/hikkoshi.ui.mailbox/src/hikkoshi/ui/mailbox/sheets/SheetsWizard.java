package hikkoshi.ui.mailbox.sheets;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Set;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.services.IServiceLocator;

import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.sheet.SheetBatch;
import hikkoshi.core.sheet.SheetFormat;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;

/// Set-up sheets for the owners of mailboxes, as `hikkoshi sheets` writes them. Each file is whole or not there, also when it is cancelled.
public final class SheetsWizard extends Wizard {
	private final IServiceLocator services;
	private final IProject project;
	private final Phrases words;
	private final SheetsPage page;

	/// @param selected addresses to begin with; empty for all
	public SheetsWizard(IServiceLocator services, IProject project, Set<EmailAddress> selected) {
		this.services = services;
		this.project = project;
		words = Words.of(SheetsWizard.class, services);
		page = new SheetsPage(services, project, selected, words);
		setWindowTitle(words.say("sheets.window"));
		setNeedsProgressMonitor(true);
	}

	@Override
	public void addPages() {
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		SheetsModel model = page.model();
		Path folder = page.folder();
		if (model == null || folder == null) {
			return false;
		}
		SheetsModel.Choice choice = page.choice();
		SheetBatch.Options options = page.options();
		DocumentPrinter printer = options.formats().contains(SheetFormat.PDF) ? services.getService(DocumentPrinter.class) : null;
		SheetBatch.Written[] written = new SheetBatch.Written[1];
		try {
			getContainer().run(true, true, monitor -> {
				try {
					written[0] = model.write(choice, options, printer, folder, monitor, words.say("sheets.writing"));
				} catch (IOException e) {
					throw new InvocationTargetException(e);
				}
			});
		} catch (InvocationTargetException e) {
			MessageDialog.openError(getShell(), words.say("sheets.window"),
					e.getTargetException() instanceof DocumentPrinter.NoFontException font ? words.say("sheets.no-font", String.valueOf(font.getMessage())) : Ui.message(e.getTargetException()));
			return false;
		} catch (InterruptedException e) {
			MessageDialog.openInformation(getShell(), words.say("sheets.window"), words.say("sheets.cancelled", folder));
			return false;
		}
		refresh();
		String remarks = written[0].remarks().isEmpty() ? "" : "\n\n" + words.say("sheets.warned", written[0].remarks().size());
		MessageDialog.openInformation(getShell(), words.say("sheets.window"), words.say("sheets.written", written[0].files(), written[0].mailboxes(), folder) + remarks);
		return true;
	}

	/// The folder may lie in the project.
	private void refresh() {
		try {
			project.refreshLocal(IResource.DEPTH_INFINITE, null);
		} catch (CoreException e) {
			ILog.get().log(e.getStatus());
		}
	}
}
