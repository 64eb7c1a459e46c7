package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
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
	@TempDir
	Path folder;

	private static Composite body() {
		Windows.view(LookupPart.ID, LookupPart.class);
		return Windows.find(Windows.shell(), Tree.class,
				tree -> tree.isVisible() && tree.getColumnCount() == 7 && tree.getColumn(1).getText().equals("Type")).getParent();
	}

	private static Combo combo(Composite body, int index) {
		return Windows.all(body, Combo.class).get(index);
	}

	private static Tree tree(Composite body) {
		return Windows.all(body, Tree.class).getFirst();
	}

	private static String status(Composite body) {
		return Windows.all(body, Label.class).getLast().getText();
	}

	@Test
	void everyAuthoritativeServerAnswersWithItsRecords() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("lookup"))) {
			world.snapshot();
			Composite body = body();
			combo(body, 0).setText("rehearsal.test");
			combo(body, 1).setText("mx");
			combo(body, 2).select(1);
			Windows.press(body, "Look up");
			Pump.until("answers of both servers", () -> status(body).equals("2 answers from 2 servers"));
			for (TreeItem server : tree(body).getItems()) {
				assertThat(server.getText(3)).isEqualTo("answered");
				assertThat(Arrays.stream(server.getItems()).map(item -> item.getText(3))).contains("10 old.rehearsal.test.");
			}
			Windows.picture(Windows.shell(), "lookup");

			NameServer root = world.snapshot().migration().orElseThrow().dns().roots().getFirst();
			combo(body, 2).setText(root.place());
			combo(body, 0).setText("no-such-name.test");
			Windows.press(body, "Look up");
			Pump.until("one answer", () -> status(body).equals("1 answers from 1 servers"));
			assertThat(List.of(tree(body).getItems()).getFirst().getText(0)).contains(root.place());
		}
	}

	@Test
	void whatCannotBeAskedIsSaid() {
		Composite body = body();
		combo(body, 0).setText("example.org");
		combo(body, 2).setText("dns.example.org");
		Windows.press(body, "Look up");
		Pump.until("the mistake is said", () -> status(body).contains("dns.example.org is no IP address"));
		combo(body, 0).setText(" ");
		Windows.press(body, "Look up");
		Pump.until("the mistake is said", () -> status(body).equals("Type the name to look up."));
		assertThat(tree(body).getItemCount()).isZero();
	}
}
