package hikkoshi.ui.inventory.passwords;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.EnumMap;
import java.util.Map;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.IImportWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.PasswordImport;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.MigrationNature;
import hikkoshi.workspace.Migrations;

/// Import passwords: from a table outside the project straight into secure storage. The file is read where it lies and never copied; nothing of a
/// password is shown or written elsewhere.
public final class PasswordsImportWizard extends Wizard implements IImportWizard {
	private final Phrases words = Words.of(PasswordsImportWizard.class);
	private @Nullable Vault vault;
	private @Nullable PasswordsPage page;
	private String file = "";

	/// With the platform's secure storage.
	public PasswordsImportWizard() {}

	/// @param vault where the passwords go
	public PasswordsImportWizard(Vault vault) {
		this.vault = vault;
	}

	/// Begins with a file.
	public void begin(String path) {
		file = path;
		if (page != null) {
			page.begin(path);
		}
	}

	@Override
	public void init(IWorkbench bench, IStructuredSelection selection) {
		setWindowTitle(words.say("passwords.window"));
		setNeedsProgressMonitor(true);
		IProject chosen = selection.getFirstElement() == null ? null : Adapters.adapt(selection.getFirstElement(), IProject.class);
		IWorkbenchWindow window = bench.getActiveWorkbenchWindow();
		IProject project = chosen != null && MigrationNature.isOn(chosen) ? chosen : window == null ? null : ActiveMigration.of(window.getActivePage());
		if (vault == null && bench.getService(Secrets.class) instanceof Vault platform) {
			vault = platform;
		}
		if (vault != null) {
			page = new PasswordsPage(project, vault, bench.getService(Migrations.class), words);
			page.begin(file);
		}
	}

	@Override
	public void addPages() {
		if (page == null) {
			MessageDialog.openError(getShell(), words.say("passwords.window"), words.say("passwords.no-vault"));
		} else {
			addPage(page);
		}
	}

	@Override
	public boolean performFinish() {
		PasswordPlan plan = page == null ? null : page.plan();
		if (plan == null) {
			return false;
		}
		Map<PasswordImport.Outcome, Integer> counts = new EnumMap<>(PasswordImport.Outcome.class);
		try {
			getContainer().run(true, true, monitor -> {
				try {
					counts.putAll(plan.store(monitor, words.say("passwords.storing")));
				} catch (IOException e) {
					throw new InvocationTargetException(e);
				}
			});
		} catch (InvocationTargetException e) {
			MessageDialog.openError(getShell(), words.say("passwords.window"), e.getTargetException() instanceof SecretException refused
					? words.say(refused.reason()) + words.remedy(refused.reason()).map(remedy -> "\n" + remedy).orElse("") : Ui.message(e.getTargetException()));
			return false;
		} catch (InterruptedException e) {
			return false;
		}
		MessageDialog.openInformation(getShell(), words.say("passwords.window"),
				words.say("passwords.done", PasswordsPage.numbers(counts, plan.refused())) + "\n\n" + words.say("passwords.delete"));
		return true;
	}
}
