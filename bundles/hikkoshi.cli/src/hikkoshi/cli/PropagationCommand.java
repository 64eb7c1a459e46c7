package hikkoshi.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Headline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi propagation`: asks every authoritative server and resolver for the watched records, keeps the evidence, and says who still answers old and until when
/// at most; once, or again and again until that is over.
@Command(name = "propagation")
final class PropagationCommand implements Callable<Integer> {
	/// What a repeated watch waits for.
	enum Until {
		/// No honest cache can hold the old answer.
		DEADLINE,
		/// Besides, no resolver that is watched gives it.
		ALL_NEW;

		/// As people write it.
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
	}

	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private DomainsOption domains = new DomainsOption();

	@Option(names = "--watch", paramLabel = "INTERVAL", descriptionKey = "propagation.watch")
	private @Nullable String interval;

	@Option(names = "--until", paramLabel = "END", descriptionKey = "propagation.until")
	private Until until = Until.DEADLINE;

	@Option(names = "--no-ask", descriptionKey = "propagation.no-ask")
	private boolean noAsk;

	@Option(names = "--all", descriptionKey = "propagation.all")
	private boolean all;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	PropagationCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		@Nullable Duration pause = interval == null ? null : Moments.length(interval, words);
		List<Probe<?>> probes = ProbeSet.named(WatchTable.PROBE, open.leaves()).map(List::<Probe<?>>of).orElse(List.of());
		List<ProbeTask<?>> tasks = domains.tasks(migration, probes, words);
		List<Domain> watched = tasks.stream().map(ProbeTask::target).map(Domain.class::cast).toList();
		Map<Domain, List<RecordSet>> plans = PlannedZoneFiles.read(watched, project.folder(), face.services().zones(), words);
		PropagationLines lines = new PropagationLines(terminal, words, all);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			while (true) {
				long questions = noAsk ? 0 : ask(open.files(), migration, tasks, log, words);
				Instant now = Instant.now();
				List<Ledger> ledgers = watched.stream().map(domain -> Ledger.of(domain, migration, log, plans.get(domain), now)).toList();
				for (Ledger ledger : ledgers) {
					if (json) {
						terminal.line(PropagationLines.json(ledger, now, words));
					} else {
						lines.print(ledger, now);
					}
				}
				if (!json && !noAsk) {
					terminal.line(words.say("audit.questions", questions));
				}
				if (pause == null || noAsk || ledgers.stream().allMatch(ledger -> isOver(ledger, now))) {
					return ExitCode.of(ledgers.stream().map(ledger -> Headline.of(ledger, now).outcome()).reduce(Outcome.PASS, Outcome::worst)).code();
				}
				Thread.sleep(pause);
			}
		}
	}

	private long ask(MigrationProject loaded, Migration migration, List<ProbeTask<?>> tasks, EvidenceLog log, Phrases words) throws IOException, InterruptedException {
		EvidenceRun run = new EvidenceRun(terminal, words);
		run.run(loaded, migration, tasks, Secrets.none(), log);
		return run.questions();
	}

	/// Whoever waits has seen something begin: a domain in which nothing is known to change is not over.
	private boolean isOver(Ledger ledger, Instant now) {
		return ledger.deadline() instanceof Deadline.Known known && known.hasPassed(now) && (until == Until.DEADLINE || ledger.late().isEmpty());
	}
}
