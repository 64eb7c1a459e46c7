package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.lookup.TraceFacts;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Policy;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi trace`: the delegation of names from the root down, every server asked. Works without a project; with one, the evidence is kept.
@Command(name = "trace")
final class TraceCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Parameters(paramLabel = "NAME", arity = "1..*", descriptionKey = "trace.names")
	private List<String> names = new ArrayList<>();

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Option(names = "--root", paramLabel = "ADDRESS", descriptionKey = "trace.root")
	private List<String> roots = new ArrayList<>();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	TraceCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		List<ProbeSet> leaves = face.services().probeSets();
		Phrases words = Words.of(face.locale(), leaves);
		List<HostName> targets = new ArrayList<>();
		for (String name : names) {
			targets.add(target(name, words));
		}
		Optional<MigrationProject> loaded = Files.isRegularFile(project.folder().resolve(MigrationProject.MIGRATION_FILE)) ? Optional.of(project.load(words))
				: Optional.empty();
		Optional<Migration> migration = loaded.flatMap(MigrationProject::migration);
		DnsSettings settings = settings(migration.map(Migration::dns).orElse(DnsSettings.DEFAULT), words);
		ProbeContext context = new ProbeContext(Clock.systemUTC(), Secrets.none(), migration.map(Migration::policy).orElse(Policy.DEFAULT), settings,
				loaded.map(MigrationProject::anchors).orElse(List.of()));
		try (RunMemo _ = context.memo()) {
			if (loaded.isPresent()) {
				try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
					return trace(targets, leaves, context, words, Optional.of(log));
				}
			}
			return trace(targets, leaves, context, words, Optional.empty());
		}
	}

	private int trace(List<HostName> targets, List<ProbeSet> leaves, ProbeContext context, Phrases words, Optional<EvidenceLog> log)
			throws IOException, InterruptedException {
		Outcome worst = Outcome.PASS;
		int done = 0;
		for (HostName target : targets) {
			Evidence found;
			try {
				found = TraceFacts.trace(target, leaves, context);
			} catch (InterruptedException e) {
				terminal.complain(words.say(log.isPresent() ? "trace.cancelled" : "trace.cancelled-unkept", done, targets.size()));
				throw e;
			}
			if (log.isPresent()) {
				log.get().appendAll(List.of(found));
			}
			done++;
			worst = worst.worst(found.outcome());
			if (json) {
				terminal.line(Json.evidence(found, words));
			} else {
				EvidenceLines.print(List.of(found), words, terminal);
				if (found.facts() instanceof Facts.Tree tree) {
					print(tree, "  ", words);
				}
			}
		}
		return ExitCode.of(worst).code();
	}

	private void print(Facts.Tree tree, String indent, Phrases words) {
		for (TraceFacts.Line line : TraceFacts.lines(tree, words)) {
			terminal.line(indent + "  ".repeat(line.depth()) + line.title() + ": " + line.text());
		}
	}

	private static HostName target(String name, Phrases words) throws CommandFailure {
		try {
			return new HostName(DomainName.parse(name));
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-name", name, e.getMessage()));
		}
	}

	private DnsSettings settings(DnsSettings usual, Phrases words) throws CommandFailure {
		if (roots.isEmpty()) {
			return usual;
		}
		List<NameServer> typed = new ArrayList<>();
		for (String root : roots) {
			try {
				typed.add(NameServer.parse(root));
			} catch (IllegalArgumentException e) {
				throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-server", root));
			}
		}
		return new DnsSettings(usual.resolvers(), typed, typed.getFirst().port());
	}
}
