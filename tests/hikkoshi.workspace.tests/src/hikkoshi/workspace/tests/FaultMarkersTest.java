package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.internal.FaultMarkers;

class FaultMarkersTest {
	private static final String FILE = "notes.txt";
	private static final String TEXT = "first\r\n  second line\nthird";

	private final FaultMarkers markers = new FaultMarkers(Phrases.of(Locale.ENGLISH, List.of()));

	@Test
	void aMarkerSaysWhatWhereAndHowBad() throws Exception {
		try (TestProject test = project()) {
			markers.update(test.project(), List.of(fault(2, 3, Fault.Severity.WARNING, "one")));
			IMarker marker = markers(test).getFirst();
			assertThat(marker.getAttribute(IMarker.MESSAGE, "")).contains("one");
			assertThat(marker.getAttribute(IMarker.SEVERITY, -1)).isEqualTo(IMarker.SEVERITY_WARNING);
			assertThat(marker.getAttribute(IMarker.LINE_NUMBER, -1)).isEqualTo(2);
			assertThat(TEXT.substring(marker.getAttribute(IMarker.CHAR_START, -1), marker.getAttribute(IMarker.CHAR_END, -1)))
					.isEqualTo("second line");
			assertThat(marker.getAttribute(IMarker.SOURCE_ID, "")).isEqualTo("hikkoshi.validate");
		}
	}

	@Test
	void aWholeLineIsMarkedWithoutItsIndent() throws Exception {
		try (TestProject test = project()) {
			markers.update(test.project(), List.of(fault(2, 0, Fault.Severity.ERROR, "one")));
			IMarker marker = markers(test).getFirst();
			assertThat(TEXT.substring(marker.getAttribute(IMarker.CHAR_START, -1), marker.getAttribute(IMarker.CHAR_END, -1)))
					.isEqualTo("second line");
		}
	}

	@Test
	void whatIsStillWrongKeepsItsMarker() throws Exception {
		try (TestProject test = project()) {
			Fault stays = fault(1, 1, Fault.Severity.ERROR, "stays");
			markers.update(test.project(), List.of(stays, fault(3, 1, Fault.Severity.ERROR, "goes")));
			long id = markers(test).stream().filter(m -> m.getAttribute(IMarker.MESSAGE, "").contains("stays")).findFirst().orElseThrow().getId();
			markers.update(test.project(), List.of(stays, fault(3, 1, Fault.Severity.ERROR, "comes")));
			assertThat(markers(test)).extracting(m -> m.getAttribute(IMarker.MESSAGE, "")).hasSize(2)
					.anyMatch(message -> message.contains("stays")).anyMatch(message -> message.contains("comes"));
			assertThat(markers(test)).anyMatch(m -> m.getId() == id);
		}
	}

	@Test
	void twoEqualFaultsAreTwoMarkersAndStayTwo() throws Exception {
		try (TestProject test = project()) {
			Fault twice = fault(1, 1, Fault.Severity.ERROR, "twice");
			markers.update(test.project(), List.of(twice, twice));
			markers.update(test.project(), List.of(twice, twice));
			assertThat(markers(test)).hasSize(2);
		}
	}

	@Test
	void aFaultOfAMissingFileStandsAtTheProject() throws Exception {
		try (TestProject test = project()) {
			markers.update(test.project(), List.of(new Fault("absent.yaml", 0, 0, Fault.Severity.ERROR, Reason.of("fault.x"))));
			assertThat(markers(test).getFirst().getResource()).isEqualTo(test.project());
		}
	}

	@Test
	void aPlaceBeyondTheFileIsNoMishap() throws Exception {
		try (TestProject test = project()) {
			markers.update(test.project(), List.of(fault(99, 7, Fault.Severity.ERROR, "far"), fault(1, 99, Fault.Severity.ERROR, "wide")));
			assertThat(markers(test)).hasSize(2);
		}
	}

	@Test
	void savingMarksAndMendsByItself() throws Exception {
		try (TestProject test = TestProject.create()) {
			test.write("migration.yaml", TestProject.YAML.replace("servers:", "serverz:"));
			test.built();
			assertThat(errors(test)).isNotEmpty();
			test.write("migration.yaml", TestProject.YAML);
			test.built();
			assertThat(errors(test)).isEmpty();
		}
	}

	private static TestProject project() throws CoreException, InterruptedException {
		TestProject test = TestProject.create();
		test.write(FILE, TEXT);
		test.built();
		new FaultMarkers(Phrases.of(Locale.ENGLISH, List.of())).update(test.project(), List.of());
		return test;
	}

	private static Fault fault(int line, int column, Fault.Severity severity, String what) {
		return new Fault(FILE, line, column, severity, Reason.of("fault.test", what));
	}

	private static List<IMarker> markers(TestProject test) throws CoreException {
		return Arrays.asList(test.project().findMarkers(FaultMarkers.TYPE, true, IResource.DEPTH_INFINITE));
	}

	private static List<String> errors(TestProject test) throws CoreException {
		return markers(test).stream().filter(m -> m.getAttribute(IMarker.SEVERITY, -1) == IMarker.SEVERITY_ERROR)
				.map(m -> m.getAttribute(IMarker.MESSAGE, "")).toList();
	}
}
