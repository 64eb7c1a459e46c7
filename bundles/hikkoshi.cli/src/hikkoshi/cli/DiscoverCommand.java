package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.Discovery;
import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoverySink;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.TextFiles;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi discover`: what the mail set-up of hosts or domains is today, and the server entries that follow from it. Works without a project;
/// with one, the evidence is kept, and `--add` writes what was proposed.
@Command(name = "discover")
final class DiscoverCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Parameters(paramLabel = "NAME", arity = "1..*", descriptionKey = "discover.names")
	private List<String> names = new ArrayList<>();

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private DiscoverOptions places = new DiscoverOptions();

	@Option(names = "--side", paramLabel = "SIDE", descriptionKey = "discover.side")
	private @Nullable Side side;

	@Option(names = "--add", descriptionKey = "discover.add")
	private boolean add;

	@Option(names = "--all", descriptionKey = "discover.all")
	private boolean all;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	DiscoverCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		List<ProbeSet> leaves = face.services().probeSets();
		Phrases words = Words.of(face.locale(), leaves);
		Set<DomainName> asked = new LinkedHashSet<>();
		for (String name : names) {
			asked.add(name(name, words));
		}
		Optional<MigrationProject> loaded = hasProject() ? Optional.of(project.load(words)) : Optional.empty();
		if (add && (loaded.isEmpty() || side == null)) {
			throw new CommandFailure(ExitCode.USAGE, words.say("discover.add-where"));
		}
		DiscoveryOptions options = places.over(usual(loaded), words);
		List<Discovered> found = loaded.isPresent() ? kept(List.copyOf(asked), leaves, options, words)
				: run(List.copyOf(asked), leaves, options, words, null);
		conclude(found, loaded.isPresent(), words);
		return ExitCode.of(found.stream().map(name -> name.proposal().outcome()).reduce(Outcome.PASS, Outcome::worst)).code();
	}

	private boolean hasProject() {
		return Files.isRegularFile(project.folder().resolve(MigrationProject.MIGRATION_FILE));
	}

	private static DomainName name(String text, Phrases words) throws CommandFailure {
		try {
			return DomainName.parse(text);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-name", text, e.getMessage()));
		}
	}

	/// A project with faults still says where DNS is asked as far as it can be read: not at all, then.
	private static DiscoveryOptions usual(Optional<MigrationProject> loaded) {
		Optional<Migration> migration = loaded.flatMap(MigrationProject::migration);
		return DiscoveryOptions.of(migration.map(Migration::policy).orElse(Policy.DEFAULT), migration.map(Migration::dns).orElse(DnsSettings.DEFAULT),
				loaded.map(MigrationProject::anchors).orElse(List.of()));
	}

	private List<Discovered> kept(List<DomainName> asked, List<ProbeSet> leaves, DiscoveryOptions options, Phrases words)
			throws IOException, InterruptedException {
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			return run(asked, leaves, options, words, log);
		}
	}

	private List<Discovered> run(List<DomainName> asked, List<ProbeSet> leaves, DiscoveryOptions options, Phrases words, @Nullable EvidenceLog log)
			throws IOException, InterruptedException {
		DiscoverLines lines = new DiscoverLines(terminal, words, all);
		int[] done = { 0 };
		terminal.progress(words.say("discover.progress", 0, asked.size()));
		try {
			return new Discovery(asked, leaves, Clock.systemUTC(), options, new DiscoverySink() {
				@Override
				public void found(List<Evidence> batch) throws IOException {
					if (log != null) {
						log.appendAll(batch);
					}
					if (json) {
						batch.forEach(evidence -> terminal.line(Json.evidence(evidence, words)));
					}
				}

				@Override
				public void done(Discovered name) {
					if (json) {
						terminal.line(Json.proposal(name, words));
					} else {
						lines.print(name);
					}
					terminal.progress(words.say("discover.progress", ++done[0], asked.size()));
				}
			}).call();
		} finally {
			terminal.clearProgress();
		}
	}

	private void conclude(List<Discovered> found, boolean hasProject, Phrases words) throws IOException, CommandFailure {
		Side where = side == null ? Side.OLD : side;
		List<Server> servers = servers(found, where);
		if (!json && !servers.isEmpty()) {
			terminal.line(ServerEdits.snippet(servers).stripTrailing());
		}
		if (!hasProject) {
			terminal.complain(words.say("discover.not-kept"));
		}
		if (add) {
			write(servers, words);
		}
	}

	/// Those with mailboxes, or all where none has any; one that several names lead to once.
	private static List<Server> servers(List<Discovered> found, Side side) {
		List<Server> servers = new ArrayList<>();
		Set<String> keys = new HashSet<>();
		Set<Object> known = new HashSet<>();
		for (Discovered name : found) {
			List<ProposedServer> proposed = name.proposal().servers();
			List<ProposedServer> holding = proposed.stream().filter(ProposedServer::hasMailboxes).toList();
			for (ProposedServer server : holding.isEmpty() ? proposed : holding) {
				Server entry = server.server(server.key(keys), side);
				if (known.add(List.of(entry.name(), Set.copyOf(entry.addresses())))) {
					keys.add(entry.key());
					servers.add(entry);
				}
			}
		}
		return servers;
	}

	private void write(List<Server> servers, Phrases words) throws IOException, CommandFailure {
		TextFiles files = TextFiles.read(project.folder());
		String text = files.texts().getOrDefault(MigrationProject.MIGRATION_FILE, "");
		String before = text;
		for (Server server : servers) {
			YamlDocument yaml = YamlDocument.parse(text, MigrationProject.MIGRATION_FILE).value()
					.orElseThrow(() -> new CommandFailure(ExitCode.INPUT, words.say("cli.faulty", project.folder())));
			if (ServerEdits.has(yaml, server.side(), server.name())) {
				terminal.complain(words.say("discover.exists", server.name(), words.say("side." + server.side().token())));
				continue;
			}
			Server free = new Server(ServerEdits.freeKey(yaml, server.key()), server.side(), server.name(), server.addresses(), server.endpoints(), List.of());
			List<TextEdit> edits = ServerEdits.add(yaml, free);
			if (edits.isEmpty()) {
				throw new CommandFailure(ExitCode.INPUT, words.say("discover.layout", MigrationProject.MIGRATION_FILE));
			}
			text = TextEdit.apply(text, edits);
			terminal.complain(words.say("discover.added", free.key(), words.say("side." + free.side().token()), MigrationProject.MIGRATION_FILE));
		}
		if (!text.equals(before)) {
			files.write(Map.of(MigrationProject.MIGRATION_FILE, text));
		}
	}
}
