package hikkoshi.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.roster.ExportFormat;
import hikkoshi.core.format.roster.ProjectTexts;
import hikkoshi.core.format.roster.RosterExport;
import hikkoshi.core.model.Migration;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi export`: the roster in a form that other tools read. With passwords only when asked, and then only into a new file that nobody else
/// may read, outside the project.
@Command(name = "export")
final class ExportCommand implements Callable<Integer> {
	private final Face face;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private PasswordOptions passwords = new PasswordOptions();

	@Option(names = "--format", paramLabel = "FORMAT", required = true, descriptionKey = "export.format")
	private String format = "";

	@Option(names = {"-o", "--output"}, paramLabel = "FILE", descriptionKey = "export.output")
	private @Nullable Path output;

	@Option(names = "--with-passwords", descriptionKey = "export.with-passwords")
	private boolean withPasswords;

	@Option(names = "--no-guard", descriptionKey = "export.no-guard")
	private boolean isUnguarded;

	ExportCommand(Face face) {
		this.face = face;
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.words();
		ExportFormat form = ExportFormat.of(format).orElseThrow(() -> new CommandFailure(ExitCode.USAGE, words.say("export.no-format", format,
				Arrays.stream(ExportFormat.values()).map(ExportFormat::token).collect(Collectors.joining(", ")))));
		Path target = output == null ? null : output.toAbsolutePath().normalize();
		if (withPasswords && (target == null || target.startsWith(project.folder()))) {
			throw new CommandFailure(ExitCode.USAGE, words.say("export.needs-file"));
		}
		MigrationProject loaded = project.load(words);
		Migration migration = project.migration(loaded, words);
		Roster roster = ProjectTexts.read(project.folder()).value().flatMap(texts -> Roster.parse(texts.mailboxes().text()).value())
				.orElse(new Roster(List.of()));
		RosterExport plain = new RosterExport(migration, roster, form, !isUnguarded);
		RosterExport export = withPasswords ? plain.withPasswords(passwords.secrets(face, migration, List.of(), words)) : plain;
		RosterExport.Written written = target == null ? print(export) : write(export, target, words);
		written.remarks().forEach(remark -> face.terminal().complain(words.say(remark)));
		if (target != null) {
			face.terminal().complain(words.say("export.written", written.rows(), target));
		}
		return (written.remarks().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS).code();
	}

	private RosterExport.Written print(RosterExport export) throws IOException, InterruptedException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		RosterExport.Written written = export.write(bytes);
		// line by line through the terminal, where a cell cannot steer it; a file gets the bytes as they are
		bytes.toString(StandardCharsets.UTF_8).lines().forEach(face.terminal()::line);
		return written;
	}

	private static RosterExport.Written write(RosterExport export, Path target, Phrases words) throws IOException, InterruptedException, CommandFailure {
		try {
			return export.write(target);
		} catch (FileAlreadyExistsException e) {
			throw new CommandFailure(ExitCode.INPUT, words.say("export.exists", target));
		}
	}
}
