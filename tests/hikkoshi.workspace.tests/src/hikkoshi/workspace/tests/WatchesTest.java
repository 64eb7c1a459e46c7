package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.report.Letter;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.SaidVerdict;
import hikkoshi.core.watch.Verdict;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.core.watch.WatchRounds;
import hikkoshi.testkit.Wait;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.NewsSettings;
import hikkoshi.workspace.WatchJob;
import hikkoshi.workspace.Watches;
import hikkoshi.workspace.internal.NewsMailer;
import hikkoshi.workspace.internal.NewsTeller;

class WatchesTest {
	private final EvidenceLogs logs = new EvidenceLogs(new MemoryStore());
	private final Watches watches = new Watches();

	@BeforeEach
	void activate() {
		logs.activate();
		watches.activate();
	}

	@AfterEach
	void deactivate() throws InterruptedException {
		watches.deactivate();
		logs.deactivate();
	}

	private WatchJob job(TestProject test) throws Exception {
		MigrationProject snapshot = new Migrations().load(test.project());
		var migration = snapshot.migration().orElseThrow();
		return new WatchJob(new WatchJob.Order(test.project(), snapshot, migration, migration.domains(), Map.of(), List.of(), Duration.ofMinutes(5)), Secrets.none(), logs,
				Phrases.of(Locale.ENGLISH, List.of()));
	}

	@Test
	void oneWatchPerProjectThatRestsBetweenRoundsAndEndsAtOnce() throws Exception {
		try (TestProject test = TestProject.create()) {
			WatchJob job = job(test);
			assertThat(watches.start(job)).isTrue();
			assertThat(watches.start(job(test))).as("a second one").isFalse();
			assertThat(watches.of(test.project())).contains(job);
			Wait.until("it has judged and rests", () -> job.now().judged().isPresent() && job.now().rests().isPresent());
			EvidenceLog log = logs.open(test.project());
			assertThat(log.latest(SaidVerdict.PROBE, job.order().domains().getFirst().id())).as("what it said is kept").isPresent();
			watches.stop(test.project());
			job.join();
			assertThat(job.getResult().getSeverity()).isEqualTo(IStatus.CANCEL);
			assertThat(watches.of(test.project())).isEmpty();
			assertThat(watches.start(job(test))).as("again").isTrue();
		}
	}

	@Test
	void aProjectThatIsClosedTakesItsWatchAlong() throws Exception {
		try (TestProject test = TestProject.create()) {
			WatchJob job = job(test);
			watches.start(job);
			Wait.until("it rests", () -> job.now().rests().isPresent());
			test.project().close(new NullProgressMonitor());
			job.join();
			assertThat(job.getResult().getSeverity()).isEqualTo(IStatus.CANCEL);
			assertThat(watches.of(test.project())).isEmpty();
		}
	}

	@Test
	void theProgramOfTheWorkspaceIsToldAndABadOneHoldsNothingUp(@TempDir Path folder) throws Exception {
		Path heard = folder.resolve("heard");
		Path program = folder.resolve("tell");
		Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$1\" >'" + heard + ".half'; cat >>'" + heard + ".half'; mv '" + heard + ".half' '" + heard + "'\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
		assertThat(new NewsSettings(true, folder.toString(), "ftp://x", "", "").isProgramGood()).isFalse();
		assertThat(new NewsSettings(true, "", "ftp://x", "", "").isWebhookGood()).isFalse();
		new NewsSettings(false, program.toString(), "", "", "").keep();
		try (TestProject test = TestProject.create()) {
			WatchJob job = job(test);
			DomainWatch watch = new WatchRounds(job.order().migration(), job.order().domains(), Map.of(), List.of(), logs.open(test.project()), Clock.systemUTC()).judge()
					.getFirst();
			new NewsTeller().told(test.project(), List.of(new WatchNews.Turned(watch, Verdict.State.RUNNING)));
			Wait.until("it was told", () -> Files.exists(heard));
			assertThat(Files.readString(heard)).contains("example.org", "{\"domain\":\"example.org\"", "\"news\":{\"before\":\"running\",\"reason\":\"watch.said.unknown\"");
		} finally {
			NewsSettings.DEFAULT.keep();
		}
	}

	@Test
	void mailGoesToTheAddressOfTheWorkspaceByTheAccountOfTheMigration() throws Exception {
		new NewsSettings(false, "", "", "me@freemail.example", "free").keep();
		List<Letter> letters = new CopyOnWriteArrayList<>();
		NewsPost post = (letter, by, _) -> {
			assertThat(by.name().ascii()).isEqualTo("smtp.freemail.example");
			letters.add(letter);
			return new Finding(Outcome.PASS, Reason.of(NewsPost.SENT, letter.to(), "250 ok"), Facts.NONE);
		};
		try (TestProject test = TestProject.create()) {
			NewsMailer mailer = new NewsMailer(post, Secrets.none(), new Migrations());
			WatchJob job = job(test);
			DomainWatch watch = new WatchRounds(job.order().migration(), job.order().domains(), Map.of(), List.of(), logs.open(test.project()), Clock.systemUTC()).judge()
					.getFirst();
			test.write(MigrationProject.MIGRATION_FILE, TestProject.YAML + """
					policy:
					  canaries:
					    outside:
					      - {key: free, name: smtp.freemail.example, endpoint: 'submission:465/tls', user: me, from: other@freemail.example}
					""");
			mailer.told(test.project(), List.of(new WatchNews.Turned(watch, Verdict.State.RUNNING)));
			Wait.until("the letter is out", () -> letters.size() == 1);
			assertThat(letters.getFirst().to()).as("never an address of the project").hasToString("me@freemail.example");
			mailer.deactivate();
		} finally {
			NewsSettings.DEFAULT.keep();
		}
	}
}
