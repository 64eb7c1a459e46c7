package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	Path folder;
	private Path project = Path.of("");

	@BeforeEach
	void project() throws IOException {
		project = folder.resolve("move");
		assertThat(run(Locale.ENGLISH, "init", project.toString(), "--domain", "example.org", "--old", "mail.old.example=192.0.2.1", "--new", "mail.new.example=192.0.2.2"))
				.isZero();
		Files.writeString(project.resolve("mailboxes.csv"), "address,old_user,new_user,wave,note\nann@example.org,ann,ann,,\n");
	}

	private int run(Locale locale, String... args) {
		out.reset();
		err.reset();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		return new Hikkoshi(terminal, Leaves.real(), locale, "1.2.3").run(args);
	}

	private String said() {
		return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
	}

	@Test
	void withoutEvidenceNothingIsKnownAndEachReasonSaysWhatToDo() {
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--no-look")).as(said()).isEqualTo(3);
		assertThat(said()).contains("example.org: unknown", "? Authoritative servers: Nobody has asked the name servers of example.org", "? Seen on the new side: Nothing has come to ann@example.org",
				"Send it a canary (hikkoshi canary)", "0 ended, 0 running, 1 unknown");
		assertThat(project.resolve("evidence.db")).doesNotExist();
		assertThat(run(Locale.JAPANESE, "watch", "-p", project.toString(), "--no-look")).isEqualTo(3);
		assertThat(said()).contains("example.org: 不明", "権威サーバー", "終了 0、進行中 0、不明 1");
	}

	@Test
	void jsonHasIdsAndArguments() {
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--no-look", "--json")).isEqualTo(3);
		assertThat(out.toString(StandardCharsets.UTF_8).lines()).singleElement().satisfies(line -> assertThat(line).startsWith("{\"domain\":\"example.org\"")
				.contains("\"state\":\"unknown\"", "\"kind\":\"quiet\",\"standing\":\"unknown\",\"reason\":\"watch.never-looked\",\"args\":[\"ann@example.org\"]"));
	}

	@Test
	void whatIsWrongIsSaidFirst() throws IOException {
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--webhook", "http://hooks.example/")).isEqualTo(64);
		assertThat(said()).contains("http://hooks.example/");
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--notify", folder.resolve("none").toString())).isEqualTo(64);
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--every", "often")).isEqualTo(64);
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "other.example")).isEqualTo(64);
		assertThat(said()).contains("other.example");
		Files.createDirectory(project.resolve("zones"));
		Files.writeString(project.resolve("zones/example.org.zone"), "@ IN MX not-a-number mail\n");
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--no-look")).isEqualTo(66);
		assertThat(said()).contains("example.org.zone");
	}

	@Test
	void leavesAPageAndChartsForOtherPeople() throws IOException {
		Path page = folder.resolve("watch.html");
		Path charts = folder.resolve("charts");
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--no-look", "--report", page.toString(), "--charts", charts.toString(), "--zone", "Asia/Tokyo"))
				.as(said()).isEqualTo(3);
		assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("Watch of move", "example.org: unknown", "<svg", "Asia/Tokyo");
		assertThat(charts).isDirectoryContaining("glob:**/example.org-arrivals.svg").isDirectoryContaining("glob:**/example.org-canaries.svg");
		try (var files = Files.list(charts)) {
			assertThat(files.filter(file -> !file.toString().endsWith(".svg"))).as("nothing half is left").isEmpty();
		}
		Path paper = folder.resolve("watch.pdf");
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--no-look", "--report", paper.toString())).as(said()).isEqualTo(3);
		assertThat(Files.readAllBytes(paper)).startsWith('%', 'P', 'D', 'F');
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--no-look", "--zone", "Mars/Olympus")).isEqualTo(64);
		assertThat(said()).contains("Mars/Olympus");
	}

	@Test
	void mailGoesByAnAccountThatIsThereOnly() {
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--mail-via", "gmail")).isEqualTo(64);
		assertThat(said()).contains("no account outside with the key gmail");
		assertThat(run(Locale.ENGLISH, "watch", "-p", project.toString(), "--mail-to", "me@example.net")).isEqualTo(64);
		assertThat(said()).contains("--mail-via");
	}
}
