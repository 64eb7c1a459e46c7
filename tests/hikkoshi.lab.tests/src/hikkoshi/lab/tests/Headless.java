package hikkoshi.lab.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hikkoshi.cli.Hikkoshi;
import hikkoshi.cli.Services;
import hikkoshi.cli.Terminal;
import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.evidence.EvidenceStore;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.secret.Secrets;
import hikkoshi.dns.DnsProbes;
import hikkoshi.dns.Lookup;
import hikkoshi.dns.audit.Audit;
import hikkoshi.dns.plan.PlannedZones;
import hikkoshi.mail.CanaryMail;
import hikkoshi.mail.LetterMail;
import hikkoshi.mail.MailProbes;
import hikkoshi.store.SqliteEvidenceStore;

/// The headless commands on a project folder, as a technician runs them.
final class Headless {
	/// @param out what went to standard output
	/// @param err what went to standard error
	record Ran(int code, String out, String err) {}

	private final Path project;
	private final List<Secrets> vaults;

	private Headless(Path project, List<Secrets> vaults) {
		this.project = project;
		this.vaults = List.copyOf(vaults);
	}

	/// The same project with a secure storage, as the workbench has one.
	Headless keeping(Secrets vault) {
		return new Headless(project, List.of(vault));
	}

	/// A folder without a project.
	static Headless bare(Path folder) throws IOException {
		return new Headless(Files.createDirectories(folder), List.of());
	}

	/// A project that trusts the lab's authority.
	///
	/// @param yaml of `migration.yaml`, below `format` and `trust`
	static Headless project(Path folder, Lab lab, String yaml, String roster) throws IOException {
		Files.createDirectories(folder);
		Files.copy(Path.of(lab.get("ca")), folder.resolve("ca.pem"));
		Files.writeString(folder.resolve("migration.yaml"), "format: hikkoshi/1\nname: Lab\ntrust: [ca.pem]\n" + yaml);
		Files.writeString(folder.resolve("mailboxes.csv"), roster);
		return new Headless(folder, List.of());
	}

	/// A file beside the project that only its owner may read.
	///
	/// @param lines `server,user,password`
	Path passwords(String... lines) throws IOException {
		Path file = project.resolveSibling("passwords.csv");
		Files.deleteIfExists(file);
		Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		return Files.write(file, List.of(lines));
	}

	Path folder() {
		return project;
	}

	/// `hikkoshi COMMAND -p PROJECT ARGUMENTS`
	Ran run(String command, String... arguments) {
		List<String> line = new ArrayList<>(List.of(command));
		line.addAll(List.of("-p", project.toString()));
		line.addAll(List.of(arguments));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		int code = new Hikkoshi(terminal, new Leaves(vaults), Locale.ENGLISH, "0.0.0").run(line.toArray(String[]::new));
		return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	private record Leaves(List<Secrets> vaults) implements Services {
		@Override
		public List<ProbeSet> probeSets() {
			return List.of(new MailProbes(), new DnsProbes(), new Audit());
		}

		@Override
		public EvidenceStore evidenceStore() {
			return new SqliteEvidenceStore();
		}

		@Override
		public DnsLookup dnsLookup() {
			return new Lookup();
		}

		@Override
		public Zones zones() {
			return new PlannedZones();
		}

		@Override
		public DocumentPrinter documentPrinter() {
			throw new UnsupportedOperationException("the lab prints nothing");
		}

		@Override
		public RehearsalStage rehearsalStage() {
			throw new UnsupportedOperationException("the lab is no rehearsal");
		}

		@Override
		public CanaryPost canaryPost() {
			return new CanaryMail();
		}

		@Override
		public NewsPost newsPost() {
			return new LetterMail();
		}
	}
}
