package hikkoshi.ui.mailbox.sheets;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.ui.services.IServiceLocator;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.sheet.SetupPlan;
import hikkoshi.core.sheet.SheetBatch;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// What the sheets are made of, read once: the same as `hikkoshi sheets` reads. Immutable; its methods block.
///
/// @param evidence of one moment, so that what is warned about is what is written
/// @param folder where sheets go unless somebody says otherwise
record SheetsModel(Migration migration, Snapshot evidence, Path folder) {
	/// Which mailboxes get a sheet.
	///
	/// @param wave null for those of every wave
	/// @param only addresses; empty for all
	record Choice(@Nullable String wave, Set<EmailAddress> only) {
		Choice {
			only = Set.copyOf(only);
		}

		boolean has(Mailbox mailbox) {
			return (wave == null || wave.equals(mailbox.wave())) && (only.isEmpty() || only.contains(mailbox.address()));
		}
	}

	/// @throws IOException when the files cannot be read as a migration, with a sentence
	static SheetsModel read(IServiceLocator services, IProject project, Phrases words) throws IOException {
		Migration migration = services.getService(Migrations.class).load(project).migration().orElseThrow(() -> new IOException(words.say("sheets.faulty", project.getName())));
		return new SheetsModel(migration, new Snapshot(services.getService(EvidenceLogs.class).open(project)),
				Migrations.folder(project).resolve("sheets"));
	}

	List<Mailbox> mailboxes(Choice choice) {
		return migration.mailboxes().stream().filter(choice::has).toList();
	}

	/// What the technician should know before the sheets go out.
	List<Reason> remarks(Choice choice) {
		SetupPlan plan = new SetupPlan(migration, evidence, Instant.now());
		mailboxes(choice).forEach(plan::of);
		return plan.remarks();
	}

	/// @param printer null where nobody asks for PDF
	/// @throws InterruptedException when it was cancelled; the sheets written so far are whole
	SheetBatch.Written write(Choice choice, SheetBatch.Options options, @Nullable DocumentPrinter printer, Path folder, IProgressMonitor monitor, String task)
			throws IOException, InterruptedException {
		List<Mailbox> mailboxes = mailboxes(choice);
		monitor.beginTask(task, mailboxes.size());
		try {
			return new SheetBatch(new SetupPlan(migration, evidence, Instant.now()), options, printer, folder).write(mailboxes, address -> {
				monitor.worked(1);
				monitor.subTask(address.toString());
				if (monitor.isCanceled()) {
					// the batch looks between two mailboxes
					Thread.currentThread().interrupt();
				}
			});
		} finally {
			// the thread is the wizard's: it gets it back without our interrupt
			Thread.interrupted();
		}
	}
}
