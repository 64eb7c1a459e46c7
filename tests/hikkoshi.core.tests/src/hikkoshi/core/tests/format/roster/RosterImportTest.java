package hikkoshi.core.tests.format.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.SafeFile;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.roster.ExportFormat;
import hikkoshi.core.format.roster.ImportRow;
import hikkoshi.core.format.roster.ImportSettings;
import hikkoshi.core.format.roster.ProjectTexts;
import hikkoshi.core.format.roster.RosterExport;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.format.roster.Sheet;
import hikkoshi.core.format.roster.SheetOptions;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;

class RosterImportTest {
	private static final String YAML = """
			format: hikkoshi/1
			name: Move   # a comment
			servers:
			  old:
			    - {key: old, name: mail.old.example, addresses: [192.0.2.1], endpoints: [imap/tls]}
			  new:
			    - {key: new, name: mail.new.example, addresses: [192.0.2.2], endpoints: [imap/tls]}
			domains:
			  - name: example.org   # stays
			    wave: first
			waves:
			  - key: first
			""";
	private static final String ROSTER = """
			address;note;old_user
			Ann@example.org;"Sales; 1st floor";ann
			gone@example.org;;
			""";

	@TempDir
	Path folder;

	private static Sheet sheet(String text) throws InterruptedException {
		return Sheet.read("in.csv", text.getBytes(StandardCharsets.UTF_8), SheetOptions.NONE);
	}

	private static RosterImport plan(String yaml, String roster, String file, ImportSettings settings) throws InterruptedException {
		return RosterImport.plan(ProjectTexts.of(yaml, roster), sheet(file), settings);
	}

	private static List<String> brief(RosterImport plan) {
		return plan.rows().stream().map(row -> row.line() + " " + row.outcome() + row.cells().stream().filter(cell -> row.outcome() == ImportRow.Outcome.CHANGED)
				.map(cell -> " " + cell.column() + ":" + cell.before() + ">" + cell.after()).toList()
				+ row.faults().stream().map(fault -> " " + fault.reason().id().substring(6) + fault.reason().args()).toList()).toList();
	}

	@Test
	void rowsAreAddedChangedSameOrRefused() throws Exception {
		RosterImport plan = plan(YAML, ROSTER, """
				EmailAddress,UserName,Password
				ann@example.org,ann.beebe,p1
				bob@example.org,bob,p2
				bob@EXAMPLE.org,bob2,p3
				cid@example.net,cid,p4
				dan@example.org,BOB,p5
				eve@example.org,bob,p6
				nothing,x,p7
				""", ImportSettings.DEFAULT);
		assertThat(brief(plan)).containsExactly(
				"2 CHANGED[ old_user:ann>ann.beebe][]",
				"3 ADDED[][]",
				"4 REFUSED[][ mailbox.duplicate[bob@example.org, 3]]",
				"5 REFUSED[][ mailbox.domain[example.net]]",
				"6 ADDED[][ account.duplicate-case[BOB, old, old, bob@example.org, 3]]",
				"7 REFUSED[][ account.duplicate[bob, old, old, bob@example.org, 3]]",
				"8 REFUSED[][ import.no-domain[]]");
		assertThat(plan.vanished()).extracting(gone -> gone.address() + " " + gone.line()).containsExactly("gone@example.org 3");
		assertThat(plan.missingDomains()).extracting(domain -> domain.name().ascii() + domain.rows() + domain.isAdded()).containsExactly("example.net1false");
		assertThat(plan.edits().mailboxesText()).as("the case of the roster, its columns and quotes stay").isEqualTo("""
				address;note;old_user
				Ann@example.org;"Sales; 1st floor";ann.beebe
				gone@example.org;;
				bob@example.org;;bob
				dan@example.org;;BOB
				""");
		assertThat(plan.passwords()).extracting(found -> found.credential() + new String(found.secret().reveal())).containsExactly(
				"CredentialId[server=old, user=ann.beebe]p1", "CredentialId[server=old, user=bob]p2", "CredentialId[server=old, user=BOB]p5");
	}

	@Test
	void domainsAreAddedWithTheirWave() throws Exception {
		String file = "ann@example.net\nbob@example.com\nann@example.org\n";
		RosterImport plan = plan(YAML, "", file, ImportSettings.ADD_DOMAINS.withWave("second"));
		assertThat(plan.edits().migrationText()).isEqualTo(YAML.replace("    wave: first\n", """
				    wave: first
				  - name: example.net
				    wave: second
				  - name: example.com
				    wave: second
				""") + "  - key: second\n");
		assertThat(plan.summary().domainsAdded()).isEqualTo(2);
		RosterImport fewer = plan.select(row -> row.line() != 1);
		assertThat(fewer.edits().migrationText()).as("a domain of which no row is taken").doesNotContain("example.net").contains("example.com");
		RosterImport one = plan(YAML, "", file, ImportSettings.DEFAULT.withDomains(Set.of(DomainName.parse("example.com"))));
		assertThat(brief(one)).containsExactly("1 REFUSED[][ mailbox.domain[example.net]]", "2 ADDED[][]", "3 ADDED[][]");
		sound(plan);
		sound(fewer);
	}

	private void sound(RosterImport plan) throws IOException {
		RosterImport.Edits edits = plan.edits();
		assertThat(TextEdit.apply(plan.texts().migration().text(), edits.migration())).isEqualTo(edits.migrationText());
		Files.writeString(folder.resolve(MigrationProject.MIGRATION_FILE), edits.migrationText());
		Files.writeString(folder.resolve(MigrationProject.MAILBOXES_FILE), edits.mailboxesText());
		assertThat(MigrationFiles.load(folder).faults()).filteredOn(fault -> fault.severity() == Fault.Severity.ERROR).isEmpty();
	}

	@Test
	void aThousandDomainsInOneGo() throws Exception {
		StringBuilder file = new StringBuilder();
		for (int i = 0; i < 1_000; i++) {
			file.append("info@d").append(i).append(".example\n");
		}
		for (String domains : List.of("domains:\n  - example.org\n", "domains: [example.org]\n", "domains: []\n", "")) {
			String yaml = YAML.substring(0, YAML.indexOf("domains:")) + domains;
			RosterImport plan = plan(yaml, "", file.toString(), ImportSettings.ADD_DOMAINS);
			sound(plan);
			assertThat(plan.summary().domainsAdded()).isEqualTo(1_000);
			assertThat(MigrationFiles.load(folder).migration().orElseThrow().mailboxes()).as(domains).hasSize(1_000);
		}
	}

	@Test
	void severalServersMustBeNamed() throws Exception {
		String yaml = YAML.replace("  new:\n", "    - {key: old2, name: mail.old2.example, addresses: [192.0.2.9], endpoints: [imap/tls]}\n  new:\n")
				.replace("wave: first\nwaves", "wave: first\n    old: old\nwaves");
		RosterImport unnamed = plan(yaml, "", "ann@example.net\n", ImportSettings.ADD_DOMAINS);
		assertThat(brief(unnamed)).containsExactly("1 REFUSED[][ domain.server-which[example.net, old, old, old2]]");
		RosterImport named = plan(yaml, "", "ann@example.net\n", ImportSettings.ADD_DOMAINS.withServers("old2", ""));
		assertThat(named.edits().migrationText()).contains("  - name: example.net\n    old: old2\n");
		sound(named);
		assertThat(brief(plan(yaml, "", "ann@example.net\n", ImportSettings.ADD_DOMAINS.withServers("nope", ""))).getFirst()).contains("domain.server-unknown");
	}

	@Test
	void kindsDoNotTurnSilently() throws Exception {
		String roster = "address,kind,goes_to\nann@example.org,,\ninfo@example.org,alias,ann@example.org\n";
		RosterImport plan = plan(YAML, roster, "address,kind,goes_to,wave\nann@example.org,alias,x@example.org,\ninfo@example.org,group,ann@example.org,\n"
				+ "*@example.org,catch-all,ann@example.org,\ncid@example.org,,,second\n", ImportSettings.DEFAULT);
		assertThat(brief(plan)).containsExactly("2 REFUSED[][ import.kind[ann@example.org, mailbox, 2, alias]]", "3 CHANGED[ kind:alias>group][]",
				"4 ADDED[][]", "5 REFUSED[][ mailbox.wave[second, first, example.org]]");
		assertThat(plan.edits().mailboxesText()).isEqualTo("address,kind,goes_to\nann@example.org,,\ninfo@example.org,group,ann@example.org\n"
				+ "*@example.org,catch-all,ann@example.org\n");
		assertThat(brief(plan(YAML, roster, "info@example.org\n", ImportSettings.DEFAULT))).as("a plain list says nothing of kinds")
				.containsExactly("1 SAME[][]");
	}

	@Test
	void aBrokenRosterIsNotTouched() throws Exception {
		RosterImport plan = plan(YAML, "address,note\nann@example.org,\"open\n", "bob@example.org\n", ImportSettings.DEFAULT);
		assertThat(plan.blockers()).hasSize(1);
		assertThat(brief(plan)).containsExactly("1 REFUSED[][ import.project[mailboxes.csv]]");
		assertThat(plan.edits().isEmpty()).isTrue();
		assertThat(plan("- no: [mapping", "", "bob@example.org\n", ImportSettings.DEFAULT).blockers()).isNotEmpty();
	}

	@Test
	void rowsAreSelectedAllNoneOrByATest() throws Exception {
		RosterImport plan = plan(YAML, ROSTER, "a@example.org\nb@example.org\nann@example.org\n", ImportSettings.DEFAULT);
		assertThat(plan.summary().added()).isEqualTo(2);
		assertThat(plan.summary().same()).isEqualTo(1);
		assertThat(plan.selectNone().summary().deselected()).isEqualTo(2);
		assertThat(plan.selectNone().edits().isEmpty()).isTrue();
		assertThat(plan.selectNone().selectAll().summary()).isEqualTo(plan.summary());
		RosterImport one = plan.select(Set.of(1, 2));
		assertThat(one.isSelected(2)).as("what changes nothing").isFalse();
		assertThat(one.edits().mailboxesText()).isEqualTo(ROSTER + "b@example.org;;\n");
		assertThat(one.select(0, true).select(1, false).edits().mailboxesText()).isEqualTo(ROSTER + "a@example.org;;\n");
	}

	@Test
	void bothFilesAreWrittenOrNone() throws Exception {
		Path yaml = Files.writeString(folder.resolve(MigrationProject.MIGRATION_FILE), YAML);
		Path csv = Files.write(folder.resolve(MigrationProject.MAILBOXES_FILE), "address,note\r\nann@example.org,営業\r\n".getBytes(Charset.forName("windows-31j")));
		ProjectTexts texts = ProjectTexts.read(folder).value().orElseThrow();
		RosterImport plan = RosterImport.plan(texts, sheet("email,name\nbob@example.net,ボブ\n"), ImportSettings.ADD_DOMAINS);
		texts.write(folder, plan.edits());
		assertThat(Files.readString(csv, Charset.forName("windows-31j"))).isEqualTo("address,note\r\nann@example.org,営業\r\nbob@example.net,ボブ\r\n");
		assertThat(Files.readString(yaml)).contains("example.net");
		assertThatThrownBy(() -> texts.write(folder, plan.edits())).isInstanceOf(ProjectTexts.ChangedException.class);
		ProjectTexts now = ProjectTexts.read(folder).value().orElseThrow();
		byte[] before = Files.readAllBytes(yaml);
		RosterImport korean = RosterImport.plan(now, sheet("email,name\nkim@example.com,김\n"), ImportSettings.ADD_DOMAINS);
		assertThatThrownBy(() -> now.write(folder, korean.edits())).isInstanceOf(CharacterCodingException.class);
		assertThat(Files.readAllBytes(yaml)).isEqualTo(before);
	}

	@Test
	void whenTheSecondFileCannotBeReplacedTheFirstIsPutBack() throws Exception {
		Path first = Files.writeString(folder.resolve("first"), "old");
		Path fresh = folder.resolve("fresh");
		Path second = Files.createDirectory(folder.resolve("second"));
		Files.writeString(second.resolve("child"), "a folder with something in it cannot be replaced by a file");
		byte[] content = "new".getBytes(StandardCharsets.UTF_8);
		assertThatThrownBy(() -> SafeFile.write(List.of(new SafeFile.Content(first, content), new SafeFile.Content(fresh, content),
				new SafeFile.Content(second, content)))).isInstanceOf(IOException.class);
		assertThat(Files.readString(first)).isEqualTo("old");
		assertThat(fresh).doesNotExist();
		try (var files = Files.list(folder)) {
			assertThat(files.map(file -> file.getFileName().toString())).as("nothing is left lying about").containsExactlyInAnyOrder("first", "second");
		}
	}

	/// Whatever a roster holds, its export is an import that changes nothing; and into an empty roster it brings the same.
	@Test
	void exportsComeBackAsTheyWere() throws Exception {
		Random random = new Random(180);
		List<String> notes = List.of("", "plain", "=1+1", "'=x", "''", "-3", "@home", "a,b;c", "say \"x\"", "two\nlines", "日本", "\t tab", "'quoted'");
		for (int run = 0; run < 300; run++) {
			StringBuilder text = new StringBuilder("address,old_user,new_user,wave,note,kind,goes_to\n");
			List<String> users = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				String user = List.of("", "u" + i, "+u" + i, "dom\\u" + i, "=u" + i).get(random.nextInt(5));
				users.add(user);
				String note = notes.get(random.nextInt(notes.size())).replace("\"", "\"\"");
				boolean isAlias = random.nextInt(3) == 0;
				text.append(i == 5 ? "*" : List.of("a", "+b", "=c", "-d").get(random.nextInt(4)) + i).append("@example.org,").append(isAlias || i == 5 ? "" : user)
						.append(",,").append(random.nextBoolean() ? "first" : "").append(",\"").append(note).append("\",")
						.append(i == 5 ? "catch-all" : isAlias ? "group" : "").append(',').append(isAlias ? "x@example.org y@example.com" : "").append('\n');
			}
			Files.writeString(folder.resolve(MigrationProject.MIGRATION_FILE), YAML);
			Files.writeString(folder.resolve(MigrationProject.MAILBOXES_FILE), text);
			Migration migration = MigrationFiles.load(folder).migration().orElseThrow();
			Roster roster = Roster.parse(text.toString()).value().orElseThrow();
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			new RosterExport(migration, roster, ExportFormat.CSV, true).write(out);
			Sheet sheet = Sheet.read("x.csv", out.toByteArray(), SheetOptions.NONE);
			RosterImport again = RosterImport.plan(ProjectTexts.of(YAML, text.toString()), sheet, ImportSettings.DEFAULT);
			assertThat(again.rows()).as(text.toString()).allMatch(row -> row.outcome() == ImportRow.Outcome.SAME);
			RosterImport anew = RosterImport.plan(ProjectTexts.of(YAML, ""), sheet, ImportSettings.DEFAULT);
			Roster read = Roster.parse(anew.edits().mailboxesText()).value().orElseThrow();
			assertThat(read.rows().stream().map(RosterImportTest::said)).as(text.toString()).isEqualTo(roster.rows().stream().map(RosterImportTest::said).toList());
		}
	}

	private static String said(Roster.Row row) {
		return row.address() + "|" + row.kind() + "|" + row.oldUser() + "|" + row.newUser() + "|" + row.goesTo() + "|" + row.wave() + "|" + row.note();
	}
}
