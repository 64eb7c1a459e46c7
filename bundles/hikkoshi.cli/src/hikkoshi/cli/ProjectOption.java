package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// Which project a command works on, and how its files are read. Mixed into the commands.
final class ProjectOption {
	@Option(names = {"-p", "--project"}, paramLabel = "DIR", defaultValue = ".", descriptionKey = "project")
	private Path folder = Path.of(".");

	Path folder() {
		return folder.toAbsolutePath().normalize();
	}

	MigrationProject load(Phrases words) throws IOException, CommandFailure {
		if (!Files.isRegularFile(folder().resolve(MigrationProject.MIGRATION_FILE))) {
			throw new CommandFailure(ExitCode.INPUT, words.say("cli.no-project", folder(), MigrationProject.MIGRATION_FILE));
		}
		return MigrationFiles.load(folder());
	}

	/// The migration, or a failure that lists what is wrong with the files.
	Migration migration(MigrationProject project, Phrases words) throws CommandFailure {
		return project.migration().orElseThrow(() -> faulty(project, words));
	}

	/// A domain of the migration, as a person writes it.
	static Domain domain(String name, Migration migration, Phrases words) throws CommandFailure {
		try {
			return migration.domain(DomainName.parse(name))
					.orElseThrow(() -> new CommandFailure(ExitCode.USAGE, words.say("audit.no-domain", name, MigrationProject.MIGRATION_FILE)));
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-name", name, e.getMessage()));
		}
	}

	Checklist checklist(MigrationProject project, Phrases words) throws CommandFailure {
		return project.checklist().orElseThrow(() -> faulty(project, words));
	}

	private static CommandFailure faulty(MigrationProject project, Phrases words) {
		List<Fault> faults = project.faults();
		StringBuilder message = new StringBuilder(words.say("cli.faulty", project.folder()));
		faults.stream().filter(fault -> fault.severity() == Fault.Severity.ERROR).limit(20)
				.forEach(fault -> message.append('\n').append(FaultLines.line(fault, words)));
		return new CommandFailure(ExitCode.INPUT, message.toString());
	}
}
