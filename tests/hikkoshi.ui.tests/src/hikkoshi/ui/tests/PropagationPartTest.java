package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.ui.dns.PropagationPart;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;

class PropagationPartTest {
	@TempDir
	Path folder;

	/// The view's controls, found as a person finds them.
	private record View(Composite body) {
		static View open() {
			Windows.view(PropagationPart.ID, PropagationPart.class);
			Table table = Windows.find(Windows.shell(), Table.class, one -> one.isVisible() && one.getColumnCount() > 0 && one.getColumn(0).getText().equals("Server"));
			return new View(table.getParent().getParent());
		}

		Table table() {
			return Windows.all(body, Table.class).getFirst();
		}

		boolean says(String part) {
			return Windows.all(body, Label.class).stream().anyMatch(label -> label.getText().contains(part));
		}

		/// The reasons and remarks, a line each.
		String why() {
			return Windows.all(body, Text.class).stream().filter(text -> (text.getStyle() & SWT.MULTI) != 0).findFirst().orElseThrow().getText();
		}

		List<String> mx() {
			return Arrays.stream(table().getItems()).map(item -> item.getText(1)).filter(text -> !text.isEmpty()).toList();
		}
	}

	@Test
	void theOldAnswerIsFollowedUntilItIsGone() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("propagation"))) {
			world.snapshot();
			View view = View.open();
			Pump.until("nobody has looked yet", () -> view.says("there is no deadline, since"));
			Windows.press(view.body(), "Ask now");
			Pump.until("the old answer is seen", () -> view.says("still to change") && !view.mx().isEmpty());
			assertThat(view.table().getColumn(1).getText()).isEqualTo("MX");
			assertThat(view.mx()).anyMatch(text -> text.startsWith("old")).noneMatch(text -> text.startsWith("new"));
			// a line for each server that still gives it, with what to do
			assertThat(view.why()).contains("ns1.rehearsal.test", "ns2.rehearsal.test", "Change the record there");
			Windows.picture(Windows.shell(), "propagation-old");

			world.play().lowerTtl();
			Windows.press(view.body(), "Ask now");
			Pump.until("the run is over", () -> view.says("Questions to DNS servers") || view.says("still to change"));
			world.play().cutOver();
			// from here on it asks by itself
			Windows.click(Windows.find(view.body(), Button.class, button -> button.getText().equals("Every")));
			Windows.press(view.body(), "Ask now");
			Pump.until("all servers give the new answer", () -> view.says("may hold the old one until") || view.says("propagation is over"));
			Windows.picture(Windows.shell(), "propagation-draining");
			Pump.until("it is over", () -> view.says("propagation is over"));
			assertThat(view.mx()).anyMatch(text -> text.startsWith("new")).noneMatch(text -> text.startsWith("mixed"));
			assertThat(view.why()).contains("may have given the old answer").doesNotContain("Wait until then");
			Windows.picture(Windows.shell(), "propagation-over");
			Windows.page().toggleZoom(Windows.page().getActivePartReference());
			Windows.picture(Windows.shell(), "propagation-large");
			Windows.page().toggleZoom(Windows.page().getActivePartReference());
			inJapanese();
		}
	}

	private static void inJapanese() {
		Locale before = Locale.getDefault();
		try {
			Windows.page().hideView(Windows.page().findView(PropagationPart.ID));
			Locale.setDefault(Locale.JAPANESE);
			Windows.view(PropagationPart.ID, PropagationPart.class);
			Table table = Windows.find(Windows.shell(), Table.class, one -> one.isVisible() && one.getColumnCount() > 0 && one.getColumn(0).getText().equals("サーバー"));
			Pump.until("the answers", () -> table.getItemCount() > 1 && table.getItem(0).getText(1).startsWith("新"));
			Windows.picture(Windows.shell(), "propagation-ja");
		} finally {
			Locale.setDefault(before);
			Windows.page().hideView(Windows.page().findView(PropagationPart.ID));
		}
	}
}
