package hikkoshi.ui.checklist;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.gate.Signature;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// Asks a person for their word and keeps it. The gates are judged once more right before it is written: what was on the screen may be old.
final class Signing {
	private final StepsPage page;
	private final Phrases words;

	Signing(StepsPage page, Phrases words) {
		this.page = page;
		this.words = words;
	}

	private Shell shell() {
		return page.getSite().getShell();
	}

	void signOff(@Nullable StepState step) {
		if (step != null) {
			SignDialog dialog = SignDialog.signOff(shell(), words, step.step().title());
			if (dialog.open() == Window.OK) {
				keep(step, now -> now.maySignOff() ? Optional.of(Signature.signOff(now, dialog.name(), Instant.now())) : Optional.empty());
			}
		}
	}

	void override(@Nullable StepState step) {
		if (step != null) {
			SignDialog dialog = SignDialog.override(shell(), words, step.step().title());
			if (dialog.open() == Window.OK) {
				keep(step, now -> Optional.of(Signature.override(now, dialog.name(), dialog.reason(), Instant.now())));
			}
		}
	}

	@FunctionalInterface
	private interface Word {
		/// @return empty when the gates do not allow it any more
		Optional<Evidence> about(StepState now);
	}

	private void keep(StepState step, Word word) {
		IProject project = page.project();
		Migrations migrations = page.service(Migrations.class);
		EvidenceLogs logs = page.service(EvidenceLogs.class);
		Shell shell = shell();
		Ui.load(shell, words.say("sign.title"), () -> {
			Optional<Evidence> said = again(step, migrations.load(project), logs.open(project)).flatMap(word::about);
			if (said.isPresent()) {
				logs.append(project, List.of(said.get()));
			}
			return said.isPresent();
		}, kept -> {
			if (!kept) {
				MessageDialog.openWarning(shell, words.say("sign.title"), words.say("sign.shut"));
			}
			page.judge();
		}, failure -> MessageDialog.openError(shell, words.say("sign.title"), words.say("sign.failed", Ui.message(failure))));
	}

	private static Optional<StepState> again(StepState step, MigrationProject project, EvidenceLog log) throws IOException {
		if (project.migration().isEmpty() || project.checklist().isEmpty()) {
			return Optional.empty();
		}
		return ChecklistState.of(project.checklist().get(), project.migration().get(), step.target().wave(), log, Instant.now())
				.step(step.step().key());
	}
}
