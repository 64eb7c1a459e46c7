package hikkoshi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.roster.ImportRow;
import hikkoshi.core.format.roster.ImportSettings;
import hikkoshi.core.format.roster.ImportSummary;
import hikkoshi.core.format.roster.ProjectTexts;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.format.roster.Sheet;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi import`: mailboxes, aliases and domains of a file that another tool wrote go into the project. Both files change, or none.
@Command(name = "import")
final class ImportCommand implements Callable<Integer> {
	private final Face face;

	@Parameters(index = "0", paramLabel = "FILE", descriptionKey = "import.file")
	private Path file = Path.of("");

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private SheetOption sheetOption = new SheetOption();

	@Option(names = "--domains", descriptionKey = "import.domains")
	private boolean addsDomains;

	@Option(names = "--wave", paramLabel = "WAVE", defaultValue = "", descriptionKey = "import.wave")
	private String wave = "";

	@Option(names = "--old", paramLabel = "KEY", defaultValue = "", descriptionKey = "import.old")
	private String oldServer = "";

	@Option(names = "--new", paramLabel = "KEY", defaultValue = "", descriptionKey = "import.new")
	private String newServer = "";

	@Option(names = "--only", paramLabel = "GLOB", descriptionKey = "import.only")
	private @Nullable String only;

	@Option(names = "--keep-passwords", descriptionKey = "import.keep-passwords")
	private boolean keeps;

	@Option(names = {"-n", "--dry-run"}, descriptionKey = "import.dry-run")
	private boolean isDry;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	ImportCommand(Face face) {
		this.face = face;
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.words();
		ImportLines lines = new ImportLines(face.terminal(), words, json);
		Parsed<ProjectTexts> texts = ProjectTexts.read(project.folder());
		if (texts.value().isEmpty()) {
			lines.faults(texts.faults());
			return ExitCode.INPUT.code();
		}
		try (Sheet sheet = Sheet.read(String.valueOf(file.getFileName()), bytes(words), sheetOption.options(words))) {
			ImportSettings settings = (addsDomains ? ImportSettings.ADD_DOMAINS : ImportSettings.DEFAULT).withWave(wave).withServers(oldServer, newServer);
			RosterImport all = RosterImport.plan(texts.value().get(), sheet, settings);
			RosterImport plan = only == null ? all : all.select(matching(only));
			lines.plan(plan, texts.faults());
			return write(plan, lines, words).code();
		}
	}

	private byte[] bytes(Phrases words) throws IOException, CommandFailure {
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new CommandFailure(ExitCode.INPUT, words.say("passwords.no-file", file));
		}
		try (InputStream in = Files.newInputStream(file)) {
			return in.readNBytes(Sheet.MAX_BYTES + 1);
		}
	}

	/// `*` and `?` stand for any letters and any letter; case does not matter.
	private static Predicate<ImportRow> matching(String glob) {
		Glob pattern = new Glob(glob);
		return row -> {
			EmailAddress address = row.address();
			return address != null && pattern.matches(address.toString());
		};
	}

	private ExitCode write(RosterImport plan, ImportLines lines, Phrases words) throws IOException, CommandFailure {
		ImportSummary summary = plan.summary();
		boolean isUnread = plan.sheet().format().isEmpty() || plan.sheet().rows().isEmpty() && plan.sheet().domains().isEmpty();
		boolean isUseless = summary.refused() > 0 && summary.added() + summary.changed() + summary.same() + summary.deselected() == 0;
		if (isUnread || !plan.blockers().isEmpty() || isUseless && summary.domainsAdded() == 0) {
			lines.end(summary, 0, false, isDry);
			return ExitCode.INPUT;
		}
		RosterImport.Edits edits = plan.edits();
		if (summary.domainsAdded() > 0 && edits.migration().isEmpty()) {
			throw new CommandFailure(ExitCode.INPUT, words.say("import.yaml-layout"));
		}
		if (!isDry) {
			try {
				plan.texts().write(project.folder(), edits);
			} catch (CharacterCodingException e) {
				throw new CommandFailure(ExitCode.INPUT, words.say("import.encoding-lacks"));
			} catch (ProjectTexts.ChangedException e) {
				throw new CommandFailure(ExitCode.INPUT, words.say("import.changed-meanwhile"));
			}
		}
		lines.end(summary, keeps && !isDry ? keep(plan, words) : 0, !edits.isEmpty(), isDry);
		boolean isClean = summary.refused() == 0 && summary.domainsMissing() == 0 && plan.sheet().faults().isEmpty()
				&& plan.rows().stream().allMatch(row -> row.faults().isEmpty());
		boolean hasErrors = plan.sheet().faults().stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR);
		return isClean ? ExitCode.OK : hasErrors ? ExitCode.INPUT : ExitCode.WARNINGS;
	}

	/// The passwords of the file, straight into secure storage.
	///
	/// @return how many lie there now
	private int keep(RosterImport plan, Phrases words) throws IOException, CommandFailure {
		Vault vault = face.vault(words);
		ServerNameVault mine = new ServerNameVault(project.migration(project.load(words), words), vault);
		int kept = 0;
		for (RosterImport.FoundPassword found : plan.passwords()) {
			try {
				mine.store(found.credential(), found.secret());
				kept++;
			} catch (SecretException e) {
				throw new CommandFailure(ExitCode.INPUT, words.say(e.reason()) + words.remedy(e.reason()).map(remedy -> "\n    " + remedy).orElse(""));
			}
		}
		return kept;
	}
}
