package hikkoshi.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.gate.Signature;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Migration;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi step KEY --sign NAME`, or `--override NAME --reason WHY`: a person's word, kept as evidence.
@Command(name = "step")
final class StepCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Parameters(index = "0", paramLabel = "STEP", descriptionKey = "step.key")
	private String key = "";

	@Option(names = "--sign", paramLabel = "NAME", descriptionKey = "sign")
	private @Nullable String sign;

	@Option(names = "--override", paramLabel = "NAME", descriptionKey = "override")
	private @Nullable String override;

	@Option(names = "--reason", paramLabel = "WHY", descriptionKey = "reason")
	private @Nullable String reason;

	StepCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.allWords();
		MigrationProject loaded = project.load(words);
		Migration migration = project.migration(loaded, words);
		String one = wave.one(migration, words);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			Instant now = Instant.now();
			ChecklistState state = ChecklistState.of(project.checklist(loaded, words), migration, one, log, now);
			StepState step = GateCommand.named(state, key, words);
			log.append(word(step, now, words));
			terminal.line(sign != null ? words.say("step.signed", key, sign) : words.say("step.overridden", key, override, reason));
		}
		return ExitCode.OK.code();
	}

	private Evidence word(StepState step, Instant now, Phrases words) throws CommandFailure {
		try {
			if (sign != null && override == null && reason == null) {
				if (!step.maySignOff()) {
					new GateLines(terminal, words, false).print(step.target().wave(), List.of(step));
					throw new CommandFailure(ExitCode.FAILED, words.say("step.shut", key));
				}
				return Signature.signOff(step, sign, now);
			}
			if (override != null && sign == null) {
				if (reason == null || reason.isBlank()) {
					throw new CommandFailure(ExitCode.USAGE, words.say("step.reason-needed"));
				}
				return Signature.override(step, override, reason, now);
			}
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("step.bad-words", Signature.MAX_NAME, Signature.MAX_REASON));
		}
		throw new CommandFailure(ExitCode.USAGE, words.say("step.one-of"));
	}
}
