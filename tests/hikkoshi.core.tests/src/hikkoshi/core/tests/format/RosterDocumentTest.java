package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.RosterChanges;
import hikkoshi.core.format.RosterClip;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterDomains;
import hikkoshi.core.format.RosterLine;
import hikkoshi.core.format.RosterSnapshot.Query;
import hikkoshi.core.format.TextEdit;

class RosterDocumentTest {
	private static final String HEADER = "address,old_user,new_user,wave,note,kind,goes_to\n";
	private static final String OTHER = Projects.MIGRATION.replace("  - name: example.com\n", "  - {name: example.com, wave: first}\n  - name: example.net\n");
	private static final RosterDomains DOMAINS = domains(Projects.MIGRATION);
	private static final String[] PIECES = {"ann", "Ann", "bob", "@example.org", "@example.com", "@nowhere.example", ",", ",", ",", "\n", "\r\n", "\r", "\"",
			"\"\"", "first", "main", "alias", "group", "catch-all", "*", " ", ";", "\t", "ann@example.org,,,,,,\n", "a@example.com,x,x,,,,\n",
			"l@example.org,,,,,alias,zoe@example.org\n", "zoe@example.org,,,first,,,\n", "", "é", "\u0007"};

	@TempDir
	Path folder;

	private static RosterDomains domains(String yaml) {
		return RosterDomains.of(MigrationYaml.parse(yaml, MigrationProject.MIGRATION_FILE));
	}

	private static RosterDocument document(String text) {
		return new RosterDocument(text, DOMAINS);
	}

	private List<String> whole(String yaml, String text) throws IOException {
		List<Fault> faults = MigrationFiles.load(folder, Map.of(MigrationProject.MIGRATION_FILE, yaml, MigrationProject.MAILBOXES_FILE, text)).faults();
		return Projects.brief(faults.stream().filter(fault -> fault.file().equals(MigrationProject.MAILBOXES_FILE)).toList());
	}

	private static String apply(RosterDocument document, List<TextEdit> edits) {
		for (TextEdit edit : TextEdit.backwards(RosterChanges.joined(document, edits))) {
			document.replace(edit.offset(), edit.length(), edit.replacement());
		}
		return document.text();
	}

	private static RosterLine at(RosterDocument document, String address) {
		for (int i = 0; i < document.size(); i++) {
			if (document.cells(document.row(i)).getFirst().equals(address)) {
				return document.row(i);
			}
		}
		throw new AssertionError(address + " in " + document.text());
	}

	private static String many(int rows) {
		StringBuilder text = new StringBuilder(HEADER);
		for (int i = 0; i < rows; i++) {
			text.append("user").append(i).append("@example.org,user").append(i).append(",,first,note,,\n");
		}
		return text.toString();
	}

	/// The one promise: after any edits, the same faults as the whole says.
	@Test
	void anyEditsGiveTheFaultsOfTheWhole() throws IOException {
		Random random = new Random(20261124);
		for (int run = 0; run < 400; run++) {
			StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "" : HEADER);
			for (int i = random.nextInt(30); i > 0; i--) {
				text.append(PIECES[random.nextInt(PIECES.length)]);
			}
			RosterDocument document = document(text.toString());
			String yaml = Projects.MIGRATION;
			for (int step = 0; step < 40; step++) {
				int from = random.nextInt(20) == 0 ? random.nextInt(text.length() + 1)
						: Math.min(text.length(), HEADER.length() + random.nextInt(Math.max(1, text.length())));
				int to = Math.min(text.length(), from + (random.nextInt(3) == 0 ? random.nextInt(12) : 0));
				String piece = PIECES[random.nextInt(PIECES.length)];
				document.replace(from, to - from, piece);
				text.replace(from, to, piece);
				if (random.nextInt(10) == 0) {
					yaml = yaml.equals(OTHER) ? Projects.MIGRATION : OTHER;
					document.domains(domains(yaml));
				}
				assertThat(document.text()).isEqualTo(text.toString());
				assertThat(Projects.brief(document.faults())).as("run %d step %d: %s", run, step, text).isEqualTo(whole(yaml, text.toString()));
				sameRows(document, yaml);
			}
		}
	}

	/// Rows, their places and how bad they are do not depend on how the text came about.
	private static void sameRows(RosterDocument document, String yaml) {
		RosterDocument fresh = new RosterDocument(document.text(), domains(yaml));
		assertThat(document.size()).as(document.text()).isEqualTo(fresh.size());
		assertThat(List.of(document.errors(), document.warnings())).as(document.text()).isEqualTo(List.of(fresh.errors(), fresh.warnings()));
		for (int i = 0; i < fresh.size(); i++) {
			assertThat(document.indexOf(document.row(i))).isEqualTo(i);
			assertThat(document.line(document.row(i))).isEqualTo(fresh.line(fresh.row(i)));
			assertThat(document.cells(document.row(i))).isEqualTo(fresh.cells(fresh.row(i)));
			assertThat(document.worst(document.row(i))).as(document.text() + " " + i).isEqualTo(fresh.worst(fresh.row(i)));
			assertThat(document.faults(document.row(i))).isEqualTo(fresh.faults(fresh.row(i)));
		}
	}

	@Test
	void manyFaultsAreCutWhereTheWholeCutsThem() throws IOException {
		Random random = new Random(500);
		StringBuilder text = new StringBuilder(HEADER);
		for (int i = 0; i < 1_500; i++) {
			text.append(random.nextInt(700)).append(i % 3 == 0 ? "@nowhere.example" : "@example.org").append(",u").append(random.nextInt(400))
					.append(i % 7 == 0 ? ",\u0007,main" : ",,main").append(i % 11 == 0 ? ",a\"b,,\n" : ",,group,gone@example.org\n");
		}
		RosterDocument document = document(text.toString());
		for (int i = 0; i < 30; i++) {
			int at = HEADER.length() + random.nextInt(text.length() - HEADER.length());
			document.replace(at, 1, "\n");
			text.replace(at, at + 1, "\n");
			assertThat(Projects.brief(document.faults())).isEqualTo(whole(Projects.MIGRATION, text.toString()));
		}
		String quotes = HEADER + "\"a\n".repeat(300);
		assertThat(Projects.brief(document(quotes).faults())).isEqualTo(whole(Projects.MIGRATION, quotes));
		RosterDocument bad = document(quotes);
		bad.replace(quotes.length(), 0, "b\",c\n");
		assertThat(Projects.brief(bad.faults())).isEqualTo(whole(Projects.MIGRATION, quotes + "b\",c\n"));
	}

	@Test
	void aKeystrokeReadsItsRowAndJudgesItsCollisionsOnly() {
		String text = many(50_000);
		RosterDocument document = document(text);
		assertThat(document.size()).isEqualTo(50_000);
		assertThat(document.errors()).isZero();
		RosterLine row = document.row(25_000);
		RosterDocument.Effort before = document.effort();
		RosterDocument.Change change = document.replace(document.start(row), 0, "x");
		assertThat(change).isEqualTo(new RosterDocument.Change(false, List.of(), List.of()));
		assertThat(document.effort()).isEqualTo(new RosterDocument.Effort(before.read() + 1, before.judged() + 1));
		assertThat(document.row(25_000)).isSameAs(row);

		// becomes a second user7, whose account is user7 as well: both collide, the others are left alone
		before = document.effort();
		int start = document.start(row);
		document.replace(start, document.end(row) - start, "user7@example.org,user7,,first,,,");
		assertThat(document.worst(row)).isEqualTo(Fault.Severity.ERROR);
		assertThat(document.errors()).isEqualTo(1);
		assertThat(document.effort().read() - before.read()).isEqualTo(1);
		assertThat(document.effort().judged() - before.judged()).isLessThanOrEqualTo(3);

		// the first one goes: the second is the only one and nothing is wrong with it
		before = document.effort();
		apply(document, RosterChanges.remove(document, List.of(at(document, "user7@example.org"))));
		assertThat(document.worst(row)).isNull();
		assertThat(document.errors()).isZero();
		assertThat(document.effort().read() - before.read()).isLessThanOrEqualTo(1);
		assertThat(document.effort().judged() - before.judged()).isLessThanOrEqualTo(3);
		assertThat(document.line(document.row(document.size() - 1))).isEqualTo(50_000);
	}

	@Test
	void anOpenQuoteCostsItsRowAndNoMore() {
		RosterDocument document = document(many(10_000));
		RosterLine row = document.row(9_000);
		document.replace(document.start(document.row(10)), 0, "\"");
		assertThat(document.faults(document.row(10)).getFirst().fault().reason().id()).isEqualTo("fault.csv.quote");
		RosterDocument.Effort before = document.effort();
		document.replace(document.start(row), 0, "x");
		assertThat(document.effort().read() - before.read()).isLessThanOrEqualTo(2);
		assertThat(document.cells(row).getFirst()).isEqualTo("xuser9000@example.org");
	}

	@Test
	void rowsStayTheSameObjectsThroughEditsSortingAndReload() {
		String text = many(200);
		RosterDocument document = document(text);
		RosterLine row = document.row(100);
		document.replace(HEADER.length(), 0, "new@example.org,,,,,,\n");
		assertThat(document.indexOf(row)).isEqualTo(101);
		apply(document, RosterChanges.set(document, allOf(document), "wave", "main"));
		assertThat(document.indexOf(row)).isEqualTo(101);
		assertThat(document.cells(row).get(3)).isEqualTo("main");
		// the file comes back from the disk without its first half
		RosterDocument.Change change = document.replace(0, document.length(), HEADER + text.substring(text.indexOf("user90@")));
		assertThat(document.indexOf(row)).isEqualTo(10);
		assertThat(change.come()).isEmpty();
		assertThat(change.gone()).hasSize(91);
	}

	private static List<RosterLine> allOf(RosterDocument document) {
		List<RosterLine> all = new ArrayList<>();
		for (int i = 0; i < document.size(); i++) {
			all.add(document.row(i));
		}
		return all;
	}

	@Test
	void faultsPointAtTheirCells() {
		RosterDocument document = document(HEADER + "ann@example.org,ann,n,,,,\nbob@example.org,Ann,n,main,,,\nx@example.org,\u0007,,,,,\ny,z\n");
		assertThat(cells(document, 1)).containsExactly("3 fault.mailbox.wave", "1 fault.account.duplicate-case", "2 fault.account.duplicate");
		assertThat(cells(document, 2)).containsExactly("1 fault.mailbox.user");
		assertThat(cells(document, 3)).containsExactly("-1 fault.csv.cells");
	}

	private static List<String> cells(RosterDocument document, int row) {
		return document.faults(document.row(row)).stream().map(each -> each.cell() + " " + each.fault().reason().id()).toList();
	}

	@Test
	void aPreviewChangesNothing() {
		RosterDocument document = document(HEADER + "ann@example.org,ann,,,,,\nbob@example.org,bob,,,,,\n");
		String before = document.text();
		RosterLine bob = document.row(1);
		assertThat(document.preview(bob, "old_user", "ann")).extracting(each -> each.fault().reason().id()).containsExactly("fault.account.duplicate");
		assertThat(document.text()).isEqualTo(before);
		assertThat(document.row(1)).isSameAs(bob);
		assertThat(document.errors()).isZero();
	}

	@Test
	void cellsOfManyRowsAreSetAndMissingColumnsAdded() {
		RosterDocument document = document("address;note\r\n\"a@example.org\";x\r\nb@example.org;\"y;z\"\r\nc@example.org");
		assertThat(apply(document, RosterChanges.set(document, List.of(document.row(0), document.row(1)), "kind", "alias")))
				.isEqualTo("address;note;kind\r\n\"a@example.org\";x;alias\r\nb@example.org;\"y;z\";alias\r\nc@example.org;;");
		assertThat(apply(document, RosterChanges.set(document, allOf(document), "note", "a;b")))
				.isEqualTo("address;note;kind\r\n\"a@example.org\";\"a;b\";alias\r\nb@example.org;\"a;b\";alias\r\nc@example.org;\"a;b\";");
		assertThat(RosterChanges.set(document, allOf(document), "wave", "")).as("nothing would stand in it").isEmpty();
		assertThat(RosterChanges.set(document, allOf(document), "unheard", "x")).isEmpty();
	}

	@Test
	void rowsAreAddedAndRemoved() {
		RosterDocument document = document("");
		assertThat(apply(document, RosterChanges.append(document, List.of(Map.of("address", "a@example.org", "kind", "alias"), Map.of("address", "b@example.org")))))
				.isEqualTo("address,old_user,new_user,wave,note,kind\na@example.org,,,,,alias\nb@example.org,,,,,\n");
		assertThat(apply(document, RosterChanges.append(document, List.of(Map.of("goes_to", "b@example.org", "note", "\"q\"")))))
				.isEqualTo("address,old_user,new_user,wave,note,kind,goes_to\na@example.org,,,,,alias,\nb@example.org,,,,,,\n,,,,\"\"\"q\"\"\",,b@example.org\n");
		assertThat(apply(document, RosterChanges.remove(document, List.of(document.row(0), document.row(2)))))
				.isEqualTo("address,old_user,new_user,wave,note,kind,goes_to\nb@example.org,,,,,,\n");
		RosterDocument noEnd = document("address\r\na@example.org\r\nb@example.org\r\nc@example.org");
		assertThat(apply(noEnd, RosterChanges.remove(noEnd, List.of(noEnd.row(1), noEnd.row(2))))).isEqualTo("address\r\na@example.org\r\n");
		RosterDocument last = document("address\r\na@example.org\r\nb@example.org");
		assertThat(apply(last, RosterChanges.remove(last, List.of(last.row(1))))).isEqualTo("address\r\na@example.org");
		RosterDocument bare = document("a@example.org,ann\nb@example.org,bob\n");
		assertThat(bare.hasColumns()).isFalse();
		assertThat(apply(bare, RosterChanges.header(bare))).startsWith("address,old_user\na@example.org,ann\n");
		assertThat(bare.hasColumns()).isTrue();
		assertThat(bare.size()).isEqualTo(2);
	}

	@Test
	void sortsAndFilters() throws InterruptedException {
		RosterDocument document = document(HEADER + "b@example.org,,,,,,\nA@example.org,,,,\"x, Needle\",,\nc@example.com,,,first,,,\n");
		assertThat(names(document, new Query("address", false, "", false))).containsExactly("A@example.org", "b@example.org", "c@example.com");
		assertThat(names(document, new Query("address", true, "", false))).containsExactly("c@example.com", "b@example.org", "A@example.org");
		assertThat(names(document, new Query("", false, "needle", false))).containsExactly("A@example.org");
		assertThat(names(document, new Query("", false, "", true))).as("in a wave that is not its domain’s").containsExactly("c@example.com");
	}

	private static List<String> names(RosterDocument document, Query query) throws InterruptedException {
		return document.snapshot().rows(query).stream().map(row -> document.cells(row).getFirst()).toList();
	}

	@Test
	void aSpreadsheetsCellsAreTakenButNoPasswords() {
		RosterClip clip = RosterClip.parse("Address\tPassword\tOld User\nann@example.org\tsecret\tann\n\"b\"\"\tx\"\t\tbob\n");
		assertThat(clip.columns()).containsExactly("address", "old_user");
		assertThat(clip.rows()).containsExactly(List.of("ann@example.org", "ann"), List.of("b\"\tx", "bob"));
		assertThat(clip.secrets()).containsExactly("Password");
		assertThat(clip.toString()).doesNotContain("secret\t");
		RosterClip bare = RosterClip.parse("ann@example.org,ann\nbob@example.org,bob");
		assertThat(bare.asRows(List.of("address", "old_user", "note")))
				.containsExactly(Map.of("address", "ann@example.org", "old_user", "ann"), Map.of("address", "bob@example.org", "old_user", "bob"));
		assertThat(RosterClip.write(List.of(List.of("a\tb", "c\"d", "")))).isEqualTo("\"a\tb\"\t\"c\"\"d\"\t\n");
		Set<String> round = new HashSet<>(RosterClip.parse(RosterClip.write(List.of(List.of("x,1", " y", "z\n2")))).rows().getFirst());
		assertThat(round).containsExactlyInAnyOrder("x,1", " y", "z\n2");
	}
}
