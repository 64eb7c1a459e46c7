package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.ui.dns.LeftoverPart;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;

class LeftoverPartTest {
	@TempDir
	Path folder;

	@AfterEach
	void close() {
		IViewPart view = Windows.page().findView(LeftoverPart.ID);
		if (view != null) {
			Windows.page().hideView(view);
		}
	}

	/// The page object.
	private static final class View {
		private final LeftoverPart part = Windows.view(LeftoverPart.ID, LeftoverPart.class);
		private final Tree tree = Windows.find(Windows.shell(), Tree.class, each -> each.isVisible() && each.getColumnCount() == 6);
		private final Composite body = tree.getParent().getParent().getParent();

		void press(String text) {
			Windows.click(Windows.find(body, Button.class, button -> button.getText().equals(text)));
		}

		List<List<String>> rows() {
			return Arrays.stream(tree.getItems()).flatMap(domain -> Arrays.stream(domain.getItems())).map(item -> List.of(item.getText(0), item.getText(1), item.getText(2), item.getText(5))).toList();
		}

		void select(TreeItem item) {
			tree.setSelection(item);
			Event event = new Event();
			event.item = item;
			tree.notifyListeners(SWT.Selection, event);
		}

		String details() {
			return Windows.all(body, Text.class).getFirst().getText();
		}

		String clipboard() {
			Clipboard clipboard = new Clipboard(tree.getDisplay());
			try {
				return String.valueOf(clipboard.getContents(TextTransfer.getInstance()));
			} finally {
				clipboard.dispose();
			}
		}
	}

	@Test
	void aSweepListsWhatLeadsToTheOldServerAndWhatItShouldBecome() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("sweep"))) {
			View view = new View();
			Pump.until("nothing yet", () -> view.part.getContentDescription().startsWith("No sweep of "));
			view.press("Sweep All");
			Pump.until("the sweep", () -> view.rows().stream().anyMatch(row -> row.get(1).equals("MX")));
			assertThat(view.tree.getItem(0).getText(0)).isEqualTo("rehearsal.test");
			assertThat(view.rows()).contains(List.of("rehearsal.test", "MX", "10 old.rehearsal.test.", "with the cutover"));
			Pump.until("what stays until the end", () -> view.rows().stream().anyMatch(row -> row.get(3).equals("at the end")));
			int all = view.rows().size();
			assertThat(view.part.getContentDescription()).contains(world.project().project().getName()).contains(all + " records lead");
			view.select(view.tree.getItem(0));
			Pump.until("the details", () -> view.details().contains("What to do: "));
			assertThat(view.details()).contains("MX").contains("Last seen: ");
			view.press("Copy as CSV");
			assertThat(view.clipboard()).startsWith("domain,name,type,data,leads,change,when").contains("rehearsal.test,rehearsal.test,MX,10 old.rehearsal.test.,")
					.hasLineCount(all + 1);
			Windows.picture(Windows.shell(), "leftovers");
			view.press("What stays until the end, too");
			Pump.until("only the cutover's", () -> view.rows().size() < all && view.rows().stream().allMatch(row -> row.get(3).equals("with the cutover")));
		}
	}

	@Test
	void aSweepOfOneDomainWantsADomain() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("one"))) {
			world.probe(probe -> probe.id().equals("audit.leftovers"), _ -> true);
			View view = new View();
			Pump.until("the sweep", () -> !view.rows().isEmpty());
			view.tree.deselectAll();
			view.press("Sweep Domain");
			assertThat(Windows.all(view.body, org.eclipse.swt.widgets.Label.class).getLast().getText()).startsWith("Select a domain");
			view.select(view.tree.getItem(0).getItem(0));
			view.press("Sweep Domain");
			Pump.until("both sweeps", () -> view.rows().stream().anyMatch(row -> row.get(3).equals("at the end")));
		}
	}

	@Test
	void itIsJapaneseWhereTheWindowIs() throws Exception {
		Locale before = Locale.getDefault();
		try (Rehearsed world = Rehearsed.open(folder.resolve("japanese"))) {
			world.probe(probe -> probe.id().startsWith("audit.leftovers"), _ -> true);
			Locale.setDefault(Locale.JAPANESE);
			View view = new View();
			Pump.until("the sweep", () -> view.rows().stream().anyMatch(row -> row.get(3).equals("切り替え時")));
			view.select(view.tree.getItem(0));
			Windows.picture(Windows.shell(), "leftovers-ja");
		} finally {
			Locale.setDefault(before);
		}
	}
}
