package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.testkit.Wait;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.ProbeJob;

class ProbeJobTest {
	private final MemoryStore store = new MemoryStore();
	private final EvidenceLogs logs = new EvidenceLogs(store);

	@BeforeEach
	void activate() {
		logs.activate();
	}

	@AfterEach
	void deactivate() throws InterruptedException {
		logs.deactivate();
	}

	@Test
	void everythingFoundIsInTheLogAndTheJobIsWell() throws Exception {
		try (TestProject test = TestProject.create()) {
			ProbeJob job = job(test.project(), 20, (domain, context) -> found(Outcome.FAIL));
			job.schedule();
			job.join();
			assertThat(job.getResult().getSeverity()).as("bad news is evidence, not an error").isEqualTo(IStatus.INFO);
			assertThat(job.getResult().getMessage()).contains("20");
			assertThat(logs.open(test.project()).latest()).hasSize(20);
		}
	}

	@Test
	void cancellingEndsARunThatHangsAndKeepsWhatItHad() throws Exception {
		try (TestProject test = TestProject.create()) {
			CountDownLatch hanging = new CountDownLatch(1);
			AtomicInteger interrupted = new AtomicInteger();
			ProbeJob job = job(test.project(), 2, (domain, context) -> {
				if (domain.name().ascii().startsWith("d0")) {
					return found(Outcome.PASS);
				}
				try {
					hanging.countDown();
					new CountDownLatch(1).await();
					throw new AssertionError("nobody counts down");
				} catch (InterruptedException e) {
					interrupted.incrementAndGet();
					throw e;
				}
			});
			job.schedule();
			hanging.await();
			Wait.until("the first answer is kept", () -> logs.open(test.project()).lastRow() == 1);
			job.cancel();
			job.join();
			assertThat(job.getResult().getSeverity()).isEqualTo(IStatus.CANCEL);
			assertThat(interrupted).hasValue(1);
			assertThat(logs.open(test.project()).latest()).hasSize(1);
		}
	}

	@Test
	void theWorkerIsHandedBackWithoutOurInterrupt() throws Exception {
		try (TestProject test = TestProject.create()) {
			ProbeJob job = job(test.project(), 1, (domain, context) -> {
				new CountDownLatch(1).await();
				throw new AssertionError("nobody counts down");
			});
			List<Boolean> after = new ArrayList<>();
			job.addJobChangeListener(new JobChangeAdapter() {
				@Override
				public void done(IJobChangeEvent event) {
					after.add(Thread.currentThread().isInterrupted());
				}
			});
			job.schedule();
			Wait.until("it runs", () -> job.getState() == Job.RUNNING);
			job.cancel();
			job.join();
			assertThat(after).containsExactly(false);
		}
	}

	@Test
	void aLogThatCannotKeepIsAnError() throws Exception {
		try (TestProject test = TestProject.create()) {
			logs.open(test.project());
			store.logs.values().iterator().next().breakDown();
			ProbeJob job = job(test.project(), 1, (domain, context) -> found(Outcome.PASS));
			job.setUser(false);
			job.schedule();
			job.join();
			assertThat(job.getResult().getSeverity()).isEqualTo(IStatus.ERROR);
			assertThat(job.getResult().getException()).hasMessage("disk full");
		}
	}

	@Test
	void itIsFoundByItsProject() throws Exception {
		try (TestProject test = TestProject.create()) {
			ProbeJob job = job(test.project(), 1, (domain, context) -> found(Outcome.PASS));
			assertThat(job.belongsTo(test.project())).isTrue();
			assertThat(job.belongsTo(ProbeJob.class)).isTrue();
			assertThat(job.belongsTo("other")).isFalse();
			assertThat(job.isUser()).isTrue();
			assertThat(job.getRule()).isNull();
		}
	}

	private ProbeJob job(IProject project, int domains, Question question) {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (int i = 0; i < domains; i++) {
			tasks.add(new ProbeTask<>(new FakeProbe(question), new Domain(DomainName.parse("d" + i + ".example"), "main", "old", "new")));
		}
		Migration migration = new Migration("Test", List.of(), List.of(), List.of(), List.of(), DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
		MigrationProject snapshot =
				new MigrationProject(Path.of("x"), Optional.of(migration), Optional.empty(), List.of(), List.of());
		return new ProbeJob(project, snapshot, migration, tasks, new NoSecrets(), logs, Phrases.of(Locale.ENGLISH, List.of()));
	}

	private static Finding found(Outcome outcome) {
		return new Finding(outcome, Reason.of("test.reason"), Facts.NONE);
	}

	@FunctionalInterface
	private interface Question {
		Finding ask(Domain domain, ProbeContext context) throws InterruptedException;
	}

	private record FakeProbe(Question question) implements Probe<Domain> {
		@Override
		public String id() {
			return "test.probe";
		}

		@Override
		public Class<Domain> target() {
			return Domain.class;
		}

		@Override
		public Finding examine(Domain target, ProbeContext context) throws InterruptedException {
			return question.ask(target, context);
		}
	}

	private static final class NoSecrets implements Secrets {
		@Override
		public Optional<Secret> find(CredentialId id) {
			return Optional.empty();
		}

		@Override
		public void store(CredentialId id, Secret secret) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void remove(CredentialId id) {}

		@Override
		public boolean writable() {
			return false;
		}
	}
}
