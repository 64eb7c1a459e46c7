package hikkoshi.ui.inventory.editor;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.text.IDocument;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.statushandlers.StatusManager;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.overview.NextStep;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;

/// The editor of `migration.yaml`: a form and the text(). The document's text is the only truth; a change in the form is an edit of the
/// text, so undo, dirty, save and comments come from the text editor.
public final class MigrationEditor extends SourceEditor {
	public static final String ID = "hikkoshi.ui.inventory.editor";

	private @Nullable Phrases words;
	private @Nullable MigrationText text;

	@Override
	public void init(IEditorSite site, IEditorInput input) throws PartInitException {
		super.init(site, input);
		IResource file = Adapters.adapt(input, IResource.class);
		setPartName(file == null ? input.getName() : words().say("editor.part", file.getProject().getName(), input.getName()));
	}

	@Override
	protected void addPages() {
		try {
			int index = addPage(text(), getEditorInput());
			setPageText(index, words().say("editor.source"));
			IDocument document = text().getDocumentProvider().getDocument(getEditorInput());
			MigrationText mine = new MigrationText(document, text());
			text = mine;
			addPage(0, new OverviewPage(this, mine, words()));
			addPage(1, new ServersPage(this, mine, words()));
			addPage(2, new WavesPage(this, mine, words()));
			setActivePage(0);
		} catch (PartInitException e) {
			StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW | StatusManager.LOG);
		}
	}

	/// The project the file is in; null for a file from elsewhere.
	@Nullable
	IProject project() {
		IResource file = Adapters.adapt(getEditorInput(), IResource.class);
		return file == null ? null : file.getProject();
	}

	/// The words of the pages and of every probe.
	Phrases words() {
		Phrases known = words;
		if (known == null) {
			known = Words.of(MigrationEditor.class, getSite());
			words = known;
		}
		return known;
	}

	/// The editor of a migration's `migration.yaml`, opened in the background when it is not.
	public static Optional<MigrationEditor> on(IWorkbenchPage page, IProject project) {
		try {
			return IDE.openEditor(page, project.getFile(MigrationProject.MIGRATION_FILE), ID, false) instanceof MigrationEditor editor
					? Optional.of(editor) : Optional.empty();
		} catch (PartInitException e) {
			StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW | StatusManager.LOG);
			return Optional.empty();
		}
	}

	/// What can be done with the servers of the text.
	public ServerVerbs verbs() {
		return new ServerVerbs(getSite().getShell(), Objects.requireNonNull(text), words());
	}

	/// Does something to the servers from outside the editor. What was saved before is saved after it; the editor's undo takes it back.
	public void change(Consumer<ServerVerbs> change) {
		boolean unsaved = isDirty();
		change.accept(verbs());
		if (!unsaved && isDirty()) {
			doSave(new NullProgressMonitor());
		}
	}

	/// Does the next step, or leads to where a person does it.
	void perform(NextStep.Action action) {
		IProject project = project();
		if (project == null) {
			return;
		}
		IHandlerService handlers = getSite().getService(IHandlerService.class);
		try {
			switch (action) {
				case NextStep.Action.Open(String file, int line) -> open(project.getFile(file), line);
				case NextStep.Action.ProbeLogins _ -> handlers.executeCommand("hikkoshi.ui.inventory.probe-accounts", null);
				case NextStep.Action.ProbeDns _ -> handlers.executeCommand("hikkoshi.ui.inventory.probe-dns", null);
				case NextStep.Action.OpenStep _ -> open(project.getFile(MigrationProject.CHECKLIST_FILE), 0);
				case NextStep.Action.PlanWaves _ -> setActivePage(WavesPage.ID);
				case NextStep.Action.Nothing _ -> {}
			}
		} catch (CoreException e) {
			StatusManager.getManager().handle(e.getStatus(), StatusManager.SHOW | StatusManager.LOG);
		} catch (CommandException e) {
			StatusManager.getManager().handle(Status.error(e.getMessage(), e), StatusManager.SHOW | StatusManager.LOG);
		}
	}

	private void open(IFile file, int line) throws CoreException {
		if (file.equals(Adapters.adapt(getEditorInput(), IFile.class))) {
			showSource();
		}
		IEditorPart opened = IDE.openEditor(getSite().getPage(), file, true);
		if (line > 0) {
			IMarker marker = file.createMarker(IMarker.TEXT);
			try {
				marker.setAttribute(IMarker.LINE_NUMBER, line);
				IDE.gotoMarker(opened, marker);
			} finally {
				marker.delete();
			}
		}
	}

	@Override
	protected void go(IMarker marker) {
		showSource();
		IDE.gotoMarker(text(), marker);
	}

	@Override
	public void dispose() {
		if (text != null) {
			text.close();
		}
		super.dispose();
	}
}
