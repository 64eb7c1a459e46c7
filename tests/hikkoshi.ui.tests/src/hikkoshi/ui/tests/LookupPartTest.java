package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.model.NameServer;
import hikkoshi.ui.dns.LookupPart;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;

class LookupPartTest {
	private static final int ANSWERS = 0;
	private static final int TEXT = 1;
	private static final int COMPARE = 2;
	private static final int TRACE = 3;
	private static final int HISTORY = 4;

	@TempDir
	Path folder;

	private static Composite body() {
		Windows.view(LookupPart.ID, LookupPart.class);
		return Windows.find(Windows.shell(), Tree.class, tree -> tree.getColumnCount() == 8 && tree.getColumn(1).getText().equals("Type")).getParent().getParent();
	}

	private static Combo combo(Composite body, int index) {
		return Windows.all(body, Combo.class).get(index);
	}

	private static CTabFolder pages(Composite body) {
		return Windows.all(body, CTabFolder.class).getFirst();
	}

	private static Tree tree(Composite body) {
		return Windows.all(body, Tree.class).getFirst();
	}

	private static String status(Composite body) {
		return Windows.all(body, Label.class).getLast().getText();
	}

	private static void ask(Composite body, String name, String types, String status) {
		combo(body, 0).setText(name);
		combo(body, 1).setText(types);
		Windows.press(body, "Look up");
		Pump.until(status, () -> status(body).startsWith(status));
	}

	@Test
	void everyAuthoritativeServerAnswersWithItsRecords() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("lookup"))) {
			world.snapshot();
			Composite body = body();
			combo(body, 2).select(1);
			ask(body, "rehearsal.test", "mx", "2 answers from 2 servers");
			pages(body).setSelection(ANSWERS);
			for (TreeItem server : tree(body).getItems()) {
				assertThat(server.getText(3)).isEqualTo("answered");
				assertThat(server.getText(4)).isEqualTo("UDP");
				assertThat(Arrays.stream(server.getItems()).map(item -> item.getText(3))).contains("10 old.rehearsal.test.");
			}
			Windows.picture(Windows.shell(), "lookup");

			combo(body, 3).select(2);
			ask(body, "rehearsal.test", "MX TXT", "4 answers from 2 servers");
			assertThat(Arrays.stream(tree(body).getItems()).map(item -> item.getText(4))).containsOnly("TCP");
			pages(body).setSelection(TEXT);
			StyledText text = Windows.all(body, StyledText.class).getFirst();
			assertThat(text.getText()).contains(";; ANSWER SECTION:", "10 old.rehearsal.test.", "(TCP)");
			Windows.picture(Windows.shell(), "lookup-text");
			pages(body).setSelection(COMPARE);
			Combo left = combo(body, 5);
			Combo right = combo(body, 6);
			left.select(0);
			right.select(1);
			left.notifyListeners(SWT.Selection, new Event());
			Table differences = Windows.all(body, Table.class).getFirst();
			assertThat(Arrays.stream(differences.getItems()).map(item -> item.getText(0))).isNotEmpty().containsOnly("same");
			right.select(Arrays.asList(right.getItems()).indexOf(Arrays.stream(right.getItems()).filter(item -> item.contains(" TXT ")).findFirst().orElseThrow()));
			right.notifyListeners(SWT.Selection, new Event());
			assertThat(Arrays.stream(differences.getItems()).map(item -> item.getText(0))).contains("left only");
			Windows.picture(Windows.shell(), "lookup-compare");

			NameServer root = world.snapshot().migration().orElseThrow().dns().roots().getFirst();
			combo(body, 2).setText(root.place());
			combo(body, 3).select(0);
			ask(body, "引越し.test", "A", "1 answer from 1 server Asked as xn--");
			assertThat(List.of(tree(body).getItems()).getFirst().getText(0)).contains(root.place());
			ask(body, "2001:db8::1", "A", "1 answer from 1 server Asked as 1.0.0.0");

			pages(body).setSelection(HISTORY);
			Table history = Windows.all(body, Table.class).getLast();
			assertThat(history.getItem(0).getText(0)).isEqualTo("2001:db8::1");
			assertThat(history.getItem(3).getText(1)).isEqualTo("MX");
			history.setSelection(3);
			history.notifyListeners(SWT.DefaultSelection, new Event());
			Pump.until("the question is repeated", () -> status(body).startsWith("2 answers from 2 servers"));
			assertThat(combo(body, 0).getText()).isEqualTo("rehearsal.test");
			pages(body).setSelection(HISTORY);
			Windows.picture(Windows.shell(), "lookup-history");

			Windows.press(body, "Trace");
			Pump.until("the trace", () -> status(body).contains("the delegation is sound down to rehearsal.test"));
			assertThat(status(body)).endsWith("Kept as evidence.");
			assertThat(pages(body).getSelectionIndex()).isEqualTo(TRACE);
			Tree way = Windows.all(body, Tree.class).getLast();
			assertThat(Arrays.stream(way.getItems()).map(item -> item.getText(0) + " " + item.getText(1))).containsExactly("Zone .", "Zone test", "Zone rehearsal.test");
			Windows.picture(Windows.shell(), "lookup-trace");
		}
	}

	@Test
	void whatCannotBeAskedIsSaid() {
		Composite body = body();
		combo(body, 2).setText("dns.example.org");
		ask(body, "example.org", "A", "dns.example.org is no server");
		ask(body, " ", "A", "Name what to look up");
		assertThat(tree(body).getItemCount()).isZero();
		combo(body, 4).setText("12");
		ask(body, "example.org", "A", "EDNS size 12");
		combo(body, 4).setText("1232");
		combo(body, 2).select(0);
	}
}
