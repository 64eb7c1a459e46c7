package hikkoshi.rehearsal.internal;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;

import hikkoshi.core.format.FileKeys;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Wave;
import hikkoshi.core.text.Phrases;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailService;

/// Writes the migration project that moves from the old to the new server of a [World]. No password is ever written.
record ProjectFolder(Path folder) {

	private static final String CA_FILE = "ca.pem";
	/// How old proof may be; longer than any rehearsal.
	private static final String FRESH = "1h";

	/// Makes the folder, or takes it if it is empty.
	///
	/// @throws DirectoryNotEmptyException if something is in it: a rehearsal overwrites nothing
	static ProjectFolder prepare(Path folder) throws IOException {
		Files.createDirectories(folder);
		try (Stream<Path> entries = Files.list(folder)) {
			if (entries.findAny().isPresent()) {
				throw new DirectoryNotEmptyException(folder.toString());
			}
		}
		return new ProjectFolder(folder);
	}

	void write(World world, Locale language) throws IOException {
		ResourceBundle words = Phrases.bundle(ProjectFolder.class, language);
		world.ca().writePem(folder.resolve(CA_FILE));
		write(MigrationProject.MIGRATION_FILE, migration(world, words));
		write(MigrationProject.MAILBOXES_FILE, mailboxes(words));
		write(MigrationProject.CHECKLIST_FILE, checklist(words));
	}

	private void write(String name, List<String> lines) throws IOException {
		Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
	}

	private static List<String> migration(World world, ResourceBundle words) {
		Grounds grounds = world.grounds();
		List<String> yaml = new ArrayList<>();
		yaml.add("# " + words.getString("migration.head"));
		yaml.add("format: " + FileKeys.MIGRATION_FORMAT);
		yaml.add("name: " + words.getString("name"));
		yaml.add("");
		yaml.add("servers:");
		yaml.add("  old:");
		yaml.addAll(server(World.OLD_KEY, world.oldServer()));
		yaml.add("  new:");
		yaml.addAll(server(World.NEW_KEY, world.newServer()));
		yaml.add("");
		yaml.add("domains:");
		yaml.add("  - {name: " + World.DOMAIN + ", wave: " + Wave.DEFAULT + ", old: " + World.OLD_KEY + ", new: " + World.NEW_KEY + "}");
		yaml.add("");
		yaml.add("waves:");
		yaml.add("  - key: " + Wave.DEFAULT);
		yaml.add("");
		yaml.add("# " + words.getString("migration.trust"));
		yaml.add("trust: [" + CA_FILE + "]");
		yaml.add("");
		yaml.add("# " + words.getString("migration.dns"));
		yaml.add("dns:");
		yaml.add("  roots:");
		yaml.add("    - {label: a.root-servers.test, address: " + literal(grounds.root()) + ", port: " + world.dnsPort() + "}");
		yaml.add("  resolvers:");
		yaml.add("    - {label: cache, address: " + literal(grounds.resolver()) + ", port: " + world.dnsPort() + "}");
		yaml.add("  authoritative-port: " + world.dnsPort());
		yaml.add("");
		yaml.add("# " + words.getString("migration.policy"));
		yaml.add("policy:");
		yaml.add("  ttl-target: " + World.LOW_TTL + "s");
		yaml.add("  lockout-after: 100");
		yaml.add("  connections-per-server: 16");
		yaml.add("  logins-per-second: 0");
		return yaml;
	}

	private static List<String> server(String key, MailServer server) {
		List<String> yaml = new ArrayList<>(List.of("    - key: " + key, "      name: " + server.settings().hostName(),
				"      addresses: [" + String.join(", ", server.addresses().stream().map(ProjectFolder::literal).toList()) + "]", "      endpoints:"));
		for (MailService service : EnumSet.copyOf(server.settings().services())) {
			yaml.add("        - " + protocol(service) + ":" + server.port(service) + "/" + (service.implicitTls() ? "tls" : "starttls"));
		}
		return yaml;
	}

	private static String protocol(MailService service) {
		return switch (service) {
		case IMAP, IMAPS -> "imap";
		case POP3, POP3S -> "pop3";
		case SUBMISSION, SUBMISSIONS -> "submission";
		case MX -> "smtp";
		};
	}

	/// As people write it; the only IPv6 address of a rehearsal is the loopback one.
	private static String literal(InetAddress address) {
		return '"' + (address instanceof Inet6Address ? "::1" : address.getHostAddress()) + '"';
	}

	private static List<String> mailboxes(ResourceBundle words) {
		List<String> csv = new ArrayList<>(List.of(String.join(",", FileKeys.MAILBOX_COLUMNS)));
		for (World.Person person : World.PEOPLE) {
			csv.add(String.join(",", person.address(), person.oldLogin().user(), person.newLogin().user(), Wave.DEFAULT,
					person.equals(World.MISSING) ? words.getString("mailboxes.missing") : ""));
		}
		return csv;
	}

	private static List<String> checklist(ResourceBundle words) {
		String accounts = "accounts: {sides: [old, new], protocols: [imap, pop3, submission], max-age: " + FRESH + "}";
		String drained = "ttl-drained: {ttl: " + World.LOW_TTL + "s, max-age: " + FRESH + "}";
		String exist = "recipients: {sides: [old, new], max-age: " + FRESH + "}";
		List<String> yaml = new ArrayList<>(List.of("# " + words.getString("checklist.head"), "format: " + FileKeys.CHECKLIST_FORMAT, "phases:"));
		phase(yaml, words, "prepare", Map.of("create", List.of(exist), "prove", List.of(accounts)), "create", "prove");
		phase(yaml, words, "switch", Map.of("lower-ttl", List.of(drained), "cutover",
				List.of("steps: [create, prove, lower-ttl]", accounts, exist, "dns-points-to: {side: old, max-age: " + FRESH + "}", drained)), "lower-ttl", "cutover");
		phase(yaml, words, "finish", Map.of("watch", List.of("steps: [cutover]", "dns-points-to: {side: new, max-age: " + FRESH + "}"), "merge",
				List.of("steps: [watch]"), "retire", List.of("steps: [merge]")), "watch", "merge", "retire");
		return yaml;
	}

	private static void phase(List<String> yaml, ResourceBundle words, String key, Map<String, List<String>> gates, String... steps) {
		yaml.add("  - key: " + key);
		yaml.add("    title: " + quoted(words.getString("phase." + key)));
		yaml.add("    steps:");
		for (String step : steps) {
			yaml.add("      - key: " + step);
			yaml.add("        title: " + quoted(words.getString("step." + step)));
			yaml.add("        text: " + quoted(words.getString("step." + step + ".text")));
			List<String> shut = gates.getOrDefault(step, List.of());
			if (!shut.isEmpty()) {
				yaml.add("        gates:");
				shut.forEach(gate -> yaml.add("          - " + gate));
			}
		}
	}

	private static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}
}
