package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi dns`: without a name, the DNS probes of the project's domains; with a name, a free look-up that leaves no evidence.
@Command(name = "dns")
final class DnsCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Parameters(paramLabel = "NAME TYPE… @SERVER", arity = "0..*", descriptionKey = "question")
	private List<String> question = new ArrayList<>();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Option(names = "--authoritative", descriptionKey = "authoritative")
	private boolean authoritative;

	@Option(names = "--tcp", descriptionKey = "tcp")
	private boolean tcp;

	@Option(names = "--dnssec", descriptionKey = "dnssec")
	private boolean dnssec;

	@Option(names = "--no-recurse", descriptionKey = "no-recurse")
	private boolean noRecurse;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	DnsCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		List<ProbeSet> leaves = face.services().probeSets();
		Phrases words = Words.of(face.locale(), leaves);
		return (question.isEmpty() ? probe(leaves, words) : lookUp(words)).code();
	}

	private ExitCode probe(List<ProbeSet> leaves, Phrases words) throws IOException, InterruptedException, CommandFailure {
		MigrationProject loaded = project.load(words);
		Migration migration = project.migration(loaded, words);
		List<Probe<?>> probes = ProbeSet.lookingAt(Domain.class, leaves);
		List<ProbeTask<?>> tasks = Targets.of(migration).ofWaves(migration, wave.waves(migration, words)).tasks(probes);
		if (tasks.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("dns.nothing"));
		}
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			EvidenceRun run = new EvidenceRun(terminal, words);
			ProbeRun.Summary summary = run.run(loaded, migration, tasks, Secrets.none(), log);
			if (json) {
				run.found().forEach(evidence -> terminal.line(Json.evidence(evidence, words)));
			} else {
				EvidenceLines.print(run.found(), words, terminal);
				terminal.line(EvidenceLines.summary(summary, words));
			}
			return ExitCode.of(summary.worst());
		}
	}

	private ExitCode lookUp(Phrases words) throws IOException, InterruptedException, CommandFailure {
		String name = "";
		List<String> types = new ArrayList<>();
		List<NameServer> servers = new ArrayList<>();
		for (String word : question) {
			if (word.startsWith("@")) {
				servers.add(server(word.substring(1), words));
			} else if (name.isEmpty()) {
				name = word;
			} else {
				types.add(word.toUpperCase(Locale.ROOT));
			}
		}
		if (name.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.no-name"));
		}
		DnsLookup lookup = face.services().dnsLookup();
		boolean recurse = !noRecurse;
		if (authoritative) {
			servers.addAll(authoritative(lookup, name, words));
			recurse = false;
		} else if (servers.isEmpty()) {
			servers.addAll(lookup.systemResolvers());
		}
		if (servers.isEmpty()) {
			throw new CommandFailure(ExitCode.UNREACHABLE, words.say("dns.no-server"));
		}
		ExitCode worst = ExitCode.OK;
		for (NameServer server : servers) {
			for (String type : types.isEmpty() ? List.of("A") : types) {
				DnsAnswer answer = ask(lookup, new DnsQuestion(name, type, server, tcp, recurse, dnssec));
				print(answer, words);
				worst = answered(answer.status()) ? worst : ExitCode.UNREACHABLE;
			}
		}
		return worst;
	}

	private static DnsAnswer ask(DnsLookup lookup, DnsQuestion question) throws IOException, InterruptedException, CommandFailure {
		try {
			return lookup.ask(question);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, e.getMessage());
		}
	}

	private List<NameServer> authoritative(DnsLookup lookup, String name, Phrases words)
			throws IOException, InterruptedException, CommandFailure {
		DnsSettings settings = DnsSettings.DEFAULT;
		if (Files.isRegularFile(project.folder().resolve(MigrationProject.MIGRATION_FILE))) {
			settings = project.load(words).migration().map(Migration::dns).orElse(settings);
		}
		try {
			return lookup.authoritative(DomainName.parse(name), settings);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-name", name, e.getMessage()));
		}
	}

	private static NameServer server(String text, Phrases words) throws CommandFailure {
		try {
			return NameServer.parse(text);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-server", text));
		}
	}

	private static boolean answered(DnsStatus status) {
		return switch (status) {
			case ANSWER, NO_DATA, NXDOMAIN -> true;
			case SERVFAIL, REFUSED, FORMERR, NOTIMP, OTHER_RCODE, LAME, TIMEOUT, UNREACHABLE, MISMATCHED, MALFORMED, ALIAS_LOOP, UNTRUSTED, NO_TLS, HTTP_ERROR, NOT_DNS, TOO_LONG -> false;
		};
	}

	private void print(DnsAnswer answer, Phrases words) {
		if (json) {
			terminal.line(Json.answer(answer));
			return;
		}
		terminal.line(";; @" + answer.question().server().place() + " " + answer.question().name() + " " + answer.question().type() + ": "
				+ answer.status() + (answer.flags().isEmpty() ? "" : " (" + String.join(" ", answer.flags()) + ")")
				+ (answer.detail().isEmpty() ? "" : " " + answer.detail()));
		section("ANSWER", answer.answer());
		section("AUTHORITY", answer.authority());
		section("ADDITIONAL", answer.additional());
		terminal.line(";; " + words.say("dns.footer", answer.took().toMillis(), answer.bytes(), answer.tcp() ? "TCP" : "UDP"));
		terminal.line("");
	}

	private void section(String title, List<DnsAnswer.Rr> records) {
		if (!records.isEmpty()) {
			terminal.line(";; " + title);
			Columns columns = new Columns();
			records.forEach(rr -> columns.row(rr.name(), String.valueOf(rr.ttl()), "IN", rr.type(), rr.data()));
			columns.lines().forEach(terminal::line);
		}
	}
}
