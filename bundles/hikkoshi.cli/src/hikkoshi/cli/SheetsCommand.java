package hikkoshi.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.sheet.SetupPlan;
import hikkoshi.core.sheet.SheetBatch;
import hikkoshi.core.sheet.SheetFormat;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi sheets`: one set-up sheet for the owner of each mailbox, with both accounts and what to delete later.
@Command(name = "sheets")
final class SheetsCommand implements Callable<Integer> {
	private static final Set<String> LANGUAGES = new LinkedHashSet<>(List.of("en", "ja"));
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Mixin
	private RosterOption roster = new RosterOption();

	@Option(names = "--format", paramLabel = "FORMAT", split = ",", descriptionKey = "sheets.format")
	private List<String> formats = new ArrayList<>();

	@Option(names = "--language", paramLabel = "LANGUAGE", split = ",", descriptionKey = "sheets.language")
	private List<String> languages = new ArrayList<>();

	@Option(names = {"-o", "--output"}, paramLabel = "DIR", descriptionKey = "sheets.output")
	private @Nullable Path output;

	@Option(names = "--zone", paramLabel = "ZONE", descriptionKey = "sheets.zone")
	private @Nullable String zone;

	@Option(names = "--font", paramLabel = "FILE", descriptionKey = "sheets.font")
	private @Nullable Path font;

	@Option(names = "--check", descriptionKey = "sheets.check")
	private boolean check;

	SheetsCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		SheetBatch.Options options = options(words);
		List<Mailbox> mailboxes = mailboxes(migration, words);
		Path folder = output == null ? project.folder().resolve("sheets") : output.toAbsolutePath().normalize();
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			if (check) {
				check(open, log);
			}
			SetupPlan plan = new SetupPlan(migration, new Snapshot(log), Instant.now());
			DocumentPrinter printer = options.formats().contains(SheetFormat.PDF) ? face.services().documentPrinter() : null;
			SheetBatch.Written written = write(new SheetBatch(plan, options, printer, folder), mailboxes, words);
			for (Reason remark : written.remarks()) {
				terminal.complain(words.say(remark));
				words.remedy(remark).ifPresent(remedy -> terminal.complain("    " + remedy));
			}
			terminal.line(words.say("sheets.written", written.files(), written.mailboxes(), folder));
			return (written.remarks().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS).code();
		}
	}

	private static SheetBatch.Written write(SheetBatch batch, List<Mailbox> mailboxes, Phrases words) throws Exception {
		try {
			return batch.write(mailboxes, _ -> { });
		} catch (DocumentPrinter.NoFontException e) {
			throw new CommandFailure(ExitCode.INPUT, words.say("sheets.no-font", String.valueOf(e.getMessage())));
		}
	}

	/// Asks DNS and the servers about the names that the sheets will hand out.
	private void check(OpenProject open, EvidenceLog log) throws Exception {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (String probe : SetupPlan.PROBES) {
			ProbeSet.named(probe, open.leaves()).ifPresent(found -> tasks.addAll(Targets.of(open.migration()).tasks(List.of(found))));
		}
		EvidenceRun run = new EvidenceRun(terminal, open.words());
		run.run(open.files(), open.migration(), tasks, Secrets.none(), log);
		EvidenceLines.print(run.found(), open.words(), terminal);
	}

	private List<Mailbox> mailboxes(Migration migration, Phrases words) throws CommandFailure {
		List<Mailbox> found = roster.mailboxes(migration, wave.waves(migration, words), words);
		if (found.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("sheets.nothing"));
		}
		return found;
	}

	private SheetBatch.Options options(Phrases words) throws CommandFailure {
		Set<SheetFormat> wanted = EnumSet.noneOf(SheetFormat.class);
		for (String each : formats) {
			wanted.add(SheetFormat.of(each).orElseThrow(() -> new CommandFailure(ExitCode.USAGE,
					words.say("sheets.no-format", each, Arrays.stream(SheetFormat.values()).map(SheetFormat::token).collect(Collectors.joining(", "))))));
		}
		List<Locale> read = new ArrayList<>();
		for (String each : languages) {
			if (!LANGUAGES.contains(each)) {
				throw new CommandFailure(ExitCode.USAGE, words.say("sheets.no-language", each, String.join(", ", LANGUAGES)));
			}
			read.add(Locale.of(each));
		}
		if (read.isEmpty()) {
			read.add(LANGUAGES.contains(face.locale().getLanguage()) ? Locale.of(face.locale().getLanguage()) : Locale.ENGLISH);
		}
		return new SheetBatch.Options(wanted.isEmpty() ? EnumSet.of(SheetFormat.HTML) : wanted, read, zone(words), font);
	}

	private ZoneId zone(Phrases words) throws CommandFailure {
		try {
			return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
		} catch (DateTimeException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("sheets.no-zone", String.valueOf(zone)));
		}
	}
}
