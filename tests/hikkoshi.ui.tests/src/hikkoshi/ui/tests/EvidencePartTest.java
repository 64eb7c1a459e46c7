package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.actions.ActionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Reasons;
import hikkoshi.ui.evidence.EvidencePart;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class EvidencePartTest {
	private Project project;

	@BeforeEach
	void create() throws Exception {
		project = Project.create();
	}

	@AfterEach
	void delete() throws Exception {
		// the next test gets a new view, without this one's filter
		Windows.page().hideView(Windows.page().findView(EvidencePart.ID));
		project.close();
	}

	@Test
	void anEmptyLogSaysWhatToDo() {
		EvidenceView view = new EvidenceView(project);
		Pump.until("the hint", () -> view.hint().contains(project.project().getName()));
	}

	@Test
	void rowsComeWhileTheyAreFound() throws Exception {
		EvidenceView view = new EvidenceView(project);
		Project.logs().append(project.project(), List.of(evidence("ann", Outcome.PASS)));
		Pump.until("the first row", () -> view.rows() == 1);
		Project.logs().append(project.project(), List.of(evidence("bob", Outcome.FAIL), evidence("carol", Outcome.UNKNOWN)));
		Pump.until("the others", () -> view.rows() == 3);
		assertThat(view.cell(0, 0)).as("the newest first").isNotBlank();
	}

	@Test
	void aNewerWordTakesThePlaceOfTheOlder() throws Exception {
		EvidenceView view = new EvidenceView(project);
		Project.logs().append(project.project(), List.of(evidence("ann", Outcome.FAIL)));
		Pump.until("the row", () -> view.rows() == 1);
		Project.logs().append(project.project(), List.of(evidence("ann", Outcome.PASS)));
		Pump.until("the newer word", () -> view.count(Outcome.PASS).equals("1"));
		assertThat(view.rows()).isEqualTo(1);
		assertThat(view.count(Outcome.FAIL)).isEqualTo("0");
	}

	@Test
	void filtersByWordsAndByOutcome() throws Exception {
		Project.logs().append(project.project(),
				List.of(evidence("ann", Outcome.PASS), evidence("bob", Outcome.FAIL), evidence("bobby", Outcome.PASS)));
		EvidenceView view = new EvidenceView(project);
		Pump.until("all rows", () -> view.rows() == 3);
		view.search("BOB imap");
		assertThat(view.rows()).isEqualTo(2);
		view.toggle(Outcome.PASS);
		assertThat(view.rows()).isEqualTo(1);
		assertThat(view.cell(0, 1)).contains("bob");
		view.search("nobody");
		assertThat(view.rows()).isZero();
		view.search("");
		view.toggle(Outcome.PASS);
		assertThat(view.rows()).isEqualTo(3);
	}

	@Test
	void theSelectedRowShowsItsFacts() throws Exception {
		Project.logs().append(project.project(), List.of(evidence("ann", Outcome.FAIL)));
		EvidenceView view = new EvidenceView(project);
		Pump.until("the row", () -> view.rows() == 1);
		view.select(0);
		assertThat(view.facts()).contains("connect", "12 ms");
	}

	@Test
	void copiesTheSelectionAsLines() throws Exception {
		Project.logs().append(project.project(), List.of(evidence("ann", Outcome.FAIL), evidence("bob", Outcome.FAIL)));
		EvidenceView view = new EvidenceView(project);
		Pump.until("the rows", () -> view.rows() == 2);
		view.select(1);
		assertThat(view.copied().lines()).hasSize(1);
	}

	@Test
	void tenThousandRowsAreShownAndFiltered() throws Exception {
		List<Evidence> many = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			many.add(evidence("user" + i, i % 10 == 0 ? Outcome.FAIL : Outcome.PASS));
		}
		Project.logs().append(project.project(), many);
		EvidenceView view = new EvidenceView(project);
		Pump.until("all rows", () -> view.rows() == 10_000);
		view.search("user999");
		assertThat(view.rows()).isEqualTo(11);
	}

	private static Evidence evidence(String user, Outcome outcome) {
		return new Evidence("imap.login", new Target.Id("account:old/old/imap:993@127.0.0.1/" + user), Instant.now(), Duration.ofMillis(12),
				outcome, Reason.of(Reasons.REFUSED, "127.0.0.1", "993"), Facts.Tree.of("login", "", Facts.Tree.of("connect", "12 ms")));
	}

	/// Page object of the Evidence view.
	private static final class EvidenceView {
		private final EvidencePart part;
		private final Composite root;

		EvidenceView(Project project) {
			project.select();
			part = Windows.view(EvidencePart.ID, EvidencePart.class);
			root = Windows.shell();
		}

		private Table table() {
			return Windows.find(root, Table.class, table -> table.getColumnCount() == 6 && (table.getStyle() & SWT.VIRTUAL) != 0);
		}

		int rows() {
			return table().isVisible() ? table().getItemCount() : 0;
		}

		String cell(int row, int column) {
			return table().getItem(row).getText(column);
		}

		String hint() {
			return Windows.all(root, Label.class).stream().filter(Label::isVisible).map(Label::getText).toList().toString();
		}

		private Text searchField() {
			return Windows.find(root, Text.class, text -> (text.getStyle() & SWT.SEARCH) != 0 && text.isVisible());
		}

		void search(String words) {
			searchField().setText(words);
		}

		private Button button(Outcome outcome) {
			List<Button> toggles = Windows.all(searchField().getParent(), Button.class);
			return toggles.get(outcome.ordinal());
		}

		void toggle(Outcome outcome) {
			Windows.click(button(outcome));
		}

		String count(Outcome outcome) {
			return table().isVisible() ? button(outcome).getText() : "";
		}

		void select(int row) {
			table().setSelection(row);
			table().notifyListeners(SWT.Selection, new Event());
			Pump.all();
		}

		String facts() {
			return Windows.all(root, Tree.class).stream().filter(tree -> tree.getColumnCount() == 2 && tree.isVisible())
					.map(tree -> tree.getItem(0).getText(0) + " " + tree.getItem(0).getText(1)).toList().toString();
		}

		String copied() {
			((IViewSite) part.getSite()).getActionBars().getGlobalActionHandler(ActionFactory.COPY.getId()).run();
			Clipboard clipboard = new Clipboard(root.getDisplay());
			try {
				return (String) clipboard.getContents(TextTransfer.getInstance());
			} finally {
				clipboard.dispose();
			}
		}
	}
}
