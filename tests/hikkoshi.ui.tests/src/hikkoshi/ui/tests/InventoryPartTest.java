package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.TreeViewer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Target;
import hikkoshi.ui.inventory.view.InventoryNode;
import hikkoshi.ui.inventory.view.InventoryPart;
import hikkoshi.ui.tests.harness.Project;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

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
