package hikkoshi.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.command.AsCommand;
import hikkoshi.core.command.Tool;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi probe`: proves accounts on both sides, by IP address, and keeps the evidence.
@Command(name = "probe")
final class ProbeCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private PasswordOptions passwords = new PasswordOptions();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Option(names = "--side", paramLabel = "SIDE", descriptionKey = "side")
	private @Nullable Side side;

	@Option(names = "--protocol", paramLabel = "PROTOCOL", split = ",", descriptionKey = "protocol")
	private Set<Protocol> protocols = new HashSet<>();

	@Parameters(paramLabel = "ADDRESS", arity = "0..*", descriptionKey = "addresses")
	private Set<String> addresses = new HashSet<>();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	@Option(names = "--as-command", paramLabel = "TOOL", descriptionKey = "probe.as-command")
	private @Nullable String tool;

	ProbeCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		List<ProbeTask<?>> tasks = tasks(migration, open.leaves(), words);
		if (tool != null) {
			return commands(tasks, tool, words);
		}
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			EvidenceRun run = new EvidenceRun(terminal, words);
			ProbeRun.Summary summary = run.run(open.files(), migration, tasks, passwords.secrets(face, migration, tasks, words), log);
			print(run.found(), summary, words);
			return ExitCode.of(summary.worst()).code();
		}
	}

	/// Asks nobody: says how somebody else would ask.
	private int commands(List<ProbeTask<?>> tasks, String token, Phrases words) throws CommandFailure {
		Tool wanted = Tool.of(token).orElseThrow(() -> new CommandFailure(ExitCode.USAGE,
				words.say("probe.no-tool", token, Arrays.stream(Tool.values()).map(Tool::token).collect(Collectors.joining(", ")))));
		List<? extends Target> targets = tasks.stream().map(ProbeTask::target).distinct().toList();
		String script = AsCommand.script(wanted, targets, target -> words.title(((Account) target).endpoint().protocol().token() + ".login") + ": " + target.id());
		if (script.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("probe.no-command", wanted.token()));
		}
		script.lines().forEach(terminal::line);
		return ExitCode.OK.code();
	}

	private List<ProbeTask<?>> tasks(Migration migration, List<ProbeSet> leaves, Phrases words) throws CommandFailure {
		List<Probe<?>> probes = ProbeSet.lookingAt(Account.class, leaves);
		List<String> waves = wave.waves(migration, words);
		Targets targets = Targets.of(migration).ofWaves(migration, waves);
		Set<String> known = migration.mailboxes().stream().map(m -> m.address().toString()).collect(Collectors.toSet());
		for (String address : addresses) {
			if (!known.contains(address)) {
				throw new CommandFailure(ExitCode.USAGE, words.say("cli.no-mailbox", address, MigrationProject.MAILBOXES_FILE));
			}
		}
		List<ProbeTask<?>> tasks = targets.only(this::wanted).tasks(probes);
		if (tasks.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("probe.nothing"));
		}
		return tasks;
	}

	private boolean wanted(Target target) {
		return target instanceof Account account && (side == null || account.server().side() == side)
				&& (protocols.isEmpty() || protocols.contains(account.endpoint().protocol()))
				&& (addresses.isEmpty() || addresses.contains(account.mailbox().toString()));
	}

	private void print(List<Evidence> found, ProbeRun.Summary summary, Phrases words) {
		if (json) {
			found.forEach(evidence -> terminal.line(Json.evidence(evidence, words)));
			return;
		}
		EvidenceLines.print(found, words, terminal);
		terminal.line(EvidenceLines.summary(summary, words));
	}
}
