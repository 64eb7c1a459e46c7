package hikkoshi.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.gate.Step;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Migration;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi gate`: where the checklist stands, and what keeps each gate shut. Judges the evidence there is; asks no server.
@Command(name = "gate")
final class GateCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Option(names = "--all", descriptionKey = "gate.all")
	private boolean all;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	@Parameters(index = "0", paramLabel = "STEP", arity = "0..1", descriptionKey = "gate.step")
	private @Nullable String step;

	GateCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.allWords();
		MigrationProject loaded = project.load(words);
		Migration migration = project.migration(loaded, words);
		Checklist checklist = project.checklist(loaded, words);
		List<String> waves = wave.waves(migration, words);
		GateLines lines = new GateLines(terminal, words, all);
		ExitCode worst = ExitCode.OK;
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			for (String key : waves) {
				ChecklistState state = ChecklistState.of(checklist, migration, key, log, Instant.now());
				List<StepState> shown = step == null ? state.steps() : List.of(named(state, step, words));
				if (json) {
					shown.forEach(one -> terminal.line(Json.step(key, one, words)));
				} else {
					lines.print(key, shown);
				}
				worst = worse(worst, step == null ? state.next().map(GateCommand::code).orElse(ExitCode.OK) : code(shown.getFirst()));
			}
		}
		return worst.code();
	}

	static StepState named(ChecklistState state, String key, Phrases words) throws CommandFailure {
		return state.step(key).orElseThrow(() -> new CommandFailure(ExitCode.USAGE, words.say("cli.no-step", key,
				state.steps().stream().map(StepState::step).map(Step::key).collect(Collectors.joining(", ")))));
	}

	/// Of the gates alone: a step that is signed off while its gates have shut again is not OK.
	private static ExitCode code(StepState state) {
		return switch (state.status()) {
			case DONE -> state.hasRegressed() ? ExitCode.WARNINGS : ExitCode.OK;
			case READY -> ExitCode.OK;
			case OVERRIDDEN -> ExitCode.WARNINGS;
			case BLOCKED -> ExitCode.FAILED;
			case STALE -> ExitCode.UNKNOWN;
		};
	}

	private static ExitCode worse(ExitCode one, ExitCode other) {
		if (one == ExitCode.FAILED || other == ExitCode.FAILED) {
			return ExitCode.FAILED;
		}
		return one.code() >= other.code() ? one : other;
	}
}
