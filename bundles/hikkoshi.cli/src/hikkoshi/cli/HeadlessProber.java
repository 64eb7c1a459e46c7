package hikkoshi.cli;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.Lasting;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Prober;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;

/// Runs probes headless for engines of core: what they find goes into the project's log, progress to the terminal.
record HeadlessProber(Terminal terminal, Phrases words, MigrationProject project, Migration migration, Secrets secrets, EvidenceLog log) implements Prober {
	@Override
	public List<Evidence> ask(List<ProbeTask<?>> tasks) throws IOException, InterruptedException {
		EvidenceRun run = new EvidenceRun(terminal, words);
		run.run(project, migration, tasks, secrets, log);
		return run.found();
	}

	@Override
	public List<Evidence> ask(List<ProbeTask<?>> tasks, Lasting lasting) throws IOException, InterruptedException {
		EvidenceRun run = new EvidenceRun(terminal, words);
		run.run(project, migration, tasks, secrets, log, lasting);
		return run.found();
	}
}
