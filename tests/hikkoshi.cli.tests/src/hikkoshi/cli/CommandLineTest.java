package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;

/// The headless commands as a person runs them: command line in, exit code, words and files out, with the real leaves.
class CommandLineTest {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;

	private int run(Locale locale, String... args) {
		out.reset();
		err.reset();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		return new Hikkoshi(terminal, Leaves.real(), locale, "1.2.3").run(args);
	}

	private int run(String... args) {
		return run(Locale.ENGLISH, args);
	}

	private String out() {
		return out.toString(StandardCharsets.UTF_8);
	}

	private String err() {
		return err.toString(StandardCharsets.UTF_8);
	}

	@Test
	void saysItsVersion() {
		assertThat(run("--version")).isZero();
		assertThat(out().strip()).isEqualTo("hikkoshi 1.2.3");
	}

	@ParameterizedTest
	@ValueSource(strings = {"init", "discover", "validate", "import", "export", "probe", "compare", "exist", "dns", "trace", "audit", "leftovers", "plan", "propagation", "status", "gate", "step", "evidence",
		"rehearse"})
	void everyCommandHelpsInBothLanguages(String command) {
		assertThat(run(command, "--help")).as(err()).isZero();
		String english = out();
		assertThat(english).startsWith("Usage: hikkoshi " + command).doesNotContain("{0}");
		assertThat(run(Locale.JAPANESE, command, "--help")).isZero();
		assertThat(out()).startsWith("使い方: hikkoshi " + command).isNotEqualTo(english);
	}

	@Test
	void aWrongCommandLineIsSaidInTheReadersLanguage() {
		assertThat(run("prove")).isEqualTo(64);
		assertThat(err()).contains("Unknown argument: prove").contains("probe");
		assertThat(run(Locale.JAPANESE, "step")).isEqualTo(64);
		assertThat(err()).contains("不足しています: STEP");
		assertThat(run("probe", "--side", "middle")).isEqualTo(64);
		assertThat(err()).contains("middle").contains("--side");
		assertThat(run()).isEqualTo(64);
	}

	@Test
	void aFolderWithoutAMigrationIsNoProject() {
		assertThat(run("validate", "-p", folder.toString())).isEqualTo(66);
		assertThat(err()).contains("migration.yaml").contains("hikkoshi init");
	}

	@Test
	void aNewProjectIsValidAndNothingIsOverwritten() throws IOException {
		Path project = folder.resolve("move");
		String[] init = {"init", project.toString(), "--domain", "example.org", "--old", "mail.old.example=192.0.2.1,2001:db8::1", "--new",
			"mail.new.example=192.0.2.2"};
		assertThat(run(init)).as(err()).isZero();
		assertThat(run("validate", "-p", project.toString())).as(out() + err()).isLessThanOrEqualTo(1);
		Files.writeString(project.resolve("mailboxes.csv"), "address,old_user,new_user,wave,note\nann@example.org,ann,,,\n");
		assertThat(run(init)).isZero();
		assertThat(Files.readString(project.resolve("mailboxes.csv"))).contains("ann@example.org");
		assertThat(run("validate", "-p", project.toString(), "--json")).as(out()).isZero();
		assertThat(out()).contains("\"usable\":true");
	}

	@Test
	void aFaultIsSaidWithFileLineAndRemedy() throws IOException {
		run("init", folder.toString(), "--domain", "example.org", "--old", "a.example=192.0.2.1", "--new", "b.example=192.0.2.2");
		Files.writeString(folder.resolve("mailboxes.csv"), "address,old_user,new_user,wave,note\nann@example.org,,,,\nann@example.org,,,,\n");
		assertThat(run("validate", "-p", folder.toString())).isEqualTo(66);
		assertThat(out()).contains("mailboxes.csv:3:");
		assertThat(run("probe", "-p", folder.toString())).isEqualTo(66);
		assertThat(err()).contains("mailboxes.csv:3:");
	}

	@Test
	void aLogThatIsNoneIsSaidWithWhatToDo() throws IOException {
		run("init", folder.toString(), "--domain", "example.org", "--old", "a.example=192.0.2.1", "--new", "b.example=192.0.2.2");
		Files.writeString(folder.resolve("evidence.db"), "this is no database, whatever its name says; it is long enough to be read as one");
		assertThat(run(Locale.JAPANESE, "gate", "-p", folder.toString())).isEqualTo(66);
		assertThat(err()).contains("evidence.db").doesNotContain("Exception").matches("(?s).*[\\u3040-\\u30ff].*");
	}

	@Test
	void theRehearsalPlaysTheWholeLine() throws IOException {
		Path project = folder.resolve("rehearsal");
		assertThat(run("rehearse", "--dir", project.toString())).as(out() + err()).isZero();
		assertThat(out()).contains("went as it should").contains("cutover is signed off");
		assertThat(run("evidence", "verify", "-p", project.toString())).isZero();
		assertThat(run("gate", "-p", project.toString(), "watch")).as(out()).isZero();
		assertThat(run("gate", "-p", project.toString(), "--json")).as(out()).isZero();
		assertThat(out().lines()).allMatch(line -> line.startsWith("{\"wave\":") && line.endsWith("}"));
		assertThat(run("evidence", "list", "-p", project.toString(), "--outcome", "fail")).isZero();
		assertThat(run("step", "-p", project.toString(), "no-such-step", "--sign", "Ann")).isEqualTo(64);
	}

	@Test
	void theNewServerIsComparedWithTheOld() throws Exception {
		Path project = folder.resolve("world");
		try (RehearsalStage.Play play = Leaves.real().rehearsalStage().open(project, Locale.ENGLISH)) {
			Path passwords = passwords(project, play);
			int code = run("compare", "-p", project.toString(), "--passwords", passwords.toString(), "--all");
			assertThat(code).as(out() + err()).isIn(0, 1);
			assertThat(out()).contains("Looked at behind the login: ").contains("Separator of folder levels").contains("IMAP4REV1").contains("0 not known")
					.doesNotContain("compare.");
			assertThat(run(Locale.JAPANESE, "compare", "-p", project.toString())).as(out() + err()).isIn(0, 1);
			assertThat(out()).contains("ログイン後の内容は調べていません").contains("不明 0 件");
			assertThat(run("compare", "-p", project.toString(), "--json")).isIn(0, 1);
			assertThat(out().lines()).isNotEmpty().allMatch(line -> line.startsWith("{\"old\":") && line.endsWith("}"));
			assertThat(run("compare", "-p", project.toString(), "--old", "nowhere")).isEqualTo(64);
			assertThat(run("compare", "-p", project.toString(), "--user", "nobody@nowhere.example")).isEqualTo(64);
		}
	}

	@Test
	void theStatusSaysWhatIsProvenWhatBlocksAndWhatIsNext() throws Exception {
		Path project = folder.resolve("world");
		try (RehearsalStage.Play play = Leaves.real().rehearsalStage().open(project, Locale.ENGLISH)) {
			Path passwords = passwords(project, play);
			assertThat(run("status", "-p", project.toString())).as(out() + err()).isEqualTo(2);
			assertThat(out()).contains("never probed").contains("Next step").contains("Probe the accounts: 5 mailboxes");
			run("probe", "-p", project.toString(), "--passwords", passwords.toString());
			assertThat(run("status", "-p", project.toString())).isEqualTo(2);
			assertThat(out()).contains(play.missingMailbox()).contains("Look at " + play.missingMailbox()).contains("failed");
			assertThat(run("status", "-p", project.toString(), "--json")).isEqualTo(2);
			assertThat(out()).startsWith("{\"name\":").contains("\"standing\":\"FAILED\"").contains("\"action\":\"open\"").hasLineCount(1);
			assertThat(run(Locale.JAPANESE, "status", "-p", project.toString())).isEqualTo(2);
			assertThat(out()).contains("次の手順").contains("を確認してください");
		}
		Files.writeString(project.resolve("mailboxes.csv"), "address\nann@elsewhere.example\n");
		assertThat(run("status", "-p", project.toString())).isEqualTo(66);
		assertThat(err()).contains("mailboxes.csv:2:");
		assertThat(run("status", "-p", project.toString(), "--json")).isEqualTo(66);
		assertThat(out()).contains("\"usable\":false").contains("\"line\":2");
	}

	@Test
	void probesProveAndGatesSayWhoIsMissing() throws Exception {
		Path project = folder.resolve("world");
		try (RehearsalStage.Play play = Leaves.real().rehearsalStage().open(project, Locale.ENGLISH)) {
			Path passwords = passwords(project, play);
			assertThat(run("probe", "-p", project.toString(), "--passwords", passwords.toString(), "--protocol", "imap")).isEqualTo(2);
			assertThat(out()).contains(play.missingMailbox()).doesNotContain(firstPassword(passwords));
			assertThat(run("gate", "-p", project.toString(), "cutover")).isEqualTo(2);
			assertThat(out()).contains(play.missingMailbox());
			assertThat(run("step", "-p", project.toString(), "cutover", "--sign", "Ann")).isEqualTo(2);
			assertThat(run("step", "-p", project.toString(), "cutover", "--override", "Ann")).isEqualTo(64);
			assertThat(run("step", "-p", project.toString(), "cutover", "--override", "Ann", "--reason", "carol left")).isZero();
			assertThat(run("gate", "-p", project.toString(), "cutover", "--json")).isEqualTo(1);
			assertThat(out()).contains("OVERRIDDEN").contains("carol left");
			play.repair();
			assertThat(run("probe", "-p", project.toString(), "--passwords", passwords.toString(), "--json")).as(out() + err()).isZero();
			assertThat(out()).doesNotContain(firstPassword(passwords));
			assertThat(run("dns", "-p", project.toString())).as(out() + err()).isLessThanOrEqualTo(1);
			assertThat(run("dns", "-p", project.toString(), "rehearsal.test", "MX", "--authoritative")).as(out() + err()).isZero();
			assertThat(run("dns", "-p", project.toString(), "rehearsal.test", "MX", "--authoritative", "--transport", "tcp")).as(out() + err()).isZero();
			assertThat(out()).contains("status: NOERROR", ";; ANSWER SECTION:", "(TCP)", "old.rehearsal.test.");
			assertThat(run("dns", "-p", project.toString(), "127.0.0.1", "--authoritative", "--print-command", "dig")).as(out() + err()).isLessThanOrEqualTo(3);
			assertThat(run("dns", "it's.test", "MX", "@tls://dns.example@192.0.2.1", "--edns", "0", "--print-command", "kdig")).as(out() + err()).isZero();
			assertThat(out()).endsWith("kdig @192.0.2.1 +tls +tls-ca +tls-hostname=dns.example +noedns -q 'it'\\''s.test' -t MX\n");
			assertThat(run("trace", "-p", project.toString(), "rehearsal.test")).as(out() + err()).isLessThanOrEqualTo(1);
			assertThat(out()).contains("Zone: rehearsal.test");
			assertThat(run("audit", "-p", project.toString(), "--check", "mx.*", "--all")).as(out() + err()).isEqualTo(2);
			assertThat(out()).as("loopback is nothing that senders reach").contains("audit.mx.public").contains("audit.mx.sides");
			assertThat(out()).as("what it cost the world").containsPattern("Questions to DNS servers: [1-9][0-9]*");
			assertThat(run("leftovers", "-p", project.toString(), "rehearsal.test")).as(out() + err()).isEqualTo(1);
			assertThat(out()).as("every row says what it is and what it should become").containsPattern("rehearsal\\.test +MX +10 old\\.rehearsal\\.test\\. +← old\\.rehearsal\\.test");
			assertThat(run("leftovers", "-p", project.toString(), "other.test")).isEqualTo(64);
			assertThat(run("audit", "-p", project.toString(), "other.test")).isEqualTo(64);
			assertThat(run("audit", "-p", project.toString(), "--check", "nonsense")).isEqualTo(64);
			assertThat(run("audit", "-p", project.toString(), "--check", "[")).isEqualTo(64);
			Path zone = Files.writeString(passwords.resolveSibling("zone.txt"), "@ 60 MX 10 new\nnew 60 A 127.0.0.9\n");
			assertThat(run("plan", "-p", project.toString(), "rehearsal.test", zone.toString())).as(err()).isEqualTo(2);
			assertThat(out()).contains("± rehearsal.test. MX").contains("- 10 old.rehearsal.test.").contains("+ 10 new.rehearsal.test.").contains("audit.mx.public");
			assertThat(run("plan", "-p", project.toString(), "rehearsal.test", zone.toString(), "--as", "nsupdate")).as(err()).isZero();
			assertThat(out()).startsWith("zone rehearsal.test.").contains("update add rehearsal.test. 60 MX 10 new.rehearsal.test.");
			assertThat(run("plan", "-p", project.toString(), "rehearsal.test", zone.toString(), "--as", "bind")).isEqualTo(64);
			assertThat(run("plan", "-p", project.toString(), "rehearsal.test", "--begin")).as(err()).isZero();
			Path begun = project.resolve("zones/rehearsal.test.zone");
			assertThat(begun).content().startsWith("; ").contains("rehearsal.test.\t").contains("MX\t10 old.rehearsal.test.").as("where that is").containsPattern("old\\.rehearsal\\.test\\.\t\\d+\tIN\tA\t127\\.");
			assertThat(run("plan", "-p", project.toString(), "rehearsal.test")).as(err()).isLessThanOrEqualTo(2);
			assertThat(out()).as("a plan begins without any change").contains("0 to create, 0 to modify, 0 TTLs, 0 to delete");
			assertThat(run("plan", "-p", project.toString(), "rehearsal.test", "--begin")).as("never over a plan").isEqualTo(66);
			Files.delete(begun);
			Path bare = Files.createDirectory(folder.resolve("bare"));
			try (DirectoryStream<Path> files = Files.newDirectoryStream(project, each -> Files.isRegularFile(each) && !each.getFileName().toString().startsWith("evidence.db"))) {
				for (Path file : files) {
					Files.copy(file, bare.resolve(file.getFileName()));
				}
			}
			assertThat(run("plan", "-p", bare.toString(), "rehearsal.test", zone.toString())).as(err()).isEqualTo(2);
			assertThat(bare).as("who only looks leaves no log").isDirectoryNotContaining(each -> each.getFileName().toString().startsWith("evidence.db"));
			Files.writeString(zone, "@ 60 MX ten new\n");
			assertThat(run("plan", "-p", project.toString(), "rehearsal.test", zone.toString())).isEqualTo(66);
		}
	}

	@Test
	void propagationIsWatchedToItsEnd() throws Exception {
		Path project = folder.resolve("world");
		try (RehearsalStage.Play play = Leaves.real().rehearsalStage().open(project, Locale.ENGLISH)) {
			assertThat(run("propagation", "-p", project.toString())).as(out() + err()).isEqualTo(2);
			assertThat(out()).contains("still gives the old answer").containsPattern("old +rehearsal\\.test\\. MX").containsPattern("Questions to DNS servers: [1-9]");
			play.lowerTtl();
			assertThat(run("propagation", "-p", project.toString())).isEqualTo(2);
			play.cutOver();
			assertThat(run("propagation", "-p", project.toString(), "--watch", "1s", "--until", "all-new", "rehearsal.test")).as(out() + err()).isZero();
			assertThat(out()).contains("propagation is over");
			assertThat(run("propagation", "-p", project.toString(), "--no-ask", "--json")).isZero();
			assertThat(out()).hasLineCount(1).startsWith("{\"domain\":\"rehearsal.test\"").contains("\"state\":\"KNOWN\"", "\"standing\":\"NEW\"", "\"kind\":\"authoritative\"");
			assertThat(run(Locale.JAPANESE, "propagation", "-p", project.toString(), "--no-ask", "--all")).isZero();
			assertThat(out()).contains("伝播は終わりました").contains("変更なし");
			assertThat(run("propagation", "-p", project.toString(), "--watch", "soon")).isEqualTo(64);
			assertThat(run("propagation", "-p", project.toString(), "other.test")).isEqualTo(64);
		}
	}

	@Test
	void existSaysWhoIsForgottenAndValidateRemembers() throws Exception {
		Path project = folder.resolve("world");
		try (RehearsalStage.Play play = Leaves.real().rehearsalStage().open(project, Locale.ENGLISH)) {
			assertThat(run("validate", "-p", project.toString())).as(out()).isZero();
			assertThat(project.resolve("evidence.db")).as("validate makes no log").doesNotExist();
			assertThat(run("exist", "-p", project.toString())).as(out() + err()).isEqualTo(2);
			assertThat(out().lines().findFirst()).hasValueSatisfying(
					line -> assertThat(line).contains("old exists", "new MISSING", play.missingMailbox(), "550 5.1.1 no such mailbox here"));
			assertThat(out()).contains("old: 5 exist, 0 missing, 0 not known", "new: 4 exist, 1 missing, 0 not known",
					"Alive on the old server and missing on the new one: 1.");
			assertThat(run("validate", "-p", project.toString())).isEqualTo(2);
			assertThat(out()).contains("mailboxes.csv:4:1: error: " + play.missingMailbox() + " is alive on the old server", "Create the address on this server");
			assertThat(run("validate", "-p", project.toString(), "--json")).isEqualTo(2);
			assertThat(out()).contains("\"forgotten\":[{\"file\":\"mailboxes.csv\",\"line\":4", "\"usable\":true");
			assertThat(run("gate", "-p", project.toString(), "create")).isEqualTo(2);
			assertThat(out()).contains(play.missingMailbox() + " does not exist on the new side");

			play.repair();
			assertThat(run("exist", "-p", project.toString(), "--side", "new", play.missingMailbox(), "--json")).as(out() + err()).isZero();
			assertThat(out().lines()).singleElement().satisfies(line -> assertThat(line).contains("\"address\":\"" + play.missingMailbox() + "\"",
					"\"new\":{\"state\":\"EXISTS\"", "\"forgotten\":false").doesNotContain("\"old\":"));
			assertThat(run("validate", "-p", project.toString())).as(out()).isZero();
			assertThat(run("gate", "-p", project.toString(), "create")).as(out()).isZero();
			Path passwords = passwords(project, play);
			assertThat(run("exist", "-p", project.toString(), "--passwords", passwords.toString(), "--side", "new", "--json")).as(out() + err()).isZero();
			assertThat(run("exist", "-p", project.toString(), "nobody@rehearsal.test")).isEqualTo(64);
			assertThat(run("exist", "-p", project.toString(), "--side", "middle")).isEqualTo(64);
		}
	}

	/// A server that nobody can ask is said with what to add.
	@Test
	void existSaysWhatToAdd() throws Exception {
		run("init", folder.toString(), "--domain", "example.org", "--old", "a.example=192.0.2.1", "--new", "b.example=192.0.2.2");
		Path yaml = folder.resolve("migration.yaml");
		Files.writeString(yaml, Files.readString(yaml).replace(", smtp:25/starttls", ""));
		Files.writeString(folder.resolve("mailboxes.csv"), "address,kind,goes_to\nann@example.org,,\ninfo@example.org,alias,ann@example.org\n");
		assertThat(run("exist", "-p", folder.toString())).as(err()).isEqualTo(3);
		assertThat(out()).contains("info@example.org", "alias", "server new has no SMTP endpoint to ask at; add smtp:25/starttls")
				.contains("ann@example.org", "server new has no SMTP endpoint and no login is proven", "new: 0 exist, 0 missing, 2 not known");
		assertThat(run("exist", "-p", folder.toString(), "--wave", "nowhere")).isEqualTo(64);
	}

	/// A password file for every account of a rehearsal, as its owner would write it.
	private Path passwords(Path project, RehearsalStage.Play play) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (String row : Files.readAllLines(project.resolve("mailboxes.csv")).stream().skip(1).toList()) {
			String[] cells = row.split(",", -1);
			for (CredentialId id : new CredentialId[] {new CredentialId("old", cells[1]), new CredentialId("new", cells[2])}) {
				try (Secret secret = play.secrets().find(id).orElseThrow()) {
					lines.append(id.server()).append(',').append(id.user()).append(",\"").append(new String(secret.reveal()).replace("\"", "\"\""))
							.append("\"\n");
				}
			}
		}
		Path file = Files.writeString(folder.resolve("passwords.csv"), lines);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
	}

	private static String firstPassword(Path passwords) throws IOException {
		String line = Files.readAllLines(passwords).getFirst();
		return line.substring(line.indexOf('"') + 1, line.length() - 1);
	}

	@Test
	void whatHasOneRemedyIsMended() throws IOException {
		run("init", folder.toString(), "--domain", "example.org", "--old", "mail.old.example=192.0.2.1", "--new", "mail.new.example=192.0.2.2");
		Path mailboxes = folder.resolve("mailboxes.csv");
		String broken = "adress,password\nann@example.org,hunter2\nbob@third.example,\n";
		Files.writeString(mailboxes, broken);
		assertThat(run("validate", "-p", folder.toString(), "--dry-run")).isEqualTo(64);
		assertThat(run("validate", "-p", folder.toString(), "--fix", "--dry-run")).isEqualTo(66);
		assertThat(out()).contains("mailboxes.csv:1: would be fixed: Rename “adress” to “address”").contains("your choice: Remove the column")
				.doesNotContain("hunter2");
		assertThat(mailboxes).hasContent(broken);
		assertThat(run("validate", "-p", folder.toString(), "--fix")).isEqualTo(66);
		assertThat(mailboxes).hasContent("address,password\nann@example.org,hunter2\nbob@third.example,\n");
		assertThat(folder.resolve("migration.yaml")).content().contains("third.example");
		assertThat(run("validate", "-p", folder.toString(), "--fix", "--remove-passwords")).isEqualTo(0);
		assertThat(mailboxes).hasContent("address\nann@example.org\nbob@third.example\n");
		assertThat(run(Locale.JAPANESE, "validate", "-p", folder.toString(), "--fix")).isZero();
	}
}
