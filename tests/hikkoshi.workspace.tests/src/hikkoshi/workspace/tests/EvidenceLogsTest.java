package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.core.runtime.NullProgressMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Target;
import hikkoshi.testkit.Wait;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Subscription;

class EvidenceLogsTest {
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
	void oneLogPerProjectHoweverOftenAsked() throws Exception {
		try (TestProject test = TestProject.create()) {
			assertThat(logs.open(test.project())).isSameAs(logs.open(test.project()));
			assertThat(store.opened).isEqualTo(1);
		}
	}

	@Test
	void theLogClosesWithItsProject() throws Exception {
		try (TestProject test = TestProject.create()) {
			logs.open(test.project());
			test.project().close(new NullProgressMonitor());
			assertThat(store.closed).isEqualTo(1);
			assertThatThrownBy(() -> logs.open(test.project())).isInstanceOf(IOException.class);
			test.project().open(new NullProgressMonitor());
			logs.open(test.project());
			assertThat(store.opened).isEqualTo(2);
		}
	}

	@Test
	void deactivationClosesEveryLog() throws Exception {
		try (TestProject one = TestProject.create(); TestProject two = TestProject.create()) {
			logs.open(one.project());
			logs.open(two.project());
			logs.deactivate();
			assertThat(store.closed).isEqualTo(2);
		}
	}

	@Test
	void whatIsAppendedHereIsToldAtOnce() throws Exception {
		try (TestProject test = TestProject.create()) {
			AtomicInteger told = new AtomicInteger();
			try (Subscription _ = logs.listen(test.project(), told::incrementAndGet)) {
				logs.append(test.project(), List.of(evidence("a")));
				assertThat(told).hasValue(1);
			}
			logs.append(test.project(), List.of(evidence("b")));
			assertThat(told).hasValue(1);
		}
	}

	@Test
	void whatAnotherProcessAppendsIsToldSoon() throws Exception {
		try (TestProject test = TestProject.create()) {
			AtomicInteger told = new AtomicInteger();
			logs.open(test.project());
			try (Subscription _ = logs.listen(test.project(), told::incrementAndGet)) {
				store.logs.values().iterator().next().append(evidence("elsewhere"));
				Wait.until("the news of another process", () -> told.get() == 1);
			}
		}
	}

	@Test
	void nobodyIsToldOfAnotherProject() throws Exception {
		try (TestProject one = TestProject.create(); TestProject two = TestProject.create()) {
			AtomicInteger told = new AtomicInteger();
			try (Subscription _ = logs.listen(one.project(), told::incrementAndGet)) {
				logs.append(two.project(), List.of(evidence("a")));
				assertThat(told).hasValue(0);
			}
		}
	}

	static Evidence evidence(String target) {
		return new Evidence("test.probe", new Target.Id("mailbox:" + target), Instant.EPOCH, Duration.ZERO, Outcome.PASS, Reason.of("ok"),
				Facts.NONE);
	}
}
