package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.ForgottenAddresses;
import hikkoshi.core.format.Mending;
import hikkoshi.core.format.MendingRun;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.TextFiles;
import hikkoshi.core.format.ZoneFaults;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi validate`: what is wrong with the files of a project, and with `--fix` what of it can be mended. Asks nothing of the outside
/// world.
@Command(name = "validate")
final class ValidateCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	@Option(names = "--fix", descriptionKey = "validate.fix")
	private boolean fix;

	@Option(names = "--dry-run", descriptionKey = "validate.dry-run")
	private boolean dryRun;

	@Option(names = "--remove-passwords", descriptionKey = "validate.remove-passwords")
	private boolean removePasswords;

	ValidateCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.words();
		MigrationProject loaded = project.load(words);
		if (!fix && (dryRun || removePasswords)) {
			throw new CommandFailure(ExitCode.USAGE, words.say("validate.fix-first", dryRun ? "--dry-run" : "--remove-passwords"));
		}
		if (fix) {
			loaded = mend(words);
		}
		loaded = withZones(loaded);
		List<Fault> forgotten = forgotten(loaded);
		if (json) {
			terminal.line(Json.faults(loaded, forgotten, words));
		} else {
			loaded.faults().forEach(fault -> terminal.line(FaultLines.line(fault, words)));
			long errors = count(loaded, Fault.Severity.ERROR);
			long warnings = count(loaded, Fault.Severity.WARNING);
			terminal.line(words.say("validate.summary", errors, warnings,
					loaded.migration().map(m -> m.mailboxes().size()).map(String::valueOf).orElse("?"),
					loaded.migration().map(m -> m.domains().size()).map(String::valueOf).orElse("?")));
			forgotten.forEach(fault -> terminal.line(FaultLines.line(fault, words)));
			if (!forgotten.isEmpty()) {
				terminal.line(words.say("validate.forgotten", forgotten.size()));
			}
		}
		if (loaded.hasErrors()) {
			return ExitCode.INPUT.code();
		}
		if (!forgotten.isEmpty()) {
			return ExitCode.FAILED.code();
		}
		return (loaded.faults().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS).code();
	}

	/// With what is wrong in its planned zones.
	private MigrationProject withZones(MigrationProject loaded) throws IOException {
		List<Fault> faults = new ArrayList<>(loaded.faults());
		faults.addAll(ZoneFaults.in(loaded, face.services().zones()));
		return new MigrationProject(loaded.folder(), loaded.migration(), loaded.checklist(), loaded.anchors(), faults);
	}

	/// What servers said before of the addresses that are listed now; no log is made where there is none.
	private List<Fault> forgotten(MigrationProject loaded) throws IOException {
		if (loaded.migration().isEmpty() || !Files.exists(project.folder().resolve(EvidenceStore.FILE))) {
			return List.of();
		}
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			return ForgottenAddresses.faults(loaded.migration().get(), new Snapshot(log), Instant.now());
		}
	}

	/// What was done goes to standard error with `--json`, so that standard output stays what a program reads.
	///
	/// @return the project as it is afterwards; with `--dry-run` as it would be
	private MigrationProject mend(Phrases words) throws IOException {
		TextFiles files = TextFiles.read(project.folder());
		Predicate<Mending> wanted = mending -> mending.care() == Mending.Care.PLAIN || removePasswords;
		MendingRun.Result result = new MendingRun(project.folder(), face.locale(), wanted).run(files.texts());
		for (MendingRun.Done done : result.done()) {
			say(place(done.fault()) + words.say(dryRun ? "validate.would-fix" : "validate.fixed", words.say(done.mending().what())));
		}
		for (MendingRun.Choice choice : result.choices()) {
			choice.mendings().forEach(way -> say(place(choice.fault()) + words.say("validate.choice", words.say(way.what()))));
		}
		if (!dryRun) {
			files.write(result.texts());
		}
		return result.after();
	}

	private void say(String line) {
		if (json) {
			terminal.complain(line);
		} else {
			terminal.line(line);
		}
	}

	private static String place(Fault fault) {
		return fault.line() > 0 ? fault.file() + ":" + fault.line() + ": " : fault.file() + ": ";
	}

	private static long count(MigrationProject project, Fault.Severity severity) {
		return project.faults().stream().filter(fault -> fault.severity() == severity).count();
	}
}
