package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.testkit.Wait;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.internal.FaultMarkers;
import hikkoshi.workspace.internal.ForgottenMarkers;

/// An address that is alive on OLD and missing on NEW has a marker of its own, for as long as that is so.
class ForgottenMarkersTest {
	private static final String WORDS = "550 5.1.1 User unknown";

	private final Migrations migrations = new Migrations();
	private final EvidenceLogs logs = new EvidenceLogs(new MemoryStore());
	private final ForgottenMarkers markers = new ForgottenMarkers(migrations);

	@BeforeEach
	void activate() {
		migrations.activate();
		logs.activate();
		markers.activate();
		logs.add(markers);
	}

	@AfterEach
	void deactivate() throws InterruptedException {
		logs.remove(markers);
		markers.deactivate();
		logs.deactivate();
		migrations.deactivate();
	}

	private static TestProject project() throws CoreException, InterruptedException {
		TestProject test = TestProject.create();
		test.write("migration.yaml", TestProject.YAML.replace("[imap:1993/tls]", "[imap:1993/tls, smtp:1025/starttls]"));
		test.write("mailboxes.csv", "address,old_user,new_user,kind,goes_to\nann@example.org,,,,\ninfo@example.org,,,alias,ann@example.org\n");
		test.built();
		return test;
	}

	private Evidence said(TestProject test, String address, Side side, Outcome outcome, String reason, Object... args) throws Exception {
		Migration migration = migrations.load(test.project()).migration().orElseThrow();
		return new Evidence(PresenceReasons.PROBE, migration.presences(EmailAddress.parse(address), side).getFirst().id(), Instant.now(), Duration.ZERO,
				outcome, Reason.of(reason, args), Facts.NONE);
	}

	private Evidence receives(TestProject test, String address, Side side) throws Exception {
		return said(test, address, side, Outcome.PASS, PresenceReasons.RECEIVES, "250 Ok");
	}

	private Evidence missing(TestProject test, String address, Side side) throws Exception {
		return said(test, address, side, Outcome.FAIL, PresenceReasons.MISSING, WORDS);
	}

	private static List<IMarker> found(TestProject test) throws CoreException {
		return Arrays.asList(test.project().findMarkers(ForgottenMarkers.TYPE, false, IResource.DEPTH_INFINITE));
	}

	@Test
	void theMarkerStandsAtTheLineInTheServersWordsAndGoesWhenItIsMended() throws Exception {
		try (TestProject test = project()) {
			logs.append(test.project(), List.of(receives(test, "info@example.org", Side.OLD), missing(test, "info@example.org", Side.NEW),
					receives(test, "ann@example.org", Side.OLD), receives(test, "ann@example.org", Side.NEW)));
			Wait.until("the marker", () -> found(test).size() == 1);
			IMarker marker = found(test).getFirst();
			assertThat(marker.getResource().getName()).isEqualTo("mailboxes.csv");
			assertThat(marker.getAttribute(IMarker.LINE_NUMBER, 0)).isEqualTo(3);
			assertThat(marker.getAttribute(IMarker.SEVERITY, 0)).isEqualTo(IMarker.SEVERITY_ERROR);
			assertThat(marker.getAttribute(IMarker.MESSAGE, "")).contains("info@example.org", WORDS);
			assertThat(marker.getAttribute(FaultMarkers.REMEDY, "")).contains("hikkoshi exist");
			assertThat(marker.isSubtypeOf(IMarker.PROBLEM)).as("shown in Problems").isTrue();

			logs.append(test.project(), List.of(receives(test, "info@example.org", Side.NEW)));
			Wait.until("the marker to go", () -> found(test).isEmpty());
		}
	}

	@Test
	void whatStaysKeepsItsMarkerAndTheBuilderLeavesItAlone() throws Exception {
		try (TestProject test = project()) {
			logs.append(test.project(), List.of(receives(test, "info@example.org", Side.OLD), missing(test, "info@example.org", Side.NEW)));
			Wait.until("the marker", () -> found(test).size() == 1);
			long id = found(test).getFirst().getId();
			logs.append(test.project(), List.of(receives(test, "ann@example.org", Side.OLD), missing(test, "ann@example.org", Side.NEW)));
			Wait.until("the second marker", () -> found(test).size() == 2);
			assertThat(found(test)).extracting(IMarker::getId).contains(id);

			test.write("cutover.checklist", "phases: nonsense\n");
			test.built();
			assertThat(test.project().findMarkers(FaultMarkers.TYPE, false, IResource.DEPTH_INFINITE)).as("the builder ran").isNotEmpty();
			assertThat(found(test)).hasSize(2);
		}
	}

	@Test
	void anAddressThatIsListedNoMoreHasNoMarker() throws Exception {
		try (TestProject test = project()) {
			logs.append(test.project(), List.of(receives(test, "info@example.org", Side.OLD), missing(test, "info@example.org", Side.NEW)));
			Wait.until("the marker", () -> found(test).size() == 1);
			test.write("mailboxes.csv", "address\nann@example.org\n");
			Wait.until("the marker to go", () -> found(test).isEmpty());
		}
	}
}
