package hikkoshi.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi audit`: judges the mail set-up of the project's domains, check by check, and keeps the evidence.
@Command(name = "audit")
final class AuditCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private DomainsOption domains = new DomainsOption();

	@Option(names = "--check", paramLabel = "CHECK", descriptionKey = "audit.check")
	private @Nullable String check;

	@Option(names = "--all", descriptionKey = "audit.all")
	private boolean all;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	AuditCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		List<ProbeTask<?>> tasks = tasks(migration, open.leaves(), words);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			EvidenceRun run = new EvidenceRun(terminal, words);
			ProbeRun.Summary summary = run.run(open.files(), migration, tasks, Secrets.none(), log);
			List<Evidence> shown = run.found().stream().filter(evidence -> all || evidence.outcome() != Outcome.PASS).toList();
			if (json) {
				shown.forEach(evidence -> terminal.line(Json.evidence(evidence, words)));
			} else {
				shown.forEach(evidence -> EvidenceLines.printWithRemedy(evidence.outcome(), evidence.probe(), evidence.reason(), words, terminal));
				terminal.line(EvidenceLines.summary(summary, words));
				terminal.line(words.say("audit.questions", run.questions()));
			}
			return ExitCode.of(summary.worst()).code();
		}
	}

	private List<ProbeTask<?>> tasks(Migration migration, List<ProbeSet> leaves, Phrases words) throws CommandFailure {
		return domains.tasks(migration, checks(leaves, words), words);
	}

	private List<Probe<?>> checks(List<ProbeSet> leaves, Phrases words) throws CommandFailure {
		List<Probe<?>> checks = leaves.stream().flatMap(leaf -> leaf.probes().stream()).filter(ProbeSet::isAudit).toList();
		if (check == null) {
			return checks;
		}
		// only * means something: ids hold no other letters of a pattern
		String pattern = Arrays.stream((check.startsWith(ProbeSet.AUDIT) ? check : ProbeSet.AUDIT + check).split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		List<Probe<?>> chosen = checks.stream().filter(probe -> probe.id().matches(pattern)).toList();
		if (chosen.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE, words.say("audit.no-check", check, checks.stream().map(Probe::id).collect(Collectors.joining(", "))));
		}
		return chosen;
	}
}
