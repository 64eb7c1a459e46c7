package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jface.viewers.ISelectionProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.views.properties.PropertySheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.ui.TargetRow;
import hikkoshi.ui.inventory.view.InventoryPart;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

class PropertiesTest {
	private Project project;
	private Migration migration;
	private InventoryPart view;
	private Sheet sheet;

	/// The Properties view: category, then name and value of each line.
	private record Sheet(PropertySheet view) {
		List<String> lines() {
			List<String> lines = new ArrayList<>();
			if (view.getCurrentPage().getControl() instanceof Tree tree) {
				for (TreeItem category : tree.getItems()) {
					for (TreeItem line : category.getItems()) {
						lines.add(line.getText(0) + " = " + line.getText(1));
					}
				}
			}
			return lines;
		}

		TreeItem line(String start) {
			for (TreeItem category : ((Tree) view.getCurrentPage().getControl()).getItems()) {
				for (TreeItem line : category.getItems()) {
					if (line.getText(0).startsWith(start)) {
						return line;
					}
				}
			}
			throw new AssertionError(start + " is not among " + lines());
		}

		static void expand(TreeItem item) {
			Event event = new Event();
			event.item = item;
			item.getParent().notifyListeners(SWT.Expand, event);
			item.setExpanded(true);
			Pump.all();
		}

		static TreeItem below(TreeItem item, String name) {
			return Arrays.stream(item.getItems()).filter(each -> each.getText(0).contains(name)).findFirst()
					.orElseThrow(() -> new AssertionError(name + " is not among " + Arrays.stream(item.getItems()).map(TreeItem::getText).toList()));
		}

		void until(String line) {
			try {
				Pump.until(line, () -> lines().stream().anyMatch(shown -> shown.startsWith(line)));
			} catch (AssertionError e) {
				throw new AssertionError(line + " is not among " + lines(), e);
			}
		}
	}

	@BeforeEach
	void open() throws Exception {
		project = Project.create();
		project.select();
		migration = Rehearsed.service(Migrations.class).load(project.project()).migration().orElseThrow();
		sheet = new Sheet(Windows.view(IPageLayout.ID_PROP_SHEET, PropertySheet.class));
		view = Windows.view(InventoryPart.ID, InventoryPart.class);
		Project.logs().append(project.project(), List.of(evidence("account:old/old/imap:993+tls@127.0.0.1=old.example/ann", Outcome.FAIL)));
	}

	@AfterEach
	void close() throws Exception {
		view.getSite().getSelectionProvider().setSelection(StructuredSelection.EMPTY);
		Windows.page().hideView(sheet.view());
		project.close();
	}

	private void select(Object what) {
		ISelectionProvider selections = view.getSite().getSelectionProvider();
		Windows.page().activate(view);
		Pump.until("the row", () -> {
			selections.setSelection(new StructuredSelection(what));
			return !selections.getSelection().isEmpty();
		});
	}

	@Test
	void aServerSaysWhatItIsWhereItStandsAndWhatIsKnown() {
		Server server = migration.servers().stream().filter(each -> each.side() == Side.OLD).findFirst().orElseThrow();
		select(row(server));
		sheet.until("Stands in = migration.yaml, line 6");
		assertThat(sheet.lines()).contains("Kind = Server of the old side", "Key = old", "Name = old.example", "IP addresses = 127.0.0.1",
				"Login = a password for each mailbox").anyMatch(line -> line.startsWith("Endpoints = IMAP ") && line.endsWith("(TLS)"))
				.anyMatch(line -> line.startsWith("IMAP login: ann") && line.contains(" = failed, "));
		Windows.picture(Windows.shell(), "properties");
	}

	@Test
	void aDomainHasTheEvidenceOfItsMailboxesAndOneWithoutAnySaysSo() {
		Domain domain = migration.domains().getFirst();
		select(row(domain));
		sheet.until("Stands in = migration.yaml");
		assertThat(sheet.lines()).contains("Kind = Domain", "Name = example.org", "Wave = main", "Old server = old", "Evidence = none yet: probe it");
	}

	@Test
	void evidenceOpensToItsPhasesAndItsMaskedTranscriptAndFollowsWhatIsNew() throws Exception {
		Server server = migration.servers().stream().filter(each -> each.side() == Side.OLD).findFirst().orElseThrow();
		select(row(server));
		sheet.until("IMAP login: ann");
		Facts facts = Facts.Tree.of("login", "127.0.0.1", Facts.Tree.of("phase.tls", "TLSv1.3", Facts.Tree.of("took.ms", "9.1")),
				Facts.Tree.of("transcript", "", Facts.Tree.of("line", "S: * OK ready\u001b[2J"), Facts.Tree.of("line", "C: h1 AUTHENTICATE PLAIN ••••")));
		Project.logs().append(project.project(), List.of(new Evidence("imap.login", new Target.Id("account:old/old/imap:993+tls@127.0.0.1=old.example/ann"), Instant.now(),
				Duration.ZERO, Outcome.UNKNOWN, Reason.of("login.refused", "", "", ""), facts)));
		Pump.until("the new outcome without another selection", () -> sheet.lines().stream().anyMatch(line -> line.startsWith("IMAP login: ann") && line.contains(" = not known, ")));
		TreeItem login = sheet.line("IMAP login: ann");
		Sheet.expand(login);
		TreeItem tls = Sheet.below(login, "TLS");
		assertThat(tls.getText(1)).isEqualTo("TLSv1.3");
		Sheet.expand(tls);
		assertThat(tls.getItem(0).getText(1)).isEqualTo("9.1");
		TreeItem transcript = login.getItem(login.getItemCount() - 1);
		assertThat(transcript.getText(1)).isEqualTo("2 lines");
		Sheet.expand(transcript);
		assertThat(transcript.getItem(0).getText(1)).isEqualTo("S: * OK ready␣[2J");
		assertThat(transcript.getItem(1).getText(1)).isEqualTo("C: h1 AUTHENTICATE PLAIN ••••");
		Windows.picture(Windows.shell(), "properties-transcript");
	}

	private Object row(Target target) {
		Tree tree = Windows.find(Windows.shell(), Tree.class, each -> {
			for (TreeItem item : each.getItems()) {
				if (item.getText().startsWith("Old servers")) {
					return true;
				}
			}
			return false;
		});
		Object[] found = new Object[1];
		Pump.until("the row", () -> (found[0] = in(tree.getItems(), target)) != null);
		return found[0];
	}

	private static Object in(TreeItem[] items, Target target) {
		for (TreeItem item : items) {
			if (item.getData() instanceof TargetRow row && target.equals(row.target())) {
				return row;
			}
			Object below = in(item.getItems(), target);
			if (below != null) {
				return below;
			}
		}
		return null;
	}

	private static Evidence evidence(String target, Outcome outcome) {
		return new Evidence("imap.login", new Target.Id(target), Instant.now(), Duration.ZERO, outcome, Reason.of("login.refused", "", "", ""), Facts.NONE);
	}
}
