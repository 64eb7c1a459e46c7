package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.MailPort;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.ui.inventory.discover.DiscoverWizard;
import hikkoshi.ui.tests.harness.EditorPages;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;

class DiscoverWizardTest {
	/// Where nobody listens.
	private static final int CLOSED = 9;

	@TempDir
	Path folder;

	private Rehearsed rehearsed;
	private Migration migration;
	private WizardDialog dialog;

	@BeforeEach
	void open() throws Exception {
		rehearsed = Rehearsed.open(folder.resolve("discover-" + UUID.randomUUID()));
		migration = rehearsed.snapshot().migration().orElseThrow();
		DiscoverWizard wizard = new DiscoverWizard(PlatformUI.getWorkbench(), rehearsed.project().project(), Side.NEW, this::lab);
		dialog = new WizardDialog(Windows.shell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		Pump.all();
	}

	/// The ports of the rehearsal's servers in place of the registered ones.
	private DiscoveryOptions lab(DiscoveryOptions options) {
		List<MailPort> ports = migration.servers().stream().flatMap(server -> server.endpoints().stream()).map(Object::toString).distinct()
				.map(MailPort::parse).toList();
		return options.withPorts(ports).withHttp(CLOSED, CLOSED);
	}

	@AfterEach
	void close() throws Exception {
		dialog.close();
		rehearsed.close();
	}

	private void ask(String names) {
		Windows.find(dialog.getShell(), Text.class, Text::getEditable).setText(names);
		Windows.press(dialog.getShell(), "Discover");
	}

	private boolean isIdle() {
		return Windows.all(dialog.getShell(), Button.class).stream().anyMatch(button -> button.getText().equals("Discover"));
	}

	@Test
	void whatIsFoundArrivesAndBecomesAProposal() throws Exception {
		ask(migration.domains().getFirst().name().ascii());
		Pump.until("it is over", this::isIdle);
		assertThat(Windows.find(dialog.getShell(), Table.class, table -> true).getItemCount()).isPositive();
		Windows.picture(dialog.getShell(), "discover-ask");
		dialog.showPage(dialog.getCurrentPage().getNextPage());
		Tree tree = Windows.find(dialog.getShell(), Tree.class, each -> true);
		assertThat(tree.getItems()).hasSize(1);
		Windows.picture(dialog.getShell(), "discover-proposal");
		assertThat(tree.getItem(0).getItems()).isNotEmpty();
		assertThat(tree.getStyle() & SWT.CHECK).as("what cannot be taken alone has no box").isZero();
		Table servers = Windows.find(dialog.getShell(), Table.class, table -> (table.getStyle() & SWT.CHECK) != 0);
		assertThat(servers.getItemCount()).isEqualTo(tree.getItem(0).getItemCount());
		tick(servers, false);
		assertThat(dialog.getCurrentPage().isPageComplete()).isFalse();
		tick(servers, true);
		assertThat(dialog.getCurrentPage().isPageComplete()).isTrue();
		int before = migration.servers().size();
		Windows.press(dialog.getShell(), "Finish");
		Pump.until("the server is written", () -> servers(before));
	}

	private static void tick(Table table, boolean checked) {
		for (TableItem item : table.getItems()) {
			item.setChecked(checked);
			Event event = new Event();
			event.item = item;
			event.detail = SWT.CHECK;
			table.notifyListeners(SWT.Selection, event);
		}
	}

	@Test
	void theServersPageOffersIt() throws Exception {
		EditorPages pages = EditorPages.open(rehearsed.project());
		Composite page = pages.show("servers");
		for (Side side : Side.values()) {
			Pump.Modal open = Pump.whenOpen("Discover Server", shell -> {
				Windows.picture(shell, "discover-empty");
				assertThat(Windows.find(shell, Button.class, button -> button.getText().equals("Discover")).isVisible()).isTrue();
				shell.close();
			}, shell -> shell != dialog.getShell());
			Windows.press(EditorPages.section(page, side == Side.OLD ? "Old servers" : "New servers"), "Discover…");
			open.done();
		}
	}

	private boolean servers(int before) {
		try {
			return rehearsed.project().read(MigrationProject.MIGRATION_FILE).split("- key:").length > before;
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}

	@Test
	void itStopsAtOnceAndAsksAgain() {
		ask(migration.domains().getFirst().name().ascii());
		if (!isIdle()) {
			Windows.press(dialog.getShell(), "Stop");
		}
		Pump.until("it has stopped", this::isIdle);
		assertThat(dialog.getCurrentPage().getErrorMessage()).isNull();
	}

	@Test
	void whatIsNoNameIsSaid() {
		ask("not a name!");
		assertThat(dialog.getCurrentPage().getErrorMessage()).contains("name!");
		assertThat(dialog.getCurrentPage().isPageComplete()).isFalse();
	}
}
