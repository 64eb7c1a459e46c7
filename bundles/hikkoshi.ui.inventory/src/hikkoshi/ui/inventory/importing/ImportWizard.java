package hikkoshi.ui.inventory.importing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IImportWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.format.roster.Sheet;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.inventory.fixes.OpenTexts;
import hikkoshi.workspace.MigrationNature;

/// Import mailboxes: the file, what it would change, the summary; then one edit of the open documents or the files. Passwords of the file go into
/// secure storage when asked, and nowhere else.
public final class ImportWizard extends Wizard implements IImportWizard {
	private final Phrases words = words();
	private final ImportModel model = new ImportModel(words.say("import.busy"));
	private final FilePage file = new FilePage(model, words);
	private final SummaryPage summary = new SummaryPage(model, words);
	private @Nullable IWorkbench workbench;
	private String path = "";

	private static Phrases words() {
		Phrases plain = Words.of(ImportWizard.class);
		return plain.with(Phrases.bundle(Sheet.class, plain.locale())).with(Phrases.bundle(ImportWizard.class, plain.locale()));
	}

	@Override
	public void init(IWorkbench bench, IStructuredSelection selection) {
		workbench = bench;
		setWindowTitle(words.say("import.window"));
		setNeedsProgressMonitor(true);
		IProject chosen = selection.getFirstElement() == null ? null : Adapters.adapt(selection.getFirstElement(), IProject.class);
		IWorkbenchWindow window = bench.getActiveWorkbenchWindow();
		model.project(chosen != null && MigrationNature.isOn(chosen) ? chosen : window == null ? null : ActiveMigration.of(window.getActivePage()));
	}

	/// Begins with a file, e.g. one that was dropped.
	public void begin(String with) {
		path = with;
	}

	@Override
	public void addPages() {
		addPage(file);
		addPage(new RowsPage(model, words));
		addPage(summary);
	}

	@Override
	public void createPageControls(Composite parent) {
		model.start(parent);
		super.createPageControls(parent);
		if (!path.isEmpty()) {
			file.choose(path);
		}
	}

	@Override
	public boolean performFinish() {
		ImportModel.Loaded loaded = Objects.requireNonNull(model.loaded());
		IProject project = Objects.requireNonNull(model.project());
		boolean keep = summary.keepsPasswords();
		RosterImport.Edits[] edits = new RosterImport.Edits[1];
		try {
			getContainer().run(true, true, monitor -> {
				edits[0] = loaded.plan().edits();
				if (keep) {
					keep(loaded, monitor);
				}
			});
		} catch (InvocationTargetException e) {
			return failed(Ui.message(e.getTargetException()));
		} catch (InterruptedException e) {
			return false;
		}
		List<String> changed = new OpenTexts(project).apply(loaded.texts(), edits(edits[0]), words.say("import.job"));
		if (!changed.isEmpty()) {
			return failed(words.say("import.changed", String.join(", ", changed)));
		}
		return true;
	}

	private static Map<String, List<TextEdit>> edits(RosterImport.Edits edits) {
		return Map.of(MigrationProject.MIGRATION_FILE, edits.migration(), MigrationProject.MAILBOXES_FILE, edits.mailboxes());
	}

	/// Each password to its account. A cancel keeps those that are stored already, and writes no file.
	private void keep(ImportModel.Loaded loaded, IProgressMonitor monitor) throws InvocationTargetException, InterruptedException {
		List<RosterImport.FoundPassword> found = loaded.plan().passwords();
		SubMonitor progress = SubMonitor.convert(monitor, words.say("import.keeping"), found.size());
		Secrets vault = MigrationYaml.parse(loaded.texts().getOrDefault(MigrationProject.MIGRATION_FILE, ""), MigrationProject.MIGRATION_FILE).value()
				.<Secrets>map(yaml -> new ServerNameVault(yaml.migration(), Objects.requireNonNull(workbench).getService(Secrets.class))).orElse(Secrets.none());
		try {
			for (RosterImport.FoundPassword one : found) {
				if (monitor.isCanceled()) {
					throw new InterruptedException();
				}
				vault.store(one.credential(), one.secret());
				progress.worked(1);
			}
		} catch (IOException e) {
			throw new InvocationTargetException(e);
		}
	}

	private boolean failed(String why) {
		MessageDialog.openError(getShell(), words.say("import.window"), why);
		return false;
	}

	@Override
	public void dispose() {
		model.close();
		super.dispose();
	}
}
