package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.ProbeJob;

/// The main line as a person goes it: open a migration, probe its accounts, type the passwords, read the evidence. On servers that run.
class WholeLineTest {
	@TempDir
	Path folder;

	@Test
	void everyMailboxIsProvenOnBothSidesButTheOneThatWasForgotten() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("line"))) {
			Pump.Modal dialog = Pump.whenOpen("Passwords", shell -> enter(shell, world.play().secrets()));
			Windows.page().getWorkbenchWindow().getService(IHandlerService.class).executeCommand("hikkoshi.ui.inventory.probe-accounts", null);
			dialog.done();
			Pump.until("the run has begun", () -> runs(world.project()) > 0 || !latest(world.project()).isEmpty());
			Pump.until("the run is over", () -> runs(world.project()) == 0);
			List<Sighting> found = latest(world.project());
			String missing = world.play().missingMailbox();
			List<Sighting> bad = found.stream().filter(sighting -> sighting.evidence().outcome() != Outcome.PASS).toList();
			assertThat(bad).isNotEmpty().allMatch(sighting -> sighting.evidence().target().value().matches("(account|presence):new/.*")
					&& sighting.evidence().target().value().endsWith("/" + missing));
			assertThat(found).hasSizeGreaterThan(5 * bad.size());
			Windows.view("hikkoshi.ui.evidence", IViewPart.class);
			Windows.picture(Windows.shell(), "whole-line");
		}
	}

	/// Types the password of each account, row by row, for this run only.
	private static void enter(Shell shell, Secrets secrets) {
		Table table = Windows.find(shell, Table.class, one -> true);
		Text field = Windows.find(shell, Text.class, text -> (text.getStyle() & SWT.PASSWORD) != 0);
		for (int row = 0; row < table.getItemCount(); row++) {
			table.setSelection(row);
			table.notifyListeners(SWT.Selection, new Event());
			try (Secret secret = secrets.find((CredentialId) table.getItem(row).getData()).orElseThrow()) {
				field.setTextChars(secret.reveal());
			} catch (IOException e) {
				throw new AssertionError(e);
			}
		}
		Windows.click(Windows.find(shell, Button.class, button -> (button.getStyle() & SWT.CHECK) != 0));
		Windows.press(shell, "Start");
	}

	private static long runs(Project project) {
		return Arrays.stream(Job.getJobManager().find(project.project())).filter(ProbeJob.class::isInstance).count();
	}

	private static List<Sighting> latest(Project project) {
		try {
			return Project.logs().open(project.project()).latest();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}
}
