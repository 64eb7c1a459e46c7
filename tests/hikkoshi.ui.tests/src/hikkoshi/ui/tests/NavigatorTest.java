package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreePath;
import org.eclipse.jface.viewers.TreeSelection;
import org.eclipse.jface.text.TextSelection;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.TreeItem;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.navigator.CommonNavigator;
import org.eclipse.ui.navigator.CommonViewer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Target;
import hikkoshi.ui.inventory.editor.MigrationEditor;
import hikkoshi.ui.inventory.navigator.OpenProvider;
import hikkoshi.ui.inventory.view.InventoryNode;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class NavigatorTest {
	private Project project;
	private CommonViewer viewer;

	@BeforeEach
	void open() throws Exception {
		project = Project.create();
		project.select();
		viewer = Windows.view(IPageLayout.ID_PROJECT_EXPLORER, CommonNavigator.class).getCommonViewer();
		Pump.until("the twig", () -> {
			viewer.setExpandedState(project.project(), true);
			viewer.setExpandedState(project.file(MigrationProject.MIGRATION_FILE), true);
			rows().forEach(row -> viewer.setExpandedState(row, true));
			return texts().stream().anyMatch(text -> text.startsWith("example.org")) && texts().stream().filter(text -> text.startsWith("IMAP ")).count() == 2;
		});
	}

	@AfterEach
	void close() throws Exception {
		viewer.setSelection(StructuredSelection.EMPTY);
		project.close();
	}

	@Test
	void serversAndDomainsStandBelowTheFile() {
		assertThat(texts().stream().filter(text -> text.contains(" servers"))).containsExactly("Old servers  (1)", "New servers  (1)");
		assertThat(texts()).anyMatch(text -> text.startsWith("Old servers")).anyMatch(text -> text.startsWith("new  new.example"))
				.anyMatch(text -> text.startsWith("IMAP ")).contains("Wave main  (1)", "example.org  1 mailbox");
		InventoryNode server = node("new  new.example");
		assertThat(Adapters.adapt(server, Server.class)).isNotNull();
		assertThat(server.worst()).isNull();
	}

	@Test
	void theWorstIsShownAndADomainIsAsGoodAsItsMailboxes() throws Exception {
		Image before = image("old  old.example");
		int port = Integer.parseInt(node("IMAP ").label().substring("IMAP ".length()));
		Project.logs().append(project.project(),
				List.of(evidence("account:old/old/imap:" + port + "+tls@127.0.0.1=old.example/ann", Outcome.FAIL),
						evidence("account:new/new/imap:" + port + "+tls@127.0.0.1=new.example/ann@example.org", Outcome.PASS)));
		Pump.until("the outcome of the domain", () -> node("example.org").worst() == Outcome.FAIL);
		assertThat(node("old  old.example").worst()).isEqualTo(Outcome.FAIL);
		assertThat(node("new  new.example").worst()).isEqualTo(Outcome.PASS);
		Pump.until("its icon says so", () -> !image("old  old.example").equals(before));
		viewer.getTree().redraw();
		Windows.picture(Windows.shell(), "navigator");
	}

	@Test
	void openGoesToTheLine() {
		OpenProvider.open(node("new  new.example"), Windows.page());
		Pump.until("the editor", () -> Windows.page().getActiveEditor() instanceof MigrationEditor);
		MigrationEditor editor = (MigrationEditor) Windows.page().getActiveEditor();
		Pump.until("the line", () -> editor.source().getSelectionProvider().getSelection() instanceof TextSelection at && at.getStartLine() == 10);
	}

	@Test
	void aSelectedServerIsATarget() {
		viewer.setSelection(new TreeSelection(path(node("new  new.example"))));
		assertThat(Adapters.adapt(viewer.getStructuredSelection().getFirstElement(), Target.class)).isInstanceOf(Server.class);
	}

	private TreePath path(InventoryNode node) {
		return new TreePath(new Object[] {project.project(), project.file(MigrationProject.MIGRATION_FILE), node("New servers"), node});
	}

	private Image image(String text) {
		return items().stream().filter(item -> item.getText().startsWith(text)).findFirst().orElseThrow().getImage();
	}

	private InventoryNode node(String text) {
		return (InventoryNode) items().stream().filter(item -> item.getText().startsWith(text) && item.getData() instanceof InventoryNode of
				&& of.project().equals(project.project())).findFirst().orElseThrow().getData();
	}

	private List<Object> rows() {
		return items().stream().map(TreeItem::getData).filter(InventoryNode.class::isInstance).toList();
	}

	private List<String> texts() {
		return items().stream().map(TreeItem::getText).toList();
	}

	private List<TreeItem> items() {
		List<TreeItem> all = new ArrayList<>();
		for (TreeItem root : viewer.getTree().getItems()) {
			if (project.project().equals(root.getData())) {
				collect(root, all);
			}
		}
		return all;
	}

	private static void collect(TreeItem item, List<TreeItem> all) {
		all.add(item);
		for (TreeItem child : item.getItems()) {
			collect(child, all);
		}
	}

	private static Evidence evidence(String target, Outcome outcome) {
		return new Evidence("imap.login", new Target.Id(target), Instant.now(), Duration.ZERO, outcome, Reason.of("login.ok", "", "", ""), Facts.NONE);
	}
}
