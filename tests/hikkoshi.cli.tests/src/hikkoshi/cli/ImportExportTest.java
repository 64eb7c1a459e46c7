package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportExportTest {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;
	private Path project = Path.of("");

	@BeforeEach
	void project() {
		project = folder.resolve("move");
		assertThat(run("init", project.toString(), "--domain", "example.org", "--old", "mail.old.example=192.0.2.1", "--new", "mail.new.example=192.0.2.2"))
				.isZero();
	}

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

	private Path file(String name, String text) throws IOException {
		return Files.writeString(folder.resolve(name), text);
	}

	private String mailboxes() throws IOException {
		return Files.readString(project.resolve("mailboxes.csv"));
	}

	@Test
	void aDryRunSaysAllAndWritesNothing() throws IOException {
		String before = mailboxes();
		Path batch = file("batch.csv", "EmailAddress,UserName,Password\nann@example.org,ann,s3cret-Ann\nbob@example.net,bob,s3cret-Bob\n");
		assertThat(run("import", batch.toString(), "-p", project.toString(), "--domains", "--wave", "second", "--dry-run")).as(out() + err()).isZero();
		assertThat(out()).contains("Exchange, IMAP batch").contains("+ ann@example.org  old_user: ann").contains("domain example.net: 1 address, wave second")
				.contains("2 added").contains("dry run").contains("2 passwords").doesNotContain("s3cret");
		assertThat(mailboxes()).isEqualTo(before);
		assertThat(Files.readString(project.resolve("migration.yaml"))).doesNotContain("example.net");
	}

	@Test
	void whatIsImportedIsValidAndComesInOnce() throws IOException {
		Path batch = file("batch.csv", "EmailAddress,UserName,Password\nann@example.org,ann,s3cret-Ann\nbob@example.net,bob,s3cret-Bob\n");
		String[] command = {"import", batch.toString(), "-p", project.toString(), "--domains", "--wave", "second"};
		assertThat(run(command)).as(out() + err()).isZero();
		assertThat(mailboxes()).isEqualTo("address,old_user,new_user,wave,note\nann@example.org,ann,,,\nbob@example.net,bob,,,\n");
		assertThat(run("validate", "-p", project.toString())).as(out()).isZero();
		assertThat(run(command)).isZero();
		assertThat(out()).contains("0 added, 0 changed, 2 the same").contains("Nothing is to be written");
		file("batch.csv", "EmailAddress,UserName,Password\nann@example.org,ann2,x\n");
		assertThat(run(command)).isZero();
		assertThat(out()).contains("± ann@example.org  old_user: ann → ann2");
		assertThat(mailboxes()).contains("ann@example.org,ann2,,,\nbob@example.net");
		assertThat(Files.readString(project.resolve("mailboxes.csv")) + Files.readString(project.resolve("migration.yaml"))).doesNotContain("s3cret");
	}

	@Test
	void refusedRowsAreNamedAndOthersComeIn() throws IOException {
		Path list = file("list.txt", "ann@example.org\nbob@example.net\nnobody\nann@example.org\n");
		assertThat(run("import", list.toString(), "-p", project.toString(), "--dialect", "addresses")).as(out()).isEqualTo(1);
		assertThat(out()).contains("list.txt:2: error: The domain example.net is not listed").contains("list.txt:3:1: error: Only a name stands here")
				.contains("list.txt:4: error: ann@example.org is listed twice").contains("1 added, 0 changed, 0 the same, 3 refused");
		assertThat(mailboxes()).endsWith("\nann@example.org,,,,\n");
	}

	@Test
	void onlyWhatMatchesIsTaken() throws IOException {
		Path list = file("list.txt", "ann@example.org\nbob@example.org\n");
		assertThat(run("import", list.toString(), "-p", project.toString(), "--only", "B*@example.org", "--json")).as(out()).isZero();
		assertThat(out().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
		assertThat(out()).contains("\"dialect\":\"addresses\"").contains("\"deselected\":1").contains("\"written\":true");
		assertThat(mailboxes()).contains("bob@example.org").doesNotContain("ann@example.org");
	}

	@Test
	void wrongFilesAndOptionsAreSaid() throws IOException {
		assertThat(run("import", folder.resolve("none.csv").toString(), "-p", project.toString())).isEqualTo(66);
		assertThat(run("import", file("x.txt", "lorem ipsum dolor\n").toString(), "-p", project.toString())).isEqualTo(66);
		assertThat(out()).contains("cannot be told");
		assertThat(run("import", file("y.csv", "email\na@b.example\n").toString(), "-p", project.toString(), "--dialect", "excel")).isEqualTo(64);
		assertThat(err()).contains("excel").contains("imapsync");
		assertThat(run("import", folder.resolve("y.csv").toString(), "-p", project.toString(), "--encoding", "klingon")).isEqualTo(64);
		assertThat(run("import", folder.resolve("y.csv").toString(), "-p", project.toString(), "--delimiter", "xy")).isEqualTo(64);
		Files.writeString(project.resolve("mailboxes.csv"), "address,note\nann@example.org,\"open\n");
		String before = mailboxes();
		assertThat(run("import", folder.resolve("y.csv").toString(), "-p", project.toString(), "--domains")).isEqualTo(66);
		assertThat(out()).contains("mailboxes.csv:2:17");
		assertThat(mailboxes()).isEqualTo(before);
	}

	@Test
	void aPersonMayCorrectWhatWasFoundOut() throws IOException {
		Path table = file("table.txt", "ann@example.org\tAnn\nbob@example.org\tBob\n");
		String[] rest = {"-p", project.toString(), "--dialect", "table", "--delimiter", "tab", "--dry-run"};
		assertThat(run(with(rest, "import", table.toString(), "--no-header"))).as(out()).isZero();
		assertThat(out()).contains("as you chose").contains("There is no header, as you said").contains("2 added");
		assertThat(run(with(rest, "import", table.toString(), "--header"))).as(out()).isEqualTo(66);
		assertThat(out()).contains("The column “email” is missing");
	}

	@Test
	void japaneseTablesComeInAsTheyAre() throws IOException {
		Path table = folder.resolve("meibo.csv");
		Files.write(table, "氏名,メールアドレス\n山田太郎,yamada@example.org\n".getBytes(Charset.forName("windows-31j")));
		assertThat(run(Locale.JAPANESE, "import", table.toString(), "-p", project.toString())).as(out()).isEqualTo(1);
		assertThat(out()).contains("windows-31j").contains("見出し（氏名, メールアドレス）").contains("追加 1 件");
		assertThat(mailboxes()).contains("yamada@example.org,,,,山田太郎");
	}

	@Test
	void exportsAreReadByTheImportAgain() throws IOException {
		String roster = "address,old_user,new_user,wave,note,kind,goes_to\nann@example.org,ann,,,\"=1+1, \"\"x\"\"\",,\n"
				+ "info@example.org,,,,'-quoted,alias,ann@example.org\n*@example.org,,,,,catch-all,ann@example.org\n";
		Files.writeString(project.resolve("mailboxes.csv"), roster);
		Path csv = folder.resolve("out.csv");
		assertThat(run("export", "--format", "csv", "-o", csv.toString(), "-p", project.toString())).as(err()).isEqualTo(1);
		assertThat(err()).contains("2 cells").contains("3 rows");
		assertThat(Files.readString(csv)).contains("\"'=1+1, \"\"x\"\"\"").contains("''-quoted");
		assertThat(run("import", csv.toString(), "-p", project.toString())).as(out()).isZero();
		assertThat(out()).contains("0 added, 0 changed, 3 the same, 0 refused");
		assertThat(run("export", "--format", "csv", "-o", csv.toString(), "-p", project.toString())).as("exists").isEqualTo(66);
		assertThat(run("export", "--format", "imapsync", "-p", project.toString())).isEqualTo(1);
		assertThat(out()).contains("192.0.2.1;ann;;192.0.2.2;ann@example.org;;--ssl1 --ssl2;");
		assertThat(run("export", "--format", "exchange", "-p", project.toString())).isEqualTo(1);
		assertThat(out()).isEqualTo("EmailAddress,UserName,Password\nann@example.org,ann,\n");
	}

	@Test
	void passwordsGoIntoAFileOfTheirOwnerOnly() throws IOException {
		Files.writeString(project.resolve("mailboxes.csv"), "address,old_user\nann@example.org,ann\nbob@example.org,bob\n");
		Path known = Files.setPosixFilePermissions(file("known.csv", "old,ann,\"-s3cret;\"\"A\"\"\"\nnew,ann@example.org,n3w-Ann\nold,bob,s3cret-Bob\n"),
				PosixFilePermissions.fromString("rw-------"));
		String[] rest = {"-p", project.toString(), "--passwords", known.toString(), "--with-passwords"};
		assertThat(run(with(rest, "export", "--format", "csv"))).isEqualTo(64);
		assertThat(run(with(rest, "export", "--format", "csv", "-o", project.resolve("inside.csv").toString()))).isEqualTo(64);
		Path csv = folder.resolve("out.csv");
		assertThat(run(with(rest, "export", "--format", "csv", "-o", csv.toString()))).as(err()).isEqualTo(1);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(csv))).isEqualTo("rw-------");
		assertThat(Files.readString(csv)).contains("\"'-s3cret;\"\"A\"\"\",n3w-Ann").contains(",s3cret-Bob,\r\n");
		assertThat(out() + err()).doesNotContain("s3cret").contains("One password is not known");
		Path sync = folder.resolve("sync.txt");
		assertThat(run(with(rest, "export", "--format", "imapsync", "-o", sync.toString()))).isEqualTo(1);
		assertThat(err()).contains("ann@example.org is left out").doesNotContain("s3cret");
		assertThat(Files.readString(sync)).contains("192.0.2.1;bob;s3cret-Bob;192.0.2.2;bob@example.org;;");
	}

	private static String[] with(String[] rest, String... first) {
		String[] all = java.util.Arrays.copyOf(first, first.length + rest.length);
		System.arraycopy(rest, 0, all, first.length, rest.length);
		return all;
	}
}
