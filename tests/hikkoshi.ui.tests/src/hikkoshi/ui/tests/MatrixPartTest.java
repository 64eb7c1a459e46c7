package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.roster.TableText;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.ui.command.CopyAsCommandHandler;
import hikkoshi.ui.mailbox.MatrixPart;
import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Rehearsed;
import hikkoshi.ui.tests.harness.Windows;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.ProbeJob;
import hikkoshi.workspace.ProbeSets;
import hikkoshi.workspace.RunSecrets;

class MatrixPartTest {
	@TempDir
	Path folder;

	/// The view's controls, found as a person finds them.
	private record Matrix(Composite body) {
		static Matrix open() {
			Windows.view(MatrixPart.ID, MatrixPart.class);
			Pump.until("columns", () -> Windows.all(Windows.shell(), Table.class).stream()
					.anyMatch(one -> one.isVisible() && one.getColumnCount() > 2 && one.getColumn(0).getText().equals("Mailbox")));
			Table table = Windows.find(Windows.shell(), Table.class,
					one -> one.isVisible() && one.getColumnCount() > 2 && one.getColumn(0).getText().equals("Mailbox"));
			return new Matrix(table.getParent());
		}

		Table table() {
			return Windows.all(body, Table.class).getFirst();
		}

		String summary() {
			return Windows.all(body, Label.class).getFirst().getText();
		}

		String chosen() {
			return Windows.all(body, Label.class).getLast().getText();
		}

		void select(int row) {
			table().setSelection(row);
			Event event = new Event();
			event.item = table().getItem(row);
			table().notifyListeners(SWT.Selection, event);
		}

		MatrixPart part() {
			return (MatrixPart) Windows.page().findView(MatrixPart.ID);
		}

		void unsafeOnly() {
			Windows.click(Windows.all(body, Button.class).getFirst());
		}

		void filter(String text) {
			Windows.all(body, Text.class).getFirst().setText(text);
		}

		void group(String name) {
			Combo combo = Windows.all(body, Combo.class).getFirst();
			combo.setText(name);
			combo.notifyListeners(SWT.Selection, new Event());
		}

		void key(int code) {
			Event event = new Event();
			event.keyCode = code;
			event.doit = true;
			table().notifyListeners(SWT.KeyDown, event);
		}

		void heading(String title) {
			Arrays.stream(table().getColumns()).filter(column -> column.getText().equals(title)).findFirst().orElseThrow().notifyListeners(SWT.Selection, new Event());
		}

		static void copyAsCommand(String tool) throws Exception {
			ICommandService commands = PlatformUI.getWorkbench().getService(ICommandService.class);
			IHandlerService handlers = Windows.page().getWorkbenchWindow().getService(IHandlerService.class);
			Windows.page().activate(Windows.page().findView(MatrixPart.ID));
			handlers.executeCommand(ParameterizedCommand.generateCommand(commands.getCommand("hikkoshi.ui.copy-as-command"), Map.of(CopyAsCommandHandler.TOOL, tool)), null);
		}

		static String clipboard() {
			Clipboard clipboard = new Clipboard(Windows.shell().getDisplay());
			try {
				return String.valueOf(clipboard.getContents(TextTransfer.getInstance()));
			} finally {
				clipboard.dispose();
			}
		}

		List<String> column(String title) {
			TableColumn[] columns = table().getColumns();
			int index = Arrays.stream(columns).map(TableColumn::getText).toList().indexOf(title);
			return Arrays.stream(table().getItems()).map(item -> item.getText(index)).toList();
		}
	}

	@Test
	void theMailboxThatIsMissingStandsFirstAndSaysWhy() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("matrix"))) {
			world.probe(Account.class::isInstance);
			Windows.view(MatrixPart.ID, MatrixPart.class);
			Pump.until("the matrix is filled", () -> Windows.all(Windows.shell(), Table.class).stream()
					.anyMatch(one -> one.isVisible() && one.getItemCount() == 5 && one.getColumnCount() > 2));
			Matrix matrix = Matrix.open();
			Pump.until("one is not safe", () -> matrix.summary().equals("5 mailboxes, 1 not safe"));
			assertThat(matrix.column("Mailbox")).hasSize(5).first().isEqualTo(world.play().missingMailbox());
			assertThat(matrix.column("Old IMAP")).allMatch(cell -> cell.startsWith("passed, ") && cell.contains("ago") || cell.equals("passed, just now"));
			assertThat(matrix.column("New IMAP").getFirst()).containsPattern("^(failed|not known), .*: .+");
			assertThat(matrix.column("What is not safe").getFirst()).isNotEmpty();
			assertThat(matrix.column("What is not safe").subList(1, 5)).containsOnly("");
			matrix.select(0);
			assertThat(matrix.chosen()).contains(world.play().missingMailbox(), "→ ");
			Windows.picture(Windows.shell(), "matrix");

			matrix.unsafeOnly();
			Pump.until("only the unsafe one", () -> matrix.table().getItemCount() == 1);
			matrix.unsafeOnly();
			matrix.filter("alice");
			Pump.until("only alice", () -> matrix.column("Mailbox").equals(List.of("alice@rehearsal.test")));
			Pump.until("the numbers", () -> matrix.summary().equals("5 mailboxes, 1 not safe, 1 shown"));
			matrix.filter("");

			world.play().repair();
			world.probe(Account.class::isInstance);
			Pump.until("all are safe", () -> matrix.summary().equals("5 mailboxes, 0 not safe"));
		}
	}

	@Test
	void groupsHaveTalliesShutAndOpenAndRowsAreSortedAndCopied() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("groups"))) {
			world.probe(Account.class::isInstance);
			Matrix matrix = Matrix.open();
			Pump.until("filled", () -> matrix.summary().equals("5 mailboxes, 1 not safe"));
			matrix.group("By old server");
			Pump.until("one heading", () -> matrix.table().getItemCount() == 6);
			assertThat(matrix.column("Mailbox").getFirst()).startsWith("▾ ").endsWith(" (5)");
			assertThat(matrix.column("Old IMAP").getFirst()).isEqualTo("5 of 5");
			assertThat(matrix.column("New IMAP").getFirst()).isEqualTo("4 of 5");
			assertThat(matrix.column("What is not safe").getFirst()).contains("4 proven").doesNotStartWith("4");
			Windows.picture(Windows.shell(), "matrix-groups");
			matrix.select(0);
			assertThat(matrix.chosen()).isEqualTo("5 mailboxes selected.");
			matrix.key(SWT.ARROW_LEFT);
			Pump.until("shut", () -> matrix.table().getItemCount() == 1);
			assertThat(matrix.column("Mailbox").getFirst()).startsWith("▸ ");
			matrix.key(SWT.ARROW_RIGHT);
			Pump.until("open", () -> matrix.table().getItemCount() == 6);
			matrix.group("Not grouped");
			Pump.until("flat", () -> matrix.table().getItemCount() == 5);

			matrix.heading("Mailbox");
			Pump.until("by address", () -> matrix.column("Mailbox").equals(matrix.column("Mailbox").stream().sorted().toList()));
			matrix.heading("Mailbox");
			Pump.until("turned round", () -> matrix.column("Mailbox").equals(matrix.column("Mailbox").stream().sorted(Comparator.reverseOrder()).toList()));
			matrix.heading("Mailbox");
			Pump.until("the worst first", () -> matrix.column("Mailbox").getFirst().equals(world.play().missingMailbox()));
			matrix.select(0);
			matrix.part().copy(TableText.CSV);
			String[] lines = Matrix.clipboard().split("\n");
			assertThat(lines).hasSize(2);
			assertThat(lines[0]).startsWith("Mailbox,Wave,Old IMAP,");
			assertThat(lines[1]).startsWith(world.play().missingMailbox() + ",");

			Matrix.copyAsCommand("openssl");
			Pump.until("openssl’s lines", () -> Matrix.clipboard().contains("\nopenssl s_client -connect "));
			assertThat(Matrix.clipboard()).contains("-starttls").doesNotContain(" --auth");
			Matrix.copyAsCommand("curl");
			Pump.until("curl’s lines", () -> Matrix.clipboard().contains("\ncurl --connect-to "));
			assertThat(Matrix.clipboard().lines().filter(line -> line.startsWith("curl"))).hasSizeGreaterThanOrEqualTo(6).allMatch(line -> line.contains(" --user "));
		}
	}

	@Test
	void theSelectionIsProbedAgainAndTheRowsSayWhatIsUnderWayAndStopEndsIt() throws Exception {
		try (Rehearsed world = Rehearsed.open(folder.resolve("again")); ServerSocket silent = new ServerSocket(0, 50, old(world))) {
			world.probe(Account.class::isInstance);
			Matrix matrix = Matrix.open();
			Pump.until("filled", () -> matrix.summary().equals("5 mailboxes, 1 not safe"));
			// from now on the old IMAP server takes connections and says nothing
			IFile yaml = world.project().file("migration.yaml");
			String text = yaml.readString();
			String silenced = text.replaceFirst("imap:\\d+", "imap:" + silent.getLocalPort());
			assertThat(silenced).isNotEqualTo(text);
			world.project().write("migration.yaml", silenced);
			Pump.until("the new endpoint is not proven", () -> matrix.summary().equals("5 mailboxes, 5 not safe"));
			matrix.filter("alice");
			Pump.until("only alice", () -> matrix.column("Mailbox").equals(List.of("alice@rehearsal.test")));
			matrix.select(0);
			MigrationProject snapshot = world.snapshot();
			ProbeSets probes = Rehearsed.service(ProbeSets.class);
			List<ProbeTask<?>> tasks = Targets.of(snapshot.migration().orElseThrow()).only(target -> target instanceof Account account
					&& account.mailbox().toString().startsWith("alice")).tasks(probes.probes().stream().filter(probe -> probe.id().endsWith(".login")).toList());
			ProbeJob job = new ProbeJob(world.project().project(), snapshot, snapshot.migration().orElseThrow(), tasks, new RunSecrets(world.play().secrets()),
					Rehearsed.service(EvidenceLogs.class), probes.phrases(Locale.ENGLISH));
			job.schedule();
			Pump.until("the row says so", () -> matrix.column("Old IMAP").contains("being probed…"));
			assertThat(matrix.summary()).contains("still to be probed");
			Windows.picture(Windows.shell(), "matrix-running");
			Windows.press(matrix.body(), "Stop");
			Pump.until("the run is over", () -> job.getResult() != null);
			assertThat(job.getResult().getSeverity()).isEqualTo(IStatus.CANCEL);
			Pump.until("nothing is under way", () -> !matrix.column("Old IMAP").contains("being probed…"));
			matrix.filter("");
		}
	}

	/// Where the old server is: elsewhere on the loopback nobody would take its connections.
	private static InetAddress old(Rehearsed world) throws IOException {
		return world.snapshot().migration().orElseThrow().servers().stream().filter(server -> server.side() == Side.OLD).flatMap(server -> server.addresses().stream())
				.filter(Inet4Address.class::isInstance).findFirst().orElseThrow();
	}
}
