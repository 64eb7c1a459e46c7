package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hikkoshi canary` in a rehearsal's world: out by every route, found on both sides, and away again.
class CanaryCommandTest {
	private static final String ALICE = "alice@rehearsal.test";

	@TempDir
	Path folder;

	@Test
	void helpsInBothLanguages() throws Exception {
		try (Played world = Played.open(folder)) {
			assertThat(world.run("canary", "--help")).as(world.err()).isZero();
			assertThat(world.out()).startsWith("Usage: hikkoshi canary").contains("--route").doesNotContain("{0}");
			assertThat(world.run(Locale.JAPANESE, "canary", "--help")).isZero();
			assertThat(world.out()).startsWith("使い方: hikkoshi canary");
		}
	}

	@Test
	void outByEveryRouteFoundAndAwayAgain() throws Exception {
		try (Played world = Played.open(folder)) {
			assertThat(world.run("canary", ALICE, "--dry-run")).as(world.said()).isZero();
			assertThat(world.out()).contains("old-submission", "new-submission", "old-direct", "new-direct", "To be sent: 4, held back: 0");
			assertThat(world.run("canary", ALICE, "--wait", "30s", "--remove")).as(world.said()).isZero();
			assertThat(world.out()).contains("4 canaries: 4 found, 0 not found").contains("old: INBOX", "new: INBOX", "old.rehearsal.test")
					.contains("2 canaries were removed").doesNotContain("canary.");
			assertThat(world.run("arrivals", ALICE)).as(world.said()).isZero();
			assertThat(world.out()).contains("canary");
			assertThat(world.run("arrivals", ALICE, "--json")).isZero();
			assertThat(world.out().lines()).hasSize(4).allMatch(line -> line.contains("\"canary\":\"") && !line.contains("\"canary\":\"\""));

			assertThat(world.run("canary", ALICE, "--route", "old-direct")).as(world.said()).isEqualTo(1);
			assertThat(world.err()).as("the interval of the policy").contains("too fresh");
			assertThat(world.run("canary", ALICE, "--no-send", "--remove")).as(world.said()).isZero();
			assertThat(world.out()).contains("No canary was there to be removed");
			assertThat(world.run("canary", "stranger@example.org")).isEqualTo(64);
			assertThat(world.run("canary", ALICE, "--route", "by-foot")).isEqualTo(64);
		}
	}
}
