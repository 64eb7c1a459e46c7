package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.ui.ide.IDE;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.ui.checklist.ChecklistEditor;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.EvidenceLogs;

class ChecklistEditorTest {
	@TempDir
	Path folder;

	/// The steps page, found as a person finds it.
	private record Steps(Composite form) {
		static Steps open(Rehearsed world) throws Exception {
			ChecklistEditor editor = (ChecklistEditor) IDE.openEditor(Windows.page(), world.project().file(MigrationProject.CHECKLIST_FILE));
			Steps steps = new Steps((Composite) editor.steps().getPartControl());
			Pump.until("the steps are judged", () -> steps.table().getItemCount() > 0);
			return steps;
		}

		Table table() {
			return Windows.find(form, Table.class, table -> table.getColumnCount() == 4);
		}

		List<String> blockers() {
			Table table = Windows.find(form, Table.class, one -> one.getColumnCount() == 3);
			return Arrays.stream(table.getItems()).map(item -> item.getText(1)).toList();
		}

		String state(String title) {
			return Arrays.stream(table().getItems()).filter(item -> item.getText(0).contains(title)).map(item -> item.getText(1)).findFirst()
					.orElse("no such step");
		}

		void select(String title) {
			Table table = table();
			for (int i = 0; i < table.getItemCount(); i++) {
				TableItem item = table.getItem(i);
				if (item.getText(0).contains(title)) {
					table.setSelection(i);
					Event event = new Event();
					event.item = item;
					table.notifyListeners(SWT.Selection, event);
					return;
				}
			}
			throw new AssertionError("no step " + title);
		}

		Button button(String text) {
			return Windows.find(form, Button.class, button -> button.getText().equals(text));
		}
	}

	@Test
	void shutByTheMissingMailboxAndSignedOffOnProof() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("checklist"))) {
			world.probe(_ -> true);
			Steps steps = Steps.open(world);
			Pump.until("the proof is judged", () -> steps.state("Prove both").equals("blocked"));
			steps.select("Prove both");
			assertThat(steps.blockers()).isNotEmpty().allMatch(what -> what.contains(world.play().missingMailbox()));
			assertThat(steps.button("Sign off…").isEnabled()).isFalse();
			assertThat(steps.button("Override…").isEnabled()).isTrue();
			Windows.page().toggleZoom(Windows.page().getActivePartReference());
			Windows.picture(Windows.shell(), "checklist");
			Windows.page().toggleZoom(Windows.page().getActivePartReference());

			world.play().repair();
			world.probe(Account.class::isInstance);
			Pump.until("the gate is open", () -> steps.state("Prove both").equals("ready"));
			assertThat(steps.blockers()).isEmpty();
			sign(steps, "Sign off…", "Sign off", "Ann", null);
			Pump.until("it is done", () -> steps.state("Prove both").equals("done"));
			assertThat(steps.button("Sign off…").isEnabled()).isFalse();
		}
	}

	@Test
	void anOverrideNeedsAReasonAndIsKept() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("override"))) {
			Steps steps = Steps.open(world);
			Pump.until("nothing is proven", () -> steps.state("Prove both").equals("blocked"));
			steps.select("Prove both");
			sign(steps, "Override…", "Override a shut gate", "Ann", "the customer insists");
			Pump.until("it is overridden", () -> steps.state("Prove both").equals("overridden"));
			assertThat(Rehearsed.service(EvidenceLogs.class).open(world.project().project()).latest())
					.anyMatch(sighting -> sighting.evidence().reason().args().equals(List.of("Ann", "the customer insists")));
		}
	}

	private static void sign(Steps steps, String button, String title, String name, String reason) throws Exception {
		Pump.modal(title, () -> {
			Windows.click(steps.button(button));
			return null;
		}, () -> Windows.dialog(title).isPresent(), () -> {
			Shell dialog = Windows.dialog(title).orElseThrow();
			List<Text> fields = Windows.all(dialog, Text.class).stream().filter(text -> text.getEditable()).toList();
			fields.getFirst().setText(name);
			if (reason != null) {
				assertThat(Windows.find(dialog, Button.class, one -> one.getText().equals("OK")).isEnabled()).isFalse();
				fields.getLast().setText(reason);
			}
			Windows.press(dialog, "OK");
		});
	}
}
