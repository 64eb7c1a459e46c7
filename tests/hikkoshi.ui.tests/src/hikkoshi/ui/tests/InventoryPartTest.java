package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.ui.inventory.view.InventoryNode;
import hikkoshi.ui.inventory.view.InventoryPart;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.Migrations;

class InventoryPartTest {
	private Project project;
	private InventoryPart part;

	@BeforeEach
	void create() throws Exception {
		project = Project.create();
		project.select();
		part = Windows.view(InventoryPart.ID, InventoryPart.class);
		// of this project: the view may still show the one of the test before
		Pump.until("the inventory",
				() -> nodes().stream().anyMatch(node -> node.label().equals("example.org") && project.project().equals(Adapters.adapt(node, IProject.class))));
	}

	@AfterEach
	void delete() throws Exception {
		project.close();
	}

	@Test
	void showsServersWithAddressesAndEndpointsAndDomains() {
		assertThat(nodes()).extracting(InventoryNode::label).contains("Old servers", "old", "127.0.0.1", "New servers", "new", "Domains",
				"example.org");
		assertThat(Adapters.adapt(node("old"), Server.class)).isNotNull();
		assertThat(Adapters.adapt(node("example.org"), Domain.class)).isNotNull();
		assertThat(Adapters.adapt(node("Domains"), Target.class)).isNull();
	}

	@Test
	void theWorstThatIsKnownIsShownAllTheWayUp() throws Exception {
		assertThat(node("old").worst()).isNull();
		Project.logs().append(project.project(), List.of(evidence("account:old/old/imap:1+tls@127.0.0.1=old.example/ann", Outcome.PASS),
				evidence("account:old/old/imap:1+tls@127.0.0.1=old.example/bob", Outcome.FAIL), evidence("account:new/new/imap:1+tls@127.0.0.1=new.example/ann", Outcome.WARN)));
		Pump.until("the outcome", () -> node("old").worst() == Outcome.FAIL);
		assertThat(node("Old servers").worst()).isEqualTo(Outcome.FAIL);
		assertThat(node("new").worst()).isEqualTo(Outcome.WARN);
		assertThat(node("example.org").worst()).isNull();
	}

	@Test
	void aSavedChangeOfTheFileIsShown() throws Exception {
		project.write(MigrationProject.MIGRATION_FILE, project.read(MigrationProject.MIGRATION_FILE).replace("key: old", "key: old2")
				.replace("old: old,", "old: old2,"));
		Pump.until("the new key", () -> nodes().stream().anyMatch(node -> node.label().equals("old2")));
	}

	@Test
	void aDomainIsAsGoodAsTheWorstOfItsMailboxes() throws Exception {
		var migration = PlatformUI.getWorkbench().getService(Migrations.class).load(project.project()).migration().orElseThrow();
		Mailbox ann = migration.mailboxes().getFirst();
		List<Evidence> proof = new ArrayList<>();
		for (Side side : Side.values()) {
			migration.accounts(ann, side).forEach(account -> proof.add(evidence(account.id().value(), Outcome.PASS)));
		}
		Project.logs().append(project.project(), proof);
		Pump.until("the proof", () -> node("example.org").worst() == Outcome.PASS);
		Project.logs().append(project.project(), List.of(evidence(migration.accounts(ann, Side.NEW).getFirst().id().value(), Outcome.FAIL)));
		Pump.until("the failure", () -> node("example.org").worst() == Outcome.FAIL);
	}

	@Test
	void aServerIsCopiedPastedRenamedMovedAndDeleted() throws Exception {
		select("old");
		run("org.eclipse.ui.edit.copy");
		select("New servers");
		run("org.eclipse.ui.edit.paste");
		Pump.until("the copy", () -> text().contains("key: old-2"));
		Pump.until("the copy's row", () -> nodes().stream().anyMatch(node -> node.label().equals("old-2")));
		assertThat(text()).as("saved").isEqualTo(project.read(MigrationProject.MIGRATION_FILE)).contains("# behind it");
		select("old-2");
		Pump.Modal dialog = Pump.whenOpen("Rename Server", shell -> {
			Windows.find(shell, Text.class, field -> field.isEnabled() && (field.getStyle() & SWT.READ_ONLY) == 0).setText("spare");
			Windows.press(shell, "OK");
		});
		run("org.eclipse.ui.edit.rename");
		dialog.done();
		Pump.until("the new name", () -> nodes().stream().anyMatch(node -> node.label().equals("spare")));
		select("spare");
		run("hikkoshi.ui.inventory.move-server");
		Pump.until("the other side", () -> nodes().stream().anyMatch(node -> node.label().equals("spare") && node.side() == Side.OLD));
		select("spare");
		run("org.eclipse.ui.edit.delete");
		Pump.until("it is gone", () -> nodes().stream().noneMatch(node -> node.label().equals("spare")));
		assertThat(text()).contains("# a comment that must survive").contains("# behind it");
	}

	private String text() {
		try {
			return project.read(MigrationProject.MIGRATION_FILE);
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}

	private void select(String label) {
		Windows.page().activate(part);
		part.getSite().getSelectionProvider().setSelection(new StructuredSelection(node(label)));
		Pump.all();
	}

	private static void run(String command) throws Exception {
		Windows.page().getWorkbenchWindow().getService(IHandlerService.class).executeCommand(command, null);
		Pump.all();
	}

	private InventoryNode node(String label) {
		return nodes().stream().filter(node -> node.label().equals(label)).findFirst().orElseThrow();
	}

	private List<InventoryNode> nodes() {
		List<InventoryNode> all = new ArrayList<>();
		if (part.getSite().getSelectionProvider() instanceof TreeViewer viewer && viewer.getInput() instanceof List<?> roots) {
			roots.forEach(root -> collect((InventoryNode) root, all));
		}
		return all;
	}

	private static void collect(InventoryNode node, List<InventoryNode> all) {
		all.add(node);
		node.children().forEach(child -> collect(child, all));
	}

	private static Evidence evidence(String target, Outcome outcome) {
		return new Evidence("imap.login", new Target.Id(target), Instant.now(), Duration.ZERO, outcome, Reason.of("login.ok", "", "", ""),
				Facts.NONE);
	}
}
