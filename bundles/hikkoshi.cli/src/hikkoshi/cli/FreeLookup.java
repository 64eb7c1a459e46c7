package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.lookup.DigCommand;
import hikkoshi.core.lookup.DigText;
import hikkoshi.core.lookup.LookupSpec;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.text.Phrases;

/// A look-up of `hikkoshi dns NAME`: nothing of it is kept. Used once.
final class FreeLookup {
	private final Face face;
	private final Terminal terminal;
	private final ProjectOption project;
	private final LookupOptions options;
	private final boolean json;
	private final Phrases words;
	private ExitCode worst = ExitCode.OK;
	private int wanted;
	private int got;

	FreeLookup(Face face, ProjectOption project, LookupOptions options, boolean json, Phrases words) {
		this.face = face;
		terminal = face.terminal();
		this.project = project;
		this.options = options;
		this.json = json;
		this.words = words;
	}

	/// @param question a name, types, and servers with an `@` before them, in any order but that the name comes before the types
	ExitCode run(List<String> question) throws IOException, InterruptedException, CommandFailure {
		String name = "";
		List<String> types = new ArrayList<>();
		List<String> servers = new ArrayList<>();
		for (String word : question) {
			if (word.startsWith("@")) {
				servers.add(word.substring(1));
			} else if (name.isEmpty()) {
				name = word;
			} else {
				types.add(word.toUpperCase(Locale.ROOT));
			}
		}
		Optional<MigrationProject> loaded = Files.isRegularFile(project.folder().resolve(MigrationProject.MIGRATION_FILE)) ? Optional.of(project.load(words))
				: Optional.empty();
		DnsSettings settings = loaded.flatMap(MigrationProject::migration).map(Migration::dns).orElse(DnsSettings.DEFAULT);
		List<X509Certificate> anchors = loaded.map(MigrationProject::anchors).orElse(List.of());
		List<LookupSpec.Servers> where = new ArrayList<>();
		if (!servers.isEmpty()) {
			where.add(LookupSpec.Servers.TYPED);
		}
		if (servers.isEmpty() || options.isMore()) {
			where.add(options.servers(false));
		}
		DnsLookup lookup = face.services().dnsLookup();
		for (LookupSpec.Servers each : where) {
			LookupSpec spec = new LookupSpec(name, types.isEmpty() ? List.of("A") : types, each, String.join(" ", servers), options.over(), options.dns(words));
			try {
				if (options.command() != null) {
					spec.questions(lookup, settings).forEach(this::command);
				} else {
					spec.ask(lookup, settings, anchors, count -> wanted += count, this::print);
				}
			} catch (LookupSpec.Mistake e) {
				boolean nobody = e.reason().id().equals("lookup.no-server") || e.reason().id().equals("lookup.no-configured");
				throw new CommandFailure(nobody ? ExitCode.UNREACHABLE : ExitCode.USAGE, words.say(e.reason()));
			} catch (InterruptedException e) {
				terminal.complain(words.say("lookup.cancelled", got, wanted));
				throw e;
			}
		}
		return worst;
	}

	private void command(DnsQuestion question) {
		terminal.line(options.command() == LookupOptions.Tool.KDIG ? DigCommand.kdig(question) : DigCommand.dig(question));
	}

	private void print(DnsAnswer answer) {
		got++;
		worst = answered(answer.status()) ? worst : ExitCode.UNREACHABLE;
		if (json) {
			terminal.line(Json.answer(answer));
		} else if (options.isShort()) {
			answer.answer().forEach(rr -> terminal.line(rr.data()));
		} else {
			terminal.line("; " + words.say("lookup.server", answer.question().server().place(), answer.question().name(), answer.question().type(),
					words.say("dns-status." + answer.status().name().toLowerCase(Locale.ROOT))));
			DigText.lines(answer, ZoneId.systemDefault()).forEach(terminal::line);
		}
	}

	private static boolean answered(DnsStatus status) {
		return switch (status) {
			case ANSWER, NO_DATA, NXDOMAIN -> true;
			case SERVFAIL, REFUSED, FORMERR, NOTIMP, OTHER_RCODE, LAME, TIMEOUT, UNREACHABLE, MISMATCHED, MALFORMED, ALIAS_LOOP, UNTRUSTED, NO_TLS, HTTP_ERROR,
					NOT_DNS, TOO_LONG ->
				false;
		};
	}
}
