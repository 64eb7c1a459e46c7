package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.text.IDocument;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.eclipse.ui.views.markers.WorkbenchMarkerResolution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Side;
import hikkoshi.ui.inventory.editor.MigrationEditor;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.FaultMarker;
import hikkoshi.workspace.Migrations;

class FaultFixesTest {
	private Project project;

	@BeforeEach
	void create() throws Exception {
		project = Project.create();
	}

	@AfterEach
	void delete() throws Exception {
		Windows.closeDialogs();
		project.close();
	}

	private List<IMarker> markers(FaultKind kind) {
		try {
			return Arrays.stream(project.project().findMarkers(FaultMarker.TYPE, false, IResource.DEPTH_INFINITE))
					.filter(marker -> FaultMarker.fault(marker).flatMap(FaultKind::of).filter(kind::equals).isPresent()).toList();
		} catch (CoreException e) {
			throw new AssertionError(e);
		}
	}

	private IMarker marker(FaultKind kind) {
		Pump.until(kind + " is marked", () -> !markers(kind).isEmpty());
		return markers(kind).getFirst();
	}

	private static IMarkerResolution[] fixes(IMarker marker) {
		return IDE.getMarkerHelpRegistry().getResolutions(marker);
	}

	@Test
	void aDomainThatIsMissingIsAddedInTheOpenEditorAndCanBeUndone() throws Exception {
		MigrationEditor editor = (MigrationEditor) IDE.openEditor(Windows.page(), project.file(MigrationProject.MIGRATION_FILE));
		IDocument document = editor.source().getDocumentProvider().getDocument(editor.getEditorInput());
		String before = document.get();
		project.write(MigrationProject.MAILBOXES_FILE, "address\nann@example.org\nbob@third.example\n");
		IMarker marker = marker(FaultKind.MAILBOX_DOMAIN);
		IMarkerResolution[] fixes = fixes(marker);
		assertThat(fixes).extracting(IMarkerResolution::getLabel).containsExactly("Add the domain third.example to migration.yaml");
		fixes[0].run(marker);
		Pump.until("the domain is in the editor", () -> document.get().contains("third.example"));
		Pump.until("the marker is gone", () -> markers(FaultKind.MAILBOX_DOMAIN).isEmpty());
		assertThat(editor.isDirty()).isFalse();
		assertThat(project.read(MigrationProject.MIGRATION_FILE)).contains("third.example").contains("# a comment that must survive");
		editor.source().getAction(ITextEditorActionConstants.UNDO).run();
		assertThat(document.get()).isEqualTo(before);
	}

	@Test
	void manyOfAKindAreMendedAtOnce() throws Exception {
		project.write(MigrationProject.MAILBOXES_FILE, "address,note\nann@example.org\nbob@example.org\ncarl@example.org,x\ndora@example.org\n");
		IMarker marker = marker(FaultKind.CSV_CELLS);
		List<IMarker> all = markers(FaultKind.CSV_CELLS);
		assertThat(all).hasSize(3);
		WorkbenchMarkerResolution fix = (WorkbenchMarkerResolution) fixes(marker)[0];
		IMarker[] others = fix.findOtherMarkers(project.project().findMarkers(FaultMarker.TYPE, false, IResource.DEPTH_INFINITE));
		assertThat(others).hasSize(2);
		fix.run(all.toArray(IMarker[]::new), new NullProgressMonitor());
		Pump.until("the markers are gone", () -> markers(FaultKind.CSV_CELLS).isEmpty());
		assertThat(project.read(MigrationProject.MAILBOXES_FILE))
				.isEqualTo("address,note\nann@example.org,\nbob@example.org,\ncarl@example.org,x\ndora@example.org,\n");
	}

	@Test
	void aPasswordColumnGoesOnlyWhenThePersonAgrees() throws Exception {
		String broken = "address,password\nann@example.org,hunter2\n";
		project.write(MigrationProject.MAILBOXES_FILE, broken);
		IMarker marker = marker(FaultKind.CSV_PASSWORD_COLUMN);
		Pump.Modal refused = Pump.whenOpen("Quick Fix", shell -> Windows.press(shell, "Cancel"));
		fixes(marker)[0].run(marker);
		refused.done();
		assertThat(project.read(MigrationProject.MAILBOXES_FILE)).isEqualTo(broken);
		Pump.Modal agreed = Pump.whenOpen("Quick Fix", shell -> {
			Windows.picture(shell, "quickfix-confirm");
			Windows.press(shell, "OK");
		});
		fixes(marker)[0].run(marker);
		agreed.done();
		Pump.until("the marker is gone", () -> markers(FaultKind.CSV_PASSWORD_COLUMN).isEmpty());
		assertThat(project.read(MigrationProject.MAILBOXES_FILE)).isEqualTo("address\nann@example.org\n");
	}

	@Test
	void aMissingChecklistIsWrittenFromTheTemplate() throws Exception {
		IMarker marker = marker(FaultKind.CHECKLIST_MISSING);
		fixes(marker)[0].run(marker);
		Pump.until("the marker is gone", () -> markers(FaultKind.CHECKLIST_MISSING).isEmpty());
		assertThat(project.file(MigrationProject.CHECKLIST_FILE).exists()).isTrue();
	}

	@Test
	void whatOnlyAPersonCanMendHasNoFix() throws Exception {
		project.write(MigrationProject.MIGRATION_FILE, project.read(MigrationProject.MIGRATION_FILE).replace("name: old.example\n", "name: 192.0.2.7\n"));
		assertThat(IDE.getMarkerHelpRegistry().hasResolutions(marker(FaultKind.SERVER_NAME_ADDRESS))).isFalse();
	}

	@Test
	void anAddressThatIsForgottenOnTheNewServerIsMarked() throws Exception {
		// two places: both servers have the same address here
		project.write(MigrationProject.MIGRATION_FILE, project.read(MigrationProject.MIGRATION_FILE)
				.replaceFirst("endpoints: \\[imap", "endpoints: [smtp:2501/starttls, imap").replaceFirst("endpoints: \\[imap", "endpoints: [smtp:2502/starttls, imap"));
		Migration migration = MigrationFiles.load(Migrations.folder(project.project())).migration().orElseThrow();
		EmailAddress ann = EmailAddress.parse("ann@example.org");
		Project.logs().append(project.project(), List.of(said(migration.presences(ann, Side.OLD).getFirst(), Outcome.PASS, "presence.receives", "250 2.1.5 OK"),
				said(migration.presences(ann, Side.NEW).getFirst(), Outcome.FAIL, "presence.missing", "550 5.1.1 no such user")));
		Pump.until("it is marked", () -> forgotten() != null);
		IMarker marker = Objects.requireNonNull(forgotten());
		assertThat(marker.getAttribute(IMarker.LINE_NUMBER, 0)).isEqualTo(2);
		assertThat(marker.getAttribute(IMarker.MESSAGE, "")).contains("ann@example.org");
		assertThat(IDE.getMarkerHelpRegistry().hasResolutions(marker)).as("only a person can create it").isFalse();
		Windows.view(IPageLayout.ID_PROBLEM_VIEW, IViewPart.class);
		Tree problems = Windows.find(Windows.shell(), Tree.class, tree -> tree.getColumnCount() > 1 && tree.getColumn(0).getText().equals("Description"));
		Pump.until("the group of errors", () -> problems.getItemCount() > 0 && problems.getItem(0).getText().startsWith("Errors"));
		for (TreeItem group : problems.getItems()) {
			Event event = new Event();
			event.item = group;
			problems.notifyListeners(SWT.Expand, event);
			group.setExpanded(true);
		}
		Pump.until("the row", () -> Arrays.stream(problems.getItems()).flatMap(group -> Arrays.stream(group.getItems()))
				.anyMatch(row -> row.getText(0).contains("ann@example.org")));
		Windows.picture(Windows.shell(), "problems-forgotten");
	}

	private @Nullable IMarker forgotten() {
		try {
			return Arrays.stream(project.project().findMarkers(IMarker.PROBLEM, true, IResource.DEPTH_INFINITE))
					.filter(marker -> FaultMarker.fault(marker).filter(fault -> fault.reason().id().equals("presence.forgotten")).isPresent()).findFirst()
					.orElse(null);
		} catch (CoreException e) {
			throw new AssertionError(e);
		}
	}

	private static Evidence said(Presence presence, Outcome outcome, String reason, String answer) {
		return new Evidence("smtp.recipient", presence.id(), Instant.now(), Duration.ZERO, outcome, Reason.of(reason, answer), Facts.NONE);
	}

	@Test
	void theDialogOfTheProblemsViewOffersThem() throws Exception {
		project.write(MigrationProject.MAILBOXES_FILE, "adress,wave\nann@example.org,main\nbob@third.example,main\n");
		marker(FaultKind.CSV_UNKNOWN_COLUMN_NEAR);
		Windows.view(IPageLayout.ID_PROBLEM_VIEW, IViewPart.class);
		Windows.picture(Windows.shell(), "quickfix");
	}
}
