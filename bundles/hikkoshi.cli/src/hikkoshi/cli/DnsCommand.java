package hikkoshi.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi dns`: without a name, the DNS probes of the project's domains; with a name, a free look-up that leaves no evidence.
@Command(name = "dns")
final class DnsCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Parameters(paramLabel = "NAME TYPE… @SERVER", arity = "0..*", descriptionKey = "question")
	private List<String> question = new ArrayList<>();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Mixin
	private LookupOptions lookup = new LookupOptions();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	DnsCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		return (question.isEmpty() ? probe(OpenProject.of(face, project)) : new FreeLookup(face, project, lookup, json, face.allWords()).run(question)).code();
	}

	private ExitCode probe(OpenProject open) throws IOException, InterruptedException, CommandFailure {
		Phrases words = open.words();
		Migration migration = open.migration();
		List<Probe<?>> probes = ProbeSet.lookingAt(Domain.class, open.leaves());
		List<ProbeTask<?>> tasks = Targets.of(migration).ofWaves(migration, wave.waves(migration, words)).tasks(probes);
		if (tasks.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("dns.nothing"));
		}
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			EvidenceRun run = new EvidenceRun(terminal, words);
			ProbeRun.Summary summary = run.run(open.files(), migration, tasks, Secrets.none(), log);
			if (json) {
				run.found().forEach(evidence -> terminal.line(Json.evidence(evidence, words)));
			} else {
				EvidenceLines.print(run.found(), words, terminal);
				terminal.line(EvidenceLines.summary(summary, words));
			}
			return ExitCode.of(summary.worst());
		}
	}
}
