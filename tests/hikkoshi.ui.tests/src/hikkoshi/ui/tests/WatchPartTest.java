package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.actions.ActionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.model.Migration;
import hikkoshi.ui.mailbox.watch.WatchPart;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Watched;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.ProbeSets;
import hikkoshi.workspace.RunSecrets;
import hikkoshi.workspace.WatchJob;
import hikkoshi.workspace.Watches;

class WatchPartTest {
	@TempDir
	Path folder;

	/// The view's controls, found as a person finds them.
	private record View(Composite body) {
		static View open(String firstColumn) {
			Windows.view(WatchPart.ID, WatchPart.class);
			Table table = Windows.find(Windows.shell(), Table.class,
					one -> one.isVisible() && one.getColumnCount() == 9 && one.getColumn(0).getText().equals(firstColumn));
			return new View(table.getParent().getParent());
		}

		Table table() {
			return Windows.all(body, Table.class).getFirst();
		}

		Button startOrStop() {
			return Windows.all(body, Button.class).getFirst();
		}

		boolean says(String part) {
			return Windows.all(body, Label.class).stream().anyMatch(label -> label.getText().contains(part));
		}

		List<String> row(int index) {
			return IntStream.range(0, table().getColumnCount()).mapToObj(table().getItem(index)::getText).toList();
		}

		List<String> domains() {
			return Arrays.stream(table().getItems()).map(item -> item.getText(0)).toList();
		}

		void select(String domain) {
			table().setSelection(domains().indexOf(domain));
			Event event = new Event();
			event.item = table().getItem(domains().indexOf(domain));
			table().notifyListeners(SWT.Selection, event);
		}

		String reasons() {
			return Windows.all(body, StyledText.class).getFirst().getText();
		}

		Tree stragglers() {
			return Windows.all(body, Tree.class).getFirst();
		}

		void tab(int index) {
			Windows.all(body, CTabFolder.class).getFirst().setSelection(index);
			Pump.all();
		}

		Combo waves() {
			return Windows.all(body, Combo.class).getFirst();
		}
	}

	@AfterEach
	void closed() {
		Windows.closeDialogs();
	}

	@Test
	void verdictsReasonsStragglersAndChartsOfDaysOfEvidence() throws Exception {
		try (Watched world = Watched.create(6)) {
			View view = View.open("Domain");
			Pump.until("nobody has looked", () -> view.says("Nobody has looked yet") && view.table().getItemCount() == 6);
			world.filled();
			Pump.until("the verdicts are there", () -> view.says("1 ended"));
			Pump.until("what needs attention stands first", () -> view.domains().getLast().equals("d0.example"));
			assertThat(view.row(5).subList(1, 3)).containsExactly("first", "ended");
			assertThat(view.row(5).subList(3, 9)).allMatch(cell -> cell.startsWith("holds"));
			assertThat(view.says("No watch runs here; the last look was at")).isTrue();

			view.select("d1.example");
			Pump.until("the reasons of the straggler", () -> view.reasons().startsWith("d1.example: running"));
			assertThat(view.reasons()).contains("✓ Authoritative servers: holds", "✗ Old side quiet: not yet", "printer.factory.example", "→ See who sends it and why");
			Pump.until("who it is", () -> view.stragglers().getItemCount() > 0);
			assertThat(view.stragglers().getItem(0).getText(0)).contains("factory.example");
			Windows.picture(Windows.shell(), "watch");
			view.tab(1);
			view.stragglers().getItem(0).setExpanded(true);
			Windows.picture(Windows.shell(), "watch-stragglers");
			Windows.page().toggleZoom(Windows.page().getActivePartReference());
			view.tab(2);
			Windows.picture(Windows.shell(), "watch-charts");
			view.tab(0);
			Windows.picture(Windows.shell(), "watch-large");
			Windows.page().toggleZoom(Windows.page().getActivePartReference());

			// only what has not ended, only a wave, only what is searched for
			Windows.click(Windows.all(view.body(), Button.class).get(1));
			Pump.until("the ended one is gone", () -> view.table().getItemCount() == 5);
			assertThat(view.waves().getItems()).containsExactly("All waves", "first — running", "second — running");
			view.waves().select(1);
			view.waves().notifyListeners(SWT.Selection, new Event());
			assertThat(view.domains()).containsExactly("d1.example");
			Windows.click(Windows.all(view.body(), Button.class).get(1));
			assertThat(view.table().getItemCount()).isEqualTo(2);
			Windows.all(view.body(), Text.class).getFirst().setText("printer");
			assertThat(view.domains()).containsExactly("d1.example");

			view.table().setFocus();
			view.table().selectAll();
			((IViewSite) Windows.page().getActivePart().getSite()).getActionBars().getGlobalActionHandler(ActionFactory.COPY.getId()).run();
			Clipboard clipboard = new Clipboard(view.body().getDisplay());
			assertThat((String) clipboard.getContents(TextTransfer.getInstance())).startsWith("Domain\tWave\tVerdict\tAuthoritative servers").contains("d1.example\tfirst\trunning")
					.contains("printer.factory.example");
			clipboard.dispose();
			Windows.all(view.body(), Text.class).getFirst().setText("");
			inJapanese();
		}
	}

	private static void inJapanese() {
		Locale before = Locale.getDefault();
		try {
			Windows.page().hideView(Windows.page().findView(WatchPart.ID));
			Locale.setDefault(Locale.JAPANESE);
			View view = View.open("ドメイン");
			Pump.until("the verdicts", () -> view.says("終了 1、進行中"));
			view.select("d1.example");
			Pump.until("the reasons", () -> view.reasons().startsWith("d1.example: 進行中"));
			Windows.page().toggleZoom(Windows.page().getActivePartReference());
			view.tab(2);
			Windows.picture(Windows.shell(), "watch-ja");
			Windows.page().toggleZoom(Windows.page().getActivePartReference());
		} finally {
			Locale.setDefault(before);
			Windows.page().hideView(Windows.page().findView(WatchPart.ID));
		}
	}

	@Test
	void theWatchStartsAsksForPasswordsOnceAndStopsAtOnce() throws Exception {
		try (Watched world = Watched.create(3)) {
			View view = View.open("Domain");
			Pump.until("the domains", () -> view.table().getItemCount() == 3 && view.startOrStop().isEnabled());
			assertThat(view.startOrStop().getText()).isEqualTo("Start Watch");
			Pump.Modal dialog = Pump.whenOpen("Passwords", shell -> Windows.press(shell, "Start"));
			Windows.click(view.startOrStop());
			dialog.done();
			Watches watches = Rehearsed.service(Watches.class);
			Pump.until("it runs", () -> watches.of(world.project().project()).isPresent() && view.startOrStop().getText().equals("Stop Watch"));
			Pump.until("it says so", () -> view.says("The watch runs over 3 domains"));
			Windows.click(view.startOrStop());
			Pump.until("it has ended", () -> watches.of(world.project().project()).isEmpty() && view.startOrStop().getText().equals("Start Watch"));
		}
	}

	@Test
	void theWatchLooksAtRealServersAndTheViewFollows() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("watch"))) {
			Migration migration = world.snapshot().migration().orElseThrow();
			View view = View.open("Domain");
			Pump.until("the domain", () -> view.table().getItemCount() == 1);
			WatchJob job = new WatchJob(new WatchJob.Order(world.project().project(), world.snapshot(), migration, migration.domains(), Map.of(),
					Rehearsed.service(ProbeSets.class).leaves(), Duration.ofMinutes(5)), new RunSecrets(world.play().secrets()), Rehearsed.service(EvidenceLogs.class),
					Rehearsed.service(ProbeSets.class).phrases(Locale.ENGLISH));
			Rehearsed.service(Watches.class).start(job);
			Pump.until("the first round is over", () -> job.now().judged().isPresent() && view.says("Next round at"));
			Pump.until("the view follows, and says since when", () -> view.row(0).get(3).matches("not yet · 0 min"));
			assertThat(view.row(0).get(2)).startsWith("running");
			Windows.picture(Windows.shell(), "watch-running");
			Rehearsed.service(Watches.class).stop(world.project().project());
			Pump.until("it has ended", () -> job.getResult() != null);
		}
	}

	@Test
	void fiveHundredDomainsAreShownAndFiltered() throws Exception {
		try (Watched world = Watched.create(500)) {
			world.filled();
			View view = View.open("Domain");
			Pump.until("all are there", () -> view.table().getItemCount() == 500 && view.says("1 ended"));
			Windows.all(view.body(), Text.class).getFirst().setText("d499.");
			assertThat(view.domains()).containsExactly("d499.example");
		}
	}
}
