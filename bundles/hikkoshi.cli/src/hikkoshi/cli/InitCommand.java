package hikkoshi.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.ChecklistTemplate;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationTemplate;
import hikkoshi.core.format.SafeFile;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi init`: the three files of a new migration. What exists is left as it is.
@Command(name = "init")
final class InitCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Parameters(index = "0", paramLabel = "DIR", descriptionKey = "init.folder")
	private Path folder = Path.of(".");

	@Option(names = "--name", paramLabel = "NAME", descriptionKey = "init.name")
	private @Nullable String name;

	@Option(names = "--domain", paramLabel = "DOMAIN", split = ",", required = true, descriptionKey = "init.domain")
	private List<String> domains = new ArrayList<>();

	@Option(names = "--old", paramLabel = "NAME=IP", required = true, descriptionKey = "init.old")
	private String oldServer = "";

	@Option(names = "--new", paramLabel = "NAME=IP", required = true, descriptionKey = "init.new")
	private String newServer = "";

	InitCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.words();
		Path target = folder.toAbsolutePath().normalize();
		List<String> names = new ArrayList<>();
		for (String domain : domains) {
			names.add(domain(domain, words));
		}
		String title = name == null ? names.getFirst() : name;
		Map<String, String> files = new LinkedHashMap<>();
		files.put(MigrationProject.MIGRATION_FILE, MigrationTemplate.text(face.locale(), title, names, host(oldServer, words), host(newServer, words)));
		files.put(MigrationProject.MAILBOXES_FILE, MigrationTemplate.mailboxes());
		files.put(MigrationProject.CHECKLIST_FILE, ChecklistTemplate.text(face.locale()));
		Files.createDirectories(target);
		for (Map.Entry<String, String> file : files.entrySet()) {
			write(target.resolve(file.getKey()), file.getValue(), words);
		}
		terminal.line(words.say("init.next"));
		return ExitCode.OK.code();
	}

	private void write(Path file, String text, Phrases words) throws IOException {
		if (Files.exists(file)) {
			terminal.complain(words.say("cli.exists", file));
		} else {
			SafeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
			terminal.line(words.say("init.written", file));
		}
	}

	private static String domain(String text, Phrases words) throws CommandFailure {
		try {
			return DomainName.parse(text).ascii();
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-name", text, e.getMessage()));
		}
	}

	/// `mail.old.example=192.0.2.1,2001:db8::1`
	private static MigrationTemplate.Host host(String text, Phrases words) throws CommandFailure {
		int equals = text.indexOf('=');
		try {
			String server = DomainName.parse(text.substring(0, Math.max(equals, 0))).ascii();
			List<String> addresses = new ArrayList<>();
			for (String address : text.substring(equals + 1).split(",")) {
				addresses.add(IpText.of(InetAddress.ofLiteral(address.strip())));
			}
			return new MigrationTemplate.Host(server, addresses);
		} catch (IllegalArgumentException e) {
			throw new CommandFailure(ExitCode.USAGE, words.say("init.bad-server", text));
		}
	}
}
