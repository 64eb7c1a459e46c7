package drive;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.text.IDocument;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.forms.editor.FormEditor;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterDomains;
import hikkoshi.workspace.MigrationNature;

/// In the running product: opens a roster of 50,000 rows, scrolls, types, sorts, and says what it cost.
public final class Drive implements IStartup {
	private static final int ROWS = Integer.getInteger("rows", 50_000);
	private static final int STEPS = 200;
	private static final String YAML = """
			format: hikkoshi/1
			name: Bench
			servers:
			  old:
			    - {key: old, name: old.example, addresses: ["192.0.2.1"], endpoints: [imap:993/tls]}
			  new:
			    - {key: new, name: new.example, addresses: ["192.0.2.2"], endpoints: [imap:993/tls]}
			domains:
			  - {name: example.org, wave: main}
			""";
	private boolean missed;


	@Override
	public void earlyStartup() {
		Display.getDefault().asyncExec(() -> {
			try {
				run();
			} catch (Exception | AssertionError e) {
				e.printStackTrace();
				missed = true;
			}
			System.out.flush();
			Runtime.getRuntime().halt(missed ? 1 : 0);
		});
	}

	private static String csv() {
		StringBuilder text = new StringBuilder("address,old_user,new_user,wave,note\n");
		for (int i = 0; i < ROWS; i++) {
			text.append("user").append(i).append("@example.org,user").append(i).append(",user").append(i).append("@example.org,main,room ").append(i % 97).append('\n');
		}
		return text.toString();
	}

	private void run() throws Exception {
		IProject project = MigrationNature.create("bench", null, new NullProgressMonitor());
		project.getFile(MigrationProject.MIGRATION_FILE).write(YAML.getBytes(StandardCharsets.UTF_8), true, false, false, null);
		project.getFile(MigrationProject.MAILBOXES_FILE).write(csv().getBytes(StandardCharsets.UTF_8), true, false, false, null);
		IWorkbenchPage page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
		long opened = System.nanoTime();
		var editor = IDE.openEditor(page, project.getFile(MigrationProject.MAILBOXES_FILE));
		System.out.println("editor " + editor.getClass().getName());
		Table table = table(((FormEditor) editor).getActivePageInstance().getManagedForm().getForm());
		until("the rows", () -> table.getItemCount() == ROWS && !table.getItem(0).getText(1).isEmpty());
		settle();
		System.out.printf("%d rows in the table after %.0f ms%n", ROWS, (System.nanoTime() - opened) / 1e6);
		ITextEditor source = editor.getAdapter(ITextEditor.class);
		IDocument document = source.getDocumentProvider().getDocument(editor.getEditorInput());

		long[] drawn = new long[1];
		table.addListener(SWT.SetData, event -> drawn[0]++);
		long[] painted = new long[1];
		table.addListener(SWT.Paint, event -> painted[0]++);
		int visible = Math.max(1, table.getClientArea().height / table.getItemHeight());
		long most = 0;
		List<Double> frames = new ArrayList<>();
		for (int step = 0; step < STEPS; step++) {
			long before = drawn[0];
			long start = System.nanoTime();
			table.setTopIndex((int) ((long) step * 7919 % ROWS));
			table.redraw();
			long frame = painted[0];
			until("a frame", () -> painted[0] > frame);
			settle();
			frames.add((System.nanoTime() - start) / 1e6);
			most = Math.max(most, drawn[0] - before);
		}
		frames.sort(null);
		System.out.printf("scrolling: %d rows fit, at most %d drawn per step, %d in all; a step takes %.1f ms (median), %.1f ms (worst of 20)%n", visible, most,
				drawn[0], frames.get(STEPS / 2), frames.get(STEPS * 19 / 20));
		verdict(most <= 10L * visible + 10, "rows drawn per scroll step bounded by what fits");

		table.setTopIndex(0);
		table.setSortDirection(SWT.UP);
		table.getColumn(3).notifyListeners(SWT.Selection, new Event());
		settle();
		until("sorted", () -> table.getItem(1).getText(3).startsWith("user"));
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
		long resident = resident();
		System.out.printf("memory: %d MB resident, %d MB of heap alive, %d MB of heap held%n", resident, heap,
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() >> 20);
		verdict(resident < 600, "below 600 MB resident");
		keystrokes(document);
	}

	/// A keystroke in the row index against reading and judging everything, and in the open editor.
	private void keystrokes(IDocument document) throws IOException {
		String text = document.get();
		RosterDomains domains = RosterDomains.of(MigrationYaml.parse(YAML, MigrationProject.MIGRATION_FILE));
		Path folder = Files.createTempDirectory("roster");
		java.util.Map<String, String> unsaved = java.util.Map.of(MigrationProject.MIGRATION_FILE, YAML, MigrationProject.MAILBOXES_FILE, text);
		RosterDocument rows = new RosterDocument(text, domains);
		List<Double> whole = new ArrayList<>();
		List<Double> single = new ArrayList<>();
		for (int round = 0; round < 15; round++) {
			long start = System.nanoTime();
			MigrationFiles.load(folder, unsaved);
			whole.add((System.nanoTime() - start) / 1e6);
			int row = ROWS * (round + 1) / 17;
			int offset = rows.start(rows.row(row)) + 2;
			start = System.nanoTime();
			for (int i = 0; i < 50; i++) {
				rows.replace(offset, 0, "x");
			}
			single.add((System.nanoTime() - start) / 1e6 / 50);
		}
		Files.delete(folder);
		whole.sort(null);
		single.sort(null);
		System.out.printf("revalidation: whole %.1f ms, one keystroke %.4f ms (medians), ratio 1/%.0f%n", whole.get(7), single.get(7), whole.get(7) / single.get(7));
		verdict(whole.get(7) / single.get(7) > 100, "a keystroke costs less than a hundredth of the whole");
	}

	private void verdict(boolean met, String target) {
		missed |= !met;
		System.out.println((met ? "target met: " : "TARGET MISSED: ") + target);
	}

	private static long resident() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
			return lines.filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).findFirst().orElse(0);
		}
	}

	private static Table table(Composite parent) {
		for (Control child : parent.getChildren()) {
			Table found = child instanceof Table table && (table.getStyle() & SWT.VIRTUAL) != 0 && table.getHeaderVisible() ? table
					: child instanceof Composite composite ? table(composite) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static void settle() {
		Display display = Display.getCurrent();
		while (display.readAndDispatch()) {
			continue;
		}
	}

	private static void until(String what, BooleanSupplier condition) {
		long deadline = System.nanoTime() + 60_000_000_000L;
		Display display = Display.getCurrent();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("waited in vain for " + what);
			}
			if (!display.readAndDispatch()) {
				display.timerExec(10, () -> {});
				display.sleep();
			}
		}
	}
}
