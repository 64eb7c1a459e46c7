package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.probe.ProbeSet;
import hikkoshi.ui.dns.AuditPart;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;

class AuditPartTest {
	@TempDir
	Path folder;

	@AfterEach
	void close() {
		IViewPart view = Windows.page().findView(AuditPart.ID);
		if (view != null) {
			Windows.page().hideView(view);
		}
	}

	/// The page object.
	private static final class View {
		private final AuditPart part = Windows.view(AuditPart.ID, AuditPart.class);
		private final Composite body = Windows.find(Windows.shell(), Tree.class,
				tree -> tree.isVisible() && tree.getColumnCount() == 2 && tree.getColumn(0).getText().startsWith("Domain / ")).getParent().getParent().getParent();

		Tree tree() {
			return Windows.all(body, Tree.class).getFirst();
		}

		TreeItem check(String says) {
			return Arrays.stream(tree().getItems()).flatMap(domain -> Arrays.stream(domain.getItems())).filter(item -> item.getText(1).contains(says)).findFirst()
					.orElseThrow(() -> new AssertionError(says));
		}

		int checks() {
			return Arrays.stream(tree().getItems()).mapToInt(TreeItem::getItemCount).sum();
		}

		void select(TreeItem item) {
			tree().setSelection(item);
			Event event = new Event();
			event.item = item;
			tree().notifyListeners(SWT.Selection, event);
		}

		String details() {
			return Windows.all(body, Text.class).stream().filter(text -> (text.getStyle() & SWT.MULTI) != 0).findFirst().orElseThrow().getText();
		}

		String status() {
			return Windows.all(body, Label.class).getLast().getText();
		}

		void badOnly(boolean on) {
			Button button = Windows.all(body, Button.class).stream().filter(each -> (each.getStyle() & SWT.CHECK) != 0).findFirst().orElseThrow();
			if (button.getSelection() != on) {
				Windows.click(button);
			}
		}

		void search(String words) {
			Windows.all(body, Text.class).stream().filter(text -> (text.getStyle() & SWT.SEARCH) != 0).findFirst().orElseThrow().setText(words);
		}

		void source(int index) {
			Combo combo = Windows.all(body, Combo.class).getFirst();
			combo.select(index);
			combo.notifyListeners(SWT.Selection, new Event());
		}
	}

	@Test
	void everyCheckSaysWhatIsWrongAndWhatToDo() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("audit"))) {
			world.probe(ProbeSet::isAudit, _ -> true);
			View view = new View();
			Pump.until("the judgements", () -> view.tree().getItemCount() == 1 && view.tree().getItem(0).getItemCount() > 3);
			assertThat(view.tree().getItem(0).getText(0)).isEqualTo("rehearsal.test");
			assertThat(view.part.getContentDescription()).contains(world.project().project().getName());
			TreeItem item = view.check("nobody outside can reach");
			view.select(item);
			Pump.until("the details", () -> view.details().contains("audit.mx.public"));
			assertThat(view.details()).contains("What to do: ").contains("RFC 6890").contains("Last seen: ");
			Windows.picture(Windows.shell(), "audit");
			Windows.page().toggleZoom(Windows.page().getReference(view.part));
			Pump.all();
			Windows.picture(Windows.shell(), "audit-large");
			Windows.page().toggleZoom(Windows.page().getReference(view.part));

			int bad = view.checks();
			view.badOnly(false);
			Pump.until("what passed is there too", () -> view.checks() > bad);
			view.search("spf");
			Pump.until("only SPF", () -> view.checks() < bad + 10 && view.checks() > 0
					&& Arrays.stream(view.tree().getItem(0).getItems()).allMatch(each -> (each.getText(0) + each.getText(1)).contains("SPF")));
		}
	}

	@Test
	void itIsJapaneseWhereTheWindowIs() throws Exception {
		Locale before = Locale.getDefault();
		try (Rehearsed world = Rehearsed.open(folder.resolve("japanese"))) {
			world.probe(probe -> probe.id().startsWith("audit.mx."), _ -> true);
			Locale.setDefault(Locale.JAPANESE);
			AuditPart part = Windows.view(AuditPart.ID, AuditPart.class);
			Tree tree = Windows.find(Windows.shell(), Tree.class, each -> each.isVisible() && each.getColumnCount() == 2 && each.getColumn(0).getText().equals("ドメイン / 項目"));
			Pump.until("the judgements", () -> tree.getItemCount() == 1 && tree.getItem(0).getItemCount() > 0);
			assertThat(tree.getItem(0).getText(1)).contains("項目に問題があります");
			Event event = new Event();
			event.item = tree.getItem(0).getItem(0);
			tree.setSelection(tree.getItem(0).getItem(0));
			tree.notifyListeners(SWT.Selection, event);
			Windows.page().toggleZoom(Windows.page().getReference(part));
			Pump.all();
			Windows.picture(Windows.shell(), "audit-ja");
			Windows.page().toggleZoom(Windows.page().getReference(part));
		} finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void aLeftoverIsARowWithItsChange() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("leftovers"))) {
			world.probe(probe -> probe.id().startsWith("audit.leftovers"), _ -> true);
			View view = new View();
			Pump.until("the sweep", () -> view.tree().getItemCount() == 1 && view.tree().getItem(0).getItemCount() > 0);
			view.select(view.check("lead to the old server"));
			Pump.until("the rows", () -> Windows.all(view.body, Table.class).stream().anyMatch(table -> table.isVisible() && table.getItemCount() > 0));
			Table table = Windows.all(view.body, Table.class).stream().filter(each -> each.isVisible() && each.getItemCount() > 0).findFirst().orElseThrow();
			assertThat(Arrays.stream(table.getColumns()).map(column -> column.getText())).containsExactly("Name", "Type", "Data", "Leads there by", "Should become", "When");
			assertThat(Arrays.stream(table.getItems()).map(row -> List.of(row.getText(1), row.getText(2)))).contains(List.of("MX", "10 old.rehearsal.test."));
			Windows.picture(Windows.shell(), "audit-leftovers");
		}
	}

	@Test
	void aPlannedZoneIsJudgedBeforeItIsPublic() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("planned"))) {
			Path zones = Files.createDirectories(world.project().project().getLocation().toFile().toPath().resolve("zones"));
			Files.writeString(zones.resolve("rehearsal.test.zone"), "@ 300 MX 10 gone\n@ 300 TXT \"v=spf1 +all\"\n");
			world.snapshot();
			View view = new View();
			view.source(1);
			Pump.until("the plan's judgements", () -> view.tree().getItemCount() == 1 && view.status().startsWith("Questions to DNS servers: "));
			view.select(view.check("lets everybody send"));
			Pump.until("the details", () -> view.details().contains("audit.spf.all") && view.details().contains("nobody can see it yet"));
			Windows.picture(Windows.shell(), "audit-planned");
			view.source(0);
			assertThat(view.tree().getItemCount()).as("nothing live was seen").isZero();
		}
	}
}
