package hikkoshi.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.overview.NextStep;
import hikkoshi.core.overview.Overview;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi status`: the whole migration at a glance, and what to do next. Judges the evidence there is; asks no server.
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {
	private final Face face;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	StatusCommand(Face face) {
		this.face = face;
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.allWords();
		MigrationProject loaded = project.load(words);
		if (loaded.migration().isEmpty()) {
			Optional<NextStep> mending = json ? NextStep.mending(loaded) : Optional.empty();
			mending.ifPresent(next -> face.terminal().line(StatusJson.mending(loaded, next, words)));
			if (json) {
				return ExitCode.INPUT.code();
			}
		}
		var migration = project.migration(loaded, words);
		Overview overview;
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			overview = Overview.of(migration, loaded.checklist(), log, Instant.now());
		}
		if (json) {
			face.terminal().line(StatusJson.overview(migration, overview, words));
		} else {
			new StatusLines(face.terminal(), words).print(migration, overview);
			NextStep.mending(loaded).ifPresent(mend -> face.terminal().line(words.say("status.files", words.say(mend.reason()))));
		}
		return code(overview).code();
	}

	/// As for the gates: a failure or a shut gate before what is only missing or old.
	private static ExitCode code(Overview overview) {
		ExitCode proof = switch (overview.standing()) {
			case PROVEN -> ExitCode.OK;
			case WARNED -> ExitCode.WARNINGS;
			case STALE, NEVER, UNKNOWN -> ExitCode.UNKNOWN;
			case FAILED -> ExitCode.FAILED;
		};
		boolean shut = overview.blocks().stream().map(Overview.Block::step)
				.anyMatch(step -> step.status() == StepState.Status.BLOCKED || step.hasRegressed());
		boolean stale = overview.blocks().stream().anyMatch(block -> block.step().status() == StepState.Status.STALE);
		if (shut) {
			return ExitCode.FAILED;
		}
		return stale && proof.code() < ExitCode.UNKNOWN.code() && proof != ExitCode.FAILED ? ExitCode.UNKNOWN : proof;
	}
}
