package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.probe.Reasons;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.ProbeJob;

/// The whole way from the command to evidence, with the real probes, on a port that refuses.
class ProbeTest {
	private Project project;

	@BeforeEach
	void create() throws Exception {
		project = Project.create();
	}

	@AfterEach
	void delete() throws Exception {
		Windows.closeDialogs();
		project.close();
	}

	@Test
	void probingAsksOnceForPasswordsAndKeepsEvidence() throws Exception {
		project.select();
		Pump.Modal dialog = Pump.whenOpen("Passwords", shell -> Windows.press(shell, "Start"));
		probe();
		dialog.done();
		Pump.until("evidence of both sides", () -> latest().size() == 2);
		assertThat(latest()).extracting(sighting -> sighting.evidence().probe()).containsOnly("imap.login");
		assertThat(latest()).extracting(sighting -> sighting.evidence().reason().id()).containsAnyOf(Reasons.REFUSED, Reasons.NO_SECRET);
		Pump.until("the run is over", () -> runs() == 0);
	}

	@Test
	void cancellingTheDialogStartsNothing() throws Exception {
		project.select();
		Pump.Modal dialog = Pump.whenOpen("Passwords", shell -> Windows.press(shell, "Cancel"));
		probe();
		dialog.done();
		Pump.all();
		assertThat(runs()).isZero();
		assertThat(latest()).isEmpty();
	}

	private void probe() throws Exception {
		Windows.page().getWorkbenchWindow().getService(IHandlerService.class).executeCommand("hikkoshi.ui.inventory.probe-accounts", null);
	}

	private List<Sighting> latest() {
		try {
			return Project.logs().open(project.project()).latest();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private long runs() {
		return Arrays.stream(Job.getJobManager().find(project.project())).filter(ProbeJob.class::isInstance).count();
	}
}
