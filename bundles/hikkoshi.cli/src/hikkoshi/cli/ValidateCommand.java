package hikkoshi.cli;

import java.util.concurrent.Callable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi validate`: what is wrong with the files of a project. Asks nothing of the outside world.
@Command(name = "validate")
final class ValidateCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	ValidateCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.words();
		MigrationProject loaded = project.load(words);
		if (json) {
			terminal.line(Json.faults(loaded, words));
		} else {
			loaded.faults().forEach(fault -> terminal.line(FaultLines.line(fault, words)));
			long errors = count(loaded, Fault.Severity.ERROR);
			long warnings = count(loaded, Fault.Severity.WARNING);
			terminal.line(words.say("validate.summary", errors, warnings,
					loaded.migration().map(m -> m.mailboxes().size()).map(String::valueOf).orElse("?"),
					loaded.migration().map(m -> m.domains().size()).map(String::valueOf).orElse("?")));
		}
		if (loaded.hasErrors()) {
			return ExitCode.INPUT.code();
		}
		return (loaded.faults().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS).code();
	}

	private static long count(MigrationProject project, Fault.Severity severity) {
		return project.faults().stream().filter(fault -> fault.severity() == severity).count();
	}
}
