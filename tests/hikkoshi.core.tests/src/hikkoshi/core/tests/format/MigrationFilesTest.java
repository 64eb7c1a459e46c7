package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;

class MigrationFilesTest {
	/// A self-signed certificate of EC P-256, made for this test; its key was thrown away.
	private static final String PEM = """
			-----BEGIN CERTIFICATE-----
			MIIBhzCCAS2gAwIBAgIUScI7jSvR80OYhIKpRUkI42B6AsowCgYIKoZIzj0EAwIw
			GDEWMBQGA1UEAwwNVGhyb3ctYXdheSBDQTAgFw0yNjExMjQxNDM0MDNaGA8yMTI2
			MTAzMTE0MzQwM1owGDEWMBQGA1UEAwwNVGhyb3ctYXdheSBDQTBZMBMGByqGSM49
			AgEGCCqGSM49AwEHA0IABAYpIng6ssyYz5IR4zl/A6W+vZHBWlu1E1JQ0VVsX3iP
			OSoPRfsJeu4etPKfS4dvfyo1NNFwe6yD0+zz1q5GIPGjUzBRMB0GA1UdDgQWBBQh
			74l99cXDSSUAN0gHAQ0AYo4oLzAfBgNVHSMEGDAWgBQh74l99cXDSSUAN0gHAQ0A
			Yo4oLzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCaVViX0HhS
			zAKrtgafohQ7iD3ebh/bxKl75XeCtzWpsgIgXkW3oyiFlQAy6PNd+u608wGx+iai
			GpKbQYYhGvlYsBA=
			-----END CERTIFICATE-----
			""";

	@TempDir
	Path folder;

	private MigrationProject load(String migration, String mailboxes) throws IOException {
		return MigrationFiles.load(Projects.write(folder, migration, mailboxes, Projects.CHECKLIST));
	}

	@Test
	void aSoundProject() throws IOException {
		MigrationProject project = load(Projects.MIGRATION, Projects.MAILBOXES);
		assertThat(project.faults()).isEmpty();
		Migration migration = project.migration().orElseThrow();
		assertThat(project.checklist()).isPresent();
		assertThat(migration.mailboxes()).extracting(Mailbox::oldUser, Mailbox::newUser, Mailbox::wave, Mailbox::line).containsExactly(
				org.assertj.core.api.Assertions.tuple("ann", "ann@example.org", "first", 2),
				org.assertj.core.api.Assertions.tuple("bob@example.com", "bob@example.com", "main", 3));
		assertThat(migration.mailboxes().get(1).note()).isEqualTo("writes \"often\", and much");
	}

	@Test
	void mailboxesMeetTheirDomains() throws IOException {
		MigrationProject project = load(Projects.MIGRATION, """
				address,old_user,new_user,wave,note
				ann@example.org,ann,a,first,
				bob@example.org,ann,b,first,
				cid@example.org,Ann,c,second,
				dan@example.net,,,,
				""");
		assertThat(Projects.brief(project.faults())).containsExactly(
				"migration.yaml:" + Projects.place(Projects.MIGRATION, "example.com") + " fault.domain.no-mailbox [example.com]",
				"mailboxes.csv:3:1 fault.account.duplicate [ann, old, mx-old, ann@example.org, 2]",
				"mailboxes.csv:4:1 fault.account.duplicate-case [Ann, old, mx-old, ann@example.org, 2]",
				"mailboxes.csv:4:23 fault.mailbox.wave [second, first, example.org]",
				"mailboxes.csv:5:1 fault.mailbox.domain [example.net]");
		assertThat(project.migration()).isEmpty();
		assertThat(project.checklist()).as("has no fault of its own").isPresent();
	}

	@Test
	void recipientsMeetTheirDomainsAndTargets() throws IOException {
		MigrationProject project = load(Projects.MIGRATION, """
				address,wave,kind,goes_to
				ann@example.org,,,
				ANN@example.com,,,
				info@example.org,first,alias,Ann@example.org
				all@example.org,,group,ann@example.com gone@example.com far@elsewhere.example
				@example.org,,catch-all,*@example.com
				ann@example.net,,alias,
				x@example.org,main,alias,
				""");
		assertThat(Projects.brief(project.faults())).containsExactly(
				"mailboxes.csv:5:24 fault.roster.goes-nowhere [gone@example.com, all@example.org]",
				"mailboxes.csv:7:1 fault.mailbox.domain [example.net]",
				"mailboxes.csv:8:15 fault.mailbox.wave [main, first, example.org]");
		MigrationProject sound = load(Projects.MIGRATION, """
				address,kind,goes_to
				ann@example.org,,
				@example.com,catch-all,ann@example.org
				""");
		assertThat(sound.faults()).as("a domain of catch-alls only is inhabited").isEmpty();
		Migration migration = sound.migration().orElseThrow();
		assertThat(migration.mailboxes()).hasSize(1);
		assertThat(migration.recipients()).hasSize(1).first().satisfies(recipient -> {
			assertThat(recipient.address()).hasToString("*@example.com");
			assertThat(recipient.goesTo()).hasToString("[ann@example.org]");
			assertThat(recipient.wave()).isEqualTo("main");
			assertThat(recipient.line()).isEqualTo(3);
		});
	}

	@Test
	void aGateThatCanNeverOpenIsNamed() throws IOException {
		MigrationProject project = load(Projects.MIGRATION.replace("pop3:995/tls, {protocol: submission, port: 465, security: tls}", "pop3:995/tls"),
				Projects.MAILBOXES);
		assertThat(Projects.brief(project.faults())).containsExactly("cutover.checklist:" + Projects.place(Projects.CHECKLIST, "submission]")
				+ " fault.gate.not-served [submission, mx-new]");
	}

	@Test
	void missingFiles() throws IOException {
		assertThat(Projects.brief(MigrationFiles.load(folder).faults())).containsExactly(
				"migration.yaml:0:0 fault.file.missing [migration.yaml]",
				"mailboxes.csv:0:0 fault.file.missing-mailboxes [mailboxes.csv]",
				"cutover.checklist:0:0 fault.file.missing-checklist [cutover.checklist]");
		assertThatThrownBy(() -> MigrationFiles.load(folder.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
		Files.createDirectory(folder.resolve("migration.yaml"));
		assertThat(Projects.ids(MigrationFiles.load(folder).faults())).contains("fault.file.not-regular");
	}

	@Test
	void unsavedTextsCountInPlaceOfFiles() throws IOException {
		load(Projects.MIGRATION, Projects.MAILBOXES);
		MigrationProject project = MigrationFiles.load(folder,
				Map.of(MigrationProject.MIGRATION_FILE, "\uFEFF" + Projects.MIGRATION.replace("Example move", "Other")));
		assertThat(project.migration().orElseThrow().name()).isEqualTo("Other");
	}

	@Test
	void hugeFilesAreNotRead() throws IOException {
		load(Projects.MIGRATION, Projects.MAILBOXES);
		for (String name : new String[] {MigrationProject.MIGRATION_FILE, MigrationProject.MAILBOXES_FILE}) {
			try (var file = Files.newByteChannel(folder.resolve(name), java.nio.file.StandardOpenOption.WRITE)) {
				file.position(5_000_000_000L);
				file.write(java.nio.ByteBuffer.wrap(new byte[1]));
			}
		}
		assertThat(Projects.brief(MigrationFiles.load(folder).faults())).containsExactly("migration.yaml:0:0 fault.file.too-large [migration.yaml, 4]",
				"mailboxes.csv:0:0 fault.file.too-large [mailboxes.csv, 50]");
	}

	@Test
	void trustFiles() throws IOException {
		Path outside = Files.createTempFile("outside", ".pem");
		try {
			Files.writeString(outside, PEM);
			Files.createSymbolicLink(folder.resolve("link.pem"), outside);
			Files.writeString(folder.resolve("ca.pem"), "subject=CN = x\n" + PEM + PEM);
			Files.writeString(folder.resolve("key.pem"), PEM + "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n");
			Files.writeString(folder.resolve("text.pem"), "no certificate");
			Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\n"
					+ Base64.getEncoder().encodeToString("x".repeat(50).getBytes(StandardCharsets.UTF_8))
					+ "\n-----END CERTIFICATE-----\n");
			String trust = "trust: [ca.pem, link.pem, key.pem, text.pem, broken.pem, none.pem]\n";
			MigrationProject project = load(trust + Projects.MIGRATION, Projects.MAILBOXES);
			assertThat(Projects.brief(project.faults())).containsExactly(
					"migration.yaml:1:17 fault.trust.outside [link.pem]",
					"migration.yaml:1:27 fault.trust.private-key [key.pem]",
					"migration.yaml:1:36 fault.trust.empty [text.pem]",
					"migration.yaml:1:46 fault.trust.unreadable [broken.pem]",
					"migration.yaml:1:58 fault.trust.missing [none.pem]");
			assertThat(project.anchors()).hasSize(3);
		} finally {
			Files.delete(outside);
		}
	}
}
