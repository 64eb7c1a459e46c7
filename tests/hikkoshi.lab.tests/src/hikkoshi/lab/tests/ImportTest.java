package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.lab.tests.Headless.Ran;

/// `hikkoshi import` of a file of each dialect, and of what the installed servers' own tools write.
@ExtendWith(WithLab.class)
class ImportTest {
	private static final String YAML = """
			servers:
			  old: [{key: old, name: mail.old.example, addresses: [192.0.2.1], endpoints: [imap/tls]}]
			  new: [{key: new, name: mail.new.example, addresses: [192.0.2.2], endpoints: [imap/tls]}]
			domains: [{name: example.org, wave: first}]
			waves: [{key: first}]
			""";

	private final Lab lab;

	@TempDir
	Path folder;

	ImportTest(Lab lab) {
		this.lab = lab;
	}

	@BeforeEach
	void folder() throws IOException {
		Files.createDirectories(folder);
	}

	private Headless project() throws IOException {
		return Headless.project(folder.resolve("move"), lab, YAML, "address,old_user,new_user,wave,note,kind,goes_to\n");
	}

	static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(Lab.source("tests/hikkoshi.core.tests/src/hikkoshi/core/tests/format/roster/files"))) {
			return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
		}
	}

	/// A first import writes what it said, the second has nothing to do, and the project stays valid.
	@ParameterizedTest
	@MethodSource("files")
	void everyDialect(Path file) throws Exception {
		Headless project = project();
		Ran first = project.run("import", file.toString(), "--domain", "example.org", "--domains", "--wave", "first");
		assertThat(first.code()).as(first.out() + first.err()).isLessThanOrEqualTo(1);
		assertThat(first.out() + first.err()).doesNotContain("s3cret", "Passw0rd", "Pa$$word", "2111991", "{SHA");
		List<String> roster = Files.readAllLines(project.folder().resolve("mailboxes.csv"));
		boolean isZone = file.getFileName().toString().startsWith("db.");
		assertThat(roster.size()).as(roster.toString()).isGreaterThan(isZone ? 0 : 2);
		assertThat(String.join("\n", roster)).doesNotContain("s3cret", "Passw0rd", "Pa$$word", "2111991", "{SHA");
		Ran again = project.run("import", file.toString(), "--domain", "example.org", "--domains", "--wave", "first");
		assertThat(again.out()).contains("0 added, 0 changed").contains("Nothing is to be written");
		assertThat(project.run("validate").code()).isLessThanOrEqualTo(1);
	}

	/// Runs a tool of the lab's servers and gives its standard output.
	private String tool(String... command) throws IOException, InterruptedException {
		Path out = Files.createTempFile(folder, "tool", ".out");
		Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectErrorStream(true).start();
		assertThat(process.waitFor()).as(Files.readString(out)).isZero();
		return Files.readString(out, StandardCharsets.UTF_8);
	}

	private Path file(String name, List<String> lines) throws IOException {
		return Files.write(folder.resolve(name), lines);
	}

	/// A passwd-file whose hashes `doveadm pw` made, one scheme a line.
	@Test
	void passwdFileOfDoveadm() throws Exception {
		List<String> lines = new ArrayList<>();
		for (String scheme : List.of("SHA512-CRYPT", "SSHA256", "BLF-CRYPT", "PBKDF2", "CRAM-MD5", "SCRAM-SHA-256")) {
			String hash = tool("doveadm", "-c", lab.get("dir") + "/new/dovecot.conf", "pw", "-s", scheme, "-r", "5", "-p", "s3cret:word").strip();
			assertThat(hash).startsWith("{" + scheme + "}");
			lines.add(scheme.toLowerCase(Locale.ROOT) + "@example.org:" + hash + ":5000:5000:Some One:/srv/mail/x::userdb_quota_rule=*:storage=1G");
		}
		Headless project = project();
		Ran ran = project.run("import", file("users", lines).toString());
		assertThat(ran.out()).as(ran.err()).contains("6 added, 0 changed, 0 the same, 0 refused").doesNotContain("s3cret");
		String roster = Files.readString(project.folder().resolve("mailboxes.csv"));
		for (String line : lines) {
			String address = line.substring(0, line.indexOf(':'));
			assertThat(roster).contains(address);
			assertThat(roster + ran.out()).doesNotContain(line.substring(line.indexOf('}') + 1, line.indexOf(":5000:")));
		}
	}

	/// Postfix' own listing of its own tables (`postmap -s`), sorted as it pleases.
	@Test
	void tablesOfPostmap() throws Exception {
		Path boxes = file("vmailbox", List.of("ann@example.org  example.org/ann/", "bob@example.org  example.org/bob/", "cid@example.org  example.org/cid/"));
		Path aliases = file("virtual", List.of("postmaster@example.org  ann@example.org", "team@example.org  ann@example.org, bob@example.org",
				"out@example.org  someone@elsewhere.example", "@example.org  cid@example.org"));
		Headless project = project();
		for (Path table : List.of(boxes, aliases)) {
			String listing = tool("postmap", "-c", lab.get("dir") + "/new/postfix/etc", "-s", "texthash:" + table);
			Path listed = file(table.getFileName() + ".txt", List.of(listing.split("\n")));
			Ran ran = project.run("import", listed.toString());
			assertThat(ran.code()).as(ran.out() + ran.err() + listing).isLessThanOrEqualTo(1);
		}
		assertThat(Files.readAllLines(project.folder().resolve("mailboxes.csv")).stream().skip(1).map(line -> line.replace(",,,,,", ",")).sorted().toList())
				.containsExactly("*@example.org,catch-all,cid@example.org", "ann@example.org,,", "bob@example.org,,", "cid@example.org,,",
						"out@example.org,forwarder,someone@elsewhere.example", "postmaster@example.org,alias,ann@example.org",
						"team@example.org,group,ann@example.org bob@example.org");
	}

	/// What `named-compilezone` makes of a zone of the lab: every record on one line, with its whole name.
	@Test
	void zoneOfBind() throws Exception {
		Path compiled = folder.resolve("lab.zone");
		tool("named-compilezone", "-i", "none", "-o", compiled.toString(), "lab.test", lab.get("dir") + "/dns/zones/lab.test");
		Headless project = project();
		Ran ran = project.run("import", compiled.toString(), "--domains", "--wave", "first");
		assertThat(ran.code()).as(ran.out() + ran.err()).isLessThanOrEqualTo(1);
		assertThat(Files.readString(project.folder().resolve("migration.yaml"))).contains("lab.test").contains("set.lab.test").doesNotContain("alias.lab.test");
	}
}
