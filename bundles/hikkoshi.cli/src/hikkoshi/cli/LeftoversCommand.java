package hikkoshi.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.Leftover;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi leftovers`: which records of the project's domains still lead to the old server, and what each should become. Keeps the evidence, so that a
/// gate may rest on it.
@Command(name = "leftovers")
final class LeftoversCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private DomainsOption domains = new DomainsOption();

	@Option(names = "--end", descriptionKey = "leftovers.end-option")
	private boolean end;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	LeftoversCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		List<Probe<?>> checks = new ArrayList<>();
		ProbeSet.named(Leftover.CUTOVER_CHECK, open.leaves()).ifPresent(checks::add);
		ProbeSet.named(Leftover.END_CHECK, open.leaves()).ifPresent(checks::add);
		List<ProbeTask<?>> tasks = domains.tasks(migration, checks, words);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			EvidenceRun run = new EvidenceRun(terminal, words);
			run.run(open.files(), migration, tasks, Secrets.none(), log);
			List<Evidence> found = run.found();
			if (json) {
				found.forEach(evidence -> terminal.line(Json.evidence(evidence, words)));
			} else {
				print(found, words);
			}
			// what must stay until the end is no fault before it
			return ExitCode.of(found.stream().filter(evidence -> end || evidence.probe().equals(Leftover.CUTOVER_CHECK)).map(Evidence::outcome)
					.reduce(Outcome.PASS, Outcome::worst)).code();
		}
	}

	private void print(List<Evidence> found, Phrases words) {
		found.stream().filter(evidence -> evidence.outcome() == Outcome.UNKNOWN)
				.forEach(evidence -> EvidenceLines.printWithRemedy(evidence.outcome(), evidence.probe(), evidence.reason(), words, terminal));
		for (Leftover.When when : Leftover.When.values()) {
			List<Leftover> rows = found.stream().flatMap(evidence -> Leftover.of(evidence.facts()).stream()).filter(row -> row.when() == when).sorted().toList();
			terminal.line(words.say(rows.isEmpty() ? "leftovers.none-" + when.token() : "leftovers.head-" + when.token(), rows.size()));
			Columns columns = new Columns();
			for (Leftover row : rows) {
				columns.row("  " + row.name(), row.type(), row.data(), "← " + row.leads(), change(row, words));
			}
			columns.lines().forEach(terminal::line);
		}
	}

	private static String change(Leftover row, Phrases words) {
		return switch (row.change()) {
			case "" -> words.say("leftovers.remove");
			case Leftover.FOLLOWS -> words.say("leftovers.follows");
			case Leftover.OPEN -> words.say("leftovers.open");
			default -> "→ " + row.change();
		};
	}
}
