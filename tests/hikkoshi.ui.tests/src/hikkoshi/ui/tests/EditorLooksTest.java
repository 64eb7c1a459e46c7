package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IWorkbenchPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Door;
import hikkoshi.ui.tests.harness.EditorPages;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;

/// The editor's pages after a run, in whatever language and theme the tests run in: nothing is cut off. Leaves a picture of each.
class EditorLooksTest {
	@TempDir
	Path folder;

	@Test
	void noButtonOrLabelIsCutOff() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("looks"))) {
			world.probe(target -> target instanceof Account || target instanceof Door);
			EditorPages pages = EditorPages.open(world.project());
			Windows.page().setPartState(Windows.page().getReference(pages.editor()), IWorkbenchPage.STATE_MAXIMIZED);
			for (String id : List.of("overview", "servers", "waves")) {
				Composite page = pages.show(id);
				Pump.until("what is known", () -> Windows.all(page, Table.class).stream().filter(table -> table.getItemCount() > 0).count() > 1);
				Pump.until("the outcome", () -> !id.equals("overview") || Windows.all(page, Table.class).stream()
						.anyMatch(table -> table.getItemCount() == 6));
				Pump.until("the states", () -> !id.equals("waves") || Windows.all(page, Table.class).stream()
						.allMatch(table -> EditorPages.rows(table).stream().noneMatch(row -> row.getLast().isEmpty())));
				assertThat(Windows.all(page, Control.class)).filteredOn(EditorLooksTest::isCutOff).extracting(EditorLooksTest::words).isEmpty();
				Windows.picture(Windows.shell(), "editor-" + id + "-" + Locale.getDefault().getLanguage());
			}
			Windows.page().setPartState(Windows.page().getReference(pages.editor()), IWorkbenchPage.STATE_RESTORED);
		}
	}

	private static boolean isCutOff(Control control) {
		boolean written = control instanceof Button || control instanceof Label label && (label.getStyle() & (SWT.WRAP | SWT.SEPARATOR)) == 0;
		return written && control.isVisible() && !words(control).isEmpty() && control.getSize().x < control.computeSize(SWT.DEFAULT, SWT.DEFAULT).x;
	}

	private static String words(Control control) {
		return switch (control) {
			case Button button -> button.getText();
			case Label label -> label.getText();
			default -> "";
		};
	}
}
