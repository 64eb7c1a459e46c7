package hikkoshi.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hikkoshi rehearse`: the real line — files, probes, evidence, gates — on a stage of embedded servers, from a forgotten mailbox to the
/// switched MX. Succeeds only if the DNS step was shut for the right reason and opened on proof.
@Command(name = "rehearse")
final class RehearseCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Option(names = "--dir", paramLabel = "DIR", descriptionKey = "dir")
	private @Nullable Path dir;

	RehearseCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		List<ProbeSet> leaves = face.services().probeSets();
		Phrases words = Words.of(face.locale(), leaves);
		Path folder = (dir == null ? Files.createTempDirectory("hikkoshi-rehearsal-").resolve("migration") : dir).toAbsolutePath().normalize();
		try (RehearsalStage.Play play = face.services().rehearsalStage().open(folder, face.locale())) {
			terminal.line(words.say("rehearse.folder", folder));
			MigrationProject project = MigrationFiles.load(folder);
			if (!project.faults().isEmpty() || project.migration().isEmpty() || project.checklist().isEmpty()) {
				project.faults().forEach(fault -> terminal.line(FaultLines.line(fault, words)));
				throw wrong(words, "rehearse.why.faults");
			}
			try (EvidenceLog log = face.services().evidenceStore().open(folder)) {
				new Rehearsal(terminal, words, leaves, face.services().canaryPost(), project, play, log).play();
				if (!(log.verify() instanceof Verification.Intact(long rows, String _))) {
					throw wrong(words, "rehearse.why.chain");
				}
				terminal.line("");
				terminal.line(words.say("rehearse.done", rows));
				terminal.line(words.say("rehearse.next", folder));
			}
		}
		return ExitCode.OK.code();
	}

	static CommandFailure wrong(Phrases words, String why, Object... args) {
		return new CommandFailure(ExitCode.FAILED, words.say("rehearse.failed", words.say(why, args)));
	}
}
