package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hikkoshi arrivals` in a rehearsal's world.
class ArrivalsCommandTest {
	@TempDir
	Path folder;

	@Test
	void helpsInBothLanguages() throws Exception {
		try (Played world = Played.open(folder)) {
			assertThat(world.run("arrivals", "--help")).as(world.err()).isZero();
			assertThat(world.out()).startsWith("Usage: hikkoshi arrivals").contains("--since").doesNotContain("{0}");
			assertThat(world.run(Locale.JAPANESE, "arrivals", "--help")).isZero();
			assertThat(world.out()).startsWith("使い方: hikkoshi arrivals");
		}
	}

	@Test
	void saysWhatCame() throws Exception {
		try (Played world = Played.open(folder)) {
			assertThat(world.run("arrivals")).as(world.said()).isEqualTo(3);
			assertThat(world.out()).contains("old: 0 messages in 5 mailboxes").contains("carol@rehearsal.test");
			world.play().repair();
			assertThat(world.run("arrivals")).as(world.said()).isZero();
			assertThat(world.run(Locale.JAPANESE, "arrivals", "--no-look")).isZero();
			assertThat(world.out()).contains("旧: ").doesNotContain("arrivals.");
			assertThat(world.run("arrivals", "nobody@rehearsal.test")).isEqualTo(64);
			assertThat(world.run("arrivals", "--since", "yesterday")).isEqualTo(64);
			assertThat(world.err()).contains("yesterday");
		}
	}
}
