package hikkoshi.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import hikkoshi.core.arrival.Marks;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Lasting;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;

/// Runs probes headless: writes what they find into the project's log as it comes, and keeps a progress line alive. Used once.
final class EvidenceRun {
	private final Terminal terminal;
	private final Phrases words;
	private final List<Evidence> found = new ArrayList<>();
	private int worse;
	private long questions;

	EvidenceRun(Terminal terminal, Phrases words) {
		this.terminal = terminal;
		this.words = words;
	}

	/// @throws InterruptedException when cancelled; the person has been told then, and what had been found is in the log and in [#found]
	ProbeRun.Summary run(MigrationProject project, Migration migration, List<ProbeTask<?>> tasks, Secrets secrets, EvidenceLog log)
			throws IOException, InterruptedException {
		return run(project, migration, tasks, secrets, log, new FirstLook(log));
	}

	/// The same as one run of many.
	ProbeRun.Summary run(MigrationProject project, Migration migration, List<ProbeTask<?>> tasks, Secrets secrets, EvidenceLog log, Lasting lasting)
			throws IOException, InterruptedException {
		try {
			return ask(project, migration, tasks, secrets, log, lasting);
		} catch (InterruptedException e) {
			terminal.complain(words.say("probe.cancelled", found.size(), tasks.size()));
			throw e;
		}
	}

	private ProbeRun.Summary ask(MigrationProject project, Migration migration, List<ProbeTask<?>> tasks, Secrets secrets, EvidenceLog log, Lasting lasting)
			throws IOException, InterruptedException {
		try (RunMemo memo = new RunMemo()) {
			lasting.open(memo);
			EvidenceSink sink = lasting.before(log::appendAll);
			ProbeContext context =
					new ProbeContext(Clock.systemUTC(), secrets, migration.policy(), migration.dns(), project.anchors(), memo, migration.servers(), log);
			terminal.progress(words.say("probe.progress", 0, tasks.size(), 0));
			ProbeRun.Summary summary = new ProbeRun(tasks, context, batch -> {
				sink.accept(batch);
				found.addAll(batch);
				worse += (int) batch.stream().filter(e -> e.outcome() == Outcome.FAIL || e.outcome() == Outcome.UNKNOWN).count();
				terminal.progress(words.say("probe.progress", found.size(), tasks.size(), worse));
			}).call();
			questions = memo.counted(RunMemo.DNS_QUESTIONS);
			return summary;
		} finally {
			lasting.settle(log::appendAll);
			terminal.clearProgress();
		}
	}

	/// Nothing outlives such a run but its evidence.
	private record FirstLook(EvidenceLog log) implements Lasting {
		@Override
		public void open(RunMemo memo) throws IOException, InterruptedException {
			Marks.open(memo, Marks.in(log));
		}

		@Override
		public EvidenceSink before(EvidenceSink sink) {
			return sink;
		}

		@Override
		public void settle(EvidenceSink sink) {
			// nothing has been held back
		}
	}

	/// How many questions went to DNS servers.
	long questions() {
		return questions;
	}

	/// Worst first, then by target and probe: two runs that saw the same print the same.
	List<Evidence> found() {
		return found.stream().sorted(Comparator.comparing(Evidence::outcome).reversed().thenComparing(Evidence::target)
				.thenComparing(Evidence::probe)).toList();
	}
}
