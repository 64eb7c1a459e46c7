package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetsCommandTest {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;
	private Path project = Path.of("");

	@BeforeEach
	void project() throws IOException {
		project = folder.resolve("move");
		assertThat(run("init", project.toString(), "--domain", "example.org", "--old", "mail.old.example=192.0.2.1", "--new", "mail.new.example=192.0.2.2"))
				.isZero();
		Files.writeString(project.resolve("mailboxes.csv"), "address,old_user,new_user,wave,note\nann@example.org,ann,ann@example.org,,\nbob@example.org,bob,bob@example.org,,\n");
	}

	private int run(String... args) {
		out.reset();
		err.reset();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		return new Hikkoshi(terminal, Leaves.real(), Locale.ENGLISH, "1.2.3").run(args);
	}

	private String said() {
		return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
	}

	private static List<String> names(Path in) throws IOException {
		try (Stream<Path> files = Files.list(in)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void allFormsInBothLanguagesWithAWordAboutWhatIsNotProven() throws IOException {
		assertThat(run("sheets", "-p", project.toString(), "--format", "html,pdf,apple,thunderbird", "--language", "en,ja", "ann@example.org")).as(said()).isEqualTo(1);
		assertThat(names(project.resolve("sheets"))).containsExactly("ann@example.org.en.html", "ann@example.org.en.pdf", "ann@example.org.ja.html",
				"ann@example.org.ja.pdf", "ann@example.org.mobileconfig", "example.org.new.xml", "example.org.old.xml");
		assertThat(said()).contains("nobody has looked lately whether mail.old.example leads there", "7 files for 1 mailbox in");
		assertThat(project.resolve("evidence.db")).as("who only reads leaves nothing").doesNotExist();
	}

	@Test
	void withoutMoreWordsItIsHtmlForEverybodyElsewhereIfAsked() throws IOException {
		Path elsewhere = folder.resolve("out");
		assertThat(run("sheets", "-p", project.toString(), "-o", elsewhere.toString(), "--zone", "Asia/Tokyo")).as(said()).isEqualTo(1);
		assertThat(names(elsewhere)).containsExactly("ann@example.org.html", "bob@example.org.html");
		assertThat(project.resolve("sheets")).doesNotExist();
	}

	@Test
	void whatIsWrongIsSaidBeforeAnythingIsWritten() {
		assertThat(run("sheets", "-p", project.toString(), "--format", "word")).isEqualTo(64);
		assertThat(said()).contains("word", "html, pdf, thunderbird, apple");
		assertThat(run("sheets", "-p", project.toString(), "--language", "fr")).isEqualTo(64);
		assertThat(run("sheets", "-p", project.toString(), "--zone", "Mars/Base")).isEqualTo(64);
		assertThat(said()).contains("Mars/Base");
		assertThat(run("sheets", "-p", project.toString(), "zoe@example.org")).isEqualTo(64);
		assertThat(said()).contains("zoe@example.org", "mailboxes.csv");
		assertThat(run("sheets", "-p", project.toString(), "--format", "pdf", "--font", folder.resolve("none.ttf").toString())).isEqualTo(66);
		assertThat(said()).contains("none.ttf");
		assertThat(project.resolve("sheets")).satisfies(path -> assertThat(Files.exists(path) ? names(path) : List.of()).isEmpty());
	}
}
