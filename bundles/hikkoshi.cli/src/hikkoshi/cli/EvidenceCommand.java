package hikkoshi.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi evidence list|history|verify`: what the log says, and whether it can be believed.
@Command(name = "evidence")
final class EvidenceCommand implements Callable<Integer> {
	private static final int HISTORY = 1000;

	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	@Option(names = "--outcome", paramLabel = "OUTCOME", descriptionKey = "outcome")
	private @Nullable Outcome outcome;

	@Parameters(index = "0", paramLabel = "WHAT", descriptionKey = "evidence.what", defaultValue = "list")
	private What what = What.LIST;

	@Parameters(index = "1", paramLabel = "TARGET", arity = "0..1", descriptionKey = "evidence.target")
	private @Nullable String target;

	enum What {
		LIST,
		HISTORY,
		VERIFY
	}

	EvidenceCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.allWords();
		project.load(words);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			return (switch (what) {
				case LIST -> list(log.latest(), words);
				case HISTORY -> history(log, words);
				case VERIFY -> verify(log.verify(), words);
			}).code();
		}
	}

	private ExitCode history(EvidenceLog log, Phrases words) throws CommandFailure {
		if (target == null) {
			throw new CommandFailure(ExitCode.USAGE, words.say("evidence.no-target"));
		}
		Target.Id id = new Target.Id(target);
		List<String> probes = log.latest().stream().filter(s -> s.evidence().target().equals(id)).map(s -> s.evidence().probe()).toList();
		if (probes.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("evidence.none", target));
		}
		return list(probes.stream().flatMap(probe -> log.history(probe, id, HISTORY).stream()).toList(), words);
	}

	private ExitCode list(List<Sighting> sightings, Phrases words) {
		List<Sighting> shown = sightings.stream().filter(s -> outcome == null || s.evidence().outcome() == outcome)
				.filter(s -> target == null || s.evidence().target().value().equals(target)).toList();
		if (json) {
			shown.forEach(sighting -> terminal.line(Json.sighting(sighting, words)));
		} else {
			DateTimeFormatter time =
					DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(face.locale()).withZone(ZoneId.systemDefault());
			Columns columns = new Columns();
			for (Sighting s : shown) {
				columns.row(time.format(s.lastSeen()), words.outcome(s.evidence().outcome()), s.evidence().target().value(),
						words.title(s.evidence().probe()), words.say("evidence.since", time.format(s.firstSeen()), s.count()),
						words.say(s.evidence().reason()));
			}
			columns.lines().forEach(terminal::line);
			if (shown.isEmpty()) {
				terminal.line(words.say("evidence.empty"));
			}
		}
		return ExitCode.OK;
	}

	private ExitCode verify(Verification verification, Phrases words) {
		terminal.line(json ? Json.verification(verification, words) : switch (verification) {
			case Verification.Intact(long rows, String head) -> words.say("evidence.intact", rows, head);
			case Verification.Broken(long row, var reason) -> words.say("evidence.broken", row, words.say(reason));
		});
		return switch (verification) {
			case Verification.Intact _ -> ExitCode.OK;
			case Verification.Broken _ -> ExitCode.FAILED;
		};
	}
}
