package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.RehearsalStage;

/// `hikkoshi discover` in the world of a rehearsal, where DNS, both mail servers and their authority are real and all on loopback.
@Timeout(120)
class DiscoverCommandTest {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	@TempDir
	Path folder;
	private Path project = Path.of("");
	private RehearsalStage.@Nullable Play play;
	private @Nullable Migration migration;

	@BeforeEach
	void open() throws Exception {
		project = folder.resolve("world");
		play = Leaves.real().rehearsalStage().open(project, Locale.ENGLISH);
		migration = MigrationFiles.load(project).migration().orElseThrow();
	}

	@AfterEach
	void close() throws Exception {
		RehearsalStage.Play running = play;
		if (running != null) {
			running.close();
		}
	}

	private int run(Locale locale, String... args) {
		out.reset();
		err.reset();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false);
		return new Hikkoshi(terminal, Leaves.real(), locale, "1.2.3").run(args);
	}

	private Migration migration() {
		return Objects.requireNonNull(migration);
	}

	private Server old() {
		return migration().servers().stream().filter(server -> server.side() == Side.OLD).findFirst().orElseThrow();
	}

	private String domain() {
		return migration().domains().getFirst().name().ascii();
	}

	/// Everything is on high ports there.
	private int discover(Locale locale, String... more) {
		String ports = migration().servers().stream().flatMap(server -> server.endpoints().stream()).map(Object::toString).distinct().collect(Collectors.joining(","));
		List<String> args = new ArrayList<>(List.of("discover", domain(), "--https-port", "1", "--http-port", "1", "--ports", ports));
		args.addAll(List.of(more));
		return run(locale, args.toArray(String[]::new));
	}

	@Test
	void saysWhatIsThereAndKeepsTheEvidence() throws Exception {
		int code = discover(Locale.ENGLISH, "-p", project.toString());
		assertThat(code).as(out + "\n" + err).isIn(0, 1);
		assertThat(out.toString(StandardCharsets.UTF_8)).contains("Proposed server " + old().name()).contains("MX record of " + domain()).contains("servers:\n  old:\n    - key:")
				.contains("name: " + old().name()).contains("endpoints: [").doesNotContain("discover.").doesNotContain("{0}");
		for (var endpoint : old().endpoints()) {
			assertThat(out.toString(StandardCharsets.UTF_8)).contains(endpoint.toString());
		}
		assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("not kept");
		assertThat(run(Locale.ENGLISH, "evidence", "list", "-p", project.toString())).isZero();
		assertThat(out.toString(StandardCharsets.UTF_8)).contains("host:" + domain()).contains("port:");
		assertThat(run(Locale.ENGLISH, "evidence", "verify", "-p", project.toString())).isZero();
	}

	@Test
	void speaksJapaneseToo() {
		assertThat(discover(Locale.JAPANESE, "-p", project.toString())).isIn(0, 1);
		assertThat(out.toString(StandardCharsets.UTF_8)).contains("提案するサーバー " + old().name()).contains("のMXレコード").doesNotContain("discover.");
	}

	@Test
	void asJsonForPrograms() {
		assertThat(discover(Locale.ENGLISH, "-p", project.toString(), "--json")).isIn(0, 1);
		List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
		assertThat(lines).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
		assertThat(lines.getLast()).startsWith("{\"name\":\"" + domain() + "\"").contains("\"servers\":[{\"outcome\":").contains("\"reason\":\"discover.from.mx\"");
	}

	@Test
	void writesWhatIsAcceptedAndNothingTwice() throws Exception {
		String before = Files.readString(project.resolve("migration.yaml"));
		assertThat(discover(Locale.ENGLISH, "-p", project.toString(), "--side", "old", "--add")).isIn(0, 1);
		assertThat(err.toString(StandardCharsets.UTF_8)).contains(old().name() + " is a server of the old side already");
		assertThat(Files.readString(project.resolve("migration.yaml"))).isEqualTo(before);

		assertThat(discover(Locale.ENGLISH, "-p", project.toString(), "--side", "new", "--add")).isIn(0, 1);
		assertThat(err.toString(StandardCharsets.UTF_8)).contains("Written: server ");
		Migration changed = MigrationFiles.load(project).migration().orElseThrow();
		assertThat(changed.servers()).hasSize(migration().servers().size() + 1);
		Server added = changed.servers().getLast();
		assertThat(added.side()).isEqualTo(Side.NEW);
		assertThat(added.name()).isEqualTo(old().name());
		assertThat(added.addresses()).containsExactlyInAnyOrderElementsOf(old().addresses());
		assertThat(added.endpoints()).containsExactlyInAnyOrderElementsOf(old().endpoints());
	}

	@Test
	void worksWithoutAProjectAndSaysSo() throws Exception {
		var root = migration().dns().roots().getFirst();
		int code = discover(Locale.ENGLISH, "-p", folder.toString(), "--root", root.place(), "--authoritative-port", String.valueOf(migration().dns().authoritativePort()));
		assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(1);
		assertThat(err.toString(StandardCharsets.UTF_8)).contains("evidence is not kept");
		assertThat(out.toString(StandardCharsets.UTF_8)).as("without the project's authority").contains("whom nobody here trusts").contains("Proposed server " + old().name());
		assertThat(Files.list(folder).map(file -> file.getFileName().toString()).toList()).containsExactly("world");
	}

	@Test
	void wrongUsage() {
		assertThat(run(Locale.ENGLISH, "discover")).isEqualTo(64);
		assertThat(run(Locale.ENGLISH, "discover", "bad name")).isEqualTo(64);
		assertThat(run(Locale.ENGLISH, "discover", "a.test", "--add", "-p", project.toString())).isEqualTo(64);
		assertThat(err.toString(StandardCharsets.UTF_8)).contains("--side");
		assertThat(run(Locale.ENGLISH, "discover", "a.test", "--ports", "gopher:70/none")).isEqualTo(64);
		assertThat(run(Locale.ENGLISH, "discover", "a.test", "--resolver", "dns.example")).isEqualTo(64);
	}
}
