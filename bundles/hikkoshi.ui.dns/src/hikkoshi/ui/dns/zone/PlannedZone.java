package hikkoshi.ui.dns.zone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.IDE;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.ZoneFile;
import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.dns.LookupJob;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// Opens the planned zone of a domain; where there is none yet, begins one with what is live now. UI thread; DNS is asked in a job that can be cancelled.
final class PlannedZone {
	private final IWorkbenchPage page;
	private final Phrases words = Words.of(PlannedZone.class);

	PlannedZone(IWorkbenchPage page) {
		this.page = page;
	}

	void open(IProject project, Domain domain) {
		IFile file = project.getFile(ZoneFile.place(domain.name()));
		if (file.exists()) {
			show(file);
			return;
		}
		var window = page.getWorkbenchWindow();
		Shell shell = window.getShell();
		ZoneQuestion question = new ZoneQuestion(project, domain.name(), window.getService(Zones.class), window.getService(Migrations.class),
				window.getService(EvidenceLogs.class), words);
		LookupJob job = new LookupJob(words.say("zone.beginning", domain.name().unicode()), () -> write(file, question.first().text(Instant.now(), words::say)),
				failure -> Ui.later(shell, () -> end(file, failure)));
		job.schedule();
	}

	private void end(IFile file, @Nullable Exception failure) {
		if (failure == null) {
			show(file);
		} else if (!(failure instanceof InterruptedException)) {
			MessageDialog.openError(page.getWorkbenchWindow().getShell(), words.say("zone.planned"), Ui.message(failure));
		}
	}

	private static void write(IFile file, String text) throws IOException {
		try {
			if (file.getParent() instanceof IFolder zones && !zones.exists()) {
				zones.create(true, true, null);
			}
			file.create(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), true, null);
		} catch (CoreException e) {
			throw new IOException(e.getMessage(), e);
		}
	}

	private void show(IFile file) {
		try {
			IDE.openEditor(page, file, ZoneEditor.ID, true);
		} catch (PartInitException e) {
			MessageDialog.openError(page.getWorkbenchWindow().getShell(), words.say("zone.planned"), Ui.message(e));
		}
	}
}
