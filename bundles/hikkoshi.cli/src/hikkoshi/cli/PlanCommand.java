package hikkoshi.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.ZoneFile;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.FirstPlan;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.ZoneChange;
import hikkoshi.core.plan.ZonePlan;
import hikkoshi.core.plan.ZoneScript;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi plan`: what would change in DNS if a planned zone became public, what the audit says about it, and the change as a script. Changes nothing
/// and keeps no evidence: what is planned is not what was seen.
@Command(name = "plan")
final class PlanCommand implements Callable<Integer> {
	private static final long MAX_BYTES = 10_000_000;
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Parameters(index = "0", paramLabel = "DOMAIN", descriptionKey = "plan.domain")
	private String name = "";

	@Parameters(index = "1", paramLabel = "ZONEFILE", arity = "0..1", descriptionKey = "plan.file")
	private @Nullable Path given;

	@Option(names = "--begin", descriptionKey = "plan.begin")
	private boolean begin;

	@Option(names = "--as", paramLabel = "FORM", descriptionKey = "plan.as")
	private @Nullable String form;

	@Option(names = "--roll-back", descriptionKey = "plan.roll-back")
	private boolean rollBack;

	@Option(names = "--force", descriptionKey = "plan.force")
	private boolean force;

	PlanCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		Optional<ZoneScript> script = script(words);
		Domain domain = ProjectOption.domain(name, migration, words);
		Path file = given == null ? ZoneFile.of(project.folder(), domain.name()).path() : given;
		Zones zones = face.services().zones();
		if (begin) {
			return begin(file, domain, zones, open, words);
		}
		String text = text(file, words);
		List<RecordSet> planned = parse(zones, domain.name(), file, text, words);
		try (RunMemo memo = new RunMemo(); EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			ProbeContext context = context(open, memo, log);
			ZonePlan plan = zones.plan(domain, planned, context);
			if (plan.isSuspicious() && !force && script.isPresent()) {
				throw new CommandFailure(ExitCode.FAILED, words.say("plan.suspicious", plan.count(ZoneChange.Kind.MODIFY), plan.count(ZoneChange.Kind.DELETE)));
			}
			ZonePlan shown = rollBack ? plan.reverse() : plan;
			if (script.isPresent()) {
				terminal.line(script.get().write(shown).stripTrailing());
				return (plan.unknown().isEmpty() ? ExitCode.OK : ExitCode.UNKNOWN).code();
			}
			print(shown, words);
			Outcome worst = rollBack ? Outcome.PASS : audit(zones.audit(domain, text, context), words);
			return (plan.unknown().isEmpty() ? ExitCode.of(worst) : ExitCode.of(worst.worst(Outcome.UNKNOWN))).code();
		}
	}

	private static ProbeContext context(OpenProject open, RunMemo memo, EvidenceLog log) {
		Migration migration = open.migration();
		return new ProbeContext(Clock.systemUTC(), Secrets.none(), migration.policy(), migration.dns(), open.files().anchors(), memo, migration.servers(), log);
	}

	/// Never over a plan that is there.
	private int begin(Path file, Domain domain, Zones zones, OpenProject open, Phrases words) throws IOException, InterruptedException, CommandFailure {
		if (Files.exists(file)) {
			throw new CommandFailure(ExitCode.INPUT, words.say("plan.begun-before", file));
		}
		try (RunMemo memo = new RunMemo(); EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			FirstPlan first = FirstPlan.of(domain, zones, context(open, memo, log));
			Path folder = file.toAbsolutePath().getParent();
			if (folder != null) {
				Files.createDirectories(folder);
			}
			Files.writeString(file, first.text(Instant.now(), words::say), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
			terminal.line(words.say("plan.begun", file, first.unanswered().size()));
			return (first.unanswered().isEmpty() ? ExitCode.OK : ExitCode.UNKNOWN).code();
		}
	}

	private Optional<ZoneScript> script(Phrases words) throws CommandFailure {
		if (form == null) {
			return Optional.empty();
		}
		Optional<ZoneScript> script = ZoneScript.of(form);
		if (script.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE, words.say("plan.no-form", form));
		}
		return script;
	}

	private static String text(Path file, Phrases words) throws IOException, CommandFailure {
		if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
			throw new CommandFailure(ExitCode.INPUT, words.say("plan.no-file", file, MAX_BYTES / 1_000_000));
		}
		return Files.readString(file, StandardCharsets.UTF_8);
	}

	private static List<RecordSet> parse(Zones zones, DomainName origin, Path file, String text, Phrases words) throws CommandFailure {
		try {
			return zones.parse(origin, text);
		} catch (IOException e) {
			throw new CommandFailure(ExitCode.INPUT, words.say("plan.bad-file", file, e.getMessage()));
		}
	}

	private void print(ZonePlan plan, Phrases words) {
		for (ZoneChange change : plan.changes()) {
			terminal.line(change.kind().sign() + " " + change.key().name() + " " + change.key().type() + ttl(change) + "    " + words.say(change.why()));
			change.removed().forEach(data -> terminal.line("      - " + data));
			change.added().forEach(data -> terminal.line("      + " + data));
		}
		plan.unknown().forEach(key -> terminal.line("? " + key.name() + " " + key.type() + "    " + words.say("plan.unknown")));
		terminal.line(words.say("plan.summary", plan.count(ZoneChange.Kind.CREATE), plan.count(ZoneChange.Kind.MODIFY), plan.count(ZoneChange.Kind.MODIFY_TTL),
				plan.count(ZoneChange.Kind.DELETE), plan.unchanged().size()));
		if (!plan.changes().isEmpty()) {
			terminal.line(words.say(rollBack ? "plan.back-drain" : "plan.drain", plan.drain()));
		}
		if (plan.isSuspicious()) {
			terminal.line(words.say("plan.suspicious", plan.count(ZoneChange.Kind.MODIFY), plan.count(ZoneChange.Kind.DELETE)));
		}
	}

	private static String ttl(ZoneChange change) {
		RecordSet before = change.before();
		RecordSet after = change.after();
		return before != null && after != null && before.ttl() != after.ttl() ? " (TTL " + before.ttl() + " → " + after.ttl() + ")" : "";
	}

	private Outcome audit(Map<String, Finding> findings, Phrases words) {
		terminal.line("");
		terminal.line(words.say("plan.audit"));
		List<Map.Entry<String, Finding>> bad = new ArrayList<>(findings.entrySet());
		bad.removeIf(entry -> entry.getValue().outcome() == Outcome.PASS);
		bad.sort((one, other) -> other.getValue().outcome().compareTo(one.getValue().outcome()));
		bad.forEach(each -> EvidenceLines.printWithRemedy(each.getValue().outcome(), each.getKey(), each.getValue().reason(), words, terminal));
		terminal.line(words.say("plan.audited", findings.size() - bad.size(), findings.size()));
		return findings.values().stream().map(Finding::outcome).reduce(Outcome::worst).orElse(Outcome.UNKNOWN);
	}
}
